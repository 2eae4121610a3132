"""The questions that end in an estimate, against a second computation from the rows of laporan."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import polars as pl
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

from pipelines import build, questions, warehouse
from pipelines.errors import UserError
from tests.pipelines import boring, extracts
from tests.pipelines import boring_estimates as second
from tests.pipelines.boring import Figures
from tests.pipelines.expected import rows, same
from tests.pipelines.statistics import boring as estimators

CODES = [row["kode_wilayah"] for row in boring.regions() if row["kode_wilayah"]]
DATES = [
    (date(2024, 12, 31), None),
    (date(2025, 5, 20), date(2024, 2, 10)),
    (date(2025, 7, 1), None),
    (date(2026, 10, 31), None),
]
PLACES: list[dict[str, str]] = [{}, {"provinsi": "64"}, {"wilayah": "64.08"}, {"wilayah": "63"}]
GROUPS = ["provinsi", "wilayah", "substansi", "instansi", "klasifikasi", "tahun"]
MEASURES = ["masuk", "ditutup", "terbuka", "median_umur", "rasio"]


@pytest.fixture(scope="module", params=[1, 2, "contoh"])
def figures(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sample_folder: Path
) -> Iterator[Figures]:
    """A warehouse of random batches, or the built sample, and the same laporan for the second computation."""
    is_sample = request.param == "contoh"
    folder = sample_folder if is_sample else tmp_path_factory.mktemp("cermin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(folder))
        yield _sample() if is_sample else _random(request.param)


def _random(seed: int) -> Figures:
    made = extracts.random_extracts(seed, CODES)
    for extract in made:
        extracts.keep(extract)
    build.build()
    return Figures(made)


def _sample() -> Figures:
    """The laporan of the sample as they stand in the warehouse, one dict each."""
    store = warehouse.connect()
    spans = store.ask("select min(sejak) as sejak, max(sampai) as sampai from cakupan").row(0, named=True)
    made = Figures([extracts.Extract([], spans["sampai"], spans["sejak"])])
    made.laporan = store.ask(
        "select *, kode_wilayah as wilayah_terlapor, is_ditutup_tanpa_tanggal as tanpa_tanggal"
        " from laporan where is_laporan"
    ).to_dicts()
    return made


@pytest.fixture(params=DATES, ids=lambda pair: str(pair[0]))
def when(request: pytest.FixtureRequest) -> tuple[date, date | None]:
    return request.param


@pytest.mark.parametrize("kelompok", GROUPS)
def test_waktu_penyelesaian(figures: Figures, when: tuple, kelompok: str):
    t, s = when
    expected = []
    for name, cases in second.durations(figures, kelompok, t, s, {}).items():
        curve, is_enough = estimators.kaplan_meier(cases), len(cases) >= 10
        limits = [second.first_half(curve, place) if is_enough else None for place in (0, 1)]
        shares = {day: estimators.open_after(cases, day) for day in (14, 30, 60, 90, 180)}
        expected.append(
            {"kelompok": name, "jumlah": len(cases), "ditutup": sum(end is not None for _, end in cases)}
            | {"terbuka": sum(end is None for _, end in cases)}
            | {"median": estimators.median(cases) if is_enough else None}
            | {"median_bawah": limits[0], "median_atas": limits[1]}
            | {f"buka_{day}": None if share is None else 100 * share for day, share in shares.items()}
        )
    same(rows("waktu_penyelesaian", kelompok=kelompok, per_tanggal=t, sejak=s), expected)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(place.values()) or "semua")
def test_kurva_penyelesaian(figures: Figures, when: tuple, place: dict[str, str]):
    t, s = when
    expected = []
    for name, cases in second.durations(figures, "provinsi", t, s, place).items():
        for day, risk, closed, share, limits in estimators.kaplan_meier(cases):
            row = {"kelompok": name, "hari": day, "berisiko": risk, "ditutup": closed}
            expected.append(row | {"terbuka_persen": 100 * share} | second.percent(limits))
    same(rows("kurva_penyelesaian", per_tanggal=t, sejak=s, **place), expected)


@pytest.mark.parametrize("place", PLACES[1:], ids=lambda place: "-".join(place.values()))
def test_kurva_hasil(figures: Figures, place: dict[str, str]):
    t = date(2025, 6, 30)
    groups = second.durations(figures, "provinsi", t, None, place)
    endings = {end for cases in groups.values() for _, end in cases if end}
    causes = sorted({"terselesaikan", "lainnya"} | endings)
    expected = []
    for name, cases in groups.items():
        curves = {cause: estimators.aalen_johansen(cases, cause) for cause in causes}
        for at, (day, *_) in enumerate(curves["lainnya"]):
            for cause in causes:
                share, error = curves[cause][at][1:]
                limits = estimators.log_log(share, error) if 1e-12 < share < 1 - 1e-12 else None
                row = {"kelompok": name, "hari": day, "hasil": cause, "insidensi": 100 * share}
                expected.append(row | second.percent(limits))
    same(rows("kurva_hasil", per_tanggal=t, **place), expected)


@pytest.mark.parametrize("ukuran", ["persen_selesai", "lewat_tenggat", "terbukti", "tingkat"])
@pytest.mark.parametrize("provinsi", [None, "63"])
def test_funnel(figures: Figures, when: tuple, ukuran: str, provinsi: str | None):
    t, s = when
    chosen = [r for r in figures.chosen(provinsi=provinsi) if r["kode_wilayah"]]
    pairs = {r["kode_wilayah"]: second.counts(figures, ukuran, r, t, s) for r in chosen}
    found = rows("funnel", ukuran=ukuran, per_tanggal=t, sejak=s, provinsi=provinsi)
    assert [(row["kode_wilayah"], (row["pembilang"], row["penyebut"])) for row in found] == list(
        pairs.items()
    )
    judged = [pair for pair in pairs.values() if pair[0] is not None and pair[1]]
    pooled = sum(k for k, _ in judged) / sum(n for _, n in judged) if judged else None
    unit = 100000 if ukuran == "tingkat" else 100
    for row in found:
        ends = [row[name] for name in ("bawah95", "atas95", "bawah998", "atas998")]
        assert row["acuan"] == (None if pooled is None else pytest.approx(unit * pooled))
        if not row["penyebut"] or row["pembilang"] is None:
            assert (row["nilai"], row["sinyal"], *ends) == (None,) * 6
            continue
        assert row["nilai"] == pytest.approx(unit * row["pembilang"] / row["penyebut"])
        exact = [unit * end for end in second.exact_limits(ukuran, pooled, row["penyebut"])]
        if row["dispersi"]:
            signs = (1, -1, 1, -1)
            assert all(s * a <= s * b + 1e-9 for s, a, b in zip(signs, ends, exact, strict=True))
        else:
            assert ends == pytest.approx(exact)
        side = "atas" if row["nilai"] > ends[3] else "bawah" if row["nilai"] < ends[2] else None
        assert row["sinyal"] == side


@pytest.mark.parametrize("place", [*PLACES, {"wilayah": "64.72"}], ids=lambda p: "-".join(p.values()))
@pytest.mark.parametrize("ukuran", MEASURES)
def test_xmr(figures: Figures, when: tuple, place: dict[str, str], ukuran: str):
    t, s = when
    own = second.flow(figures, t, s, **place)
    province = second.flow(figures, t, s, provinsi=place["wilayah"][:2]) if "wilayah" in place else []
    grain, base = _grain(own, ukuran)
    is_pooled = grain == "gabung" and bool(province)
    shown = province if is_pooled else own
    grain = _grain(shown, ukuran)[0]
    expected = second.chart(_values(shown, ukuran, grain))
    for row in expected:
        if grain == "gabung":
            row |= dict.fromkeys(("rata", "batas_bawah", "batas_atas", "aturan"))
        row |= {"butir": "triwulan" if grain == "triwulan" else "bulan"}
        row |= {"gabungan": is_pooled, "rata_bulanan": base}
    same(rows("xmr", ukuran=ukuran, per_tanggal=t, sejak=s, **place), expected)


def _grain(months: list[second.Month], measure: str) -> tuple[str, float | None]:
    """Where the count behind a measure may be charted, and its mean per month."""
    base = {"rasio": "masuk", "median_umur": "terbuka"}.get(measure, measure)
    known = [count for month in months if (count := second.counted(base, month)) is not None]
    if not known:
        return "gabung", None
    least = 10 if measure == "median_umur" else 5
    if mean(known) >= least:
        return "bulan", mean(known)
    whole = second.quarters(months)
    is_flow = base != "terbuka" and len(known) // 3 >= 12 and len(whole) >= 12
    newest = known[-(len(known) // 3) * 3 :]
    return ("triwulan" if is_flow and 3 * mean(newest) >= 5 else "gabung"), mean(known)


def _values(months: list[second.Month], measure: str, grain: str) -> list[tuple[date, float | None]]:
    parts = second.quarters(months) if grain == "triwulan" else [[month] for month in months]
    return [(part[0][0], _value(part, measure)) for part in parts]


def _value(part: list[second.Month], measure: str) -> float | None:
    if part[0][2] is None:
        return None
    if measure == "median_umur":
        return second.median_age(part[-1])
    if measure != "rasio":
        return float(sum(second.counted(measure, month) for month in part))
    come, gone = (sum(second.counted(name, month) for month in part) for name in ("masuk", "ditutup"))
    return gone / come if come else None


def test_a_quiet_region_is_charted_by_quarter_and_a_quieter_one_with_its_province(sample_data: Path):
    city = questions.answer("xmr", {"ukuran": "masuk", "wilayah": "64.72"})
    assert set(city["butir"]) == {"triwulan"} and not city["gabungan"].any()
    quiet = questions.answer("xmr", {"ukuran": "masuk", "wilayah": "64.08"})
    assert quiet["gabungan"].all() and quiet["rata_bulanan"][0] < 5
    province = questions.answer("xmr", {"ukuran": "masuk", "provinsi": "64"})
    own = ["gabungan", "rata_bulanan"]
    assert quiet.drop(own).equals(province.drop(own))


def test_a_marked_step_change_begins_new_limits_from_its_period_on(sample_data: Path):
    plain = questions.answer("xmr", {"ukuran": "masuk", "provinsi": "63"})
    marked = questions.answer(
        "xmr", {"ukuran": "masuk", "provinsi": "63", "langkah": "2024-03-12, 31/01/2023"}
    )
    values = list(plain.select("periode", "nilai").iter_rows())
    expected = second.chart(values, [date(2023, 1, 1), date(2024, 3, 1)])
    same(marked.drop("butir", "gabungan", "rata_bulanan").to_dicts(), expected)
    assert marked["rata"].n_unique() == 3


def test_marks_of_a_region_do_not_move_the_limits_of_its_province(sample_data: Path):
    asked: dict[str, Any] = {"ukuran": "masuk", "wilayah": "64.08"}
    assert questions.answer("xmr", asked | {"langkah": "2024-03-01"}).equals(questions.answer("xmr", asked))


def test_the_curve_of_the_sample_is_that_of_lifelines(sample_data: Path):
    t = questions.default_date()
    found = questions.answer("waktu_penyelesaian", {"kelompok": "substansi"})
    for name, cases in second.durations(_sample(), "substansi", t, None, {}).items():
        fitted = KaplanMeierFitter().fit([day for day, _ in cases], [end is not None for _, end in cases])
        row = found.row(by_predicate=pl.col("kelompok") == name, named=True)
        if len(cases) >= 10:
            assert row["median"] == fitted.median_survival_time_
            ends = median_survival_times(fitted.confidence_interval_).to_numpy()[0]
            limits = [row["median_bawah"], row["median_atas"]]
            assert [end or float("inf") for end in limits] == pytest.approx(list(ends))
        if row["buka_90"] is not None:
            assert row["buka_90"] == pytest.approx(100 * fitted.predict(90))


@pytest.mark.parametrize(
    ("question", "values", "sentence"),
    [
        ("waktu_penyelesaian", {"kelompok": "kota"}, "kelompok=kota tidak ada. Yang ada: provinsi, wilayah,"),
        ("funnel", {}, "memerlukan parameter `ukuran`: persen_selesai, lewat_tenggat, terbukti, tingkat."),
        ("funnel", {"ukuran": "masuk"}, "ukuran=masuk tidak ada. Yang ada: persen_selesai,"),
        ("xmr", {"ukuran": "tingkat"}, "Yang ada: masuk, ditutup, terbuka, median_umur, rasio."),
        ("xmr", {"ukuran": "masuk", "langkah": "2024-03-01,kemarin"}, "langkah=kemarin"),
    ],
)
def test_what_is_not_offered_is_refused_with_all_that_is(
    sample_data: Path, question: str, values: dict[str, str], sentence: str
):
    with pytest.raises(UserError) as refusal:
        questions.answer(question, values)
    assert sentence in str(refusal.value)


def test_outside_the_coverage_there_is_no_figure(sample_data: Path):
    before = {"per_tanggal": "2020-12-31"}
    for name in ("waktu_penyelesaian", "kurva_penyelesaian", "kurva_hasil"):
        assert questions.answer(name, before).is_empty()
    for name in questions.CATALOGUE["xmr"].choices["ukuran"]:
        assert questions.answer("xmr", before | {"ukuran": name}).is_empty()
    for name in questions.CATALOGUE["funnel"].choices["ukuran"]:
        found = questions.answer("funnel", before | {"ukuran": name})
        assert found.height == 25
        assert found["pembilang"].null_count() == found["nilai"].null_count() == 25
