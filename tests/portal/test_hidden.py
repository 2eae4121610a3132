"""Withheld figures: said as withheld wherever a number would stand, never as zero and never as no data."""

import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import ask, block, exports, hidden, map_classes, region_findings, table, texts

FRAME = pl.DataFrame(
    {"nama": ["A", "B", "C"], "terbuka": [12, None, None], "samar": [None, "terbuka=<5", "terbuka=*"]}
)


def test_the_table_says_what_is_withheld():
    made = table.html(FRAME, ("nama", "terbuka"), "Uji")
    assert made.count("&lt;5") == 1 and made.count(texts.HIDDEN) == 1
    assert "samar=" not in made and "<th" in made and "–" not in made


def test_a_row_without_marks_withholds_nothing():
    assert hidden.marks({"terbuka": 3}) == {} == hidden.marks({"samar": None})
    assert hidden.mark({"samar": "masuk=*"}, "terbuka") is None


def test_withheld_is_not_empty():
    assert not block.is_empty(FRAME.tail(2), ("terbuka",))
    assert block.is_empty(FRAME.tail(2).with_columns(samar=pl.lit(None, pl.String)), ("terbuka",))
    assert hidden.is_withheld(FRAME, "terbuka") and not hidden.is_withheld(FRAME, "buka")
    assert (
        hidden.any_in(FRAME) and not hidden.any_in(FRAME.head(1)) and not hidden.any_in(FRAME.drop("samar"))
    )


def test_the_column_of_marks_is_never_shown():
    assert hidden.columns(FRAME) == ["nama", "terbuka"]


@given(st.dictionaries(st.sampled_from(["masuk", "ditutup", "terbuka"]), st.sampled_from(["<5", "*"])))
def test_marks_come_back_as_they_were_written(given_marks):
    row = {"samar": " ".join(f"{name}={mark}" for name, mark in given_marks.items())}
    assert hidden.marks(row) == {n: texts.HIDDEN if m == "*" else m for n, m in given_marks.items()}


@pytest.mark.parametrize(("samar", "said"), [("nilai=<5", "<5"), ("nilai=*", texts.HIDDEN)])
def test_the_map_has_a_class_of_its_own_for_it(samar, said):
    row = {"kode_wilayah": "64.08", "nama": "X", "pembilang": None, "penyebut": None, "nilai": None}
    row |= {"bawah": None, "atas": None, "status": texts.HIDDEN, "samar": samar}
    values, legend = map_classes.classify(pl.DataFrame([row]), {"satuan": "laporan", "kelas": "1|10"})
    assert values.row(0, named=True)["kelas"] == "samar"
    assert said in values.row(0, named=True)["text"]
    assert "samar" in {item.kelas for item in legend}


def test_a_file_says_it_too(sample_data):
    with ask.entered("pemda:64.08"):
        asked = ask.about("ringkasan_wilayah", per_tanggal=date(2026, 9, 30))
        content = exports.document(asked, ("nama", "masuk", "terbuka"))
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    rows = lines[lines.index(["Nama", "Masuk", "Terbuka"]) + 1 :]
    cells = [cell for row in rows for cell in row[1:]]
    assert "<5" in cells and texts.HIDDEN in cells
    assert not [cell for cell in cells if cell in ("1", "2", "3", "4")]
    assert any("nol" in cell and "Disamarkan" in cell for line in lines for cell in line)


@pytest.mark.parametrize(
    ("samar", "said"),
    [
        ("ditutup=*", "11 laporan masih terbuka; masuk pada rentang ini: 49, ditutup: disamarkan"),
        ("masuk=*", "11 laporan masih terbuka; masuk pada rentang ini: disamarkan, ditutup: 40"),
        ("terbuka=<5", "49 laporan masuk, 40 ditutup; <5 masih terbuka"),
        (None, "49 laporan masuk, 40 ditutup; 11 masih terbuka"),
    ],
)
def test_the_title_of_a_region_never_takes_withheld_for_unknown(samar, said):
    row = {"masuk": 49, "ditutup": 40, "terbuka": 11, "samar": samar}
    row |= dict.fromkeys(hidden.marks(row), None)
    assert region_findings.numbers(pl.DataFrame([row])) == said
