"""Numbers, dates and intervals as an Indonesian reader writes them: 1.234,5 and 27 Jan 2026.

Every function takes None (and NaN) for a figure that is not known and answers `MISSING`: a missing figure
is never shown as zero. Locale data: Babel (CLDR), `id`.
"""

import datetime as dt
import math
import re
from functools import cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

LOCALE = Locale.parse("id")
MISSING = "tidak ada data"
UNKNOWN = "tidak diketahui"
_DASH = "–"
_ISO = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:])")


def unmarked(text: str) -> str:
    """A text of a file for a place that reads Markdown: its signs are shown, not followed."""
    return _MARKDOWN.sub(r"\\\1", text)


def is_missing(value: object) -> bool:
    """Whether a cell of a frame says nothing: None or NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def number(value: float | None, decimals: int = 0, missing: str = MISSING) -> str:
    """1234.5 -> '1.234,5' with one decimal; rounding half to even, as Babel does; never '-0'."""
    if is_missing(value):
        return missing
    text = _pattern(decimals).apply(value, LOCALE)
    return text.lstrip("-") if not any(digit in "123456789" for digit in text) else text


def percent(value: float | None, decimals: int = 1, missing: str = MISSING) -> str:
    """A share that is already in percent: 45.24 -> '45,2%'."""
    return missing if is_missing(value) else f"{number(value, decimals)}%"


def count(value: int | None, noun: str = "laporan", missing: str = MISSING) -> str:
    """27 -> '27 laporan'; Indonesian has no plural ending."""
    return missing if is_missing(value) else f"{number(value)} {noun}"


def interval(
    low: float | None, high: float | None, decimals: int = 1, unit: str = "", missing: str = MISSING
) -> str:
    """The limits of an interval: (40.1, 52.3, unit='%') -> '40,1–52,3%'; missing when either limit is."""
    if is_missing(low) or is_missing(high):
        return missing
    return f"{number(low, decimals)}{_DASH}{number(high, decimals)}{unit}"


def estimate(
    value: float | None, low: float | None, high: float | None, decimals: int = 1, unit: str = "%"
) -> str:
    """A figure with its 95% interval: '45,2% (40,1–52,3%)'; the bare figure when it has no limits."""
    if is_missing(value):
        return MISSING
    text = f"{number(value, decimals)}{unit}"
    limits = interval(low, high, decimals, unit, missing="")
    return f"{text} ({limits})" if limits else text


def date(value: dt.date | None, missing: str = UNKNOWN) -> str:
    """27 January 2026 -> '27 Jan 2026'."""
    return missing if value is None else f"{value.day} {_months('abbreviated')[value.month]} {value.year}"


def long_date(value: dt.date | None, missing: str = UNKNOWN) -> str:
    """27 January 2026 -> '27 Januari 2026', for running text."""
    return missing if value is None else f"{value.day} {_months('wide')[value.month]} {value.year}"


def moment(value: str) -> str:
    """An ISO time to the minute, where it was written down: '2026-11-22T15:33:04' -> '22 Nov 2026, 15.33'."""
    at = dt.datetime.fromisoformat(value)
    return f"{date(at)}, {at:%H.%M}"


def month(value: dt.date | None, missing: str = UNKNOWN) -> str:
    """Any day of a month -> 'Jan 2026'."""
    return missing if value is None else f"{_months('abbreviated')[value.month]} {value.year}"


def long_month(value: dt.date | None, missing: str = UNKNOWN) -> str:
    """Any day of a month -> 'Januari 2026'."""
    return missing if value is None else f"{_months('wide')[value.month]} {value.year}"


def period(start: dt.date | None, end: dt.date) -> str:
    """'1 Jan 2025 sampai 31 Mar 2026', or 'sampai 31 Mar 2026' when it has no start."""
    return f"sampai {date(end)}" if start is None else f"{date(start)} sampai {date(end)}"


def signed(value: float | None, decimals: int = 0, missing: str = MISSING) -> str:
    """A difference with its sign: 3 -> '+3', -3 -> '−3' (a real minus), 0 -> '0'."""
    if is_missing(value):
        return missing
    text = number(abs(value), decimals)
    if text == number(0, decimals):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@cache
def _months(width: str) -> dict[int, str]:
    return dict(LOCALE.months["format"][width])


def dated(text: str) -> str:
    """A text with its ISO days and months as readers write them: '2025-01-01 sampai 2025-03' and the like."""
    return _ISO.sub(_written, text)


def _written(found: re.Match) -> str:
    first = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    return date(first) if found[3] else month(first)
