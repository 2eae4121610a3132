"""Whole and decimal numbers as offices write them: decimal comma or point, thousands in groups of three."""

import re

from pipelines.terms import Verdict

_WHOLE = re.compile(r"-?\d+([.,]0+)?$", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}([. ]\d{3})+(,0+)?$", re.ASCII)
_DECIMAL = re.compile(r"-?\d+([.,]\d+)?$", re.ASCII)
_GROUPED_DECIMAL = re.compile(
    r"-?\d{1,3}(\.\d{3})+,\d+$|-?\d{1,3}(,\d{3})+\.\d+$|-?\d{1,3}( \d{3})+([.,]\d+)?$", re.ASCII
)
# Two and more groups can only be thousands; a single one is a decimal part.
_MILLIONS = re.compile(r"-?\d{1,3}(?:(\.\d{3}){2,}|(,\d{3}){2,})$", re.ASCII)
# Spaces that offices put between thousands, besides the plain one.
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


def judge_whole(text: str) -> Verdict:
    """A whole number; 16,0 is 16 and 1.250 is 1250."""
    text = text.translate(_SPACES).strip()
    if _GROUPED.match(text):
        return Verdict(int(re.sub(r"[. ]", "", text.split(",")[0])))
    if _MILLIONS.match(text):
        return Verdict(int(re.sub(r"[.,]", "", text)))
    if _WHOLE.match(text):
        return Verdict(int(re.split(r"[.,]", text)[0]))
    return Verdict(None, "bukan bilangan bulat", "tulis angka saja, misalnya 16")


def judge_decimal(text: str) -> Verdict:
    """A decimal number; with one separator that separator is the decimal one, unless it stands twice."""
    text = text.translate(_SPACES).strip()
    if _MILLIONS.match(text):
        return Verdict(float(re.sub(r"[.,]", "", text)))
    if _GROUPED_DECIMAL.match(text):
        whole, fraction = re.match(r"(.*?)(?:[.,](\d+))?$", text).groups()
        return Verdict(float(re.sub(r"[., ]", "", whole) + "." + (fraction or "0")))
    if _DECIMAL.match(text):
        return Verdict(float(text.replace(",", ".")))
    return Verdict(None, "bukan angka", "tulis angka saja, misalnya 91,08")
