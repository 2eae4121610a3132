import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import contracts, headings

LAPORAN = contracts.load("laporan")
TITLES = "No Arsip;Tanggal Agenda;Wilayah Terlapor;Tahap\n"


def find(text):
    return headings.find(text, LAPORAN)


def test_finds_the_headings_below_ten_rows_of_explanation():
    above = "".join(f"Keterangan {number}, dengan koma; dan titik koma\n" for number in range(10))
    found = find(above + "\n" + TITLES + "A/1;1/1/2025;64.08;Pleno\n")
    assert (found.row, found.above, found.delimiter) == (12, 10, ";")
    assert list(found.positions) == ["nomor_laporan", "tanggal_masuk", "wilayah_terlapor", "tahap"]


def test_a_filter_that_names_known_columns_is_no_row_of_headings():
    assert find("Status;Selesai\nTahap;Pleno\n" + TITLES).row == 3


def test_a_stray_quote_above_the_headings_does_not_hide_them():
    found = find('"Daftar "laporan" 2025\n5" pipa\n' + TITLES)
    assert (found.row, found.above, found.refusal) == (3, 2, None)


def test_of_two_tables_the_first_that_has_the_required_columns_counts():
    second = "No Arsip;Tanggal Agenda;Wilayah Terlapor;Tahap;Substansi;Maladministrasi\n"
    assert find(TITLES + "A/1;1/1/2025;64.08;Pleno\n\n" + second).row == 1
    assert find("Tanggal Agenda;Tahap;Substansi\n1/1/2025;Pleno;Air\n\n" + second).row == 4


def test_of_neighbouring_rows_the_one_that_names_more_columns_counts():
    assert find("No Arsip;Tanggal Agenda;x;y\n" + TITLES).row == 2


def test_a_tie_between_neighbouring_rows_is_refused_by_their_numbers():
    found = find("Judul\n" + TITLES + "Tanggal Agenda;No Arsip;Tahap;Wilayah Terlapor\n")
    assert found.refusal == "baris 2 dan baris 3 sama-sama dapat menjadi judul kolom"
    assert found.fix


def test_the_same_headings_twice_are_no_tie():
    found = find(TITLES + "nomor_laporan;tanggal_masuk;wilayah_terlapor;tahap\n")
    assert (found.row, found.refusal) == (1, None)


def test_joins_titles_that_span_columns_to_the_headings_below_them():
    found = find("Daftar;;;\nNo Arsip;Tanggal;;Wilayah Terlapor\n;Agenda;Penutupan;\nA/1;1/1/2025;;64.08\n")
    assert (found.row, found.above, found.is_joined) == (3, 1, True)
    assert found.own == {
        "nomor_laporan": "No Arsip",
        "tanggal_masuk": "Tanggal Agenda",
        "tanggal_tutup": "Tanggal Penutupan",
        "wilayah_terlapor": "Wilayah Terlapor",
    }


def test_two_columns_of_one_meaning_are_named_with_their_letters():
    found = find("No Arsip,x,No Arsip,Tanggal Agenda\n")
    assert "'No Arsip' (kolom A) dan 'No Arsip' (kolom C)" in found.refusal


def test_lists_columns_without_a_heading_by_their_letters():
    assert find("No Arsip,,Tanggal Agenda,\n").nameless == ("B", "D")


def test_refuses_more_columns_than_any_table_has():
    assert "kolom, lebih dari" in find("No Arsip" + "," * headings.MOST_COLUMNS + "\n").refusal


@pytest.mark.parametrize(("position", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_names_columns_as_a_spreadsheet_does(position, name):
    assert headings.letter(position) == name


LINE = st.lists(st.sampled_from(["", "Laporan", "Tanggal", "12", '"x', "a,b", "Periode: 2025"]), max_size=5)


@given(st.lists(LINE, max_size=12), st.sampled_from(headings.DELIMITERS))
def test_whatever_stands_above_the_headings_are_found(above, delimiter):
    lines = [delimiter.join(cells) for cells in above] + [TITLES.strip().replace(";", delimiter)]
    found = find("\n".join(lines) + "\n")
    if '"' not in "".join(lines):
        assert found.row == len(lines) and len(found.positions) == 4
