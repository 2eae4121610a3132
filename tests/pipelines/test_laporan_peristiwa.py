"""Laporan beside their incidents, against a second, boring count over generated batches and the sample."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines import build
from tests.pipelines import boring, extracts
from tests.pipelines.boring import Figures
from tests.pipelines.expected import rows
from tests.pipelines.statistics import boring as estimators

CODES = [row["kode_wilayah"] for row in boring.regions() if row["kode_wilayah"]]
DATES = [date(2024, 8, 31), date(2025, 1, 20), date(2025, 6, 30), date(2026, 2, 28)]


@pytest.fixture(scope="module", params=[1, 2])
def figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """A warehouse of random batches, and the same batches for the second count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        made = extracts.random_extracts(request.param, CODES)
        for extract in made:
            extracts.keep(extract)
        build.build()
        yield Figures(made)


@pytest.mark.parametrize("t", DATES, ids=str)
@pytest.mark.parametrize("provinsi", [None, "64"])
def test_counts_of_twelve_months(figures: Figures, t: date, provinsi: str | None):
    first = boring.year_before(t) + timedelta(days=1)
    expected = []
    for region in figures.chosen(provinsi=provinsi):
        if region["kode_wilayah"] is None:
            continue
        cases = [case for case in figures.of(region) if boring.received(case, t, first)]
        is_covered = figures.covered(region["provinsi"], t)
        told = [case["peristiwa"] for case in cases if case["peristiwa"]]
        expected.append(
            (region["kode_wilayah"], region["nama"])
            + ((len(cases), boring.incidents(cases)) if is_covered else (None, None))
            + (max((told.count(one) for one in told), default=None),)
            + (None if region["jenis"] == "Provinsi" else region["penduduk"],)
        )
    found = rows("laporan_peristiwa", per_tanggal=t, provinsi=provinsi)
    names = ("kode_wilayah", "nama", "laporan", "peristiwa", "terbanyak", "penduduk")
    assert [tuple(row[name] for name in names) for row in found] == expected


@pytest.mark.parametrize("t", DATES, ids=str)
def test_the_rates_of_laporan_are_those_of_the_funnel(figures: Figures, t: date):
    by_code = {row["kode_wilayah"]: row for row in rows("funnel", ukuran="tingkat", per_tanggal=t)}
    for row in rows("laporan_peristiwa", per_tanggal=t):
        same = by_code[row["kode_wilayah"]]
        assert (row["tingkat_laporan"], row["sinyal_laporan"]) == (same["nilai"], same["sinyal"])


@pytest.mark.parametrize("t", [date(2025, 6, 30), date(2026, 10, 31)], ids=str)
def test_the_rate_of_incidents_and_its_signal_are_exact(sample_data: Path, t: date):
    found = [row for row in rows("laporan_peristiwa", per_tanggal=t) if row["penduduk"]]
    pooled = sum(row["peristiwa"] for row in found) / sum(row["penduduk"] for row in found)
    for row in found:
        count, people = row["peristiwa"], row["penduduk"]
        assert row["tingkat_peristiwa"] == pytest.approx(100_000 * count / people)
        at_most = estimators.poisson_below(count + 1, pooled * people)
        at_least = 1 - estimators.poisson_below(count, pooled * people)
        if row["sinyal_peristiwa"]:  # limits may be widened, so a signal is at least as rare as it says
            assert {"atas": at_least, "bawah": at_most}[row["sinyal_peristiwa"]] <= 0.001


def test_the_clustered_incident_of_the_sample_is_the_only_change_of_a_signal(sample_data: Path):
    found = rows("laporan_peristiwa", per_tanggal=date(2025, 6, 30))
    changed = [row for row in found if row["sinyal_laporan"] != row["sinyal_peristiwa"]]
    assert [(row["kode_wilayah"], row["terbanyak"]) for row in changed] == [("64.03", 60)]
