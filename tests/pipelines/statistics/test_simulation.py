"""The simulations: what they promise at our counts, with fewer repeats than the benchmark prints."""

import numpy as np
import polars as pl
import pytest

from pipelines.statistics import simulation


def _random() -> np.random.Generator:
    return np.random.default_rng(simulation.SEED)


def test_wilson_covers_94_to_96_percent_on_average_at_every_size():
    values = [row[2] for row in simulation.wilson_coverage()]
    assert len(values) == len(simulation.SIZES)
    assert all(94 <= value <= 96 for value in values)


def test_the_exact_poisson_interval_never_covers_less_than_95_percent():
    assert all(row[2] >= 95 for row in simulation.poisson_coverage())


def test_the_interval_of_a_median_covers_as_it_says_from_20_closings():
    rows = list(simulation.median_coverage(_random(), repeats=1000))
    with_open_cases = rows[1:]
    assert all(93 <= row[2] <= 97 for row in with_open_cases)
    # With 20 cases that are all closed the interval can only be one of a few; the one it takes is cautious.
    assert 95 <= rows[0][2] <= 98.5


def test_the_fitting_grain_takes_most_false_signals_away():
    rows = {row[1]: row[2] for row in simulation.false_alarms(_random(), repeats=40) if "sinyal" in row[0]}
    fitted = rows["23 wilayah tidak sama besar, butir yang sesuai"]
    assert fitted < 1
    assert rows["23 wilayah tidak sama besar, semua per bulan"] > 10 * fitted


def test_a_funnel_of_equal_regions_seldom_names_one():
    rows = {row[:2]: row[2] for row in simulation.funnel_errors(_random(), repeats=100)}
    for name in ("persen", "tingkat"):
        check = f"corong {name} dengan tanda palsu (%)"
        assert rows[check, "di luar batas 99,8%"] <= 5 < rows[check, "di luar batas 95%"]


def test_a_month_without_change_calls_a_cluster_in_less_than_5_percent():
    (row,) = simulation.cluster_errors(_random(), repeats=60)
    assert row[2] <= 5


def test_a_doubling_is_seen_sooner_where_there_are_more_reports():
    rows = {row[1]: row[2] for row in simulation.doubling_power(_random(), repeats=300)}
    assert rows["dari 5 sebulan, 3 bulan"] < rows["dari 10 sebulan, 3 bulan"]
    assert rows["dari 5 sebulan, 3 bulan"] < rows["dari 5 sebulan, 12 bulan"]
    assert rows["dari 20 sebulan, 12 bulan"] > 99


def test_the_smallest_cluster_grows_with_the_history():
    values = [row[2] for row in simulation.least_cluster()]
    assert values[0] == 5
    assert values == sorted(values)


def test_the_same_seed_gives_the_same_figures():
    first, again = (list(simulation.funnel_power(_random(), repeats=5)) for _ in range(2))
    assert first == again


def test_the_regions_add_up_to_the_reports_of_a_year():
    assert simulation.REGIONS == 23
    assert simulation._yearly_means().sum() == pytest.approx(490)


def test_a_row_is_a_row_of_the_table():
    frame = pl.DataFrame(list(simulation.least_cluster()), schema=simulation.TABLE, orient="row")
    assert frame.columns == ["pemeriksaan", "keadaan", "nilai", "ketelitian", "ulangan"]
