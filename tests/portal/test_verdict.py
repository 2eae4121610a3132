"""What is said of a dropped file: counts, how it was read, reasons with how to mend, refused rows."""

import csv
import io
import re
from dataclasses import replace

import pytest

from pipelines import intake
from pipelines.titipan import Titipan
from portal import batches, method, upload, verdict
from portal.ask import ask

MIXED = b"""nomor_laporan;tanggal_masuk;wilayah_terlapor;NIK
1/LM/2025/SMD;03/02/2025;Kota Samarinda;6472010101010001
2/LM/2025/SMD;31/02/2025;Kota Samarinda;
3/LM/2025/SMD;31/02/2025;Kota Samarinda;
4/LM/2025/BJM;03/02/2025;Banjar;
"""


@pytest.fixture
def result(sample_data):
    return intake.check_file("laporan", MIXED, "campuran.csv")


def test_rows_are_accepted_or_refused(result):
    counts = verdict.counts(result)
    assert counts["Baris"] == 4 == counts["Diterima"] + counts["Ditolak"]
    assert counts["Diterima"] == 1 == counts["Baru"] + counts["Berubah"] + counts["Sama"]


def test_says_how_the_file_was_read_and_what_was_not_kept(result):
    said = verdict.understood(result)
    for words in ("**UTF-8**", "titik koma", "hari dulu", "per tanggal **3 Feb 2025**", "Tidak disimpan"):
        assert words in said
    assert "`NIK`" in said and "mencakup **Kalimantan Timur** sejak" in said


def test_a_file_that_was_not_read_has_no_order_of_dates(sample_data):
    said = verdict.understood(intake.check_file("laporan", bytes(range(256)), "gambar.csv"))
    assert said == "Isi berkas ini belum dapat dibaca sebagai tabel."


def test_reasons_are_counted_with_how_to_mend_them(result):
    grouped = verdict.grouped(result.problems)
    assert grouped["many"].to_list() == [2, 1]
    assert grouped["where"][0] == "3, 4"
    assert grouped["fix"].null_count() == 0
    told = verdict.reasons(result.problems)
    assert "tanggal_masuk" in told and "Masalah menurut alasan" in told


def test_rows_show_the_faulty_cell(result):
    told = verdict.rows(result.problems)
    assert '<td class="salah">31/02/2025</td>' in told
    assert '<td class="salah">Banjar</td>' in told
    assert "6472010101010001" not in told


def test_only_the_first_of_many_problems_are_listed():
    assert verdict.listing(12) == "12 masalah menurut baris"
    assert verdict.listing(5000) == "200 masalah pertama dari 5.000, menurut baris"


def test_refused_rows_leave_as_a_file_with_reasons_and_can_be_checked_again(result, sample_data):
    content = verdict.refused(result)
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 3
    assert all(line["alasan"] and line["cara_memperbaiki"] for line in lines)
    assert "NIK" not in lines[0]
    again = intake.check_file("laporan", content, "ditolak.csv")
    assert (again.rows, again.accepted) == (3, 0)


def test_headline_figures_before_and_after_say_what_moved(sample_data):
    before = verdict.snapshot()
    assert before["Data sampai"] == "31 Okt 2026"
    told = verdict.moved(before, before | {"Laporan masuk": "9.999"})
    assert told.count("berubah") == 1
    assert told.count("tetap") == len(before) - 1


@pytest.mark.parametrize("kind", upload.KINDS)
def test_every_kind_says_what_it_needs(kind):
    assert upload.needs(kind).startswith("Kolom wajib: `")


def test_another_upload_kind_or_statement_makes_another_check():
    first, other = (Titipan(1, token * 32, "a.csv", "laporan", 9, 0.0) for token in "ab")
    given = [upload.Given(file) for file in (first, first, other, replace(first, kind="sp4n"))]
    given.append(upload.Given(first, cakupan=("64",)))
    assert len({one.digest for one in given}) == 4
    assert given[-1].stated["cakupan"] == ("64",)


def test_batches_are_listed_newest_first(sample_data):
    known = batches.listed(ask("batch_data"))
    assert batches.title(known) == "1 batch berlaku"
    assert re.fullmatch(r"\d{1,2} [A-Z]\w\w 2\d{3}, \d\d\.\d\d", known["when"][0])


def test_the_method_page_counts_what_it_shows(sample_data):
    assert method.batches(ask("batch_data")) == "1 batch berlaku, data sampai 31 Okt 2026"
    assert (
        method.deadlines(ask("tenggat_berjalan"))
        == "1 dari 11 tenggat terverifikasi dan dipakai pada angka utama"
    )
    assert "sama dengan hitungan Cermin" in method.reconciled(ask("rekonsiliasi_publikasi"))
    assert "ringkasan_wilayah" in method.questions("semua")


def test_without_batches_the_method_page_says_so():
    empty = ask_nothing()
    assert method.batches(empty).startswith("Belum ada batch")


def ask_nothing():
    import polars as pl

    return pl.DataFrame(schema={"live": pl.Boolean, "per_tanggal": pl.Date})
