"""Words folded for comparison, and cells judged against a list of terms and their variants."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pipelines.contracts import Column, TermList

EMPTY = frozenset({"", "-", "–", "—", "n/a", "null"})
CLEARED = "(kosong)"
_NOT_WORD = re.compile(r"[^\w]+|_+")
_SPLIT = re.compile(r"[;|]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one cell says: a value (None when blank), or a refusal, or a value with a warning."""

    value: object = None
    reason: str | None = None
    fix: str | None = None
    level: str = "tolak"
    flag: bool = False

    @property
    def refused(self) -> bool:
        """Whether the cell refuses its row; a warning does not."""
        return self.reason is not None and self.level == "tolak"


def fold(text: str) -> str:
    """Words only: case, punctuation, width and runs of spaces do not count."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def fold_heading(text: str) -> str:
    """A heading without case, spaces and punctuation: `No. Agenda` is `noagenda`."""
    return fold(text).replace(" ", "")


def is_empty(text: str) -> bool:
    """Nothing, spaces, and the marks that mean nothing."""
    return text.strip().casefold() in EMPTY


def term_judge(column: Column, is_many: bool) -> Callable[[str], Verdict]:
    """A judge of cells of one term column; several terms are split on `;` and `|` and joined by ` | `."""
    lookup = known_terms(column.terms)
    if is_many:
        return lambda text: _judge_many(text, lookup, column)
    return lambda text: _judge_one(text, lookup, column)


@cache
def known_terms(terms: TermList) -> dict[str, str]:
    """Folded spelling -> the term as it is kept."""
    from pipelines import reference  # the lists are shipped files, and those are judged by this module

    pairs = [(value, value) for value in terms.values] + list(terms.variants)
    if terms.file:
        frame = reference.read(terms.file)
        for row in frame.iter_rows(named=True):
            spellings = [row[terms.value]]
            for also in terms.also:
                spellings += (row[also] or "").split("|")
            pairs += [(spelling.strip(), row[terms.value]) for spelling in spellings if spelling.strip()]
    lookup: dict[str, str] = {}
    for spelling, term in pairs:
        lookup.setdefault(fold(spelling), term)
    return lookup


def _judge_one(text: str, lookup: dict[str, str], column: Column) -> Verdict:
    text = text.strip()
    term = lookup.get(fold(text))
    if term is not None:
        return Verdict(term)
    shown = ", ".join(dict.fromkeys(lookup.values()))
    if len(shown) > 200:
        shown = shown[:200].rsplit(",", 1)[0] + ", ..."
    if column.terms.open:
        return Verdict(
            " ".join(text.split()),
            f"istilah ini belum ada di daftar {column.name}; disimpan apa adanya",
            f"periksa ejaan; istilah yang dikenal: {shown}",
            "peringatan",
        )
    return Verdict(None, f"isi {column.name} tidak dikenal", f"pakai salah satu dari: {shown}")


def split(text: str) -> list[str]:
    """The terms of a cell that may hold several; blank ones are left out."""
    return [part.strip() for part in _SPLIT.split(text) if not is_empty(part)]


def _judge_many(text: str, lookup: dict[str, str], column: Column) -> Verdict:
    verdicts = [_judge_one(part, lookup, column) for part in split(text)]
    for verdict in verdicts:
        if verdict.refused:
            return verdict
    value = " | ".join(dict.fromkeys(str(verdict.value) for verdict in verdicts)) or None
    doubted = next((verdict for verdict in verdicts if verdict.reason), None)
    return Verdict(value, doubted.reason, doubted.fix, doubted.level) if doubted else Verdict(value)
