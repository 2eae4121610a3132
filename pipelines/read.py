"""Bytes of a CSV -> a frame of text: only contract columns are ever read, with spreadsheet row numbers."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.contracts import Contract
from pipelines.encoding import Source, open_source
from pipelines.headings import Headings, find

ROW, OVERLONG = "baris", "_kelebihan"
# How far beyond the headings a row is looked at for cells that do not belong there.
_EXTRA = 8
# A quoted cell of more lines than this is taken for a quote that was never closed.
_LONGEST = 200


@dataclass(frozen=True)
class Table:
    """A file as text. `frame` holds the contract columns that the file has, `baris` (as in a spreadsheet) and
    `_kelebihan` (the row has more cells than headings, or a quote that never closes)."""

    frame: pl.DataFrame
    headings: Headings
    encoding: str | None
    sha256: str
    refusal: str | None = None
    fix: str | None = None

    def own(self, name: str) -> str:
        """The file's own heading of a contract column."""
        return self.headings.own.get(name, name)


def read(source: Path | bytes, contract: Contract) -> Table:
    """Read a file. What cannot be read at all comes back with `refusal`; a missing path raises OSError."""
    opened = open_source(source)
    if opened.refusal:
        return _unread(opened, Headings(), opened.refusal, None)
    headings = find(opened.head(), contract)
    if headings.refusal:
        return _unread(opened, headings, headings.refusal, headings.fix)
    if not headings.positions:
        fix = "baris pertama harus berisi judul kolom, seperti di templat"
        return _unread(opened, headings, "tidak ada judul kolom yang dikenali", fix)
    frame = _read_table(opened, headings)
    return Table(frame, headings, opened.encoding, opened.sha256)


def _read_table(opened: Source, headings: Headings) -> pl.DataFrame:
    """The quick reader where the quotes add up; where they do not, or it gives up, the careful one."""
    if opened.quotes.adds_up(headings.delimiter):
        try:
            return _read_fast(opened, headings)
        except pl.exceptions.ComputeError:
            pass
    return _read_carefully(opened, headings)


def _unread(opened: Source, headings: Headings, refusal: str, fix: str | None) -> Table:
    return Table(pl.DataFrame({ROW: []}), headings, opened.encoding, opened.sha256, refusal, fix)


def _read_fast(opened: Source, headings: Headings) -> pl.DataFrame:
    """Polars over the whole file, once the quotes are known to add up."""
    names = [f"c{position}" for position in range(len(headings.cells) + _EXTRA)]
    scanned = pl.scan_csv(
        opened.content,
        has_header=False,
        separator=headings.delimiter,
        schema=dict.fromkeys(names, pl.String),
        missing_columns="insert",
        extra_columns="ignore",
        truncate_ragged_lines=True,
        row_index_name=ROW,
    )
    width = len(headings.cells)
    wanted = [pl.col(f"c{position}").alias(name) for name, position in headings.positions.items()]
    extra = pl.any_horizontal(_say_something(names[width:])).alias(OVERLONG)
    number = pl.col(ROW).cast(pl.Int32) + (headings.row - headings.record)
    frame = scanned.select(number, *wanted, extra).collect()[headings.record + 1 :]
    silent = _silent_rows(frame, list(headings.positions))
    if silent.is_empty():
        return frame
    unread = pl.any_horizontal(_say_something(names[:width]))
    spoken = scanned.select(number, unread.alias("spoken")).filter(
        "spoken", pl.col(ROW).is_in(silent.implode())
    )
    blank = silent.filter(~silent.is_in(spoken.collect()[ROW].implode()))
    return frame.filter(~pl.col(ROW).is_in(blank.implode()))


def _say_something(names: list[str]) -> pl.Expr:
    return pl.col(names).str.strip_chars().str.len_bytes().fill_null(0) > 0


def _silent_rows(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    """The rows without a word in any column that is kept; looked for where the fullest column is blank."""
    fullest = min(names, key=lambda name: frame[name].null_count())
    doubtful = frame.filter(~_say_something([fullest]) & ~pl.col(OVERLONG))
    return doubtful.filter(~pl.any_horizontal(_say_something(names)))[ROW]


def _read_carefully(opened: Source, headings: Headings) -> pl.DataFrame:
    """Row by row, for a file with stray quotes: a line that cannot be read is refused alone."""
    columns: dict[str, list] = {ROW: [], **{name: [] for name in headings.positions}, OVERLONG: []}
    width = len(headings.cells)
    with opened.lines() as lines:
        for record, cells in enumerate(_records(lines, headings.delimiter)):
            if record <= headings.record or (cells is not None and not any(map(str.strip, cells))):
                continue
            columns[ROW].append(record + headings.row - headings.record)
            columns[OVERLONG].append(cells is None or any(map(str.strip, cells[width : width + _EXTRA])))
            for name, position in headings.positions.items():
                value = cells[position] if cells is not None and position < len(cells) else ""
                columns[name].append(value or None)
    schema = {ROW: pl.Int32, **dict.fromkeys(headings.positions, pl.String), OVERLONG: pl.Boolean}
    return pl.DataFrame(columns, schema=schema)


def _records(lines: Iterable[str], delimiter: str) -> Iterator[list[str] | None]:
    """The cells of each record; None for a line whose quotes are broken: the next line is then tried."""
    upcoming = _Upcoming(lines)
    reader = csv.reader(upcoming, delimiter=delimiter, strict=True)
    while True:
        upcoming.taken.clear()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            upcoming.give_back_all_but_one()
            reader = csv.reader(upcoming, delimiter=delimiter, strict=True)
            yield None


class _Upcoming:
    """Lines that can be taken again when the record that begins with the first cannot be read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.taken: list[str] = []
        self._again: deque[str] = deque()
        self._source = iter(lines)

    def __iter__(self) -> "_Upcoming":
        return self

    def __next__(self) -> str:
        if len(self.taken) == _LONGEST:
            raise csv.Error("a quote that never closes")
        line = self._again.popleft() if self._again else next(self._source)
        self.taken.append(line)
        return line

    def give_back_all_but_one(self) -> None:
        """The first line is spent; the others are read anew."""
        self._again.extendleft(reversed(self.taken[1:]))
