"""What a file would move: cells, rows that are gone, totals and months, against plain counting."""

import collections
import tempfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import comparison, intake

pytestmark = pytest.mark.usefixtures("without_build")
NAMES = ["nomor_laporan", "tanggal_masuk", "wilayah_terlapor", "substansi"]


def rows(*numbers, day="06/01/2025", region="64.08", substansi="Air"):
    return [[f"{number}/X", day, region, substansi] for number in numbers]


def compared(csv_bytes, lines, **stated):
    return comparison.of(intake.look_at("laporan", csv_bytes(NAMES, lines), "b.csv", **stated))


def keep(csv_bytes, lines, **stated):
    return intake.ingest_file("laporan", csv_bytes(NAMES, lines), "a.csv", **stated)


def test_changed_cells_stand_side_by_side(csv_bytes):
    keep(csv_bytes, rows(1, 2))
    found = compared(csv_bytes, rows(1, substansi="Agraria") + rows(2, day="07/01/2025") + rows(3))
    assert found.changes.rows() == [
        ("1/X", "substansi", "Air", "Agraria"),
        ("2/X", "tanggal_masuk", "2025-01-06", "2025-01-07"),
    ]


def test_a_case_that_gets_its_number_is_changed_not_lost(csv_bytes):
    agenda = csv_bytes(["nomor_agenda", *NAMES[1:]], [["A1", "06/01/2025", "64.08", "Air"]])
    intake.ingest_file("laporan", agenda, "a.csv")
    lines = [["A1", *rows(1)[0]]]
    found = comparison.of(intake.look_at("laporan", csv_bytes(["nomor_agenda", *NAMES], lines), "b.csv"))
    assert found.missing.height == 0
    assert ("1/X", "nomor_laporan", None, "1/X") in found.changes.rows()


def test_rows_of_the_previous_extract_that_are_gone_are_shown_and_refused_ones_are_not_gone(csv_bytes):
    kept = keep(csv_bytes, rows(1, 2, 3))
    found = compared(csv_bytes, rows(1) + rows(2, day="31/02/2025") + rows(9))
    assert found.previous.batch == kept.batch
    assert found.missing.rows() == [("3/X", "2025-01-06", "64.08")]


def test_another_province_or_period_is_not_missed(csv_bytes):
    keep(csv_bytes, rows(1) + rows(2, region="63.03"))
    assert compared(csv_bytes, rows(1)).missing.height == 0
    later = compared(csv_bytes, rows(7, day="03/02/2025"))
    assert later.previous is None and later.missing.height == 0


def test_a_month_that_falls_by_half_is_named_and_a_small_one_is_not(csv_bytes):
    keep(
        csv_bytes,
        rows(*range(10)) + rows(*range(20, 24), day="03/02/2025") + rows(*range(30, 36), day="03/03/2025"),
    )
    found = compared(
        csv_bytes, rows(*range(5)) + rows(20, day="03/02/2025") + rows(*range(30, 34), day="03/03/2025")
    )
    assert found.falls.rows() == [(date(2025, 1, 1), 10, 5)]


def test_a_register_is_compared_without_months(cermin_data):
    from pipelines.places import TEMPLATES

    checked = intake.look_at("kegiatan", (TEMPLATES / "kegiatan.csv").read_bytes(), "kegiatan.csv")
    found = comparison.of(checked)
    assert found.totals.is_empty() and found.falls.is_empty()


LINE = st.tuples(st.integers(1, 6), st.sampled_from(["01", "02"]), st.sampled_from(["64.08", "64.71", ""]))
FILE = st.lists(LINE, min_size=1, max_size=6, unique_by=lambda line: line[0])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=FILE, second=FILE)
def test_totals_and_gone_rows_are_those_of_a_plain_count(first, second, csv_bytes, monkeypatch):
    day = date(2025, 12, 31)
    with tempfile.TemporaryDirectory() as folder, monkeypatch.context() as patched:
        patched.setenv("CERMIN_DATA", folder)
        lines = [[[f"{n}/X", f"05/{m}/2025", r, "Air"] for n, m, r in part] for part in (first, second)]
        given = {"per_tanggal": day, "sejak": date(2025, 1, 1), "cakupan": ["64"]}
        keep(csv_bytes, lines[0], **given)
        content = csv_bytes([*NAMES, "Lain"], [[*line, ""] for line in lines[1]])
        found = comparison.of(intake.look_at("laporan", content, "b.csv", **given))
        before = {n: (r or None, date(2025, int(m), 1)) for n, m, r in first}
        after = dict(before)
        for n, m, r in second:
            after[n] = (r or before.get(n, (None,))[0], date(2025, int(m), 1))
        old, new = collections.Counter(before.values()), collections.Counter(after.values())
        expected = {(*place, old[place], new[place]) for place in {*old, *new}}
        assert {tuple(row) for row in found.totals.rows() if row[2] or row[3]} == expected
        gone = {f"{n}/X" for n in before} - {f"{n}/X" for n, _, _ in second}
        assert set(found.missing["kunci"]) == gone
