"""The table twin: Indonesian words and numbers, escaped, missing as a dash."""

from datetime import date

import polars as pl
import pytest

from portal import exports, table

FRAME = pl.DataFrame(
    {
        "bulan": [date(2026, 1, 1)],
        "masuk": [1234],
        "persen_selesai": [45.25],
        "nama": ["<b>Kota</b>"],
        "konflik": [True],
        "sumber_alamat": ["https://a.id/?x=1 | https://b.id"],
        "selisih": [-3],
        "ditutup": pl.Series([None], dtype=pl.Int64),
    }
)


def test_writes_cells_as_an_indonesian_reader_expects():
    made = table.html(FRAME, tuple(FRAME.columns), "Judul")
    for cell in ("Jan 2026", "1.234", "45,2%", "&lt;b&gt;Kota&lt;/b&gt;", ">ya<", "−3", ">–<"):
        assert cell in made
    assert '<a href="https://a.id/?x=1" target="_blank" rel="noopener noreferrer">sumber 1</a>' in made
    assert '<th scope="col" class="angka">Masuk</th>' in made
    assert "<caption>Judul</caption>" in made


def test_shows_only_the_columns_that_were_asked_for_in_their_order():
    made = table.html(FRAME, ("nama", "masuk"), "Judul")
    assert made.index("Nama") < made.index("Masuk")
    assert "Bulan" not in made


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (657.0, "value", "657"),
        (69.63, "value", "69,63"),
        (0.5, "value", "0,5"),
        (1.005, "ratio", "1,00"),
        (2026, "year", "2026"),
        (date(2026, 1, 27), "date", "27 Jan 2026"),
        (None, "count", "–"),
        (float("nan"), "percent", "–"),
        (False, "flag", "tidak"),
    ],
)
def test_each_kind_has_its_own_writing(value, kind, text):
    assert table.text(value, kind) == text


def test_a_number_column_that_holds_text_is_written_as_text():
    frame = pl.DataFrame({"umur": [">180"], "tahun": [2024], "nilai": ["Hijau"]})
    assert [table.kind(frame, name) for name in frame.columns] == ["text", "year", "text"]


def test_marks_the_faulty_cell_of_plain_lines():
    made = table.plain("Masalah", ("Baris", "Isi"), [("2", "31/02/2025"), ("3", None)], wrong=1)
    assert '<td class="salah">31/02/2025</td>' in made
    assert '<td class="salah"></td>' in made


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tanpa alamat", "ftp://x"])
def test_only_web_addresses_become_links(address):
    assert "<a " not in table.links(address)


def test_a_code_is_written_in_words_on_the_page_and_in_the_file():
    frame = pl.DataFrame({"indikator": ["akses_total"], "nama": ["a_b"]})
    made = table.html(frame, ("indikator", "nama"), "Uji")
    assert "<td>akses total</td><td>a_b</td>" in made
    assert exports.cell("akses_total", table.kind(frame, "indikator")) == "akses total"
    assert exports.cell("=akses_total", "code") == "'=akses total"
