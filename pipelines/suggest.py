"""Which kind of extract a file is, told by its headings alone; where they fit several or none, a sentence."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from pipelines import contracts, repairs
from pipelines.encoding import open_source
from pipelines.headings import DELIMITERS, STATUS, meanings_of
from pipelines.preamble import candidates, has_required
from pipelines.records import records
from pipelines.terms import fold_heading
from pipelines.workbook import choice, guard
from pipelines.workbook.process import unpack

LOOK_AT, FEWEST = 40, 2
# A heading that more kinds know than this (Wilayah, Tanggal, Tautan) says nothing about the kind.
COMMON = 2


@dataclass(frozen=True)
class Suggestion:
    """The kind (None when the headings do not decide), why in one sentence, and how many headings fit it."""

    kind: str | None
    reason: str
    known: int = 0


def suggest(headings: Sequence[str]) -> Suggestion:
    """The kind whose contract knows most of these headings and misses none that it needs; pure."""
    folded = {fold_heading(heading) for heading in headings if heading.strip()}
    known = {kind: _known(folded, kind) for kind in contracts.KINDS}
    fitting = {kind: len(names) for kind, names in known.items() if _fits(folded, kind)}
    if not fitting:
        return Suggestion(None, _nearest(known), max(map(len, known.values())))
    most = max(fitting.values())
    best = [kind for kind, count in fitting.items() if count == most]
    if len(best) > 1:
        listed = " dan ".join(f"`{kind}`" for kind in best)
        return Suggestion(None, f"Judul kolomnya sama cocok dengan {listed}; nyatakan jenisnya.", most)
    words = f"{most} dari {len(folded)} judul kolomnya dikenal"
    return Suggestion(best[0], f"Jenis `{best[0]}`: {words}.", most)


def suggest_file(source: Path | bytes) -> Suggestion:
    """As `suggest`, for the row of headings of a CSV or of a sheet of a workbook, wherever it stands."""
    try:
        heads = list(_heads(source))
    except guard.Refused as refusal:
        reason, fix = refusal.args
        return Suggestion(None, f"{reason[0].upper()}{reason[1:]}; {fix}.")
    found = [suggest(cells) for head in heads for cells in _rows(head)]
    decided = [one for one in found if one.kind]
    if not decided:
        return max(found, key=lambda one: one.known, default=Suggestion(None, _nearest({})))
    best = max(decided, key=lambda one: one.known)
    rivals = {one.kind for one in decided if one.known == best.known}
    if len(rivals) > 1:
        listed = " dan ".join(f"`{kind}`" for kind in sorted(rivals))
        return Suggestion(None, f"Berkas ini memuat tabel {listed}; nyatakan jenisnya.", best.known)
    return best


def _known(folded: set[str], kind: str) -> set[str]:
    """The columns of a kind that the headings name."""
    meanings = _meanings(kind)
    return {meanings[heading] for heading in folded if heading in meanings} - {STATUS}


def _fits(folded: set[str], kind: str) -> bool:
    """Whether a file with these headings could be of a kind, and not by common headings alone."""
    contract, names = contracts.load(kind), _known(folded, kind)
    if {fold_heading(text) for text, _ in contract.foreign} & folded:
        return False
    meanings = _meanings(kind)
    telling = [one for one in folded if one in meanings and _spread(one) <= COMMON]
    return len(names) >= FEWEST and bool(telling) and has_required(names, contract)


@cache
def _meanings(kind: str) -> dict[str, str]:
    return meanings_of(contracts.load(kind))


@cache
def _spread(heading: str) -> int:
    """How many kinds know a heading."""
    return sum(heading in _meanings(kind) for kind in contracts.KINDS)


def _nearest(known: dict[str, set[str]]) -> str:
    """The sentence about headings that fit no kind: the nearest one, and what it misses."""
    listed = ", ".join(contracts.KINDS)
    near = max(known, key=lambda kind: len(known[kind]), default=None)
    if near is None or len(known[near]) < FEWEST:
        return f"Tidak ada judul kolom yang cukup dikenal; nyatakan jenisnya: {listed}."
    contract = contracts.load(near)
    lacking = [one.name for one in contract.columns if one.required and one.name not in known[near]]
    if contract.any_of and not set(contract.any_of) & known[near]:
        lacking.insert(0, " atau ".join(contract.any_of))
    missing = f", tetapi kolom {', '.join(lacking)} tidak ada" if lacking else ""
    return f"Judul kolomnya paling dekat dengan `{near}`{missing}; nyatakan jenisnya: {listed}."


def _heads(source: Path | bytes) -> Iterator[str]:
    """The beginning of a CSV, or of each sheet that can be seen; nothing of what is no table."""
    if choice.is_workbook(source):
        for sheet in unpack(source):
            if not sheet.is_hidden:
                yield sheet.content[: 1 << 16].decode("utf-8", "ignore")
        return
    opened = open_source(source)
    if not opened.refusal:
        yield repairs.mend(opened.head()) if opened.is_doubled else opened.head()


def _rows(head: str) -> Iterator[tuple[str, ...]]:
    """Every row of a beginning that names at least two columns of any kind, in every way to part it."""
    every = {heading: heading for kind in contracts.KINDS for heading in _meanings(kind)}
    for delimiter in DELIMITERS:
        first = list(islice(records(io.StringIO(head, newline=""), delimiter), LOOK_AT))
        for one in candidates(first, delimiter, 0, every):
            if one.known >= FEWEST:
                yield one.cells
