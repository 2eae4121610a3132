"""What a benchmark file has besides: identity and free-text columns to be dropped, and rows to be refused."""

import numpy as np
import polars as pl

from pipelines.sample.course import Draws

SENTENCES = [
    "Terlapor belum memberi jawaban atas permohonan yang diajukan sejak beberapa bulan lalu.",
    "Pelapor telah menyampaikan keberatan secara tertulis dan diminta menunggu tanpa kepastian waktu.",
    "Berkas dinyatakan lengkap, tetapi layanan tidak kunjung diproses oleh petugas loket.",
    "Petugas meminta persyaratan yang tidak tercantum dalam standar pelayanan yang diumumkan.",
    "Pengaduan internal sudah dilakukan melalui kanal resmi, namun tidak memperoleh tanggapan.",
    "Pelapor berharap ada kejelasan prosedur dan waktu penyelesaian layanan tersebut.",
]
FAULTS = 6


def widen(laporan: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """The same rows with made-up identity and free-text columns around them: about 400 bytes a row."""
    n = len(laporan)
    story = pl.Series(SENTENCES).gather((draws.uniform(n) * len(SENTENCES)).astype(np.int64))
    digits = pl.Series((draws.uniform(n) * 9e8).astype(np.int64)).cast(pl.String).str.zfill(9)
    made_up = pl.DataFrame({"story": story, "d": digits}).select(
        pl.format("Pelapor {}", pl.col("d").str.slice(0, 4)).alias("Nama Pelapor"),
        pl.format("0000000{}", "d").alias("NIK"),
        pl.format("08{}", "d").alias("No. Telepon"),
        pl.format("Jalan Contoh Nomor {}", pl.col("d").str.slice(4, 3)).alias("Alamat"),
        pl.col("story").str.slice(0, 24).alias("Perihal"),
        pl.col("story").alias("Kronologi"),
    )
    return pl.concat([laporan, made_up], how="horizontal")


def spoil(laporan: pl.DataFrame, share: float, draws: Draws) -> pl.DataFrame:
    """The same rows, a share of them broken in one of six ways, each of which the contract refuses."""
    n = len(laporan)
    broken = pl.Series(np.where(draws.uniform(n) < share, (draws.uniform(n) * FAULTS).astype(np.int64), -1))
    number = pl.coalesce("nomor_laporan", "nomor_agenda")
    return laporan.with_columns(
        tanggal_masuk=_when(broken, 0, "tanggal_masuk", "31/02/2025"),
        tanggal_tutup=_when(broken, 1, "tanggal_tutup", "2001-01-01"),
        wilayah_terlapor=_when(broken, 2, "wilayah_terlapor", "Antah Berantah"),
        tipe_laporan=_when(broken, 3, "tipe_laporan", "Surat Kaleng"),
        instansi_terlapor=_when(broken, 4, "instansi_terlapor", "hubungi 081234567890"),
        nomor_laporan=pl.when(broken == 5).then(None).otherwise("nomor_laporan"),
        nomor_agenda=pl.when(broken == 5).then(None).when(broken >= 0).then(number).otherwise("nomor_agenda"),
    )


def _when(broken: pl.Series, fault: int, column: str, value: str) -> pl.Expr:
    return pl.when(broken == fault).then(pl.lit(value)).otherwise(column)
