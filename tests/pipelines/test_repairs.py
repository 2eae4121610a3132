import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import contracts, ragged, read, repairs

LAPORAN = contracts.load("laporan")
TITLES = "No Arsip,Tanggal Agenda,Instansi Terlapor\n"


def table(text):
    return read.read(text.encode(), LAPORAN)


def test_a_plain_file_needed_no_repair():
    assert table(TITLES + "A/1,1/1/2025,Dinas\n").repairs == ()


def test_says_every_assumption_in_the_order_of_the_file():
    text = "Judul\n\n" + TITLES.replace(",", ";").replace("\n", ";\n") + "A/1;1/1/2025\n"
    assert table(text).repairs == (
        "Kolomnya dipisahkan titik koma.",
        "Judul kolom ditemukan di baris 3.",
        "1 baris keterangan di atas judul kolom dilewati.",
        "Kolom tanpa judul tidak dibaca: D.",
        "1 baris lebih pendek daripada judulnya (baris 4); sel yang tidak ada dibaca kosong.",
    )


def test_mends_text_that_was_encoded_twice_and_shows_an_example():
    found = read.read(
        (TITLES + "A/1,1/1/2025,Dinas Pésisir – “Barat”\n").encode().decode("cp1252", "ignore").encode(),
        LAPORAN,
    )
    assert found.frame["instansi_terlapor"][0].startswith("Dinas Pésisir – “Barat")
    assert "1 sel" in found.repairs[0] and "menjadi 'Dinas Pésisir" in found.repairs[0]


def test_mends_headings_that_were_encoded_twice():
    doubled = "No\u00a0Arsip,Tanggal\u00a0Agenda\nA/1,1/1/2025\n".encode().decode("latin-1").encode()
    assert list(read.read(doubled, LAPORAN).headings.positions) == ["nomor_laporan", "tanggal_masuk"]


@pytest.mark.parametrize("text", ["Âpa", "Ã", "naïve café", "â€", "Kota â", "Ünal"])
def test_leaves_honest_letters_alone(text):
    assert repairs.mend(text) == text


@given(st.text(st.characters(min_codepoint=0xA1, max_codepoint=0xFF), min_size=1, max_size=12))
def test_undoes_every_doubled_latin_letter(text):
    assert repairs.mend(text.encode().decode("latin-1")) == text


def test_headings_that_stand_again_between_the_rows_are_no_data():
    found = table(TITLES + "A/1,1/1/2025,x\n" + TITLES.upper() + "A/2,1/1/2025,y\n" + TITLES)
    assert found.frame["baris"].to_list() == [2, 4]
    assert found.repairs == ("Judul kolom yang terulang di baris 3, 5 tidak dihitung sebagai data.",)


def test_another_table_below_is_not_read_and_that_is_said():
    text = TITLES + "A/1,1/1/2025,x\n\nTabel 2\nTahap,No Agenda,Tanggal Agenda\nPleno,9,1/1/2025\n"
    found = table(text)
    assert found.frame["baris"].to_list() == [2, 4]
    assert any("Tabel lain mulai di baris 5" in said for said in found.repairs)


def test_a_row_that_happens_to_hold_one_heading_stays_a_row():
    assert table(TITLES + "A/1,Tahap,x\n").frame.height == 1


@pytest.mark.parametrize("quoted", ["x", '"x, y"', '"x\ny"'])
@pytest.mark.parametrize("small", [0, 1 << 23])
def test_finds_rows_that_are_too_short_in_files_of_any_size(quoted, small, monkeypatch):
    monkeypatch.setattr(ragged, "_SMALL", small)
    monkeypatch.setattr(ragged, "_FEW", 1.0)
    rows = "".join(f"A/{number},1/1/2025,{quoted}\n" for number in range(5))
    said = table(TITLES + rows + "B/1,1/1/2025,\nB/2,1/1/2025\nB/3\n").repairs
    if "\n" in quoted and not small:
        return
    assert said == ("2 baris lebih pendek daripada judulnya (baris 8, 9); sel yang tidak ada dibaca kosong.",)


def test_tells_only_the_first_of_many_rows():
    assert repairs.numbered([2, 3, 4, 5, 6, 7, 8]) == "baris 2, 3, 4, 5, 6 dan 2 baris lain"
