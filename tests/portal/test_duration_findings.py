"""What is said about time to resolution: medians, the test and its limits, and what cannot be said."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics import survival
from portal import duration_findings as words
from tests.portal.figures.test_curve import counted

BOTH = (("a", "Satu"), ("b", "Dua"))
laporan = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=10, max_size=40)


def test_the_title_tells_the_median_of_each_group():
    summary = survival.summarise(counted(a=[(20, True)] * 12, b=[(40, True)] * 12))
    told = words.title(summary, BOTH)
    assert told.startswith("Separuh laporan ditutup dalam 20 hari (")
    assert "di Satu dan 40 hari (" in told


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "tidak ada data"),
        ([(30, False)] * 20, "memiliki tanggal tutup"),
        ([(30, True)] * 9, "Belum ada median"),
        ([(30, False)] * 20 + [(5, True)], "Belum ada median"),
    ],
)
def test_the_title_says_why_there_is_no_median(rows, said):
    assert said in words.title(survival.summarise(counted(a=rows)), (("a", "Satu"),))


@given(laporan, laporan)
def test_the_test_on_a_curve_is_the_test_on_the_counts_behind_it(first, second):
    days = counted(a=first, b=second)
    found, expected = words.compared(survival.estimate_curve(days), BOTH), survival.compare(days)
    assert (found is None) == (expected is None)
    if found is not None:
        assert found.p == pytest.approx(expected.p, abs=1e-12)


def test_groups_below_ten_are_not_tested():
    days = counted(a=[(5, True)] * 9, b=[(50, True)] * 30)
    assert words.test(survival.estimate_curve(days), BOTH) == ""


def test_the_p_value_never_stands_without_its_caveat():
    days = counted(a=[(5, True)] * 30, b=[(50, True)] * 30)
    said = words.test(survival.estimate_curve(days), BOTH)
    assert "p < 0,001" in said and "bukan sebabnya" in said


def test_the_largest_groups_are_drawn_and_the_unnamed_never():
    summary = pl.DataFrame({"kelompok": ["tidak disebut", *"abcdef"], "jumlah": [99, 1, 2, 3, 4, 5, 6]})
    assert [group for group, _ in words.most_frequent(summary, False, ())] == list("bcdef")
    years = pl.DataFrame({"kelompok": [str(year) for year in range(2019, 2027)], "jumlah": range(8, 0, -1)})
    assert words.most_frequent(years, True, ())[0] == ("2022", "2022")


def test_a_share_that_nobody_was_watched_for_is_not_written():
    days = counted(a=[(20, False)] * 10 + [(5, True)] * 10)
    table = words.shares(survival.summarise(days), (("a", "<Satu>"),))
    assert "&lt;Satu&gt;" in table and "50%" in table and table.count("–</td>") == 4


def test_the_title_of_endings_tells_the_resolved_share_at_the_longest_day_that_was_watched():
    days = pl.DataFrame(
        {
            "kelompok": ["a"] * 3,
            "hari": [10, 20, 65],
            "disensor": [0, 0, 5],
            "terselesaikan": [3, 0, 0],
            "lainnya": [0, 2, 0],
        }
    )
    curves = survival.estimate_incidence(days, ["terselesaikan", "lainnya"])
    assert words.endings_title(curves, (("a", "Satu"),)).startswith("Setelah 60 hari terselesaikan: 30%")
    assert "20%" in words.outcomes(curves, (("a", "Satu"),))
