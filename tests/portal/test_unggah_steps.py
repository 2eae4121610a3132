"""The steps of an upload as they are said: the map of columns, what to mend, the comparison, the receipt."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from pipelines import comparison, intake
from pipelines.lake import Batch
from portal import bandingkan, menunggu, pemetaan, perbaikan, tanda_terima

MIXED = b"""nomor_laporan,tanggal_masuk,wilayah_terlapor,Tgl Tutup Laporan,NIK
1/LM/2025/SMD,03/02/2025,Kota Samarinda,,6472010101010001
2/LM/2025/SMD,31/02/2025,Kota Samarinda,,
3/LM/2025/SMD,31/02/2025,Kota Samarinda,,
4/LM/2025/BJM,03/02/2025,Banjar,,
"""


@pytest.fixture
def result(sample_data):
    return intake.check_file("laporan", MIXED, "campuran.csv")


def test_what_has_to_be_mended_is_counted_by_what_it_is(result):
    assert perbaikan.tasks(result) == "Yang perlu diperbaiki: 2 tanggal, 1 nama wilayah"
    warned = replace(result, problems=result.problems.with_columns(level=pl.lit("peringatan")))
    assert perbaikan.tasks(warned) == "Yang perlu diperhatikan: 3 peringatan"


def test_rows_are_filtered_by_reason(result):
    choices = perbaikan.reasons(result.problems)
    assert choices[0] == perbaikan.EVERY and len(choices) == 3
    assert perbaikan.of_reason(result.problems, choices[1]).height == 2
    assert perbaikan.of_reason(result.problems, perbaikan.EVERY).height == 3


def test_every_heading_is_on_the_map_of_columns(result):
    assert pemetaan.summary(result) == "Peta kolom: 3 dikenali, 1 belum dikenal, 1 tidak disimpan"
    told = pemetaan.columns(result)
    for words in ("paling dekat tanggal_tutup", "data diri atau teks bebas", "dikenali"):
        assert words in told


def test_dates_are_told_with_examples_from_the_file(result):
    assert pemetaan.read_as(result) == "Tanggal dibaca **hari dulu**: 03/02/2025 = 3 Februari 2025."
    other = replace(result, date_order="mdy")
    assert "03/02/2025 = 2 Maret 2025" in pemetaan.read_as(other)


def _batch() -> Batch:
    plain = {
        "sha256": "a",
        "rows": 9,
        "accepted": 9,
        "rejected": 0,
        "stored": 9,
        "cakupan": ("64",),
        "by": "uji",
    }
    return Batch(
        *("000001-laporan-a", "laporan", "lama.csv"),
        per_tanggal=date(2025, 1, 31),
        sejak=None,
        when="",
        contoh=False,
        seq=1,
        **plain,
    )


def test_the_comparison_shows_old_and_new_and_warns_of_a_month_that_falls():
    cells = [("1/X", "wilayah_terlapor", "64.71", None), ("1/X", "tanggal_tutup", None, "2025-02-03")]
    found = comparison.Comparison(
        pl.DataFrame(cells, schema=["kunci", "column", "before", "after"], orient="row"),
        pl.DataFrame({"kunci": ["2/X"], "tanggal_masuk": ["2025-01-02"], "wilayah_terlapor": [None]}),
        _batch(),
        pl.DataFrame(
            {"wilayah": ["64.71", None], "bulan": [date(2025, 1, 1)] * 2, "before": [5, 1], "after": [7, 1]}
        ),
        pl.DataFrame({"bulan": [date(2025, 1, 1)], "previous": [10], "file": [5]}),
    )
    told = bandingkan.changes(found.changes, "laporan")
    assert "<td>Kota Balikpapan</td>" in told or "Kota " in told
    assert "3 Feb 2025" in told and "(kosong)" in told
    assert "tanggal_tutup" not in bandingkan.changes(found.changes, "laporan", "wilayah_terlapor")
    assert "2 Jan 2025" in bandingkan.missing(found.missing, "laporan")
    assert "Jan 2025: 10 menjadi 5" in bandingkan.fallen(found)
    sums = bandingkan.totals(found)
    assert "+2" in sums and bandingkan.UNNAMED in sums


def test_only_the_first_of_many_changes_are_listed():
    many = pl.DataFrame({"kunci": ["1/X"] * 500, "column": "substansi", "before": "Air", "after": "Agraria"})
    told = bandingkan.changes(many, "laporan")
    assert "200 pertama dari 500" in told and told.count("<tr>") == 201


def test_the_receipt_tells_what_came_in_moved_was_assumed_and_refused(result):
    kept = replace(result, batch="000009-laporan-abc", repairs=("Padanan wilayah_terlapor: …",))
    told = tanda_terima.text(kept, {"Laporan masuk": "1", "A": "2"}, {"Laporan masuk": "2", "A": "2"}, "budi")
    for words in (
        "Batch 000009-laporan-abc",
        "campuran.csv, dimasukkan budi",
        "4 baris: 1 diterima (1 baru, 0 berubah, 0 sama), 3 ditolak",
        "- Laporan masuk: 1 menjadi 2",
        "- Padanan wilayah_terlapor: …",
        "- data diri atau teks bebas: NIK",
        "- 2× tanggal_masuk:",
        "Membatalkan:",
    ):
        assert words in told
    assert "A: 2" not in told and "6472010101010001" not in told


def test_a_receipt_without_anything_odd_is_short(result):
    plain = intake.check_file(
        "laporan", b"nomor_laporan,tanggal_masuk,wilayah_terlapor\n1/X,31/01/2025,64.71\n"
    )
    told = tanda_terima.text(replace(plain, batch="1"), {"A": "1"}, {"A": "1"}, "budi")
    assert "tidak ada angka utama yang berubah" in told
    assert "Yang ditolak" not in told and "Peringatan" not in told


def test_what_waits_is_told_without_its_name_becoming_a_link():
    told = {"file": "[a](http://b)", "accepted": 1200, "rejected": 3, "since": 0.0}
    said = menunggu.sentence(told)
    assert "1.200 diterima, 3 ditolak" in said and "Menunggu sampai 2 Jan 1970 pukul 08.00 WITA" in said
    assert "[a](" not in said


def test_dates_that_need_no_order_are_told_without_one(sample_data):
    plain = b"nomor_laporan,tanggal_masuk,wilayah_terlapor\n1/X,2025-01-31,64.71\n"
    result = intake.check_file("laporan", plain)
    assert pemetaan.read_as(result) == "Tanggal dibaca: 2025-01-31 = 31 Januari 2025."
