"""A cluster that is forming in one region: the frame of pipelines.statistics.clusters, put into signals."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from pipelines.signals.rules import gathered
from pipelines.statistics import clusters

PARTS = {"jendela": clusters.WINDOW_DAYS, "riwayat": clusters.HISTORY_DAYS}
CELL = ["kode_wilayah", "instansi_terlapor", "substansi"]
JOINED = "\x1f"


def forming(covered: pl.DataFrame, read: Callable[[dict[str, Any]], pl.DataFrame]) -> pl.DataFrame:
    """The cells of each province that are far above their own history: the frame of rules.FOUND.

    `covered`: kode_provinsi, sejak, sampai. `read` answers sql/signals/klaster.sql for {provinsi, jendela,
    riwayat}. The error of 5% a month is shared by the provinces, so that it holds for all of them together.
    An office is held apart by region: two of the same name in two regencies are two offices.
    """
    rows = []
    for place in covered.iter_rows(named=True):
        counts = read({"provinsi": place["kode_provinsi"]} | PARTS)
        looks = clusters.LOOKS_PER_MONTH * covered.height
        rows += _called(counts, place, looks)
    return gathered(rows)


def _called(counts: pl.DataFrame, place: dict[str, Any], looks: int) -> list[dict[str, Any]]:
    cell = pl.concat_str("kode_wilayah", "instansi_terlapor", separator=JOINED).alias("instansi")
    reports = counts.select(cell, "substansi", "tanggal_masuk", "jumlah")
    found = clusters.find_clusters(reports, place["sejak"], place["sampai"], looks).filter("sinyal")
    if found.is_empty():
        return []
    split = pl.col("instansi").str.split_exact(JOINED, 1).struct.rename_fields(CELL[:2])
    named = found.with_columns(split.alias("sel")).unnest("sel")
    windows = counts.filter("is_jendela").select(*CELL, "nama", "pertama")
    known = named.join(windows, on=CELL, how="left")
    days = _history_days(place["sejak"], place["sampai"])
    return [_signal(row, place["kode_provinsi"], days) for row in known.iter_rows(named=True)]


def _history_days(since: date, until: date) -> int:
    """Days of history before the window, as `find_clusters` counts them."""
    return min((until - since).days + 1 - clusters.WINDOW_DAYS, clusters.HISTORY_DAYS)


def _signal(row: dict[str, Any], province: str, history_days: int) -> dict[str, Any]:
    subject = ":".join(row[name] for name in CELL)
    share = clusters.WINDOW_DAYS / (clusters.WINDOW_DAYS + history_days)
    return {
        "aturan": "klaster",
        "pokok": subject,
        "periode": f"{row['sampai']:%Y-%m}",
        "sejak": row["pertama"],
        "nilai": row["jumlah"],
        "batas": _least(row["riwayat"], share, row["batas"]),
        "kode_wilayah": row["kode_wilayah"],
        "kode_provinsi": province,
        "nama": row["nama"],
        "jumlah": row["jumlah"],
        "hal": f"{row['instansi_terlapor']} ({row['substansi']})",
        "biasanya": row["harapan"],
    }


def _least(history: int, share: float, threshold: float) -> int:
    """The smallest count in the window that would have been called, with this history."""
    counts = np.arange(clusters.LEAST_REPORTS, clusters.LEAST_REPORTS + 200 + history)
    return int(counts[np.argmax(clusters.tail_chance(counts, counts + history, share) <= threshold)])
