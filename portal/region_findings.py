"""Titles of the blocks about one region: an answer in, one Indonesian sentence out; pure."""

import polars as pl

from portal import formats, hidden
from portal.trend_marks import own_events


def numbers(frame: pl.DataFrame) -> str:
    """The row of the region -> what came in, what was closed and what is still open."""
    row = frame.row(0, named=True) if frame.height else {}
    withheld = hidden.marks(row)
    if not withheld and row.get("masuk") is None:
        return "Angka laporan: tidak ada data untuk wilayah dan rentang ini"
    masuk, ditutup, terbuka = (
        withheld.get(name) or formats.number(row[name]) for name in ("masuk", "ditutup", "terbuka")
    )
    if "masuk" in withheld or "ditutup" in withheld:
        flow = f"masuk pada rentang ini: {masuk}, ditutup: {ditutup}"
        return f"{terbuka} laporan masih terbuka; {flow}"
    return f"{masuk} laporan masuk, {ditutup} ditutup; {terbuka} masih terbuka"


def agreements(frame: pl.DataFrame) -> str:
    """The marks of one region -> the state of each, in one sentence."""
    by_state = frame.group_by("keadaan", maintain_order=True).agg("tanda")
    parts = [f"{' dan '.join(marks)} {state}" for state, marks in by_state.iter_rows()]
    return f"Kerja sama: {'; '.join(parts)}" if parts else "Kerja sama: tidak diketahui"


def assessment(frame: pl.DataFrame) -> str:
    """`penilaian_wilayah` of one region -> the newest result that is known, with its scheme."""
    plain = frame.filter(~pl.col("is_versi")).sort("tahun", descending=True)
    told = plain.filter(pl.any_horizontal(pl.col("zona", "opini", "nilai").is_not_null()))
    if told.is_empty():
        return "Penilaian: tidak ditemukan hasil yang bersumber"
    row = told.row(0, named=True)
    result = " · ".join(part for part in (row["zona"], row["kategori"], row["opini"]) if part)
    value = "" if row["nilai"] is None else f" ({formats.number(row['nilai'], 2)})"
    return f"Penilaian terakhir yang diketahui, {row['tahun']}: {result or 'dinilai'}{value}"


def events(frame: pl.DataFrame) -> str:
    """`kegiatan_wilayah` -> how many events of their own, and the newest."""
    own = own_events(frame)
    if own.is_empty():
        return "Tidak ada kegiatan yang tercatat"
    dated = own.drop_nulls("tanggal")
    last = f"; terakhir {formats.date(dated['tanggal'].max())}" if dated.height else ""
    return f"{own.height} kegiatan tercatat{last}"


def peers(frame: pl.DataFrame) -> str:
    """`sebanding` -> on how many measures the region lies within the range of its peers."""
    both = frame.drop_nulls(["nilai", "median"])
    if both.is_empty():
        return "Tanpa pembanding: wilayah sejenis terlalu sedikit atau tidak ada data"
    inside = both.filter(pl.col("nilai").is_between("terendah", "tertinggi")).height
    group = f"{both['jumlah_wilayah'][0]} {both['kelompok'][0]} lain"
    if inside == both.height:
        return f"Semua ukuran berada dalam kisaran {group}"
    return f"{inside} dari {both.height} ukuran berada dalam kisaran {group}"
