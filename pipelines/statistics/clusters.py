"""A cluster that is forming: one instansi and substansi with far more laporan in 14 days than it ever has.

A cell (instansi, substansi) is held against its own history only. Both counts are Poisson; if the rate had
not changed, then of all n laporan of the cell those of the last 14 days would be binomial, with the share of
days that the window takes. The tail of that distribution is exact and knows that the history is itself a
count, so a cell that never had a laporan needs no invented rate. The family-wise error is held at 5% a month:
an equal part for each look at the list (Bonferroni), within a look over all cells by Holm's method.
A cell with fewer than 5 laporan in all can never be called and is not part of the family (Tarone 1990).
"""

from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy.special import betainc

WINDOW_DAYS = 14
HISTORY_DAYS = 730
LEAST_HISTORY_DAYS = 180
LEAST_REPORTS = 5
ERROR_PER_MONTH = 0.05
LOOKS_PER_MONTH = 31
CELL = ["instansi", "substansi"]
CLUSTERS = [*CELL, "sejak", "sampai", "jumlah", "riwayat", "harapan", "p", "batas", "sinyal"]


def tail_chance(recent: np.ndarray, total: np.ndarray, share: float) -> np.ndarray:
    """The chance of at least `recent` out of `total` laporan in a window that takes `share` of the days."""
    recent, total = np.asarray(recent, float), np.asarray(total, float)
    above = np.maximum(recent, 1)
    return np.where(recent > 0, betainc(above, np.maximum(total - above + 1, 1), share), 1.0)


def hold_family(chances: np.ndarray, error: float) -> tuple[np.ndarray, np.ndarray]:
    """Holm 1979: the threshold that each p-value was held against, and whether it fell below all up to it."""
    order = np.argsort(chances, kind="stable")
    thresholds = error / np.arange(chances.size, 0, -1)
    called = np.logical_and.accumulate(chances[order] <= thresholds)
    held, below = np.empty(chances.size), np.empty(chances.size, bool)
    held[order], below[order] = thresholds, called
    return held, below


def _counted(reports: pl.DataFrame, first: date, start: date, until: date) -> pl.DataFrame:
    """Laporan of each cell in the window and in its history; cells with fewer than 5 in all are left out."""
    day, number = pl.col("tanggal_masuk"), pl.col("jumlah")
    return (
        reports.filter(day.is_between(first, until))
        .group_by(CELL)
        .agg(
            riwayat=number.filter(day < start).sum().cast(pl.Int64),
            jumlah=number.filter(day >= start).sum().cast(pl.Int64),
        )
        .filter(pl.col("riwayat") + pl.col("jumlah") >= LEAST_REPORTS)
        .drop_nulls(CELL)
        .sort(CELL)
    )


def find_clusters(
    reports: pl.DataFrame, covered_since: date, until: date, looks: int = LOOKS_PER_MONTH
) -> pl.DataFrame:
    """Cells with at least 5 laporan in the 14 days that end with `until`, and which of them are a signal.

    `reports`: instansi, substansi, tanggal_masuk (date), jumlah. `covered_since` is the first day with data
    and the start of the history, which never reaches back more than two years; below 180 days of it no cell
    is judged and the answer is empty. `looks` is how often in a month the list is computed (31: daily). Gives
    CLUSTERS: sejak and sampai bound the window; riwayat counts the history, harapan is what it lets one
    expect in 14 days; p is the exact chance, batas the threshold it was held against; sinyal is a boolean.
    """
    start = until - timedelta(days=WINDOW_DAYS - 1)
    first = max(covered_since, start - timedelta(days=HISTORY_DAYS))
    past = (start - first).days
    if past < LEAST_HISTORY_DAYS:
        reports = reports.clear()
    cells = _counted(reports, first, start, until)
    recent, total = cells["jumlah"].to_numpy(), (cells["jumlah"] + cells["riwayat"]).to_numpy()
    chances = tail_chance(recent, total, WINDOW_DAYS / (WINDOW_DAYS + max(past, 1)))
    held, below = hold_family(chances, ERROR_PER_MONTH / looks)
    return (
        cells.with_columns(
            pl.lit(start).alias("sejak"),
            pl.lit(until).alias("sampai"),
            (pl.col("riwayat") * WINDOW_DAYS / max(past, 1)).alias("harapan"),
            pl.Series("p", chances, pl.Float64),
            pl.Series("batas", held, pl.Float64),
            pl.Series("sinyal", below, pl.Boolean),
        )
        .filter(pl.col("jumlah") >= LEAST_REPORTS)
        .select(CLUSTERS)
        .sort("p", *CELL)
    )
