"""The lengths of time: whole months up to the as-of date, and as long a time before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import periods

DAYS = st.dates(periods.FIRST_DAY, periods.LAST_DAY)


@pytest.mark.parametrize(
    ("rentang", "per_tanggal", "start"),
    [
        ("12b", date(2026, 10, 31), date(2025, 11, 1)),
        ("12b", date(2026, 10, 15), date(2025, 11, 1)),
        ("24b", date(2026, 1, 31), date(2024, 2, 1)),
        ("tahun", date(2026, 10, 31), date(2026, 1, 1)),
        ("semua", date(2026, 10, 31), None),
    ],
)
def test_a_period_begins_with_a_month(rentang, per_tanggal, start):
    assert periods.start(rentang, per_tanggal) == start


@pytest.mark.parametrize(
    ("rentang", "per_tanggal", "before"),
    [
        ("12b", date(2026, 10, 31), (date(2024, 11, 1), date(2025, 10, 31))),
        ("12b", date(2026, 2, 28), (date(2024, 3, 1), date(2025, 2, 28))),
        ("24b", date(2026, 10, 31), (date(2022, 11, 1), date(2024, 10, 31))),
        ("tahun", date(2024, 2, 29), (date(2023, 1, 1), date(2023, 2, 28))),
        ("semua", date(2026, 10, 31), None),
    ],
)
def test_the_period_before_is_as_long(rentang, per_tanggal, before):
    assert periods.before(rentang, per_tanggal) == before


def test_the_last_day_of_a_month_stays_the_last():
    assert periods.back(date(2025, 2, 28), 12) == date(2024, 2, 29)
    assert periods.back(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert periods.back(date(2026, 3, 15), 3) == date(2025, 12, 15)


@given(DAYS, st.sampled_from(sorted(periods.MONTHS)))
def test_the_period_before_ends_on_its_eve_when_the_month_is_whole(day, rentang):
    whole = periods.back(day.replace(day=1), 0)
    end = periods.before(rentang, periods.back(whole, 0))[1]
    assert (whole.year * 12 + whole.month) - (end.year * 12 + end.month) == periods.MONTHS[rentang]


@given(DAYS, st.integers(0, 300))
def test_going_back_never_leaves_the_calendar_of_months(day, months):
    if day.year * 12 + day.month - months > 12:
        earlier = periods.back(day, months)
        assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
