"""Working days, checked by hand against the decrees."""

from datetime import date

import polars as pl
import pytest

from pipelines import calendar_id, reference

NO_CORRECTIONS = pl.DataFrame(schema={"tanggal": pl.Date, "jenis": pl.String})


def working(first: date, last: date, corrections: pl.DataFrame = NO_CORRECTIONS) -> list[int]:
    days = calendar_id.calendar(corrections)
    return (
        days.filter(pl.col("tanggal").is_between(first, last), pl.col("is_hari_kerja"))["tanggal"]
        .dt.day()
        .to_list()
    )


def test_the_lebaran_weeks_of_2025_by_hand():
    """SKB 3 Menteri 2025: 28 March cuti bersama Nyepi, 29 March Nyepi, 31 March - 1 April Idul Fitri,
    2-4 and 7 April cuti bersama; 18 April Wafat Yesus Kristus."""
    assert working(date(2025, 3, 24), date(2025, 3, 31)) == [24, 25, 26, 27]
    assert working(date(2025, 4, 1), date(2025, 4, 20)) == [8, 9, 10, 11, 14, 15, 16, 17]


def test_the_end_of_2024_by_hand():
    """25 December Natal, 26 December cuti bersama, 1 January Tahun Baru."""
    assert working(date(2024, 12, 23), date(2024, 12, 31)) == [23, 24, 27, 30, 31]
    assert working(date(2025, 1, 1), date(2025, 1, 5)) == [2, 3]


def test_a_correction_wins_over_the_library():
    corrections = pl.DataFrame({"tanggal": [date(2025, 4, 8), date(2025, 4, 7)], "jenis": ["libur", "kerja"]})
    assert working(date(2025, 4, 1), date(2025, 4, 11), corrections) == [7, 9, 10, 11]


def test_the_calendar_has_every_day_once():
    days = calendar_id.calendar(reference.read("hari_libur_koreksi"))["tanggal"]
    assert (days.first(), days.last(), days.len(), days.n_unique()) == (
        date(2000, 1, 1),
        date(2035, 12, 31),
        13149,
        13149,
    )


@pytest.mark.parametrize("year", range(2018, 2028))
def test_each_year_has_a_plausible_number_of_working_days(year: int):
    days = calendar_id.calendar(NO_CORRECTIONS).filter(pl.col("tanggal").dt.year() == year)
    assert 225 <= days["is_hari_kerja"].sum() <= 252
