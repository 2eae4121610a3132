"""Open laporan that are older than nine in ten of their own region, by year of registration."""

from datetime import timedelta
from typing import Any

import polars as pl

from pipelines.signals.rules import gathered, threshold
from pipelines.statistics import survival

NINE_IN_TEN = 10 * (1 + 1e-12)  # percent still open
SHOWN = 5
WHOLE = "provinsi:"


def overaged(days: pl.DataFrame) -> pl.DataFrame:
    """One signal per region that has open laporan beyond its 90th percentile: the frame of rules.FOUND.

    `days`: kode_wilayah, kode_provinsi, nama, pada, tahun, hari, ditutup, terbuka, kasus. The percentile is
    that of the Kaplan-Meier curve, so open laporan count; below `umur_p90_minimum` laporan, or where the
    curve does not come down that far, the province's; nothing where that one does not either. The period is
    the year of the data, so that what is still open is asked about anew each year.
    """
    limits = _percentiles(days)
    rows = []
    for _, found in days.filter(pl.col("terbuka") > 0).group_by("kode_wilayah", maintain_order=True):
        place = found.row(0, named=True)
        is_own = place["kode_wilayah"] in limits
        limit = limits.get(place["kode_wilayah"] if is_own else WHOLE + place["kode_provinsi"])
        if limit is not None:
            beyond = found.filter(pl.col("hari") > limit)
            rows += [_signal(place, beyond, limit, is_own)] if beyond.height else []
    return gathered(rows)


def _percentiles(days: pl.DataFrame) -> dict[str, int]:
    """Region, or WHOLE and province -> the first day with at most a tenth open; small ones left out."""
    told = ("hari", "ditutup", "terbuka")
    province = pl.concat_str(pl.lit(WHOLE), "kode_provinsi")
    places = (days.select(name.alias("kelompok"), *told) for name in (pl.col("kode_wilayah"), province))
    curve = survival.estimate_curve(pl.concat(places).rename({"terbuka": "disensor"}))
    found = curve.group_by("kelompok").agg(
        jumlah=pl.col("berisiko").max(),
        hari=pl.col("hari").filter(pl.col("terbuka_persen") <= NINE_IN_TEN).min(),
    )
    enough = found.filter(pl.col("jumlah") >= threshold("umur_p90_minimum")).drop_nulls("hari")
    return dict(enough.select("kelompok", "hari").iter_rows())


def _signal(place: dict[str, Any], beyond: pl.DataFrame, limit: int, is_own: bool) -> dict[str, Any]:
    oldest = beyond["hari"].max()
    years = beyond.group_by("tahun").agg(pl.col("terbuka").sum()).sort("tahun").iter_rows()
    told = ", ".join(f"{count} dari {year}" for year, count in years)
    cases = beyond.sort("hari", descending=True)["kasus"].head(SHOWN)
    return {
        "aturan": "umur_p90",
        "pokok": place["kode_wilayah"],
        "periode": str(place["pada"].year),
        "sejak": place["pada"] - timedelta(days=oldest - limit - 1),
        "nilai": oldest,
        "batas": limit,
        "kode_wilayah": place["kode_wilayah"],
        "kode_provinsi": place["kode_provinsi"],
        "nama": place["nama"],
        "jumlah": beyond["terbuka"].sum(),
        "hal": f"{'wilayah itu' if is_own else 'provinsinya'} (tahun registrasi: {told})",
        "kasus": ", ".join(cases),
    }
