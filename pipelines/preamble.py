"""What stands above a table, and which of several rows that look like headings is the one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipelines.contracts import Contract
from pipelines.terms import fold_heading


@dataclass(frozen=True)
class Candidate:
    """A row that may be the row of headings; `names` says which contract column each cell means.

    `order` counts the rows with text over it; `is_joined`: made of two rows, titles that span columns
    over the headings below them.
    """

    delimiter: str
    record: int
    cells: tuple[str, ...]
    names: tuple[str | None, ...]
    order: int = 0
    is_joined: bool = False

    @property
    def above(self) -> int:
        """How many rows with text stand over the headings and are no part of them."""
        return self.order - self.is_joined

    @property
    def known(self) -> int:
        """How many contract columns it names."""
        return len(set(self.names) - {None})


def has_required(names: Collection[str | None], contract: Contract) -> bool:
    """Whether every column is named without which no row can stand."""
    required = {column.name for column in contract.columns if column.required}
    is_keyed = not contract.any_of or bool(set(contract.any_of) & set(names))
    return is_keyed and required <= set(names)


def candidates(
    found: list[list[str] | None], delimiter: str, hidden: int, meanings: dict[str, str]
) -> Iterator[Candidate]:
    """Each of the first records that says something, alone and together with a row of titles over it."""
    order, before = 0, None
    for number, record in enumerate(found):
        if number < hidden or (record is not None and not any(cell.strip() for cell in record)):
            continue
        if record is None:
            order, before = order + 1, None
            continue
        cells = tuple(cell.strip() for cell in record)
        alone = Candidate(delimiter, number, cells, _names(cells, meanings), order)
        yield alone
        if before is not None and before.record == number - 1 and (alone.known or before.known):
            joined = _joined(before.cells, cells)
            both = Candidate(delimiter, number, joined, _names(joined, meanings), order, is_joined=True)
            if both.known > max(alone.known, before.known):
                yield both
        order, before = order + 1, alone


def choose(found: list[Candidate], contract: Contract) -> tuple[Candidate, Candidate | None]:
    """The row of headings, and a neighbouring row that could be it just as well (None if there is none).

    found: the candidates of every delimiter. Without any the answer is an empty row.
    """
    if not found:
        return Candidate(",", 0, (), ()), None
    best = max(found, key=lambda one: (one.known, -one.record, len(one.cells)))
    same = [one for one in found if one.delimiter == best.delimiter and one.known]
    fitting = [
        one
        for one in same
        if one.known >= max(2, (best.known + 1) // 2) and has_required(one.names, contract)
    ]
    if not fitting:
        return best, None
    run = [fitting[0]]
    for one in fitting[1:]:
        if one.order - run[-1].order > 1:
            break
        run.append(one)
    chosen = max(run, key=lambda one: (one.known, -one.record))
    rivals = [one for one in run if one.known == chosen.known and _differ(one, chosen)]
    return chosen, rivals[0] if rivals else None


def _differ(one: Candidate, other: Candidate) -> bool:
    """Whether two rows name different columns, or the same ones in other places."""
    return one.record != other.record and one.names != other.names


def _names(cells: tuple[str, ...], meanings: dict[str, str]) -> tuple[str | None, ...]:
    return tuple(meanings.get(fold_heading(cell)) if cell else None for cell in cells)


def _joined(titles: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    """Each heading with the title that spans it: `Tanggal` over `Masuk` and `Tutup` is two headings."""
    joined, title = [], ""
    for position in range(max(len(titles), len(cells))):
        own = titles[position] if position < len(titles) else ""
        title, low = own or title, cells[position] if position < len(cells) else ""
        is_alone = not low or fold_heading(low) == fold_heading(own)
        joined.append(own if is_alone else f"{title} {low}".strip())
    return tuple(joined)
