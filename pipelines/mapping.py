"""Headings that a person says the meaning of: a contract that knows them too, and what could be meant.

`kolom` says (the file's own heading) -> contract column. A column that may hold identity is never mapped.
"""

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipelines import headings, remembered
from pipelines.contracts import Contract
from pipelines.errors import UserError
from pipelines.headings import Headings
from pipelines.terms import fold, fold_heading

Kolom = tuple[tuple[str, str], ...]
NEAR = 0.7


@dataclass(frozen=True)
class Suggestion:
    """A heading that nobody knows, and the contract column that comes closest (None: none does)."""

    heading: str
    column: str | None


def settled(kolom: Mapping[str, str] | None, contract: Contract) -> Kolom:
    """The mapping in a fixed order. UserError for a wrong column, two of one, or a heading of identity."""
    taken: dict[str, str] = {}
    for heading, name in sorted((kolom or {}).items()):
        if name not in contract.names:
            raise UserError(
                f"Kolom {name} tidak ada pada {contract.kind}. Pilih: {', '.join(contract.names)}."
            )
        if headings.is_private(heading, contract):
            raise UserError(f"Kolom '{heading}' memuat data diri atau teks bebas dan tidak pernah dibaca.")
        if name in taken:
            raise UserError(
                f"'{taken[name]}' dan '{heading}' sama-sama dipetakan ke {name}. Sisakan salah satu."
            )
        taken[name] = heading
    return tuple((heading, name) for name, heading in taken.items())


def extend(contract: Contract, kolom: Kolom) -> Contract:
    """The contract that also knows these headings; the same one when there are none."""
    if not kolom:
        return contract
    also = {name: heading for heading, name in kolom}
    columns = tuple(
        replace(column, synonyms=(*column.synonyms, also[column.name])) if column.name in also else column
        for column in contract.columns
    )
    return replace(contract, columns=columns)


def used(found: Headings, kolom: Kolom) -> Kolom:
    """The mappings whose heading the file has."""
    own = {(fold_heading(heading), name) for name, heading in found.own.items()}
    return tuple((heading, name) for heading, name in kolom if (fold_heading(heading), name) in own)


def told(kolom: Kolom) -> list[str]:
    """The mappings as sentences of a receipt."""
    return [f"Kolom '{heading}' dibaca sebagai {name} menurut pemetaan Anda." for heading, name in kolom]


def suggest(found: Headings, contract: Contract) -> tuple[Suggestion, ...]:
    """For each heading that is not used the closest column that the file does not have yet."""
    passed = {fold_heading(heading) for heading in contract.ignored}
    spelled = {
        fold(spelling.replace("_", " ")): column.name
        for column in contract.columns
        if column.name not in found.positions
        for spelling in (column.name, *column.synonyms)
    }
    unknown = [heading for heading in found.ignored if fold_heading(heading) not in passed]
    return tuple(Suggestion(heading, _closest(fold(heading), spelled)) for heading in unknown)


def _closest(folded: str, spelled: dict[str, str]) -> str | None:
    """The longest spelling whose words all stand in the heading, else the most similar one; its column."""
    words = set(folded.split())
    within = [spelling for spelling in spelled if " " in spelling and set(spelling.split()) <= words]
    if within:
        return spelled[max(within, key=len)]
    near = difflib.get_close_matches(folded, spelled, n=1, cutoff=NEAR)
    return spelled[near[0]] if near else None


def signature(cells: Iterable[str]) -> str:
    """The same for files with the same headings, in whatever order, case and punctuation."""
    folded = sorted({fold_heading(cell) for cell in cells} - {""})
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:16]


def remember(kind: str, sign: str, kolom: Kolom, by: str) -> None:
    """Keep a confirmed mapping for files with the same headings."""
    remembered.note(f"kolom-{kind}", [{"signature": sign, "kolom": dict(kolom)}], by)


def known(kind: str, sign: str) -> dict | None:
    """The newest mapping confirmed for these headings: kolom, by, when; None when there is none."""
    told = (entry for entry in remembered.noted(f"kolom-{kind}") if entry.get("signature") == sign)
    return next((e for e in reversed(list(told)) if isinstance(e.get("kolom"), dict) and "by" in e), None)
