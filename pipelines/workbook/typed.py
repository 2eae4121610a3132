"""A typed cell as text: dates in ISO, numbers without exponent or a trailing .0; nothing is guessed."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_GROUPED = re.compile(r"-?\d{1,3}\.\d{3}$")


def text_of(value: Any) -> str:
    """The text of a cell that is no text itself; None is blank."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.time() != time() else value.strftime("%Y-%m-%d")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return "" if value is None else str(value)


def _number(value: float) -> str:
    """1.125 becomes 1.1250: three decimals after a point would be read as one thousand."""
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if value == int(value):
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    return text + "0" if _GROUPED.match(text) else text
