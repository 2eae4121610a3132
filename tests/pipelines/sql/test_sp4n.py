"""SP4N-LAPOR! exports: raw and tidied, each id once, apart from every laporan, with their own coverage."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import intake, lake, questions
from tests.pipelines import workbooks

RAW = [
    *["Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor", "Klasifikasi Laporan"],
    *["ID Kategori", "Kategori", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir"],
    *["Tipe Laporan (Anonim/Rahasia)", "Sumber Laporan", "Instansi Induk", "ID Instansi Terdisposisi"],
    *["Instansi Terdisposisi", "Status Laporan", "Alasan Tunda/Arsip", "Provinsi", "Kota/Kabupaten"],
    *["Kecamatan", "Kelurahan", "Nomor SK", "Url SK", "Url Dokumen Laporan Tahunan"],
    *["Laporan yang Masuk melalui Kanal Aduan Setwapres", "Rating"],
]
PRIVATE = ("Budi Rahasia", "judul rahasia", "isi rahasia", "Sangatta Utara")
MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


def raw(number: int, day: str, **told: str) -> list[str]:
    """A row of the export "Laporan Ringkas"."""
    plain = {
        "Tracking ID": str(number),
        "Tanggal Laporan Masuk": day,
        "Nama Pelapor": PRIVATE[0],
        "Klasifikasi Laporan": "Pengaduan",
        "Kategori": "Kesehatan",
        "Judul Laporan": PRIVATE[1],
        "Isi Laporan Awal": PRIVATE[2],
        "Instansi Terdisposisi": "Dinas Kesehatan",
        "Status Laporan": "Terverifikasi",
        "Provinsi": "Kalimantan Timur",
        "Kota/Kabupaten": "Kabupaten Kutai Timur",
        "Kecamatan": PRIVATE[3],
    } | told
    return [plain.get(heading, "") for heading in RAW]


def ask(question: str, **values: Any) -> list[dict[str, Any]]:
    return questions.answer(question, {"per_tanggal": JUNE, **values}).to_dicts()


def counts(question: str, **values: Any) -> dict[str, int]:
    return {row["kelompok"]: row["jumlah"] for row in ask(question, **values)}


@pytest.fixture
def first(cermin_data: Path, csv_bytes: Callable[..., bytes]) -> bytes:
    """A raw export of the first quarter with titles above its headings."""
    rows = [
        raw(9000001, "3 Jan 2026"),
        raw(9000002, "20 Feb 2026", **{"Kota/Kabupaten": "Kota Samarinda", "Kategori": "Jalan"}),
        raw(9000003, "31 Mar 2026", **{"Kota/Kabupaten": "", "Status Laporan": "Selesai"}),
    ]
    titles = (
        "LAPORAN RINGKAS SP4N-LAPOR!,,\nInstansi,Pemerintah Kabupaten,\nPeriode,1 Jan - 31 Mar 2026,\n,,\n"
    )
    return titles.encode() + csv_bytes(RAW, rows)


def test_a_raw_export_is_read_below_its_titles_and_keeps_nothing_private(first: bytes):
    result = intake.ingest_file("sp4n", first, "Laporan Ringkas.csv")
    assert (result.accepted, result.rejected, result.per_tanggal) == (3, 0, MARCH)
    assert {"Nama Pelapor", "Judul Laporan", "Isi Laporan Awal", "Alasan Tunda/Arsip"} <= set(
        result.dropped_columns
    )
    kept = pl.read_parquet(lake.live("sp4n")[0].path)
    told = " ".join(str(value) for row in kept.rows() for value in row)
    assert not [word for word in PRIVATE if word in told]
    assert (result.cakupan, result.sejak) == (("64",), date(2026, 1, 3))


def test_the_same_id_in_several_exports_counts_once_and_the_newest_wins(first: bytes, csv_bytes):
    intake.ingest_file("sp4n", first, "raw.csv")
    heads = ["tracking_id", "tanggal_masuk", "kategori", "dinas_tujuan", "status_final", "isi_laporan_awal"]
    row = ["9000001", "03/01/2026", "Kesehatan", "Dinas Kesehatan", "Ditutup oleh Sistem", PRIVATE[2]]
    new = ["9000009", "02/04/2026", "Jalan", "Dinas PU", "Terverifikasi", PRIVATE[2]]
    tidy = csv_bytes(heads, [row, new])
    result = intake.ingest_file("sp4n", tidy, "sp4n-lapor_2026.csv", per_tanggal=JUNE, cakupan=("64",))
    assert (result.new, result.changed) == (1, 1)
    assert sum(row["jumlah"] or 0 for row in ask("sp4n_bulanan")) == 4
    assert counts("sp4n_per_status") == {"Ditutup oleh Sistem": 1, "Selesai": 1, "Terverifikasi": 2}
    before = counts("sp4n_per_status", per_tanggal=MARCH)
    assert before == {"Terverifikasi": 2, "Selesai": 1}, "as the export of that day said"
    assert counts("sp4n_per_kategori", wilayah="64.08") == {"Kesehatan": 1}, "the tidy file names no place"
    intake.undo_batch(result.batch)
    assert counts("sp4n_per_status") == before


def test_an_older_export_that_is_uploaded_later_changes_nothing(first: bytes, csv_bytes):
    intake.ingest_file("sp4n", first, "raw.csv")
    heads = ["Tracking ID", "Tanggal Laporan Masuk", "Status Laporan"]
    old = csv_bytes(heads, [["9000003", "31 Mar 2026", "Terverifikasi"]])
    told = intake.ingest_file("sp4n", old, "lama.csv", per_tanggal=date(2026, 3, 31))
    assert told.changed == 1, "the same day: the later upload wins"
    older = csv_bytes(heads, [["9000001", "3 Jan 2026", "Selesai"]])
    told = intake.ingest_file("sp4n", older, "tua.csv", per_tanggal=date(2026, 1, 31))
    assert (told.unchanged, told.changed) == (1, 0)
    assert counts("sp4n_per_status", wilayah="64.08") == {"Terverifikasi": 1}


def test_what_no_export_speaks_of_is_no_zero(first: bytes):
    intake.ingest_file("sp4n", first, "raw.csv")
    months = {row["bulan"]: row for row in ask("sp4n_bulanan")}
    assert [months[date(2026, month, 1)]["jumlah"] for month in (1, 2, 3)] == [1, 1, 1]
    assert months[date(2026, 4, 1)]["jumlah"] is None, "after the export ends"
    assert months[date(2026, 3, 1)]["lengkap"] and not months[date(2026, 4, 1)]["lengkap"]
    places = {row["kode_wilayah"]: row["jumlah"] for row in ask("sp4n_wilayah")}
    assert (places["64.08"], places["64.72"], places[None]) == (1, 1, 1)
    assert places["64.02"] is None and places["64"] is None and places["63.02"] is None
    quiet = {row["kode_wilayah"]: row["jumlah"] for row in ask("sp4n_wilayah", sejak=date(2026, 3, 1))}
    assert (quiet["64.08"], quiet["64.72"]) == (0, 0), "covered, and nobody reported"
    assert {row["kode_wilayah"]: row["jumlah"] for row in ask("sp4n_wilayah", provinsi="63")}[None] is None
    (span,) = ask_coverage()
    assert (span["kode_provinsi"], span["sejak"], span["sampai"]) == ("64", date(2026, 1, 3), MARCH)


def ask_coverage() -> list[dict[str, Any]]:
    return questions.answer("sp4n_cakupan", {}).to_dicts()


def test_no_export_is_no_figure(cermin_data: Path):
    from pipelines import build

    build.build()
    assert ask("sp4n_bulanan") == [] and ask_coverage() == []
    assert ask("sp4n_per_instansi") == []
    assert {row["jumlah"] for row in ask("sp4n_wilayah")} == {None}


def test_an_export_is_never_added_to_laporan(sample_copy: Path, csv_bytes):
    def figures() -> list[pl.DataFrame]:
        asked = ("ringkasan_provinsi", "akses_bulanan", "cakupan_data", "tanggal_data", "per_instansi")
        return [questions.answer(name) for name in asked]

    before = figures()
    intake.ingest_file("sp4n", csv_bytes(RAW, [raw(9000001, "3 Jan 2026")]), "raw.csv")
    assert all(one.equals(other) for one, other in zip(before, figures(), strict=True))


def test_an_unknown_id_without_its_day_and_a_misshapen_id_are_refused(cermin_data: Path, csv_bytes):
    heads = ["Tracking ID", "Tanggal Laporan Masuk", "Status Laporan"]
    rows = [["9000001", "", "Selesai"], ["LM/12", "3 Jan 2026", "Selesai"], ["6,4E+15", "3 Jan 2026", ""]]
    result = intake.check_file("sp4n", csv_bytes(heads, [*rows, ["9000002", "3 Jan 2026", ""]]), "x.csv")
    assert (result.accepted, result.rejected) == (1, 3)
    reasons = result.problems.filter(level="tolak")["reason"].to_list()
    assert any("belum dikenal" in one for one in reasons) and any("disingkat" in one for one in reasons)


def test_a_workbook_with_merged_titles_is_read(cermin_data: Path):
    titles = [[line] for line in ("Kementerian PANRB", "Laporan Ringkas", "Pemkab Kutai Timur", *["-"] * 6)]
    rows = [[9000001, *raw(1, "3 Jan 2026")[1:]], [9000002, *raw(1, "28 Feb 2026")[1:]]]
    merged = [f"A{row}:Z{row}" for row in range(1, len(titles) + 1)]
    content = workbooks.xlsx({"Laporan": [*titles, RAW, *rows]}, merged=merged)
    result = intake.ingest_file("sp4n", content, "ringkas.xlsx")
    assert (result.accepted, result.rejected) == (2, 0), result.problems.to_dicts()
    assert counts("sp4n_per_instansi") == {"Dinas Kesehatan": 2}
