"""Identity numbers: found in any text that would be kept, and masked in any text that is shown."""

import re

import polars as pl

# A NIK is 16 digits, a NIP 18; a NIK written in groups must have the parts of a NIK (province, day,
# month), or two dates side by side would be taken for one.
_NIK = r"\d{16,}"
_NIK_GROUPED = (
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?"
    r"(?:[04][1-9]|[1256]\d|[37][01])[ .\-]?(?:0[1-9]|1[0-2])[ .\-]?\d{2}[ .\-]?\d{4}"
)
_MOBILE = r"(?:\+?62[ .\-]?|0)8[1-9]\d?[ .\-]?\d{3,4}[ .\-]?\d{3,5}"
_MOBILE_IN_NUMBER = r"(?:\+62[ \-]?|0)8[1-9]\d?[ \-]?\d{3,4}[ \-]?\d{3,5}"
_LANDLINE = r"(?:\(0\d{2,3}\)[ .\-]?|0\d{2,3}[ \-]|\+62[ \-]?\d{2,3}[ \-])\d{3,4}[ \-]?\d{2,4}"
# A cell that is nothing but a mobile number whose leading zero a spreadsheet took away.
_BARE_MOBILE = r"^8[1-9]\d{8,10}$"

_BEFORE, _AFTER = r"(?:^|\D)", r"(?:$|\D)"
# Addresses of pages hold long numbers of their own.
_ADDRESS = r"https?://\S+"
NIK = f"{_BEFORE}(?:{_NIK}|{_NIK_GROUPED}){_AFTER}"
PHONE = f"{_BEFORE}(?:{_MOBILE}|{_LANDLINE}){_AFTER}|{_BARE_MOBILE}"
PHONE_IN_NUMBER = f"{_BEFORE}(?:{_MOBILE_IN_NUMBER}){_AFTER}"

_NIK_SEEN, _PHONE_SEEN = re.compile(NIK), re.compile(PHONE)
_SHOWN = re.compile(rf"(?<!\d)(?:{_NIK}|{_NIK_GROUPED}|{_MOBILE}|{_LANDLINE}|8[1-9]\d{{8,10}})(?!\d)")
LONGEST_SHOWN = 120


def mask(text: str | None) -> str | None:
    """The text as it may be shown, cut to a readable length.

    A cell with a number of a person becomes asterisks as a whole: the name often stands beside it.
    """
    if text is None:
        return None
    shown = re.sub(r"\w", "*", text) if _SHOWN.search(text) else text
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"


def find(text: str) -> str | None:
    """`nik` or `telepon` when one text looks like it holds one."""
    text = re.sub(_ADDRESS, "", text)
    if _NIK_SEEN.search(text):
        return "nik"
    return "telepon" if _PHONE_SEEN.search(text) else None


def finds(texts: pl.Series, is_number: bool) -> pl.DataFrame:
    """Which texts look like a NIK or a phone number: columns `nik`, `telepon` (booleans).

    In a case number (`is_number`) digits joined by dots, such as 081228.2022, are no phone number.
    """
    texts, phone = texts.str.replace_all(_ADDRESS, ""), PHONE_IN_NUMBER if is_number else PHONE
    return pl.DataFrame({"nik": texts.str.contains(NIK), "telepon": texts.str.contains(phone)})
