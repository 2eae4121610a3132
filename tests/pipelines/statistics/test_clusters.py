"""Clusters that are forming: the exact chance, Holm's family, the window, the history, never below five."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from pipelines.statistics import clusters
from tests.pipelines.statistics import boring

UNTIL = date(2025, 12, 31)
SINCE = date(2023, 1, 1)
SCHEMA = {"instansi": pl.String, "substansi": pl.String, "tanggal_masuk": pl.Date, "jumlah": pl.Int64}


def _reports(*rows: tuple) -> pl.DataFrame:
    """Rows of (instansi, days before UNTIL, jumlah), all of one substansi."""
    full = [(office, "air", UNTIL - timedelta(days=ago), count) for office, ago, count in rows]
    return pl.DataFrame(full, schema=SCHEMA, orient="row")


def _found(*rows: tuple, since: date = SINCE, looks: int = 31) -> list[dict]:
    return clusters.find_clusters(_reports(*rows), since, UNTIL, looks).rows(named=True)


@settings(max_examples=60)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 60))
def test_the_chance_is_that_of_exact_arithmetic(recent: int, past: int, days: int):
    share = Fraction(days, days + 365)
    found = clusters.tail_chance(np.array([recent]), np.array([recent + past]), float(share))
    assert found[0] == pytest.approx(float(boring.binomial_tail(recent, recent + past, share)), rel=1e-9)


@settings(max_examples=100)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.001, 0.9))
def test_the_family_is_held_as_by_plain_python(chances: list, error: float):
    held, below = clusters.hold_family(np.array(chances), error)
    assert below.tolist() == boring.holm(chances, error)
    assert held.min() == pytest.approx(error / len(chances))


@pytest.mark.parametrize("cells", [1, 4, 30])
def test_the_family_is_held_as_by_statsmodels(cells: int):
    chances = np.random.default_rng(cells).random(cells) ** 4
    _, below = clusters.hold_family(chances, 0.05)
    assert below.tolist() == multipletests(chances, alpha=0.05, method="holm")[0].tolist()


def test_a_quiet_office_with_eight_reports_in_two_weeks_is_a_signal():
    found = _found(("pdam", 3, 5), ("pdam", 13, 3), ("pdam", 200, 2), ("dinas", 300, 40))
    assert len(found) == 1
    row = found[0]
    assert (row["instansi"], row["jumlah"], row["riwayat"], row["sinyal"]) == ("pdam", 8, 2, True)
    assert (row["sejak"], row["sampai"]) == (date(2025, 12, 18), UNTIL)
    assert row["harapan"] == pytest.approx(2 * 14 / 730)
    assert row["p"] == pytest.approx(float(boring.binomial_tail(8, 10, Fraction(14, 744))), rel=1e-9)
    assert row["batas"] == pytest.approx(0.05 / 31 / 2)


def test_an_office_as_busy_as_ever_is_shown_and_is_no_signal():
    found = _found(*(("samsat", ago, 6) for ago in range(0, 730, 14)))
    assert [(row["jumlah"], row["sinyal"]) for row in found] == [(6, False)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 900), st.integers(1, 3)), max_size=40))
def test_never_a_signal_below_five_reports(rows: list):
    found = _found(*rows)
    assert all(row["jumlah"] >= 5 for row in found)
    recent = dict.fromkeys("abc", 0)
    for office, ago, count in rows:
        recent[office] += count * (ago < 14)
    assert {row["instansi"]: row["jumlah"] for row in found} == {
        office: count for office, count in recent.items() if count >= 5
    }


def test_the_window_is_fourteen_days_and_the_future_is_not_seen():
    assert [row["jumlah"] for row in _found(("x", 0, 3), ("x", 13, 3), ("x", -1, 50))] == [6]
    assert _found(("x", 14, 20), ("x", 5, 4)) == []


def test_history_older_than_two_years_or_than_the_coverage_is_not_counted():
    row = _found(("x", 2, 6), ("x", 14 + 729, 1), ("x", 14 + 730, 7))[0]
    assert row["riwayat"] == 1
    row = _found(("x", 2, 6), ("x", 100, 1), ("x", 300, 7), since=UNTIL - timedelta(days=213))[0]
    assert (row["riwayat"], row["harapan"]) == (1, pytest.approx(14 / 200))


@pytest.mark.parametrize(("past", "judged"), [(179, False), (180, True)])
def test_below_180_days_of_history_no_cell_is_judged(past: int, judged: bool):
    since = UNTIL - timedelta(days=13 + past)
    assert bool(_found(("x", 2, 9), since=since)) == judged


def test_cells_that_cannot_reach_five_are_not_part_of_the_family():
    many = [(f"kecil{number}", 400, 4) for number in range(50)]
    assert _found(("x", 2, 6), *many)[0]["batas"] == pytest.approx(0.05 / 31)


def test_fewer_looks_leave_more_for_each():
    daily, monthly = (_found(("x", 2, 5), ("x", 100, 9), looks=looks)[0] for looks in (31, 1))
    assert monthly["batas"] == pytest.approx(31 * daily["batas"])


def test_a_report_without_an_office_is_in_no_cell():
    reports = _reports(("x", 2, 9)).with_columns(instansi=pl.lit(None, pl.String))
    assert clusters.find_clusters(reports, SINCE, UNTIL).is_empty()


def test_no_report_at_all_gives_an_empty_table():
    assert clusters.find_clusters(_reports(), SINCE, UNTIL).columns == clusters.CLUSTERS
