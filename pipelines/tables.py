"""More than one row of headings in a file: repeated ones are no data, and another table is not read."""

import polars as pl

from pipelines.contracts import Contract
from pipelines.headings import Headings, meanings_of
from pipelines.repairs import numbered
from pipelines.terms import fold_heading

ROW = "baris"
# Columns in which a heading differs most plainly from what stands below it come first.
_PLAINEST = ("date", "int", "decimal", "yesno", "region", "term", "terms", "text")


def first_table(
    frame: pl.DataFrame, headings: Headings, contract: Contract
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of the first table, without rows that repeat its headings; and what was left out, in words."""
    repeated, other = _later_headings(frame, headings, contract)
    said = []
    if other is not None:
        frame = frame.filter(pl.col(ROW) < other)
        repeated = [row for row in repeated if row < other]
        said.append(
            f"Tabel lain mulai di baris {other} tidak dibaca, karena judul kolomnya berbeda; "
            "unggah tabel itu sebagai berkas tersendiri."
        )
    if repeated:
        frame = frame.filter(~pl.col(ROW).is_in(repeated))
        said.insert(0, f"Judul kolom yang terulang di {numbered(repeated)} tidak dihitung sebagai data.")
    return frame, tuple(said)


def _later_headings(
    frame: pl.DataFrame, headings: Headings, contract: Contract
) -> tuple[list[int], int | None]:
    """The rows that repeat the headings, and the first one that is the row of headings of another table."""
    names = [name for name in headings.positions if name in contract.names]
    if len(names) < 2:
        return [], None
    meanings, repeated = meanings_of(contract), []
    plainest = min(names, key=lambda name: _PLAINEST.index(contract.column(name).type))
    for row in _suspects(frame, plainest, meanings).iter_rows(named=True):
        cells = {name: meanings.get(fold_heading(row[name])) for name in names if row[name]}
        known = sum(meaning is not None for meaning in cells.values())
        if known < max(2, len(names) // 2):
            continue
        if all(meaning in (None, name) for name, meaning in cells.items()):
            repeated.append(row[ROW])
        else:
            return repeated, row[ROW]
    return repeated, None


def _suspects(frame: pl.DataFrame, name: str, meanings: dict[str, str]) -> pl.DataFrame:
    """The rows with a known heading in one column; a heading holds no digit."""
    texts = frame.lazy().select(pl.col(name)).filter(~pl.col(name).str.contains(r"\d")).unique().collect()
    found = [text for text in texts[name].drop_nulls() if fold_heading(text) in meanings]
    return frame.filter(pl.col(name).is_in(found)) if found else frame.clear()
