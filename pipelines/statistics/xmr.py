"""XmR charts: the mean, its natural limits, the four rules of NHS England, and the grain at which they hold.

The limits are the mean plus and minus 2.66 times the mean moving range. Nothing is screened out before, and
nothing but a marked step change ever recalculates them. The rules are those of Making Data Count ("Plot the
Dots"), and every point of a run or trend carries its mark, as there.
"""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import polars as pl

FACTOR = 2.66
LEAST_POINTS = 12
LEAST_MEAN = 5.0
MONTHS_IN_A_QUARTER = 3
ROUNDING = 1e-9
RUN, CLOSE_WINDOW, CLOSE_POINTS = 7, 3, 2
RULES = ("luar_batas", "dua_dari_tiga", "tujuh_satu_sisi", "tujuh_searah")


class Grain(NamedTuple):
    """At which grain a count is charted (`bulan`, `triwulan` or `gabung`) and what it is worth there."""

    butir: str
    rata: float | None
    titik: int


def limits(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and half width (2.66 mR) of each row of a table (rows x periods); NaN marks a missing period.

    A moving range needs two periods that follow each other, so a gap gives none. NaN below 12 points.
    """
    known = ~np.isnan(values)
    points = known.sum(axis=1)
    ranges = np.abs(np.diff(values, axis=1))
    steps = (~np.isnan(ranges)).sum(axis=1)
    enough = (points >= LEAST_POINTS) & (steps > 0)
    mean = np.nansum(values, axis=1) / np.maximum(points, 1)
    half = FACTOR * np.nansum(ranges, axis=1) / np.maximum(steps, 1)
    return np.where(enough, mean, np.nan), np.where(enough, half, np.nan)


def _spread(hits: np.ndarray, width: int, periods: int) -> np.ndarray:
    """Marks every period that lies in a window which hits; `hits` has one column per window of `width`."""
    marked = np.zeros((hits.shape[0], periods), bool)
    for offset in range(width if hits.shape[1] else 0):
        marked[:, offset : offset + hits.shape[1]] |= hits
    return marked


def _windows(values: np.ndarray, width: int) -> np.ndarray:
    """Sums over every `width` neighbouring columns; no column where there are fewer."""
    total = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    return total[:, width:] - total[:, :-width] if total.shape[1] > width else total[:, :0]


def break_rules(values: np.ndarray, mean: np.ndarray, half: np.ndarray) -> dict[str, np.ndarray]:
    """Which points break which rule: a table of booleans (rows x periods) for each name in RULES.

    luar_batas: beyond a limit. dua_dari_tiga: of three points on one side of the mean, two lie in the third
    next to the limit. tujuh_satu_sisi: seven on one side. tujuh_searah: seven that each rise, or each fall.
    A point on the mean, two equal points and a missing period end a run.
    """
    periods = values.shape[1]
    away = np.nan_to_num(values - mean[:, None])
    away[np.abs(away) <= ROUNDING * np.nan_to_num(np.abs(mean))[:, None]] = 0
    reach = np.where(np.isnan(half), np.inf, half)[:, None]
    side = np.sign(np.where(np.isnan(mean)[:, None], 0, away)).astype(int)
    direction = np.sign(np.nan_to_num(np.diff(values, axis=1))).astype(int)
    outside = np.abs(away) > reach * (1 + ROUNDING)
    close = ~outside & (np.abs(away) > reach * 2 / 3)
    pairs = (_windows(close.astype(int), CLOSE_WINDOW) >= CLOSE_POINTS) & (
        np.abs(_windows(side, CLOSE_WINDOW)) == CLOSE_WINDOW
    )
    run = np.abs(_windows(side, RUN)) == RUN
    trend = np.abs(_windows(direction, RUN - 1)) == RUN - 1
    charted = ~np.isnan(half)[:, None]
    marks = (
        outside,
        close & _spread(pairs, CLOSE_WINDOW, periods),
        _spread(run, RUN, periods),
        _spread(trend, RUN, periods),
    )
    return {rule: mark & charted for rule, mark in zip(RULES, marks, strict=True)}


def choose_grain(monthly: Collection[float]) -> Grain:
    """At which grain a count per month may be charted, from complete months in order of time.

    Months where the mean is at least 5 a month. Else quarters, where their mean is at least 5 and there
    are 12 whole ones. Else `gabung`: the region is read with its province, because a chart of so few reports
    raises alarms by chance. `rata` is the mean at that grain, `titik` the number of periods.
    """
    months = np.asarray(list(monthly), float)
    if not months.size:
        return Grain("gabung", None, 0)
    if months.mean() >= LEAST_MEAN:
        return Grain("bulan", float(months.mean()), months.size)
    whole = months.size // MONTHS_IN_A_QUARTER
    newest = months[months.size - whole * MONTHS_IN_A_QUARTER :]
    quarters = newest.reshape(whole, MONTHS_IN_A_QUARTER).sum(axis=1)
    if whole >= LEAST_POINTS and quarters.mean() >= LEAST_MEAN:
        return Grain("triwulan", float(quarters.mean()), whole)
    return Grain("gabung", float(months.mean()), months.size)


def _segment(values: np.ndarray, floor: float | None) -> dict[str, list]:
    """Mean, limits and broken rules of one stretch between step changes."""
    mean, half = limits(values[None, :])
    broken = break_rules(values[None, :], mean, half)
    lower, upper = mean[0] - half[0], mean[0] + half[0]
    names = [
        ",".join(rule for rule in RULES if broken[rule][0, place]) or None for place in range(values.size)
    ]
    lower = lower if floor is None else max(lower, floor)
    ends = [None if np.isnan(value) else float(value) for value in (mean[0], lower, upper)]
    columns = dict(zip(("rata", "batas_bawah", "batas_atas"), ends, strict=True))
    return {name: [value] * values.size for name, value in columns.items()} | {"aturan": names}


def chart(periods: pl.DataFrame, steps: Collection = (), floor: float | None = None) -> pl.DataFrame:
    """An XmR chart: periode, nilai, rata, batas_bawah, batas_atas, aturan.

    `periods`: periode (ascending, none left out), nilai (null where there is no figure), lengkap (false for a
    period that has not ended: it is shown beside the limits but enters nothing and breaks no rule). `steps`:
    the periods at which a new stretch begins; each stretch has its own mean and limits, and no rule reaches
    across. Below 12 points a stretch has none of them. `aturan` is null or the broken rules, joined by a
    comma. `floor` cuts the lower limit (0 for counts); it changes no rule.
    """
    ordered = periods.sort("periode")
    values = ordered["nilai"].cast(pl.Float64)
    entering = values.zip_with(ordered["lengkap"], values.clear(len(values))).fill_null(np.nan).to_numpy()
    stretch = ordered["periode"].is_in(sorted(set(steps))).cast(pl.Int64).cum_sum().to_numpy()
    parts = [_segment(entering[stretch == number], floor) for number in np.unique(stretch)]
    figures = ("rata", "batas_bawah", "batas_atas")
    schema = dict.fromkeys(figures, pl.Float64) | {"aturan": pl.String}
    columns = {name: [value for part in parts for value in part[name]] for name in schema}
    return ordered.select("periode", values.alias("nilai")).hstack(pl.DataFrame(columns, schema=schema))
