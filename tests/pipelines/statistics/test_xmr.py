"""XmR charts: the rules against plain Python, step changes, months that have not ended, and the grain."""

import itertools
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics import xmr
from tests.pipelines.statistics import boring

VALUES = st.lists(st.one_of(st.integers(0, 9), st.none()), min_size=1, max_size=40)
STABLE = [5, 7, 6, 4, 6, 5, 8, 5, 6, 7, 4, 6, 5, 7]


def _periods(values: list, open_ones: tuple = ()) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "periode": [date(2023 + place // 12, place % 12 + 1, 1) for place in range(len(values))],
            "nilai": values,
            "lengkap": [place not in open_ones for place in range(len(values))],
        },
        schema={"periode": pl.Date, "nilai": pl.Float64, "lengkap": pl.Boolean},
        strict=False,
    )


@settings(max_examples=150)
@given(VALUES)
def test_the_chart_is_that_of_plain_python(values: list):
    found = xmr.chart(_periods(values)).rows(named=True)
    known = [value for value in values if value is not None]
    ranges = [
        abs(after - before) for before, after in itertools.pairwise(values) if None not in (before, after)
    ]
    if len(known) < 12 or not ranges:
        assert all(row["rata"] is None and row["aturan"] is None for row in found)
        return
    mean, half = sum(known) / len(known), 2.66 * sum(ranges) / len(ranges)
    for row, rules in zip(found, boring.broken_rules(values, mean, half), strict=True):
        figures = (row["rata"], row["batas_bawah"], row["batas_atas"])
        assert figures == pytest.approx((mean, mean - half, mean + half))
        assert set((row["aturan"] or "").split(",")) - {""} == rules


@settings(max_examples=50)
@given(st.lists(st.lists(st.floats(-50, 50), min_size=15, max_size=15), min_size=1, max_size=5))
def test_many_charts_at_once_are_the_same_as_one_by_one(rows: list):
    values = np.array(rows)
    mean, half = xmr.limits(values)
    together = xmr.break_rules(values, mean, half)
    for place in range(len(rows)):
        alone = xmr.break_rules(values[place : place + 1], mean[place : place + 1], half[place : place + 1])
        assert all((together[rule][place] == alone[rule][0]).all() for rule in xmr.RULES)


@settings(max_examples=50)
@given(st.floats(-1e6, 1e6), st.integers(12, 40))
def test_a_figure_that_never_changes_breaks_no_rule(value: float, number: int):
    assert xmr.chart(_periods([value] * number))["aturan"].null_count() == number


def test_eleven_points_have_no_limits_and_twelve_do():
    columns = ("rata", "batas_bawah", "batas_atas", "aturan")
    assert xmr.chart(_periods(STABLE[:11])).select(columns).unique().rows() == [(None,) * 4]
    assert xmr.chart(_periods(STABLE[:12]))["rata"].null_count() == 0


@settings(max_examples=30)
@given(st.integers(0, 1000))
def test_a_month_that_has_not_ended_enters_nothing_and_breaks_no_rule(value: int):
    ended = xmr.chart(_periods(STABLE)).row(0, named=True)
    found = xmr.chart(_periods([*STABLE, value], open_ones=(len(STABLE),))).row(-1, named=True)
    assert (found["nilai"], found["rata"], found["aturan"]) == (value, ended["rata"], None)


def test_a_marked_step_change_starts_a_stretch_of_its_own():
    raised = [value + 30 for value in STABLE]
    periods = _periods(STABLE + raised)
    step = periods["periode"][len(STABLE)]
    assert xmr.chart(periods)["aturan"].null_count() < periods.height
    found = xmr.chart(periods, [step])
    assert found["aturan"].null_count() == periods.height
    first, last = found.row(0, named=True), found.row(-1, named=True)
    assert last["rata"] == pytest.approx(first["rata"] + 30)
    assert last["batas_atas"] - last["rata"] == pytest.approx(first["batas_atas"] - first["rata"])


def test_a_stretch_of_too_few_points_after_a_step_has_no_limits_yet():
    periods = _periods([*STABLE, 40, 41, 39])
    found = xmr.chart(periods, [periods["periode"][len(STABLE)]])
    assert found["rata"].null_count() == 3
    assert found["aturan"].null_count() == periods.height


def test_the_floor_cuts_the_lower_limit_and_nothing_else():
    values = [0, 9, 1, 8, 0, 9, 2, 7, 0, 9, 1, 8]
    free, cut = xmr.chart(_periods(values)), xmr.chart(_periods(values), floor=0)
    assert free["batas_bawah"][0] < 0
    assert cut["batas_bawah"].unique().to_list() == [0.0]
    assert free.drop("batas_bawah").equals(cut.drop("batas_bawah"))


def test_a_missing_month_gives_no_moving_range_and_ends_a_run():
    values = [*STABLE, 9, 9, 9, None, 9, 9, 9, 9]
    found = xmr.chart(_periods(values))
    assert found["nilai"].null_count() == 1
    assert not found["aturan"].fill_null("").str.contains("tujuh_satu_sisi").any()


def test_a_point_that_breaks_several_rules_names_them_all_in_their_order():
    found = xmr.chart(_periods([5, 6] * 10 + [6.1, 6.2, 6.3, 6.4, 6.5, 6.6, 30]))
    assert found["aturan"][-1] == "luar_batas,tujuh_searah"


def test_the_order_of_the_rows_changes_nothing():
    periods = _periods(STABLE)
    assert xmr.chart(periods.reverse()).equals(xmr.chart(periods))


def test_no_period_at_all_gives_an_empty_chart():
    assert xmr.chart(_periods([])).columns == [
        "periode",
        "nilai",
        "rata",
        "batas_bawah",
        "batas_atas",
        "aturan",
    ]


@pytest.mark.parametrize(
    ("monthly", "grain", "mean", "points"),
    [
        ([5] * 12, "bulan", 5.0, 12),
        ([5] * 3, "bulan", 5.0, 3),
        ([2] * 36, "triwulan", 6.0, 12),
        ([2] * 38, "triwulan", 6.0, 12),
        ([2] * 35, "gabung", 2.0, 35),
        ([1] * 60, "gabung", 1.0, 60),
        ([0] * 60, "gabung", 0.0, 60),
        ([3, 1], "gabung", 2.0, 2),
        ([], "gabung", None, 0),
    ],
)
def test_the_grain_is_the_finest_at_which_five_are_expected(monthly: list, grain: str, mean, points: int):
    assert xmr.choose_grain(monthly) == (grain, mean, points)


def test_quarters_end_with_the_newest_month():
    assert xmr.choose_grain([100, 100] + [2] * 36).rata == pytest.approx(sum([100, 100] + [2] * 36) / 38)
    assert xmr.choose_grain([30, 30] + [2] * 36).rata == 6.0
