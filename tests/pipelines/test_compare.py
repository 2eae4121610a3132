"""New, changed and unchanged against a deliberately simple second computation."""

import tempfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import intake

pytestmark = pytest.mark.usefixtures("without_build")

NAMES = ["nomor_laporan", "tanggal_masuk", "wilayah_terlapor", "substansi", "instansi_terlapor"]
CELL = st.sampled_from(["", "-", "(kosong)", "Air", "Agraria"])
ROW = st.tuples(st.integers(1, 4), CELL, CELL)
FILE = st.tuples(st.integers(1, 28), st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row[0]))


def fold(files):
    """Case -> the last thing said in each column; a blank says nothing, (kosong) says null."""
    cases = {}
    for _, rows in sorted(files, key=lambda file: file[0]):
        for case, *cells in rows:
            known = cases.setdefault(case, [None] * len(cells))
            for at, cell in enumerate(cells):
                if cell not in ("", "-"):
                    known[at] = None if cell == "(kosong)" else cell
    return cases


def expected(files, latest):
    before, after = fold(files), fold([*files, latest])
    cases = [row[0] for row in latest[1]]
    new = sum(case not in before for case in cases)
    unchanged = sum(case in before and before[case] == after[case] for case in cases)
    return new, len(cases) - new - unchanged, unchanged


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=st.lists(FILE, min_size=1, max_size=4))
def test_counts_as_a_plain_fold_would(files, csv_bytes, monkeypatch):
    with tempfile.TemporaryDirectory() as folder, monkeypatch.context() as patched:
        patched.setenv("CERMIN_DATA", folder)
        earlier = []
        for number, (day, rows) in enumerate(files):
            lines = [[f"A/{case}", "1/1/2025", "64.08", *cells] for case, *cells in rows]
            content = csv_bytes([*NAMES, f"Kolom {number}"], [[*line, ""] for line in lines])
            result = intake.ingest_file("laporan", content, per_tanggal=date(2025, 2, day))
            assert (result.new, result.changed, result.unchanged) == expected(earlier, (day, rows))
            earlier.append((day, rows))
