"""The funnel: limits against exact arithmetic, the spread against statsmodels, and what may never happen."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from pipelines.statistics import funnel
from tests.pipelines.statistics import boring

SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=15)
FEW = settings(max_examples=40)


def _regions(counts: list, sizes: list) -> pl.DataFrame:
    codes = [f"w{place}" for place in range(len(sizes))]
    return pl.DataFrame(
        {"kode_wilayah": codes, "pembilang": counts, "penyebut": sizes},
        schema={"kode_wilayah": pl.String, "pembilang": pl.Int64, "penyebut": pl.Int64},
    )


@st.composite
def shares(draw: st.DrawFn) -> pl.DataFrame:
    """Regions with any number of cases, of which any number count."""
    sizes = draw(SIZES)
    return _regions([draw(st.integers(0, size)) for size in sizes], sizes)


@FEW
@given(st.integers(1, 30), st.integers(0, 20), st.sampled_from([0.025, 0.001]))
def test_limits_of_a_share_are_those_of_exact_arithmetic(size: int, twentieths: int, tail: float):
    share = Fraction(twentieths, 20)
    lower, upper = funnel.expected_shares(np.array([float(size)]), float(share), tail)
    least = next(k for k in range(size + 1) if 1 - boring.binomial_tail(k + 1, size, share) >= tail)
    most = next(k for k in range(size + 1) if 1 - boring.binomial_tail(k + 1, size, share) >= 1 - tail)
    assert (lower[0], upper[0]) == (least, most)


@FEW
@given(st.floats(0.01, 30), st.sampled_from([0.025, 0.001]))
def test_limits_of_a_count_are_those_of_plain_sums(mean: float, tail: float):
    lower, upper = funnel.expected_counts(np.array([mean]), tail)
    least = next(k for k in range(500) if boring.poisson_below(k + 1, mean) >= tail)
    most = next(k for k in range(500) if boring.poisson_below(k + 1, mean) >= 1 - tail)
    assert (lower[0], upper[0]) == (least, most)


@FEW
@given(shares())
def test_a_signal_is_an_exact_chance_below_a_thousandth_or_beyond_the_widened_limits(regions: pl.DataFrame):
    found = funnel.compare_shares(regions)
    total, cases = regions["penyebut"].sum(), regions["pembilang"].sum()
    for row in found.filter(pl.col("penyebut") > 0).rows(named=True):
        share = Fraction(cases, total)
        above = boring.binomial_tail(row["pembilang"], row["penyebut"], share) <= Fraction(1, 1000)
        below = 1 - boring.binomial_tail(row["pembilang"] + 1, row["penyebut"], share) < Fraction(1, 1000)
        if not row["dispersi"]:
            assert row["sinyal"] == ("atas" if above else "bawah" if below else None)
        elif row["sinyal"]:
            assert {"atas": above, "bawah": below}[row["sinyal"]]


@FEW
@given(shares())
def test_every_funnel_keeps_its_shape(regions: pl.DataFrame):
    for found, top in (
        (funnel.compare_shares(regions), 100.0),
        (funnel.compare_rates(regions), float("inf")),
    ):
        assert found.columns == funnel.FUNNEL
        assert found["kode_wilayah"].to_list() == regions["kode_wilayah"].to_list()
        empty = found.filter(pl.col("penyebut") == 0)
        assert empty.select("nilai", *funnel.LIMITS, "sinyal").null_count().sum_horizontal().sum() == (
            6 * empty.height
        )
        for row in found.filter(pl.col("penyebut") > 0).rows(named=True):
            ends = [row[name] for name in ("bawah998", "bawah95", "acuan", "atas95", "atas998")]
            assert ends == sorted(ends)
            assert ends[0] >= 0 and ends[-1] <= top + 1e-9
            outside = not ends[0] <= row["nilai"] <= ends[-1]
            assert outside == (row["sinyal"] is not None)


@FEW
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.1, 2)), min_size=2, max_size=20))
def test_the_spread_without_winsorising_is_that_of_statsmodels(rows: list):
    value, error = np.array(rows).T
    weight = error**-2
    target = float((value * weight).sum() / weight.sum())
    with np.errstate(all="ignore"):
        theirs = combine_effects(value, error**2, method_re="dl").tau2
    found = funnel.spread_between(value, error, target, winsor=0) ** 2
    assert found == pytest.approx(max(theirs, 0), rel=1e-6, abs=1e-9)


def test_winsorising_keeps_one_wild_region_from_widening_the_limits():
    value, error = np.append(np.linspace(-1, 1, 19), 30.0), np.ones(20)
    assert funnel.spread_between(value, error, 0.0) == 0.0
    assert funnel.spread_between(value, error, 0.0, winsor=0) > 1


def test_regions_that_differ_beyond_chance_widen_the_limits_and_the_table_says_so():
    random = np.random.default_rng(4)
    sizes = [400] * 23
    alike = funnel.compare_shares(_regions(random.binomial(400, 0.6, 23).tolist(), sizes))
    unlike = funnel.compare_shares(
        _regions(random.binomial(400, random.beta(6, 4, 23)).tolist(), sizes),
    )
    assert alike["dispersi"].unique().to_list() == [0.0]
    assert unlike["dispersi"][0] == pytest.approx(100 * np.sqrt(0.6 * 0.4 / 11), rel=0.4)
    assert unlike["atas998"][0] > alike["atas998"][0] + 10
    assert unlike["sinyal"].null_count() >= 22


def test_one_region_far_off_is_the_only_signal():
    sizes = [100] * 20
    found = funnel.compare_shares(_regions([*([60] * 19), 20], sizes))
    assert found.filter(pl.col("sinyal").is_not_null()).select("kode_wilayah", "sinyal").rows() == [
        ("w19", "bawah")
    ]


def test_the_reference_is_the_pooled_share_with_every_region_in_it():
    found = funnel.compare_shares(_regions([1, 9, 0], [10, 10, 0]))
    assert found["acuan"].to_list() == pytest.approx([50.0] * 3)
    assert found["nilai"].to_list() == pytest.approx([10.0, 90.0, None])


def test_below_ten_regions_dispersion_is_not_judged():
    assert funnel.compare_shares(_regions([5] * 9, [10] * 9))["dispersi"].null_count() == 9
    assert funnel.compare_shares(_regions([5] * 10, [10] * 10))["dispersi"].to_list() == [0.0] * 10


@pytest.mark.parametrize("share", [0, 1])
def test_all_or_none_of_the_cases_is_no_signal(share: int):
    found = funnel.compare_shares(_regions([share * 8] * 12, [8] * 12))
    assert found["sinyal"].null_count() == 12
    assert found["atas998"].to_list() == found["bawah998"].to_list() == [100.0 * share] * 12


def test_nothing_to_compare_gives_nulls_and_no_region_an_empty_table():
    found = funnel.compare_rates(_regions([0, 0], [0, 0]))
    assert found.select("nilai", "acuan", "sinyal", "dispersi").rows() == [(None,) * 4] * 2
    assert funnel.compare_shares(_regions([], [])).columns == funnel.FUNNEL


def test_a_rate_is_per_hundred_thousand():
    found = funnel.compare_rates(_regions([69, 16], [870_000, 38_000])).rows(named=True)
    assert [round(row["nilai"], 1) for row in found] == [7.9, 42.1]
    assert found[1]["sinyal"] == "atas"
