import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import contracts, headings, read, repairs

LAPORAN = contracts.load("laporan")
NAMES = ["nomor_laporan", "tanggal_masuk", "instansi_terlapor"]


def table(text, codec="utf-8"):
    return read.read(text.encode(codec), LAPORAN)


def rows(text):
    return table(text).frame.rows()


def test_numbers_rows_as_a_spreadsheet_does():
    text = 'nomor_laporan,substansi\nA,x\n\nB,"satu\nsel, dua baris"\n\r\n,\nC,z\n'
    assert rows(text) == [(2, "A", "x", False), (4, "B", "satu\nsel, dua baris", False), (7, "C", "z", False)]


def test_numbers_rows_below_titles_from_the_top_of_the_sheet():
    assert rows("Daftar\n\nnomor_laporan,substansi\nA,x\n") == [(4, "A", "x", False)]


def test_keeps_a_row_whose_only_text_stands_in_a_column_that_is_not_read():
    assert rows("nomor_laporan,Pelapor\nA,\n,Budi\n,\n") == [(2, "A", False), (3, None, False)]


def test_marks_a_row_with_more_cells_than_headings():
    text = "nomor_laporan,substansi\nA,x,lebih\nB,y,,\nC,z,,,,tersembunyi\n"
    assert [(row[0], row[-1]) for row in rows(text)] == [(2, True), (3, False), (4, True)]


def test_takes_missing_cells_at_the_end_for_blank_ones():
    assert rows("nomor_laporan,tanggal_masuk,substansi\nA\n") == [(2, "A", None, None, False)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_reads_every_delimiter_encoding_and_line_end_alike(delimiter, codec, line_end):
    lines = [delimiter.join(NAMES), delimiter.join(["A/1", "31/12/2025", "Dinas Pésisir"]), ""]
    found = table(line_end.join(lines), codec)
    assert found.frame.rows() == [(2, "A/1", "31/12/2025", "Dinas Pésisir", False)]
    assert found.headings.delimiter == delimiter


def test_reads_only_columns_of_the_contract():
    found = table("Pelapor,nomor_laporan,Kronologi,Hal Lain\nBudi,A,lama,x\n")
    assert found.frame.columns == ["baris", "nomor_laporan", "_kelebihan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('nomor_laporan,substansi\nA,5" pipa\nB,y\n', [(2, "A", '5" pipa', False), (3, "B", "y", False)]),
        (
            'nomor_laporan,substansi\nA,"buka\nB,y\nC,z\n',
            [(2, None, None, True), (3, "B", "y", False), (4, "C", "z", False)],
        ),
        ('nomor_laporan,substansi\nA,"x"y\nB,"y"\n', [(2, None, None, True), (3, "B", "y", False)]),
        (
            'nomor_laporan,substansi\nA,x "y" z\nB,"a ""b"" c"\n',
            [(2, "A", 'x "y" z', False), (3, "B", 'a "b" c', False)],
        ),
    ],
)
def test_a_stray_quote_spoils_its_own_line_only(text, expected):
    assert rows(text) == expected


def test_both_readers_read_alike():
    text = 'Judul\n\nnomor_laporan;Pelapor;substansi\nA;Budi;"x;\n\ny"\n;;\nB;;z;lebih\n;Ani;\n'
    source, found = read.open_source(text.encode()), table(text)
    assert read._read_carefully(source, found.headings)[0].rows() == found.frame.rows()


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", " \r\n"])
def test_an_empty_file_is_called_empty(text):
    assert table(text).refusal == "berkas ini kosong"


@pytest.mark.parametrize("text", ["satu dua tiga\n1 2 3\n", "x,y\n1,2\n"])
def test_says_that_no_heading_is_known(text):
    assert "judul kolom" in table(text).refusal


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=12
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8))
def test_returns_every_cell_that_a_csv_writer_wrote(cells):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows(cells)
    mended = [[repairs.mend(cell) for cell in row] for row in cells]
    expected = [(at, *row) for at, row in enumerate(mended, start=2) if any(map(str.strip, cells[at - 2]))]
    found = [tuple(value or "" for value in row[:4]) for row in rows(text.getvalue())]
    assert found == expected


@given(
    st.binary(max_size=120),
    st.sampled_from([b"", b"nomor_laporan,substansi\n", b"nomor_laporan;substansi\n"]),
)
def test_no_bytes_crash_it(tail, head):
    read.read(head + tail, LAPORAN)


@settings(max_examples=300)
@given(st.lists(st.text(alphabet='ab",;\n ', max_size=14), max_size=12))
def test_the_quick_reader_reads_as_the_careful_one_wherever_it_is_believed(pieces):
    source = read.open_source(("nomor_laporan,Pelapor,substansi\n" + "\n".join(pieces)).encode())
    found = headings.find(source.head(), LAPORAN)
    quick = read._read_table(source, found)[0].with_columns(pl.col(pl.String).replace("", None))
    assert quick.rows() == read._read_carefully(source, found)[0].rows()


def test_two_stray_quotes_do_not_swallow_the_rows_between_them():
    lines = [f'A{number},"ukuran 5' if number in (3, 40) else f"A{number},x" for number in range(60)]
    found = table("nomor_laporan,substansi\n" + "\n".join(lines) + "\n").frame
    assert found.height == 60
    assert found.filter("_kelebihan")["baris"].to_list() == [5, 42]


@pytest.mark.parametrize("name", ["laporan [1].csv", "a*.csv", "{a,b}?.csv"])
def test_a_file_is_read_by_its_very_name(name, tmp_path):
    (tmp_path / "ab.csv").write_text("No Arsip,Tanggal Agenda\nB/1,1/1/2025\nB/2,1/1/2025\n")
    (tmp_path / name).write_text("No Arsip,Tanggal Agenda\nA/1,1/1/2025\n")
    assert read.read(tmp_path / name, LAPORAN).frame["nomor_laporan"].to_list() == ["A/1"]


def test_a_unit_separator_in_a_line_is_a_letter_like_any_other():
    text = "No Arsip,Tanggal Agenda,Instansi Terlapor\nA\x1f/1,1/1/2025,\nA/2,1/1/2025\n"
    said = table(text).repairs
    assert said == ("1 baris lebih pendek daripada judulnya (baris 3); sel yang tidak ada dibaca kosong.",)


def test_of_a_file_that_is_known_no_cell_is_looked_at():
    content, seen = b"No Arsip,Tanggal Agenda\nA/1,1/1/2025\n", []
    known = read.read(content, LAPORAN, is_known=lambda sha256: not seen.append(sha256))
    assert known.frame.height == 0 and known.refusal is None and seen == [known.sha256]
