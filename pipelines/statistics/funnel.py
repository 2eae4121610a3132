"""The funnel: each region against the pooled share or rate, with exact limits at its own denominator.

The limits are exact quantiles of the binomial (shares) or the Poisson distribution (rates): the least and the
greatest count that the pooled figure lets one expect, with at most 2.5% (or 0.1%) of chance beyond each end.
They are not interpolated between counts as in Spiegelhalter 2005, because the interpolated line flags a count
whose chance is above the level it states; here a drawn limit and the signal always agree.

The pooled figure includes the region itself. Leaving it out would give every region a line of its own and
take the others' figure as if it were known exactly; with it in, a large region pulls the line towards itself,
which can hide a signal but never makes one.
"""

from collections.abc import Callable

import numpy as np
import polars as pl
from scipy.special import bdtrik, betainc, ndtri, pdtr, pdtrik

TAILS = {"95": 0.025, "998": 0.001}
PER_POPULATION = 100_000
WINSOR = 0.10
LEAST_REGIONS = 10
LIMITS = ["bawah95", "atas95", "bawah998", "atas998"]
FUNNEL = ["kode_wilayah", "pembilang", "penyebut", "nilai", "acuan", *LIMITS, "sinyal", "dispersi"]

Counts = tuple[np.ndarray, np.ndarray]


def _least(chance: Callable[[np.ndarray], np.ndarray], guess: np.ndarray, share: float) -> np.ndarray:
    """The least count whose cumulative chance reaches `share`, from a real-valued guess near it."""
    count = np.maximum(np.ceil(np.nan_to_num(guess)) - 1, 0)
    for _ in range(2):
        count += chance(count) < share
    return count


def expected_shares(size: np.ndarray, target: float, tail: float) -> Counts:
    """Least and greatest number of `size` that a share `target` lets one expect; `tail` beyond each end."""

    def chance(count: np.ndarray) -> np.ndarray:
        """Of at most `count` among `size`, binomial; 1 where all of them are counted."""
        left = np.maximum(size - count, 1)
        return np.where(count >= size, 1.0, betainc(left, count + 1, 1 - target))

    lower, upper = (_least(chance, bdtrik(share, size, target), share) for share in (tail, 1 - tail))
    return lower, upper


def expected_counts(mean: np.ndarray, tail: float) -> Counts:
    """Least and greatest count that a Poisson `mean` lets one expect; at most `tail` beyond each end."""
    lower, upper = (
        _least(lambda count: pdtr(count, mean), pdtrik(share, mean), share) for share in (tail, 1 - tail)
    )
    return lower, upper


def _tau(z: np.ndarray, error: np.ndarray) -> float:
    weight = error**-2.0
    excess = (z**2).sum() - (z.size - 1)
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return float(np.sqrt(max(excess, 0.0) / room)) if room > 0 else 0.0


def spread_between(value: np.ndarray, error: np.ndarray, target: float, winsor: float = WINSOR) -> float:
    """The standard deviation between regions beyond chance, tau, in the unit of `value`; 0 if there is none.

    Spiegelhalter 2005 (additive random effects): z = (value - target) / error, Winsorised at the 10th and the
    90th percentile; phi its mean square; tau^2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w), w = error^-2.
    Without Winsorising, and about the weighted mean, it is the estimate of DerSimonian and Laird 1986.
    """
    z = (value - target) / error
    return _tau(np.clip(z, *np.quantile(z, [winsor, 1 - winsor])), error)


def limits_at(size: np.ndarray, target: float, tau: float, rate: bool) -> dict[str, np.ndarray]:
    """The four limits at any denominators `size` (> 0), as shares or counts per unit of the denominator.

    Exact quantiles around `target`; where `tau` (the spread between regions beyond chance) is above 0, they
    are moved out to the normal limits with both variances added. tau NaN or 0: chance alone.
    """
    error = np.sqrt((target if rate else target * (1 - target)) / size)
    found = {}
    for name, tail in TAILS.items():
        counts = expected_counts(target * size, tail) if rate else expected_shares(size, target, tail)
        lower, upper = (count / size for count in counts)
        if tau > 0:
            half = -ndtri(tail) * np.sqrt(error**2 + tau**2)
            lower = np.minimum(lower, target - half)
            upper = np.maximum(upper, np.minimum(target + half, np.inf if rate else 1.0))
        found[f"bawah{name}"], found[f"atas{name}"] = np.maximum(lower, 0), upper
    return found


def _judge(count: np.ndarray, size: np.ndarray, rate: bool) -> tuple[dict[str, np.ndarray], float, float]:
    """Values, limits and signals of regions that have a denominator; the pooled figure; tau or NaN."""
    target = count.sum() / size.sum()
    error = np.sqrt((target if rate else target * (1 - target)) / size)
    judged = size.size >= LEAST_REGIONS and bool((error > 0).all())
    tau = spread_between(count / size, error, target) if judged else np.nan
    ends = limits_at(size, target, tau, rate)
    value = count / size
    sides = np.select([value > ends["atas998"], value < ends["bawah998"]], ["atas", "bawah"], "")
    return {"nilai": value, **ends, "sinyal": sides}, target, tau


def _funnel(regions: pl.DataFrame, rate: bool, unit: float) -> pl.DataFrame:
    counted = regions.filter((pl.col("penyebut") > 0) & pl.col("pembilang").is_not_null())
    if counted.is_empty():
        figures = [pl.lit(None, pl.Float64).alias(name) for name in ("nilai", "acuan", *LIMITS, "dispersi")]
        return regions.with_columns(*figures, sinyal=pl.lit(None, pl.String)).select(FUNNEL)
    count, size = (counted[name].to_numpy().astype(float) for name in ("pembilang", "penyebut"))
    found, target, tau = _judge(count, size, rate)
    sides = pl.Series("sinyal", found.pop("sinyal").tolist(), pl.String).replace("", None)
    judged = counted.select("kode_wilayah", sides).with_columns(
        pl.Series(name, unit * values) for name, values in found.items()
    )
    return (
        regions.join(judged, on="kode_wilayah", how="left", maintain_order="left")
        .with_columns(
            acuan=pl.lit(unit * target),
            dispersi=pl.lit(None if np.isnan(tau) else unit * tau, pl.Float64),
        )
        .select(FUNNEL)
    )


def compare_shares(regions: pl.DataFrame) -> pl.DataFrame:
    """A funnel of percentages (persen selesai, lewat tenggat, terbukti).

    `regions`: kode_wilayah, pembilang, penyebut (counts; one row per region). Gives the columns FUNNEL in
    the order of `regions`: nilai, acuan and limits in percent; sinyal `atas` or `bawah` only beyond the 99.8%
    limits. dispersi is the standard deviation between regions beyond chance, in percentage points; above 0
    the limits are widened by it; null where it was not judged (below 10 regions, or all or none of the
    cases). A region without a denominator has a reference and nothing else.
    """
    return _funnel(regions, rate=False, unit=100.0)


def compare_rates(regions: pl.DataFrame, per: int = PER_POPULATION) -> pl.DataFrame:
    """A funnel of rates: as `compare_shares`, with penyebut the population and figures per 100,000 of it."""
    return _funnel(regions, rate=True, unit=float(per))
