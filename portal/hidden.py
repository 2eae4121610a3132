"""Figures that are withheld so that no count of a few people can be read: how they are marked in an answer.

An answer in a limited scope has a last column `samar` that names, in each row, the columns whose figure
is withheld, as `masuk=* terbuka=<5`. `<5`: a count of one to four. `*`: withheld to protect another one. A
figure that is neither there nor named is not known: "tidak ada data".
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from portal import texts

COLUMN = "samar"
PROTECTED = "*"


def marks(row: Mapping[str, Any]) -> dict[str, str]:
    """The withheld columns of a row, each with what stands in its place: {'terbuka': '<5'}."""
    pairs = (part.partition("=") for part in (row.get(COLUMN) or "").split())
    return {name: texts.HIDDEN if mark == PROTECTED else mark for name, _, mark in pairs}


def mark(row: Mapping[str, Any], column: str) -> str | None:
    """What stands in the place of a withheld figure; None when it is not withheld."""
    return marks(row).get(column)


def columns(frame: pl.DataFrame) -> list[str]:
    """The columns of an answer without the one that names the withheld figures."""
    return [name for name in frame.columns if name != COLUMN]


def is_withheld(frame: pl.DataFrame, column: str) -> bool:
    """Whether a figure of this column is withheld in any row."""
    if COLUMN not in frame.columns:
        return False
    return bool(frame[COLUMN].fill_null("").str.contains(rf"(^| ){column}=").any())


def any_in(frame: pl.DataFrame) -> bool:
    """Whether any figure of the answer is withheld."""
    return COLUMN in frame.columns and bool((frame[COLUMN].fill_null("") != "").any())
