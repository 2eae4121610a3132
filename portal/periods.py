"""The lengths of time a viewer may choose, in whole calendar months up to the as-of date; pure."""

from calendar import monthrange
from datetime import date

FIRST_DAY = date(2004, 1, 1)  # the calendar begins in 2000: the period before the longest one lies in it
LAST_DAY = date(2035, 12, 31)
DEFAULT = "12b"
NAMES = {"12b": "12 bulan", "24b": "24 bulan", "tahun": "Tahun ini", "semua": "Semua"}
MONTHS = {"12b": 12, "24b": 24}


def start(rentang: str, per_tanggal: date) -> date | None:
    """First day of the period that ends at per_tanggal; the running month is its last; None: no beginning."""
    if rentang == "tahun":
        return per_tanggal.replace(month=1, day=1)
    return back(per_tanggal.replace(day=1), MONTHS[rentang] - 1) if rentang in MONTHS else None


def before(rentang: str, per_tanggal: date) -> tuple[date, date] | None:
    """First and last day of as long a time before; for 'tahun' the same months of the year before."""
    months = 12 if rentang == "tahun" else MONTHS.get(rentang)
    if months is None:
        return None
    end = back(per_tanggal, months)
    return start(rentang, end), end


def quarter_ends(first: date, last: date) -> list[date]:
    """The last days of quarters from first to last, the newest first."""
    ends = [
        date(year, month, monthrange(year, month)[1])
        for year in range(first.year, last.year + 1)
        for month in (3, 6, 9, 12)
    ]
    return [day for day in reversed(ends) if first <= day <= last]


def back(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month stays the last day of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
