"""Whatever is dropped on it: a result whose counts add up and whose refusals are explained."""

import io
import json
import random
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import contracts, intake
from pipelines.errors import UserError
from tests.pipelines.workbooks import archive, day, formula, ods, xlsx

pytestmark = pytest.mark.usefixtures("without_build")
FILES = Path(__file__).parent / "files"
TITLES = ["No Arsip", "Tanggal Agenda", "Wilayah Terlapor", "Instansi Terlapor"]
HEAD = ",".join(TITLES) + "\n"
GOOD = "A/1,6/1/2025,64.08,Dinas\n"
SLOWEST = 30


def check(content, kind="laporan"):
    """The result, after everything that must hold for any file."""
    result = intake.check_file(kind, content)
    assert result.rows == result.accepted + result.rejected
    assert result.accepted == result.new + result.changed + result.unchanged
    refused = result.problems.filter(pl.col("level") == "tolak")
    assert refused["reason"].null_count() == 0
    if result.rejected or not result.rows:
        assert refused.height
    is_whole = result.accepted == 0
    assert is_whole or refused["row"].n_unique() == result.rejected == result.rejected_rows().height
    assert all(said.endswith(".") for said in result.repairs)
    json.dumps(result.to_json())
    return result


TEXTS = {
    "nothing": b"",
    "one byte": b"x",
    "only a mark": b"\xef\xbb\xbf",
    "only line ends": b"\r\n\r\r\n\n" * 500,
    "only separators": b",;\t|" * 5000,
    "only quotes": b'"' * 9999,
    "only zero bytes": bytes(5000),
    "half a wide letter": (HEAD + GOOD).encode("utf-16")[:-1],
    "wide in the wrong order": (HEAD + GOOD).encode("utf-16-be").replace(b"\0N", b"N\0", 1),
    "a surrogate alone": HEAD.encode("utf-16-le") + b"\x00\xd8" + GOOD.encode("utf-16-le"),
    "two encodings": HEAD.encode() + "A/1,6/1/2025,64.08,é\n".encode() + b"A/2,6/1/2025,64.08,\xe9\n",
    "headings only": HEAD.encode(),
    "no line end": (HEAD + GOOD).rstrip().encode(),
    "one very long cell": (HEAD + "A/1,6/1/2025,64.08," + "x" * 3_000_000 + "\n" + GOOD).encode(),
    "one very long line": (HEAD + "a," * 300_000 + "\n" + GOOD).encode(),
    "very many headings": (HEAD.strip() + ",x" * 3_900 + "\n" + GOOD).encode(),
    "a quote that swallows": (HEAD + 'A/0,6/1/2025,64.08,"x\n' + GOOD * 300).encode(),
    "quotes in every cell": (HEAD + 'A/1,6/1/2025,64.08,5" pipa 3"\n' * 500).encode(),
    "separators below the headings": (HEAD + GOOD.replace(",", ";")).encode(),
    "another separator above": ("a;b;c;d;e;f\n" * 9 + HEAD + GOOD).encode(),
    "page breaks": (HEAD + (GOOD + "\f\n" + HEAD) * 50).encode(),
    "end of file mark of old systems": (HEAD + GOOD + "\x1a").encode(),
    "invisible letters": (HEAD + "\u200bA/1\u00a0,6/1/2025\u200b,64.08,\u202eDinas\n").encode(),
    "formulas and scripts": (HEAD + "=1+1,@x,<script>alert(1)</script>,'; drop\n").encode(),
    "a database dump": b"INSERT INTO laporan VALUES (1,'a');\n" * 50,
    "json": b'[{"No Arsip": "A/1", "Tanggal Agenda": "6/1/2025"}]',
    "a page of the web": b"<!DOCTYPE html><html><table><tr><td>No Arsip</td></tr></table></html>",
    "a picture": b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(5000),
    "noise": random.Random(2).randbytes(200_000),
    "noise below headings": HEAD.encode() + random.Random(3).randbytes(20_000),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("kind", ["laporan", "kerja_sama"])
def test_no_text_is_too_strange(name, kind):
    started = time.monotonic()
    check(TEXTS[name], kind)
    assert time.monotonic() - started < SLOWEST


ROWS = [TITLES, ["A/1", day(45663), "64.08", formula("Dinas")], ["A/2", "x", 64.1, formula(None)]]
BOOKS = {
    "plain": xlsx({"L": ROWS}),
    "ods": ods({"L": [["x"], TITLES, ["A/1", "6/1/2025", "64.08"]]}),
    "old": (FILES / "lama.xls").read_bytes(),
    "locked": (FILES / "terkunci.xlsx").read_bytes(),
    "no part": archive({"xl/workbook.xml": ""}),
    "a part twice over": xlsx({"L": ROWS}) + xlsx({"M": ROWS}),
    "another kind of part": xlsx({"L": ROWS}, **{"xl__workbook.xml": bytes(300)}),
    "sheets without a part": xlsx({"L": ROWS}, **{"xl___rels__workbook.xml.rels": b"<Relationships/>"}),
    "a merge of everything": xlsx({"L": ROWS}, merged=("A1:A1048576", "B1:B1048576", "A1:XFD1048576")),
    "a merge of nothing": xlsx({"L": ROWS}, merged=("", "A0", "ZZZZ99999999:A1")),
    "a day before all days": xlsx({"L": [TITLES, ["A/1", day(-5), "64.08"], ["A/2", day(9e9), "64.08"]]}),
    "an infinite number": xlsx({"L": [TITLES, [1e308 * 10, float("nan"), 1e300, -0.0]]}),
    "many sheets": xlsx({f"L{n}": [["x"]] for n in range(200)}),
    "nested": archive({"buku.xlsx": xlsx({"L": ROWS})}),
}


@pytest.mark.parametrize("name", BOOKS)
def test_no_workbook_is_too_strange(name):
    started = time.monotonic()
    check(BOOKS[name])
    assert time.monotonic() - started < SLOWEST


@pytest.mark.parametrize("size", [0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("name", ["plain", "ods", "old", "locked"])
def test_a_file_that_is_cut_off_anywhere_is_explained(name, size):
    whole = BOOKS[name]
    check(whole[: int(len(whole) * size)])


def test_a_bomb_in_a_part_that_is_no_sheet_is_refused():
    bomb = io.BytesIO(xlsx({"L": ROWS}))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", " " * 40_000_000)
    assert "terlalu besar" in check(bomb.getvalue()).problems["reason"][0]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        check(tmp_path / "tidak-ada.xlsx")


@settings(max_examples=120)
@given(st.binary(max_size=600))
def test_no_bytes_crash_it(content):
    check(content)


@settings(max_examples=120)
@given(st.binary(max_size=300), st.sampled_from([HEAD, HEAD.replace(",", ";"), "a\n\n" + HEAD]))
def test_no_bytes_below_headings_crash_it(content, head):
    check(head.encode() + content)


DAMAGED = ['5"', "=1+1", "#N/A", "####", "6,4E+15", "06:54.0"]
CELL = st.sampled_from(["A/1", "A/2", "", "-", "6/1/2025", "64.08", "Dinas", *DAMAGED, *TITLES])
LINES = st.lists(st.lists(CELL, max_size=6), max_size=8)


@settings(max_examples=150)
@given(
    LINES,
    LINES,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]),
)
def test_any_mix_of_damage_is_counted_and_explained(above, below, delimiter, line_end, codec):
    lines = [delimiter.join(cells) for cells in [*above, TITLES, *below]]
    check(line_end.join(lines).encode(codec))


@settings(max_examples=20)
@given(LINES, LINES)
def test_any_rows_in_a_workbook_are_counted_and_explained(above, below):
    check(xlsx({"L": [*above, TITLES, *below]}))


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_the_shipped_templates_need_no_repair_but_a_word_on_their_separator(kind):
    template = Path(intake.__file__).parent.parent / "data" / "templates" / f"{kind}.csv"
    assert check(template, kind).repairs == ("Kolomnya dipisahkan titik koma.",)
