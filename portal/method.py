"""The words of the page on data and method; frames in, sentences out."""

from functools import cache

import polars as pl

from pipelines.places import ROOT
from pipelines.questions import catalogue
from portal import formats, table

ASSETS = ROOT / "portal" / "assets"
CHARTER = (ASSETS / "piagam.md").read_text(encoding="utf-8")
HOW_WE_COUNT = (ASSETS / "cara_hitung.md").read_text(encoding="utf-8")
CONTENTS = (
    "[Indikator](#indikator) · [Cara menghitung](#hitung) · [Batch dan kesegaran](#kesegaran) · "
    "[Tenggat](#tenggat) · [Produk pengawasan](#produk) · [Angka publikasi](#publikasi) · "
    "[Sumber](#sumber) · [Batas](#batas) · [Pertanyaan](#pertanyaan)"
)
BATCH_COLUMNS = (
    "batch",
    "kind",
    "file",
    "rows",
    "accepted",
    "rejected",
    "per_tanggal",
    "sejak",
    "cakupan",
    "by",
    "live",
)
COMPARED = (
    "keadaan",
    "kode_wilayah",
    "indikator",
    "rincian",
    "periode",
    "terbit",
    "bagian",
    "hitungan_kita",
    "selisih",
    "aturan",
    "indikator_pembanding",
    "rincian_pembanding",
    "periode_pembanding",
    "penjelasan",
    "id_terbit",
    "id_pembanding",
    "sumber_alamat",
)
SIDE_BY_SIDE = (
    "kode_wilayah",
    "periode",
    "indikator",
    "terbit",
    "indikator_pembanding",
    "rincian_pembanding",
    "bagian",
    "penjelasan",
)
RECONCILED = (
    "kode_wilayah",
    "indikator",
    "periode",
    "terbit",
    "hitungan_kita",
    "selisih",
    "satuan",
    "sumber_alamat",
)
LIMITS = (ASSETS / "batas.md").read_text(encoding="utf-8")


def batches(frame: pl.DataFrame) -> str:
    """'1 batch berlaku, data sampai 31 Okt 2026'."""
    live = frame.filter(pl.col("live"))
    if live.is_empty():
        return "Belum ada batch; hanya register yang dikirim bersama Cermin"
    return (
        f"{formats.number(live.height)} batch berlaku, data sampai {formats.date(live['per_tanggal'].max())}"
    )


def deadlines(frame: pl.DataFrame) -> str:
    """'1 dari 11 tenggat terverifikasi dan dipakai pada angka utama'."""
    used = frame.filter(pl.col("angka_utama").cast(pl.String).is_in(["ya", "true"])).height
    return f"{used} dari {frame.height} tenggat terverifikasi dan dipakai pada angka utama"


def reconciled(frame: pl.DataFrame) -> str:
    """'Dari 20 angka yang dapat disandingkan, 3 sama dengan hitungan Cermin'."""
    ours = frame.drop_nulls("selisih")
    if ours.is_empty():
        return f"{frame.height} angka publikasi; tidak satu pun tercakup batch yang berlaku"
    same = ours.filter(pl.col("selisih") == 0).height
    return f"Dari {ours.height} angka yang dapat disandingkan, {same} sama dengan hitungan Cermin"


def coverage(frame: pl.DataFrame) -> str:
    """'Data laporan mencakup sampai 31 Okt 2026'."""
    last = frame["sampai"].drop_nulls()
    return (
        f"Data laporan mencakup sampai {formats.date(last.max())}" if len(last) else "Belum ada data laporan"
    )


@cache
def questions(scope: str) -> str:
    """What a scope may ask, as a table: the name in an address, its title, its grain, its parameters."""
    lines = [
        (name, one.title, one.grain, ", ".join(p if must else f"[{p}]" for p, must in one.parameters.items()))
        for name, one in sorted(catalogue(scope).items())
    ]
    return table.plain("Pertanyaan", ("Pertanyaan", "Judul", "Satu baris per", "Parameter"), lines)
