"""Numbers and dates as an Indonesian reader writes them; a missing figure is never a zero."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import formats

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.number(1234.5, 1), "1.234,5"),
        (formats.number(1_234_567), "1.234.567"),
        (formats.number(0), "0"),
        (formats.number(-0.2), "0"),
        (formats.number(-1234.5, 1), "-1.234,5"),
        (formats.percent(45.24), "45,2%"),
        (formats.percent(100, 0), "100%"),
        (formats.count(27), "27 laporan"),
        (formats.count(0, "wilayah"), "0 wilayah"),
        (formats.interval(40.1, 52.3, unit="%"), "40,1–52,3%"),
        (formats.estimate(45.24, 40.1, 52.3), "45,2% (40,1–52,3%)"),
        (formats.estimate(45.24, None, 52.3), "45,2%"),
        (formats.estimate(8.25, 5.0, 12.6, unit=""), "8,2 (5,0–12,6)"),
        (formats.date(dt.date(2026, 1, 27)), "27 Jan 2026"),
        (formats.long_date(dt.date(2022, 5, 18)), "18 Mei 2022"),
        (formats.long_date(dt.date(2025, 11, 28)), "28 November 2025"),
        (formats.month(dt.date(2026, 8, 31)), "Agu 2026"),
        (formats.long_month(dt.date(2026, 8, 1)), "Agustus 2026"),
        (formats.period(dt.date(2025, 1, 1), dt.date(2026, 3, 31)), "1 Jan 2025 sampai 31 Mar 2026"),
        (formats.period(None, dt.date(2026, 3, 31)), "sampai 31 Mar 2026"),
        (formats.signed(3), "+3"),
        (formats.signed(-3.25, 1), "−3,2"),
        (formats.signed(0.001), "0"),
    ],
)
def test_writes_figures_as_indonesian_readers_do(written, expected):
    assert written == expected


@pytest.mark.parametrize("write", [formats.number, formats.percent, formats.count, formats.signed])
@pytest.mark.parametrize("value", [None, math.nan])
def test_a_missing_figure_says_so(write, value):
    assert write(value) == formats.MISSING == "tidak ada data"


def test_a_missing_limit_or_date_says_so():
    assert formats.interval(None, 3.0) == "tidak ada data"
    assert formats.estimate(None, None, None) == "tidak ada data"
    assert {formats.date(None), formats.month(None), formats.long_date(None)} == {"tidak diketahui"}
    assert formats.number(None, missing="–") == "–"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_written_number_reads_back_as_itself(value, decimals):
    text = formats.number(value, decimals)
    assert float(text.replace(".", "").replace(",", ".")) == pytest.approx(value, abs=0.5001 * 10**-decimals)
    assert not text.startswith("-0") or any(digit in "123456789" for digit in text)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)))
def test_a_written_date_names_its_day_month_and_year(day):
    words = formats.long_date(day).split()
    assert (int(words[0]), int(words[2])) == (day.day, day.year)
    assert words[1].startswith(MONTHS[day.month - 1])


def test_a_moment_is_told_to_the_minute():
    assert formats.moment("2026-08-02T05:07:09.123+08:00") == "2 Agu 2026, 05.07"
