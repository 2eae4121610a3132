"""Working days in Indonesia: Monday to Friday without national holidays and cuti bersama."""

from datetime import date, timedelta
from functools import cache

import holidays
import polars as pl

FIRST, LAST = date(2000, 1, 1), date(2035, 12, 31)
CATEGORIES = ("public", "government")


def calendar(corrections: pl.DataFrame) -> pl.DataFrame:
    """One row per day from FIRST to LAST: tanggal (Date), is_hari_kerja (Boolean).

    Source: the `holidays` library (national holidays and cuti bersama). `corrections` (tanggal, jenis) is
    data/reference/hari_libur_koreksi.csv and wins: jenis `libur` takes a day out, `kerja` puts one back.
    Days that the decrees of later years have not fixed yet are the library's estimates.
    """
    return _calendar(tuple(corrections.select("tanggal", "jenis").iter_rows()))


@cache
def _calendar(corrections: tuple[tuple[date, str], ...]) -> pl.DataFrame:
    corrected = dict(corrections)
    days = pl.date_range(FIRST, LAST, eager=True).alias("tanggal")
    return pl.DataFrame({"tanggal": days, "is_hari_kerja": [_works(day, corrected) for day in days]})


def _works(day: date, corrected: dict[date, str]) -> bool:
    if day in corrected:
        return corrected[day] == "kerja"
    return day.weekday() < 5 and day not in _holidays()


@cache
def _holidays() -> frozenset[date]:
    years = range(FIRST.year, (LAST + timedelta(days=1)).year)
    return frozenset(holidays.country_holidays("ID", years=years, categories=CATEGORIES))
