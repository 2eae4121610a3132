"""Wilson and exact Poisson limits: SciPy's own, a second formula, and printed tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from pipelines import intervals


@pytest.mark.parametrize(
    ("k", "n"), [(0, 1), (1, 1), (0, 10), (10, 10), (1, 7), (161, 188), (9, 10), (4999, 5000)]
)
def test_wilson_is_that_of_scipy(k: int, n: int):
    expected = binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
    low, high = intervals.wilson(np.array([k]), np.array([n]))
    assert (low[0], high[0]) == (pytest.approx(expected.low), pytest.approx(expected.high))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_comes_out_as_printed_by_newcombe_1998(k: int, n: int, low: float, high: float):
    found = intervals.wilson(np.array([k]), np.array([n]))
    assert (round(float(found[0][0]), 4), round(float(found[1][0]), 4)) == (low, high)


PRINTED = {
    0: (0.0, 3.689), 1: (0.025, 5.572), 2: (0.242, 7.225), 3: (0.619, 8.767), 5: (1.623, 11.668),
    10: (4.795, 18.390), 20: (12.217, 30.888), 50: (37.111, 65.919), 100: (81.364, 121.627),
}  # fmt: skip


@pytest.mark.parametrize("k", PRINTED)
def test_poisson_comes_out_as_printed_in_the_exact_table(k: int):
    low, high = intervals.poisson(np.array([k]))
    assert (round(float(low[0]), 3), round(float(high[0]), 3)) == PRINTED[k]


@given(st.integers(min_value=0, max_value=100_000))
def test_poisson_is_half_the_chi_square_quantiles(k: int):
    low, high = intervals.poisson(np.array([k]))
    assert low[0] == pytest.approx(chi2.ppf(0.025, 2 * k) / 2 if k else 0.0, rel=1e-9)
    assert high[0] == pytest.approx(chi2.ppf(0.975, 2 * k + 2) / 2, rel=1e-9)


@given(st.integers(min_value=0, max_value=500), st.integers(min_value=1, max_value=500))
def test_limits_hold_the_share_between_them(k: int, n: int):
    k = min(k, n)
    low, high = intervals.wilson(np.array([k]), np.array([n]))
    assert 0 <= low[0] <= k / n <= high[0] <= 1


def test_nothing_gives_nothing_without_a_warning():
    low, high = intervals.wilson(np.array([np.nan, 0.0, 0.0]), np.array([np.nan, 0.0, np.nan]))
    assert np.isnan(low).all() and np.isnan(high).all()
    low, high = intervals.poisson(np.array([np.nan]))
    assert np.isnan(low).all() and np.isnan(high).all()
