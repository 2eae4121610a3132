"""Registers of agreements as offices keep them: when an agreement ends, and two tables on one sheet."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import build, dates, intake, questions

HEAD = "kode_wilayah,instrumen,tanggal_tanda_tangan,berakhir\n"
MARK = "masa berlaku belum diketahui"


def _file(end: str, signed: str = "01/02/2020") -> bytes:
    return f'{HEAD}64.08,PKS,{signed},"{end}"\n'.encode()


def _checked(end: str):
    checked = intake.look_at("kerja_sama", _file(end), "pks.csv")
    assert checked.result.accepted == 1, checked.result.problems.to_dicts()
    return checked.frame.row(0, named=True), checked.result.problems


def _mark(per_tanggal: str = "2026-03-31") -> str:
    marks = questions.answer("tanda_kerja_sama", {"per_tanggal": per_tanggal})
    return marks.filter(kode_wilayah="64.08", tanda="pelaksanaan")["keadaan"].item()


@pytest.mark.parametrize(
    "text",
    ["Selamanya", "SELAMANYA", "selama-lamanya", "tanpa batas waktu", "Tidak terbatas", "Seumur hidup"],
)
def test_open_ended_is_a_value(text):
    row, problems = _checked(text)
    assert (row["berakhir"], row["berakhir_terbuka"]) == (None, "ya")
    assert problems.is_empty()


@pytest.mark.parametrize("text", ["-", "–", "", " ", "n/a"])
def test_a_mark_that_means_nothing_says_nothing(text):
    row, problems = _checked(text)
    assert (row["berakhir"], row["berakhir_terbuka"], row["berakhir_tertulis"]) == (None, None, None)
    assert row["dikosongkan"] is None and problems.is_empty()


@pytest.mark.parametrize(
    "text",
    [
        "Sampai selesai",
        "5 (lima) tahun",
        "sampai dicabut",
        "31 Desember 2027 (dapat diperpanjang)",
        "3 tahun",
    ],
)
def test_free_text_is_kept_as_a_note_and_warned_about(text):
    row, problems = _checked(text)
    assert (row["berakhir"], row["berakhir_terbuka"], row["berakhir_tertulis"]) == (None, None, text)
    assert problems["level"].to_list() == ["peringatan"] and "catatan" in problems["reason"][0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Januari 2027", date(2027, 1, 31)),
        ("Feb 2028", date(2028, 2, 29)),
        ("desember, 2027", date(2027, 12, 31)),
        ("02/2027", date(2027, 2, 28)),
        ("2027-04", date(2027, 4, 30)),
        ("s.d. Januari 2027", date(2027, 1, 31)),
        ("2027", date(2027, 12, 31)),
    ],
)
def test_an_end_without_its_day_is_read_as_the_last_day_and_said(text, day):
    row, problems = _checked(text)
    assert row["berakhir"] == day
    assert problems["level"].to_list() == ["peringatan"] and day.strftime("%d/%m/%Y") in problems["reason"][0]


@pytest.mark.parametrize("text", ["s.d. 31 Desember 2027", "sampai dengan 31/12/2027", "hingga 2027-12-31"])
def test_words_before_an_end_are_stepped_over(text):
    row, problems = _checked(text)
    assert row["berakhir"] == date(2027, 12, 31) and problems.is_empty()


@pytest.mark.parametrize(
    "text", ["31/02/2027", "31/12/27", "46387", "Jan-27", "31 Desembr 2027", "13/2027", "#####", "12:30"]
)
def test_a_damaged_date_is_no_note(text):
    result = intake.check_file("kerja_sama", _file(text))
    assert (result.accepted, result.rejected) == (0, 1)
    assert result.problems["column"].to_list() == ["berakhir"]


@pytest.mark.parametrize("text", ["hubungi 0812-3456-7890", "NIK 6472011503900001"])
def test_a_note_never_holds_the_number_of_a_person(text):
    result = intake.check_file("kerja_sama", _file(text))
    assert result.rejected == 1 and text not in str(result.problems.to_dicts())


def test_other_dates_still_want_their_day():
    content = HEAD + "64.08,PKS,Januari 2025,\n"
    assert intake.check_file("kerja_sama", content.encode()).rejected == 1


@pytest.mark.parametrize(
    ("end", "mark"), [("Sampai selesai", MARK), ("Selamanya", "berlaku"), ("Januari 2026", "berakhir")]
)
def test_an_older_end_does_not_outlive_what_is_said_later(cermin_data, end, mark):
    intake.ingest_file("kerja_sama", _file("31/12/2025"), "lama.csv", per_tanggal=date(2025, 1, 1))
    assert _mark() == "berakhir"
    kept = intake.ingest_file("kerja_sama", _file(end), "baru.csv", per_tanggal=date(2026, 2, 1))
    assert kept.changed == 1 and _mark() == mark
    intake.undo_batch(kept.batch)
    assert _mark() == "berakhir"


def test_a_term_stated_after_open_ended_is_no_longer_open_ended(cermin_data):
    intake.ingest_file("kerja_sama", _file("Selamanya"), "lama.csv", per_tanggal=date(2025, 1, 1))
    assert _mark() == "berlaku"
    intake.ingest_file("kerja_sama", _file("5 tahun"), "baru.csv", per_tanggal=date(2026, 2, 1))
    assert _mark() == MARK


def test_the_note_is_told_in_the_history(cermin_data):
    intake.ingest_file("kerja_sama", _file("Sampai selesai"), "a.csv", per_tanggal=date(2026, 2, 1))
    told = questions.answer("riwayat_kerja_sama", {"wilayah": "64.08"}).drop_nulls("berakhir_tertulis")
    assert told["berakhir_tertulis"].to_list() == ["Sampai selesai"]
    assert build.build() is not None


@given(st.text(max_size=30))
def test_an_end_is_never_earlier_than_what_was_written(text):
    """A day that comes out of any text is the one written, or the last of its month or year."""
    verdict, plain = dates.judge_until(text), dates.judge(text)
    if plain.value is not None:
        assert verdict.value == plain.value
    elif verdict.value is not None and verdict.reason:
        assert verdict.value.day == calendar.monthrange(verdict.value.year, verdict.value.month)[1]


TWO = "kode_wilayah,instrumen,tanggal_tanda_tangan\n64.08,PKS,01/02/2025\n"


def test_the_title_above_a_second_table_is_no_row():
    text = "PKS 2024,,\n" + TWO + "\nPKS 2025,,\n" + TWO.replace("64.08", "64.02")
    result = intake.check_file("kerja_sama", text.encode())
    assert (result.rows, result.accepted, result.rejected) == (2, 2, 0)
    assert any("baris 5" in one and "udul tabel" in one for one in result.repairs)


def test_a_row_with_one_cell_that_no_table_follows_is_still_a_row():
    result = intake.check_file("kerja_sama", (TWO + "\nPKS 2025,,\n64.02,PKS,01/02/2025\n").encode())
    assert (result.rows, result.accepted, result.rejected) == (3, 2, 1)


def test_a_table_of_another_kind_below_is_not_read_and_said():
    below = "\nNarahubung,,\nWilayah,OPD,Jumlah OPD\n64.02,Dinas,3\n"
    result = intake.check_file("kerja_sama", (TWO + below).encode())
    assert (result.rows, result.accepted, result.rejected) == (1, 1, 0)
    assert any("baris 5" in one and "tidak dibaca" in one for one in result.repairs)


@pytest.mark.parametrize("right", [TWO, "Wilayah,OPD,Jumlah OPD\n64.02,Dinas,3\n"])
def test_of_two_tables_side_by_side_the_left_one_is_read_and_the_other_said(right):
    lines = zip(TWO.splitlines(), right.splitlines(), strict=True)
    text = "".join(f"{left},,{other}\n" for left, other in lines)
    result = intake.check_file("kerja_sama", text.encode())
    assert (result.rows, result.accepted, result.rejected) == (1, 1, 0)
    assert any("kolom E" in one and "tidak dibaca" in one for one in result.repairs)
