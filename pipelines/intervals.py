"""Limits of uncertainty, from SciPy's special functions: Wilson for shares, exact Poisson for counts."""

import numpy as np
from scipy.special import gammaincinv, ndtri

CONFIDENCE = 0.95


def wilson(
    successes: np.ndarray, total: np.ndarray, confidence: float = CONFIDENCE
) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper Wilson score limits of successes / total, as shares from 0 to 1; NaN without a total.

    Source: Wilson 1927, without continuity correction, as scipy.stats `proportion_ci(method="wilson")`.
    """
    k, n = np.asarray(successes, float), np.asarray(total, float)
    n = np.where(n > 0, n, np.nan)
    z = ndtri(0.5 + confidence / 2)
    centre = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    lower = np.where(k == 0, np.minimum(n, 0.0), np.maximum(centre - half, 0.0))
    upper = np.where(k == n, np.maximum(n / n, 1.0), np.minimum(centre + half, 1.0))
    return lower, upper


def poisson(count: np.ndarray, confidence: float = CONFIDENCE) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper exact (Garwood) limits of a Poisson mean, given the count; NaN where the count is NaN.

    Half the chi-square quantiles with 2k and 2k + 2 degrees of freedom: inverse incomplete gamma functions.
    """
    k = np.asarray(count, float)
    tail = (1 - confidence) / 2
    lower = np.where(k == 0, k, gammaincinv(np.where(k > 0, k, 1.0), tail))
    return np.where(np.isnan(k), np.nan, lower), gammaincinv(k + 1, 1 - tail)
