"""The row of headings: what separates it, and which contract column each heading means."""

import io
from dataclasses import dataclass, field
from functools import cache

from pipelines.contracts import Contract
from pipelines.preamble import candidates, choose, has_required
from pipelines.privacy import mask
from pipelines.records import records
from pipelines.terms import fold, fold_heading

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AT, MOST_COLUMNS = 40, 4_000
STATUS = "_status"


@dataclass
class Headings:
    """What the row of headings says; positions count from 0, `row` is the spreadsheet's.

    `above` counts the rows with text over it, `nameless` are the columns (A, B, ...) without a heading,
    `beside` is the first column of another table to the right, which is not read.
    """

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
    above: int = 0
    is_joined: bool = False
    nameless: tuple[str, ...] = ()
    beside: str | None = None

    def has_required(self, contract: Contract) -> bool:
        """Whether every column is there without which no row can stand."""
        return has_required(self.positions, contract)


def find(head: str, contract: Contract) -> Headings:
    """The headings of a file from its beginning: the row and delimiter that give the most known columns.

    Titles above the headings are stepped over. Of several tables the first that has the columns without
    which no row can stand counts; two neighbouring rows that could both be the headings are refused.
    """
    meanings = meanings_of(contract)
    hidden = 1 if head.startswith("sep=") and head[5:7].startswith(("\n", "\r\n")) else 0
    found = [
        candidate
        for delimiter in DELIMITERS
        for candidate in candidates(_records(head, delimiter), delimiter, hidden, meanings)
    ]
    chosen, rival = choose(found, contract)
    headings = Headings(chosen.delimiter, chosen.record, chosen.record + 1 - hidden, list(chosen.cells))
    headings.above, headings.is_joined = chosen.above, chosen.is_joined
    _read(headings, contract, meanings)
    if len(headings.cells) > MOST_COLUMNS:
        headings.refusal = f"baris judul berisi {len(headings.cells)} kolom, lebih dari {MOST_COLUMNS}"
        headings.fix = "hapus kolom yang tidak diperlukan"
    if rival is not None:
        headings.refusal = (
            f"baris {headings.row} dan baris {rival.record + 1 - hidden} sama-sama dapat menjadi judul kolom"
        )
        headings.fix = "sisakan satu baris judul saja"
    return headings


def _records(head: str, delimiter: str) -> list[list[str] | None]:
    """The first records; a cell or line that is broken off or badly quoted is None."""
    found = []
    for record in records(io.StringIO(head, newline=""), delimiter):
        found.append(record)
        if len(found) == _LOOK_AT:
            break
    return found


def meanings_of(contract: Contract) -> dict[str, str]:
    """Folded heading -> contract column."""
    meanings = {fold_heading(text): STATUS for text in contract.status_headings}
    for column in contract.columns:
        for heading in (column.name, *column.synonyms):
            meanings[fold_heading(heading)] = column.name
    return meanings


def is_private(heading: str, contract: Contract) -> bool:
    """Whether a heading names a column that may hold identity or free text: it is never read."""
    return fold_heading(heading) in _identity(contract.identity) or bool(
        set(contract.identity_words) & set(fold(heading).split())
    )


@cache
def _identity(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold_heading(text) for text in listed)


def letter(position: int) -> str:
    """The name of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _table_beside(cells: list[str], meanings: dict[str, str]) -> int | None:
    """Where a second table begins: behind a column without heading, with a heading that stands left of it."""
    meant = [meanings.get(fold_heading(cell)) for cell in cells]
    for start in range(2, len(cells)):
        is_edge = bool(fold_heading(cells[start])) and not fold_heading(cells[start - 1])
        if is_edge and {*meant[:start]} & {*meant[start:]} - {None}:
            return start
    return None


def _read(headings: Headings, contract: Contract, meanings: dict[str, str]) -> None:
    """Say of each heading whether it is kept, dropped for privacy, or ignored."""
    ours = {fold_heading(text): system for text, system in contract.foreign}
    dropped, ignored, nameless = [], [], []
    other = _table_beside(headings.cells, meanings)
    headings.beside = None if other is None else letter(other)
    for position, cell in enumerate(headings.cells):
        folded = fold_heading(cell)
        if other is not None and position >= other:
            continue
        if folded in ours:
            headings.refusal = (
                f"judul '{cell}' menunjukkan berkas {ours[folded]}, yang barisnya bukan laporan Ombudsman"
            )
            headings.fix = "unggah ekspor laporan Ombudsman"
        if name := meanings.get(folded):
            if name in headings.positions:
                first = f"'{headings.own[name]}' (kolom {letter(headings.positions[name])})"
                second = f"'{cell}' (kolom {letter(position)})"
                headings.refusal = f"judul {first} dan {second} sama-sama berarti {name.strip('_')}"
                headings.fix = "hapus salah satu dari kedua kolom itu"
            headings.positions[name], headings.own[name] = position, cell
        elif folded and is_private(cell, contract):
            dropped.append(mask(cell))
        elif folded:
            ignored.append(mask(cell))
        else:
            nameless.append(letter(position))
    headings.dropped, headings.ignored, headings.nameless = tuple(dropped), tuple(ignored), tuple(nameless)
