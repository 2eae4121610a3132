"""Time to resolution with open cases: Kaplan-Meier and its median, Aalen-Johansen, and the log-rank test.

Everything is computed from counts per day, so a million reports cost no more than a thousand. The input is
`kelompok`, `hari` (whole days since tanggal_masuk, 0 or more) and counts; repeated rows of a day are added
up, and every group is computed in the same pass. On a day with both, closings come before open cases that
are no longer watched, as is usual. All shares are percentages from 0 to 100.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.special import chdtrc, ndtri

from pipelines.intervals import CONFIDENCE

DAYS_SHOWN = (14, 30, 60, 90, 180)
LEAST_CASES_FOR_A_MEDIAN = 10
MOST_GROUPS_COMPARED = 5
EDGE = 1e-12
HALF = 50.0 * (1 + 1e-12)
Z = float(ndtri(0.5 + CONFIDENCE / 2))

CURVE = ["kelompok", "hari", "berisiko", "ditutup", "terbuka_persen", "bawah", "atas"]


class LogRank(NamedTuple):
    """The log-rank statistic, its degrees of freedom and the p-value; says that curves differ, never why."""

    khi_kuadrat: float
    derajat_bebas: int
    p: float


def _at_risk(days: pl.DataFrame, causes: Sequence[str]) -> pl.DataFrame:
    """One row per kelompok and hari, day 0 always among them: counts, `berisiko`, closings of all causes."""
    counts = [*causes, "disensor"]
    start = days.select(pl.col("kelompok").unique()).with_columns(hari=pl.lit(0))
    rows = pl.concat([days.select("kelompok", "hari", *counts), start], how="diagonal_relaxed")
    summed = rows.group_by("kelompok", "hari").agg(pl.col(counts).fill_null(0).cast(pl.Int64).sum())
    leaving = pl.sum_horizontal(counts)
    return (
        summed.sort("kelompok", "hari")
        .with_columns(berisiko=leaving.cum_sum(reverse=True).over("kelompok"))
        .filter(pl.col("berisiko") > 0)
        .with_columns(ditutup=pl.sum_horizontal(causes))
    )


def _survival() -> pl.Expr:
    """The product-limit estimate within a group, a share from 0 to 1."""
    return (1 - pl.col("ditutup") / pl.col("berisiko")).cum_prod().over("kelompok")


def _greenwood_term() -> pl.Expr:
    """d / (n (n - d)) of one day; nothing on the day when the last case at risk is closed."""
    n, d = pl.col("berisiko").cast(pl.Float64), pl.col("ditutup")
    return pl.when(d < n).then(d / (n * (n - d))).otherwise(0.0)


def _log_log(share: str, spread: pl.Expr) -> list[pl.Expr]:
    """Limits of a share on the scale log(-log(share)), in percent; null where the share is 0 or 1."""
    inside = pl.col(share).is_between(EDGE, 1 - EDGE)
    value = pl.when(inside).then(pl.col(share))
    lower, upper = (100 * value ** (sign * Z * spread).exp() for sign in (1, -1))
    return [lower.alias("bawah"), upper.alias("atas")]


def estimate_curve(days: pl.DataFrame) -> pl.DataFrame:
    """The Kaplan-Meier curve of each group with its 95% limits.

    `days`: kelompok, hari, ditutup, disensor (counts). Gives kelompok, hari, berisiko (cases that had not
    left before that day), ditutup, terbuka_persen, bawah, atas; one row per group and day on which something
    happens, and day 0. Greenwood's variance, limits on the log(-log) scale (Kalbfleisch and Prentice); null
    while nothing was closed and once everything is, where that scale has no value.
    """
    spread = pl.col("_greenwood").sqrt() / pl.col("_terbuka").log().abs()
    return (
        _at_risk(days, ["ditutup"])
        .with_columns(_terbuka=_survival(), _greenwood=_greenwood_term().cum_sum().over("kelompok"))
        .with_columns((100 * pl.col("_terbuka")).alias("terbuka_persen"), *_log_log("_terbuka", spread))
        .select(CURVE)
    )


def share_open(curve: pl.DataFrame, days: Sequence[int] = DAYS_SHOWN) -> pl.DataFrame:
    """What of each group is still open after so many days: kelompok, hari, terbuka_persen, bawah, atas.

    `curve` comes from `estimate_curve`. Null beyond the longest time watched, unless all were closed.
    """
    figures = ["terbuka_persen", "bawah", "atas"]

    def reached(day: int) -> pl.DataFrame:
        """The last step of each group on or before a day; null where nobody was watched that long."""
        known = (pl.col("hari").max() >= day) | (pl.col("terbuka_persen").min() <= 0)
        last = {name: pl.col(name).filter(pl.col("hari") <= day).last() for name in figures}
        shown = {name: pl.when(known).then(value) for name, value in last.items()}
        return curve.group_by("kelompok").agg(hari=pl.lit(day, curve.schema["hari"]), **shown)

    return pl.concat([reached(day) for day in days]).sort("kelompok", "hari")


def _first_day_at_half(share: str) -> pl.Expr:
    return pl.col("hari").filter(pl.col(share) <= HALF).min()


def summarise(days: pl.DataFrame) -> pl.DataFrame:
    """One row per group: kelompok, jumlah, ditutup, terbuka, median and its limits, buka_14 ... buka_180.

    The median is the first day on which at most half are open; median_bawah and median_atas are the first
    days on which the lower and the upper limit of the curve reach half (Brookmeyer and Crowley 1982, on the
    log(-log) scale). A limit that is not reached is null, and so are all three below 10 cases. buka_* is the
    percentage still open.
    """
    curve = estimate_curve(days)
    enough = pl.col("jumlah") >= LEAST_CASES_FOR_A_MEDIAN
    medians = {"median": "terbuka_persen", "median_bawah": "bawah", "median_atas": "atas"}
    groups = curve.group_by("kelompok").agg(
        jumlah=pl.col("berisiko").max(),
        ditutup=pl.col("ditutup").sum(),
        **{name: _first_day_at_half(share) for name, share in medians.items()},
    )
    shares = share_open(curve)
    columns = {
        f"buka_{day}": pl.col("terbuka_persen").filter(pl.col("hari") == day).first() for day in DAYS_SHOWN
    }
    return (
        groups.with_columns(pl.when(enough).then(pl.col(name)).alias(name) for name in medians)
        .join(shares.group_by("kelompok").agg(**columns), on="kelompok", nulls_equal=True)
        .with_columns(terbuka=pl.col("jumlah") - pl.col("ditutup"))
        .select("kelompok", "jumlah", "ditutup", "terbuka", *medians, *columns)
        .sort("kelompok")
    )


def _incidence(rows: pl.DataFrame, cause: str) -> pl.DataFrame:
    """The Aalen-Johansen estimate of one cause with its delta-method variance, written as running sums.

    Var I(t) = sum over days s up to t of (I(t) - I(s))^2 d/(n(n-d)) + S(s-)^2 (n-c) c/n^3
    - 2 (I(t) - I(s)) S(s-) c/n^2, with c the closings of this cause and d those of any (Marubini and
    Valsecchi 1995).
    """
    n, c, before = pl.col("berisiko").cast(pl.Float64), pl.col(cause), pl.col("_sebelum")
    here, greenwood = pl.col("_insidensi"), _greenwood_term()
    own, joint = before**2 * (n - c) * c / n**3, before * c / n**2
    terms = {
        "_a": greenwood,
        "_b": greenwood * here,
        "_c": greenwood * here**2 + own + 2 * here * joint,
        "_d": joint,
    }
    variance = here**2 * pl.col("_a") - 2 * here * (pl.col("_b") + pl.col("_d")) + pl.col("_c")
    spread = variance.clip(lower_bound=0).sqrt() / (here * here.log()).abs()
    return (
        rows.with_columns(_insidensi=(before * c / n).cum_sum().over("kelompok"))
        .with_columns(term.cum_sum().over("kelompok").alias(name) for name, term in terms.items())
        .with_columns(pl.lit(cause).alias("hasil"), *_log_log("_insidensi", spread))
        .select("kelompok", "hari", "hasil", (100 * here).alias("insidensi"), "bawah", "atas")
    )


def estimate_incidence(days: pl.DataFrame, causes: Sequence[str]) -> pl.DataFrame:
    """Aalen-Johansen: how many percent have ended in each way by each day, other endings taken into account.

    `days`: kelompok, hari, disensor, and a column of counts for each of `causes` (terselesaikan, lainnya).
    Gives kelompok, hari, hasil, insidensi, bawah, atas; the causes of a day add up to 100 - terbuka_persen.
    Delta-method variance; limits on the log(-log) scale, null where the incidence is 0 or 100.
    """
    rows = _at_risk(days, causes).with_columns(_sesudah=_survival())
    rows = rows.with_columns(_sebelum=pl.col("_sesudah").shift(1, fill_value=1.0).over("kelompok"))
    return pl.concat([_incidence(rows, cause) for cause in causes]).sort("kelompok", "hari", "hasil")


def _moments(days: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Observed minus expected closings of each group, and their covariance under one common curve."""
    wide = {
        name: days.pivot("kelompok", index="hari", values=name, aggregate_function="sum").sort("hari")
        for name in ("ditutup", "disensor")
    }
    closed, censored = (frame.drop("hari").fill_null(0).to_numpy().astype(float) for frame in wide.values())
    at_risk = np.cumsum((closed + censored)[::-1], axis=0)[::-1]
    n, d = at_risk.sum(axis=1), closed.sum(axis=1)
    at_risk, closed, n, d = (part[d > 0] for part in (at_risk, closed, n, d))
    share = at_risk / n[:, None]
    factor = d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag(factor @ share) - (share * factor[:, None]).T @ share
    return (closed - d[:, None] * share).sum(axis=0), covariance


def compare(days: pl.DataFrame) -> LogRank | None:
    """The log-rank test of two to five groups (columns as for `estimate_curve`); None where it says nothing.

    That is: another number of groups, no closing at all, or no day on which two groups could be compared.
    """
    if not 2 <= days["kelompok"].n_unique() <= MOST_GROUPS_COMPARED or not days["ditutup"].sum():
        return None
    difference, covariance = _moments(days)
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True, tol=1e-9 * max(covariance.max(), 1e-9)))
    if freedom == 0:
        return None
    statistic = float(difference @ np.linalg.pinv(covariance, hermitian=True, rcond=1e-9) @ difference)
    return LogRank(statistic, freedom, float(chdtrc(freedom, statistic)))
