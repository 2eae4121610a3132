"""The row of headings: where it stands, what separates it, and which contract column each heading means."""

import csv
import io
import re
from dataclasses import dataclass, field

from pipelines.contracts import Contract
from pipelines.privacy import mask
from pipelines.terms import fold, fold_heading

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT = 25
STATUS = "_status"


@dataclass
class Headings:
    """What the row of headings says; positions count from 0, `row` is the spreadsheet's."""

    delimiter: str = ","
    record: int = 0
    row: int = 1
    cells: list[str] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    refusal: str | None = None
    fix: str | None = None


def find(head: str, contract: Contract) -> Headings:
    """The headings of a file from its beginning: the row and delimiter that give the most known columns.

    Titles above the headings are stepped over; of rows that are equally good the first one counts.
    """
    hidden = 1 if re.match(r"sep=.\r?\n", head) else 0
    meanings = _meanings(contract)
    best = (-1, 0, ",", 0, [])
    for delimiter in DELIMITERS:
        for number, cells in enumerate(_records(head, delimiter)):
            if number < hidden or not any(cell.strip() for cell in cells):
                continue
            known = len({meanings[folded] for cell in cells if (folded := fold_heading(cell)) in meanings})
            if (known, -number, len(cells)) > (best[0], -best[3], best[1]):
                best = (known, len(cells), delimiter, number, cells)
    _, _, delimiter, record, cells = best
    return _read(
        Headings(delimiter, record, record + 1 - hidden, [cell.strip() for cell in cells]), contract, meanings
    )


def _records(head: str, delimiter: str) -> list[list[str]]:
    found = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            found.append(record)
            if len(found) == _LOOK_AT:
                break
    except csv.Error:
        pass
    return found


def _meanings(contract: Contract) -> dict[str, str]:
    """Folded heading -> contract column."""
    meanings = {fold_heading(text): STATUS for text in contract.status_headings}
    for column in contract.columns:
        for heading in (column.name, *column.synonyms):
            meanings[fold_heading(heading)] = column.name
    return meanings


def _read(headings: Headings, contract: Contract, meanings: dict[str, str]) -> Headings:
    identity = {fold_heading(text) for text in contract.identity}
    words = set(contract.identity_words)
    ours = {fold_heading(text): system for text, system in contract.foreign}
    dropped, ignored = [], []
    for position, cell in enumerate(headings.cells):
        folded = fold_heading(cell)
        if folded in ours:
            headings.refusal = (
                f"judul '{cell}' menunjukkan berkas {ours[folded]}, yang barisnya bukan laporan Ombudsman"
            )
            headings.fix = "unggah ekspor laporan Ombudsman"
        if name := meanings.get(folded):
            if name in headings.positions:
                headings.refusal = f"judul '{headings.own[name]}' dan '{cell}' sama-sama berarti {name}"
                headings.fix = "hapus salah satu dari kedua kolom itu"
            headings.positions[name], headings.own[name] = position, cell
        elif folded and (folded in identity or words & set(fold(cell).split())):
            dropped.append(mask(cell))
        elif folded:
            ignored.append(mask(cell))
    headings.dropped, headings.ignored = tuple(dropped), tuple(ignored)
    return headings
