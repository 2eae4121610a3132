"""More than one row of headings in a file: repeated ones are no data, and another table is not read."""

from functools import cache

import polars as pl

from pipelines import contracts
from pipelines.contracts import Contract
from pipelines.headings import Headings, meanings_of
from pipelines.repairs import numbered
from pipelines.terms import fold_heading, is_empty

ROW = "baris"
# Columns in which a heading differs most plainly from what stands below it come first.
_PLAINEST = ("date", "int", "decimal", "yesno", "region", "term", "terms", "text")
_ELSEWHERE = "jenis lain"


def first_table(
    frame: pl.DataFrame, headings: Headings, contract: Contract
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of the first table, without rows that repeat its headings; and what was left out, in words."""
    repeated, other = _later_headings(frame, headings, contract)
    if not repeated and other is None:
        return frame, ()
    said = []
    titles = [title for row in (*repeated, other) if (title := _title_above(frame, row, contract))]
    if other is not None:
        frame = frame.filter(pl.col(ROW) < other)
        repeated = [row for row in repeated if row < other]
        said.append(
            f"Tabel lain mulai di baris {other} tidak dibaca, karena judul kolomnya berbeda; "
            "unggah tabel itu sebagai berkas tersendiri."
        )
    if titles:
        said.insert(0, f"Judul tabel di {numbered(titles)} dilewati.")
    if repeated:
        said.insert(0, f"Judul kolom yang terulang di {numbered(repeated)} tidak dihitung sebagai data.")
    return frame.filter(~pl.col(ROW).is_in([*repeated, *titles])), tuple(said)


def _later_headings(
    frame: pl.DataFrame, headings: Headings, contract: Contract
) -> tuple[list[int], int | None]:
    """The rows that repeat the headings, and the first one that is the row of headings of another table."""
    names = [name for name in headings.positions if name in contract.names]
    if len(names) < 2:
        return [], None
    meanings, repeated = dict.fromkeys(_all_headings(), _ELSEWHERE) | meanings_of(contract), []
    plainest = min(names, key=lambda name: _PLAINEST.index(contract.column(name).type))
    for row in _suspects(frame, plainest, meanings).iter_rows(named=True):
        cells = {name: meanings.get(fold_heading(row[name])) for name in names if row[name]}
        if not _are_headings(list(cells.values()), len(names)):
            continue
        if all(meaning in (None, name) for name, meaning in cells.items()):
            repeated.append(row[ROW])
        else:
            return repeated, row[ROW]
    return repeated, None


def _are_headings(meant: list[str | None], width: int) -> bool:
    """Whether cells with these meanings are headings; of another kind of file, every one must be one."""
    known = sum(meaning is not None for meaning in meant)
    if _ELSEWHERE in meant:
        return known == len(meant) >= 3
    return known >= max(2, width // 2)


@cache
def _all_headings() -> frozenset[str]:
    """The folded headings of every kind of file."""
    return frozenset(heading for kind in contracts.KINDS for heading in meanings_of(contracts.load(kind)))


def _suspects(frame: pl.DataFrame, name: str, meanings: dict[str, str]) -> pl.DataFrame:
    """The rows with a known heading in one column; a heading holds no digit."""
    texts = frame.lazy().select(pl.col(name)).filter(~pl.col(name).str.contains(r"\d")).unique().collect()
    found = [text for text in texts[name].drop_nulls() if fold_heading(text) in meanings]
    return frame.filter(pl.col(name).is_in(found)) if found else frame.clear()


def _title_above(frame: pl.DataFrame, heading: int | None, contract: Contract) -> int | None:
    """The row right above a later row of headings when it has one cell only and could be no row of data."""
    above = frame.filter(pl.col(ROW) < (heading or 0)).tail(1)
    if above.is_empty():
        return None
    row = above.row(0, named=True)
    said = {name for name in contract.names if row.get(name) and not is_empty(row[name])}
    required = {column.name for column in contract.columns if column.required}
    is_data = required <= said and (not contract.any_of or bool(said & set(contract.any_of)))
    return row[ROW] if len(said) == 1 and not is_data else None
