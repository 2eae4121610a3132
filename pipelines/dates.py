"""Dates as offices write them: Indonesian and English months, day first unless the file proves otherwise."""

import calendar
import re
from datetime import date, datetime, timedelta, timezone

from pipelines.terms import Verdict

WITA = timezone(timedelta(hours=8), "WITA")
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"

_MONTHS = {
    1: "jan januari january janu",
    2: "feb februari february pebruari peb pebr febr",
    3: "mar maret march mrt",
    4: "apr april",
    5: "mei may",
    6: "jun juni june",
    7: "jul juli july",
    8: "agt agu agustus ags agst aug august",
    9: "sep sept september",
    10: "okt oktober oct october",
    11: "nov nop november nopember nopem",
    12: "des desember dec december",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}

_TIME = re.compile(
    r"[T ]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[AaPp][Mm])?( ?(WITA|WIB|WIT|Z|[+-]\d{2}:?\d{2}))?$",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[\s./-]*([^\W\d_]+)[\s.,/-]*(\d{4})$", re.ASCII)
_NAMED_FIRST = re.compile(r"([^\W\d_]+)[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(\d{4})$", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2}[-/.\s]+(\d{1,2}|[^\W\d_]+)[-/.\s]+\d{2})$", re.ASCII)
_SERIAL = re.compile(r"\d{5}([.,]\d+)?$", re.ASCII)

_UP_TO = re.compile(r"^(?:berlaku\s+)?(?:sampai(?:\s+dengan)?|hingga|s\s*[./]\s*d)\b[\s.:]*", re.I)
_MONTH_NAMED = re.compile(r"([^\W\d_]+)[\s.,/-]*(\d{4})$", re.ASCII)
_MONTH_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})$", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})$", re.ASCII)
_YEAR = re.compile(r"(\d{4})$", re.ASCII)
_MONTH_SHORT = re.compile(r"([^\W\d_]+|\d{1,2})[\s./-]+\d{2}$", re.ASCII)

NO_DATE, NO_SUCH_DAY = "bentuk tanggal tidak dikenal", "tanggal ini tidak ada di kalender"
EXPECTED = "tulis tanggal lengkap, misalnya 31/12/2025, 2025-12-31 atau 31 Desember 2025"


def today() -> date:
    """The calendar date in WITA: only the bound above which no date is believed."""
    return datetime.now(WITA).date()


def judge(text: str, order: str = DAY_FIRST) -> Verdict:
    """One date cell; `order` says what 03/04/2025 means."""
    text = _TIME.sub("", text.strip())
    try:
        found = _parts(text, order)
        if found:
            return Verdict(date(*found))
    except ValueError:
        return Verdict(None, NO_SUCH_DAY, EXPECTED)
    if _SERIAL.match(text):
        return Verdict(
            None, "ini angka seri Excel, bukan tanggal", "ubah format sel menjadi tanggal, lalu simpan ulang"
        )
    if _SHORT_YEAR.match(text):
        return Verdict(None, "tahun hanya dua angka", "tulis tahun dengan empat angka, misalnya 31/12/2025")
    return Verdict(None, NO_DATE, EXPECTED)


def judge_until(text: str, order: str = DAY_FIRST) -> Verdict:
    """A cell that says until when: also a month or a year alone, read as its last day with a warning.

    The reason NO_DATE means free text; what looks like a date that went wrong has another reason.
    """
    verdict = judge(text, order)
    if verdict.reason != NO_DATE:
        return verdict
    text = _UP_TO.sub("", text.strip())
    verdict = judge(text, order)
    if verdict.reason != NO_DATE:
        return verdict
    try:
        last = _last_day(text)
    except ValueError:
        return Verdict(None, NO_SUCH_DAY, EXPECTED)
    if last is not None:
        told = f"hanya bulan atau tahun; dibaca sampai hari terakhirnya, {last:%d/%m/%Y}"
        return Verdict(last, told, "tulis tanggal lengkap bila ada", "peringatan")
    found = _MONTH_SHORT.match(text)
    if found and (found[1].isdigit() or found[1].casefold() in MONTHS):
        return Verdict(None, "tahun hanya dua angka", "tulis tahun dengan empat angka, misalnya Jan 2027")
    if _NAMED.match(text) or _NAMED_FIRST.match(text):
        return Verdict(None, "nama bulan tidak dikenal", EXPECTED)
    return verdict


def _last_day(text: str) -> date | None:
    """The last day of a month or year that stands alone; None when the text is neither."""
    if found := _YEAR.match(text):
        return date(int(found[1]), 12, 31)
    if found := _MONTH_LAST.match(text):
        month, year = int(found[1]), int(found[2])
    elif found := _MONTH_FIRST.match(text):
        year, month = int(found[1]), int(found[2])
    elif (found := _MONTH_NAMED.match(text)) and found[1].casefold() in MONTHS:
        month, year = MONTHS[found[1].casefold()], int(found[2])
    else:
        return None
    return (
        date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else date(year, month, 1)
    )


def evidence(text: str) -> str | None:
    """`dmy` or `mdy` when the text is a date in that order only; None when it proves nothing."""
    found = _NUMERIC.match(_TIME.sub("", text.strip()))
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    is_day_first, is_month_first = _exists(year, second, first), _exists(year, first, second)
    if is_day_first == is_month_first:
        return None
    return DAY_FIRST if is_day_first else MONTH_FIRST


def has_two_readings(text: str) -> bool:
    """Whether 03/04/2025 could be two different days."""
    found = _NUMERIC.match(_TIME.sub("", text.strip()))
    if not found:
        return False
    first, second, year = (int(part) for part in found.groups())
    return first != second and _exists(year, second, first) and _exists(year, first, second)


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    """Year, month, day as written; None when the text has no known form."""
    if found := _ISO.match(text):
        year, month, day = found.groups()
        return int(year), int(month), int(day)
    if found := _NUMERIC.match(text):
        first, second, year = (int(part) for part in found.groups())
        return (year, second, first) if order == DAY_FIRST else (year, first, second)
    if found := _NAMED.match(text):
        day, name, year = found.groups()
    elif found := _NAMED_FIRST.match(text):
        name, day, year = found.groups()
    else:
        return None
    month = MONTHS.get(name.casefold())
    return (int(year), month, int(day)) if month else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
