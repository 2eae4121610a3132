"""Kaplan-Meier, Aalen-Johansen and log-rank: against plain Python, lifelines and statsmodels."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

from pipelines.statistics import survival
from tests.pipelines.statistics import boring

CAUSES = ["terselesaikan", "lainnya"]
CASE = st.tuples(st.integers(0, 12), st.sampled_from([*CAUSES, None]))
CASES = st.lists(CASE, min_size=1, max_size=40)
SCHEMA = {"kelompok": pl.String, "hari": pl.Int64, "hasil": pl.String}
FEW = settings(max_examples=60)


def _days(**groups: list[boring.Case]) -> pl.DataFrame:
    """Counts per day of each group, closings by cause and in all."""
    rows = [(name, day, cause) for name, cases in groups.items() for day, cause in cases]
    counts = {cause: (pl.col("hasil") == cause).sum() for cause in CAUSES}
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return (
        frame.group_by("kelompok", "hari")
        .agg(**counts, disensor=pl.col("hasil").is_null().sum())
        .with_columns(ditutup=pl.sum_horizontal(CAUSES))
    )


def _limits(row: dict) -> tuple[float, float] | None:
    return None if row["bawah"] is None else (row["bawah"] / 100, row["atas"] / 100)


def _spelled(cases: list[boring.Case]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([day for day, _ in cases]), np.array([cause is not None for _, cause in cases])


@FEW
@given(CASES, CASES)
def test_the_curve_is_that_of_plain_python_in_every_group(one: list, other: list):
    curve = survival.estimate_curve(_days(satu=one, dua=other))
    for name, cases in (("satu", one), ("dua", other)):
        rows = curve.filter(pl.col("kelompok") == name).rows(named=True)
        for found, (day, risk, closed, share, limits) in zip(rows, boring.kaplan_meier(cases), strict=True):
            assert (found["hari"], found["berisiko"], found["ditutup"]) == (day, risk, closed)
            assert found["terbuka_persen"] == pytest.approx(100 * share, abs=1e-9)
            assert _limits(found) == (limits and pytest.approx(limits, abs=1e-9))


@FEW
@given(CASES)
def test_the_curve_and_its_errors_are_those_of_statsmodels(cases: list):
    days, closed = _spelled(cases)
    if not closed.any():
        return
    theirs = SurvfuncRight(days, closed)
    ours = survival.estimate_curve(_days(x=cases)).filter(pl.col("ditutup") > 0)
    assert ours["hari"].to_list() == theirs.surv_times.tolist()
    assert ours["terbuka_persen"].to_numpy() == pytest.approx(100 * theirs.surv_prob, abs=1e-9)
    for row, share, error in zip(ours.rows(named=True), theirs.surv_prob, theirs.surv_prob_se, strict=True):
        if share > 1e-9:
            assert _limits(row) == pytest.approx(boring.log_log(share, error), abs=1e-9)


@settings(max_examples=15)
@given(CASES)
def test_the_curve_its_limits_and_its_median_are_those_of_lifelines(cases: list):
    counts = _days(x=cases).unpivot(["ditutup", "disensor"], index="hari").filter(pl.col("value") > 0)
    theirs = KaplanMeierFitter().fit(
        counts["hari"].to_numpy(),
        (counts["variable"] == "ditutup").to_numpy().astype(int),
        weights=counts["value"].to_numpy(),
    )
    for row in survival.estimate_curve(_days(x=cases)).rows(named=True):
        share = row["terbuka_persen"] / 100
        assert theirs.survival_function_at_times(row["hari"]).iloc[0] == pytest.approx(share, abs=1e-9)
        if row["bawah"] is not None:
            limits = tuple(theirs.confidence_interval_.loc[row["hari"]])
            assert _limits(row) == pytest.approx(limits, abs=1e-9)
    found = survival.summarise(_days(x=cases)).row(0, named=True)
    if len(cases) >= survival.LEAST_CASES_FOR_A_MEDIAN:
        expected = float(theirs.median_survival_time_)
        assert found["median"] == (None if np.isinf(expected) else expected)


def test_the_limits_of_the_median_are_those_of_lifelines():
    random = np.random.default_rng(5)
    for _ in range(20):
        closing, until = random.geometric(0.02, 60), random.integers(20, 200, 60)
        cases = [
            (int(min(pair)), "lainnya" if pair[0] <= pair[1] else None)
            for pair in zip(closing, until, strict=True)
        ]
        theirs = median_survival_times(KaplanMeierFitter().fit(*_spelled(cases)).confidence_interval_)
        found = survival.summarise(_days(x=cases)).row(0, named=True)
        ends = [None if np.isinf(end) else end for end in theirs.to_numpy()[0]]
        assert [found["median_bawah"], found["median_atas"]] == ends


@FEW
@given(CASES)
def test_the_summary_is_that_of_plain_python(cases: list):
    found = survival.summarise(_days(x=cases)).row(0, named=True)
    closed = sum(cause is not None for _, cause in cases)
    assert (found["jumlah"], found["ditutup"], found["terbuka"]) == (len(cases), closed, len(cases) - closed)
    assert found["median"] == (boring.median(cases) if len(cases) >= 10 else None)
    for days in survival.DAYS_SHOWN:
        share = boring.open_after(cases, days)
        assert found[f"buka_{days}"] == (None if share is None else pytest.approx(100 * share, abs=1e-9))


@FEW
@given(CASES, st.sampled_from(CAUSES))
def test_the_incidence_and_its_limits_are_those_of_plain_python(cases: list, cause: str):
    found = survival.estimate_incidence(_days(x=cases), CAUSES).filter(pl.col("hasil") == cause)
    for row, (day, share, error) in zip(
        found.rows(named=True), boring.aalen_johansen(cases, cause), strict=True
    ):
        assert (row["hari"], row["insidensi"]) == (day, pytest.approx(100 * share, abs=1e-9))
        if 1e-9 < share < 1 - 1e-9:
            assert _limits(row) == pytest.approx(boring.log_log(share, error), abs=1e-7)
        if share == 0:
            assert _limits(row) is None


@FEW
@given(CASES)
def test_the_incidence_and_its_errors_are_those_of_statsmodels(cases: list):
    days = np.array([day for day, _ in cases])
    kinds = np.array([1 + CAUSES.index(cause) if cause else 0 for _, cause in cases])
    if set(kinds) != {0, 1, 2}:
        return
    theirs = CumIncidenceRight(days, kinds)
    found = survival.estimate_incidence(_days(x=cases), CAUSES)
    for number, cause in enumerate(CAUSES):
        rows = {row["hari"]: row for row in found.filter(pl.col("hasil") == cause).rows(named=True)}
        for day, share, error in zip(theirs.times, theirs.cinc[number], theirs.cinc_se[number], strict=True):
            assert rows[day]["insidensi"] == pytest.approx(100 * share, abs=1e-9)
            if 1e-9 < share < 1 - 1e-9 and np.isfinite(error):
                assert _limits(rows[day]) == pytest.approx(boring.log_log(share, error), abs=1e-7)


@FEW
@given(CASES)
def test_the_endings_add_up_to_what_is_no_longer_open(cases: list):
    curve = survival.estimate_curve(_days(x=cases))
    ends = survival.estimate_incidence(_days(x=cases), CAUSES)
    summed = ends.group_by("hari").agg(pl.col("insidensi").sum()).sort("hari")["insidensi"]
    assert (summed + curve["terbuka_persen"]).to_numpy() == pytest.approx(100.0, abs=1e-9)


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
@settings(max_examples=30)
@given(st.lists(CASES, min_size=2, max_size=5))
def test_the_log_rank_test_is_that_of_lifelines_and_statsmodels(groups: list):
    found = survival.compare(_days(**{str(place): cases for place, cases in enumerate(groups)}))
    days, closed = _spelled([case for cases in groups for case in cases])
    names = np.repeat(np.arange(len(groups)), [len(cases) for cases in groups])
    if found is None or found.derajat_bebas < len(groups) - 1:
        return
    theirs = multivariate_logrank_test(days, names, closed)
    assert found.khi_kuadrat == pytest.approx(theirs.test_statistic, rel=1e-6, abs=1e-8)
    assert found.p == pytest.approx(theirs.p_value, rel=1e-6, abs=1e-8)
    assert found.khi_kuadrat == pytest.approx(survdiff(days, closed, names)[0], rel=1e-6, abs=1e-8)


def test_the_log_rank_test_says_nothing_where_nothing_can_be_said():
    some = [(3, "lainnya"), (5, None)]
    assert survival.compare(_days(a=some)) is None
    assert survival.compare(_days(**{str(place): some for place in range(6)})) is None
    assert survival.compare(_days(a=[(3, None)], b=[(4, None)])) is None
    assert survival.compare(_days(a=[(1, None)], b=[(4, "lainnya")])) is None
    assert survival.compare(_days()) is None


def test_the_order_of_the_groups_changes_no_log_rank_test():
    one, two = [(3, "lainnya"), (5, None), (8, "lainnya")], [(1, "lainnya"), (2, "lainnya"), (9, None)]
    assert survival.compare(_days(a=one, b=two)) == pytest.approx(survival.compare(_days(a=two, b=one)))


def test_all_open_has_a_flat_curve_no_limits_and_no_median():
    days = _days(x=[(20, None)] * 12)
    curve = survival.estimate_curve(days)
    assert curve.select("hari", "terbuka_persen", "bawah", "atas").rows() == [
        (0, 100.0, None, None),
        (20, 100.0, None, None),
    ]
    found = survival.summarise(days).row(0, named=True)
    assert (found["median"], found["median_bawah"], found["median_atas"]) == (None, None, None)
    assert (found["buka_14"], found["buka_30"]) == (100.0, None)


def test_all_closed_on_their_first_day_leaves_nothing_open_and_a_median_of_zero():
    found = survival.summarise(_days(x=[(0, "lainnya")] * 10)).row(0, named=True)
    assert (found["median"], found["buka_14"], found["buka_180"]) == (0, 0.0, 0.0)
    assert (found["median_bawah"], found["median_atas"]) == (None, None)


def test_no_median_below_ten_cases():
    found = survival.summarise(_days(x=[(5, "lainnya")] * 9)).row(0, named=True)
    assert (found["median"], found["buka_14"]) == (None, 0.0)


def test_an_empty_file_gives_empty_tables_with_every_column():
    assert survival.estimate_curve(_days()).columns == survival.CURVE
    assert survival.estimate_curve(_days()).is_empty()
    assert survival.summarise(_days()).columns[:4] == ["kelompok", "jumlah", "ditutup", "terbuka"]
    assert survival.estimate_incidence(_days(), CAUSES).is_empty()


@FEW
@given(CASES, st.integers(2, 1000))
def test_a_million_reports_are_a_thousand_with_larger_counts(cases: list, times: int):
    days = _days(x=cases)
    many = days.with_columns(pl.col("ditutup", "disensor") * times)
    repeated = pl.concat([days, days])
    share = survival.estimate_curve(days)["terbuka_persen"].to_numpy()
    assert survival.estimate_curve(many)["terbuka_persen"].to_numpy() == pytest.approx(share, abs=1e-9)
    twice = survival.estimate_curve(days.with_columns(pl.col("ditutup", "disensor") * 2))
    assert survival.estimate_curve(repeated).equals(twice)


def test_a_group_without_a_name_is_a_group():
    days = _days(x=[(5, "lainnya")] * 10).with_columns(kelompok=pl.lit(None, pl.String))
    assert survival.summarise(days).select("kelompok", "jumlah", "median", "buka_14").rows() == [
        (None, 10, 5, 0.0)
    ]
