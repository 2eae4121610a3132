"""A file -> a frame of text: only contract columns are ever read, with spreadsheet row numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from pipelines import progress, repairs, tables
from pipelines.contracts import Contract
from pipelines.encoding import Source, open_source
from pipelines.headings import Headings, find
from pipelines.ragged import last_heading, short_rows
from pipelines.records import records
from pipelines.workbook import choice

ROW, OVERLONG = tables.ROW, "_kelebihan"
# How far beyond the headings a row is looked at for cells that do not belong there.
_EXTRA = 8
_EVERY = 20_000
_BLANK = "_kosong_di_ujung"


@dataclass(frozen=True)
class Table:
    """A file as text. `frame` holds the contract columns that the file has, `baris` (as in a spreadsheet) and
    `_kelebihan` (the row has more cells than headings, or a quote that never closes). `repairs` says in
    sentences what was mended or assumed; `sheet` is the sheet that was read, None for a CSV."""

    frame: pl.DataFrame
    headings: Headings
    encoding: str | None
    sha256: str
    refusal: str | None = None
    fix: str | None = None
    repairs: tuple[str, ...] = ()
    sheet: str | None = None

    def own(self, name: str) -> str:
        """The file's own heading of a contract column."""
        return self.headings.own.get(name, name)


def read(
    source: Path | bytes,
    contract: Contract,
    sheet: str | None = None,
    is_known: Callable[[str], bool] | None = None,
) -> Table:
    """Read a CSV or a workbook (XLSX, XLSB, XLS, ODS; `sheet` names the sheet when several could be meant).

    What cannot be read at all comes back with `refusal`; a missing path raises OSError. is_known: of a hash;
    a file that is known comes back without a row, and its cells are not looked at.
    """
    if choice.is_workbook(source):
        chosen = choice.choose(source, contract, sheet)
        opened, name = chosen.source, chosen.sheet
        if opened.refusal:
            return _unread(opened, Headings(), opened.refusal, chosen.fix)
    else:
        opened, name = open_source(source), None
    if is_known and is_known(opened.sha256):
        return Table(pl.DataFrame({ROW: []}), Headings(), opened.encoding, opened.sha256, sheet=name)
    return replace(_read_text(opened, contract), sheet=name)


def sheets(source: Path | bytes) -> tuple[str, ...]:
    """The names of a workbook's sheets that can be seen, in order; none for a CSV.

    UserError when it cannot be opened.
    """
    return choice.names(source) if choice.is_workbook(source) else ()


def _read_text(opened: Source, contract: Contract) -> Table:
    if opened.refusal:
        return _unread(opened, Headings(), opened.refusal, None)
    head = opened.head()
    headings = find(repairs.mend(head) if opened.is_doubled else head, contract)
    if headings.refusal:
        return _unread(opened, headings, headings.refusal, headings.fix)
    if not headings.positions:
        found = "tidak ada judul kolom yang dikenali" if head.strip() else "berkas ini kosong"
        return _unread(opened, headings, found, "baris pertama harus berisi judul kolom, seperti di templat")
    frame, short, is_careful = _read_table(opened, headings)
    frame, left_out = tables.first_table(frame, headings, contract)
    said = [*opened.repairs, *repairs.of_headings(headings, opened.usual), *left_out]
    if is_careful:
        said.append("Tanda kutip di berkas ini tidak rapi, jadi berkas dibaca baris demi baris.")
    said += repairs.of_short_rows(frame[ROW].filter(frame[ROW].is_in(short)) if short else [])
    if opened.is_doubled:
        frame, mended = repairs.mend_frame(frame)
        said += mended
    return Table(frame, headings, opened.encoding, opened.sha256, repairs=tuple(said))


def _read_table(opened: Source, headings: Headings) -> tuple[pl.DataFrame, list[int], bool]:
    """The frame, the rows that are too short, and whether the careful reader was needed.

    The quick reader where the quotes add up; where they do not, or it gives up, the careful one.
    """
    if opened.quotes.adds_up(headings.delimiter):
        try:
            frame = _read_fast(opened, headings)
        except pl.exceptions.ComputeError:
            pass
        else:
            blank = frame.lazy().filter(_BLANK).select(ROW).collect()[ROW]
            return frame.drop(_BLANK), short_rows(opened, headings, blank, frame.height), False
    return *_read_carefully(opened, headings), True


def _unread(opened: Source, headings: Headings, refusal: str, fix: str | None) -> Table:
    told = opened.repairs
    return Table(pl.DataFrame({ROW: []}), headings, opened.encoding, opened.sha256, refusal, fix, told)


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
        glob=False,
    )
    width = len(headings.cells)
    wanted = [pl.col(f"c{position}").alias(name) for name, position in headings.positions.items()]
    extra = pl.any_horizontal(_say_something(names[width:])).alias(OVERLONG)
    number = pl.col(ROW).cast(pl.Int32) + (headings.row - headings.record)
    blank = pl.col(f"c{last_heading(headings)}").is_null().alias(_BLANK)
    frame = scanned.select(number, *wanted, extra, blank).collect()[headings.record + 1 :]
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


def _read_carefully(opened: Source, headings: Headings) -> tuple[pl.DataFrame, list[int]]:
    """Row by row, for a file with stray quotes: a line that cannot be read is refused alone.

    Beside the frame the numbers of the rows that have fewer cells than there are headings.
    """
    columns: dict[str, list] = {ROW: [], **{name: [] for name in headings.positions}, OVERLONG: []}
    width, short, last = len(headings.cells), [], last_heading(headings)
    with opened.lines() as lines:
        for record, cells in enumerate(records(lines, headings.delimiter)):
            if record % _EVERY == 0:
                progress.tell("Membaca berkas baris demi baris", record)
            if record <= headings.record or (cells is not None and not any(map(str.strip, cells))):
                continue
            if cells is not None and len(cells) <= last:
                short.append(record + headings.row - headings.record)
            columns[ROW].append(record + headings.row - headings.record)
            columns[OVERLONG].append(cells is None or any(map(str.strip, cells[width : width + _EXTRA])))
            for name, position in headings.positions.items():
                value = cells[position] if cells is not None and position < len(cells) else ""
                columns[name].append(value or None)
    schema = {ROW: pl.Int32, **dict.fromkeys(headings.positions, pl.String), OVERLONG: pl.Boolean}
    return pl.DataFrame(columns, schema=schema), short
