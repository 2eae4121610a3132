"""Rows that have fewer cells than there are headings: which ones, so that it can be said."""

import polars as pl

from pipelines.encoding import Source
from pipelines.headings import Headings
from pipelines.records import records

# Up to this size (bytes) every record is counted; a larger file only where few rows end in a blank cell
# (as a share of all), or the look at them would cost more than reading the file did.
_SMALL, _FEW = 1 << 23, 0.05


def last_heading(headings: Headings) -> int:
    """The position of the last column that has a heading."""
    return max(position for position, cell in enumerate(headings.cells) if cell)


def short_rows(opened: Source, headings: Headings, rows: pl.Series, total: int) -> list[int]:
    """Of the rows whose last cell is blank those in which it is not there at all, in order.

    rows: their numbers as in a spreadsheet; total: how many rows the file has.
    """
    if rows.is_empty():
        return []
    size = len(opened.content) if isinstance(opened.content, bytes) else opened.content.stat().st_size
    if size <= _SMALL and opened.quotes.count:
        return _count_records(opened, headings, set(rows))
    if size <= _SMALL or rows.len() <= _FEW * total:
        return _count_lines(opened, headings, rows)
    return []


def _count_records(opened: Source, headings: Headings, rows: set[int]) -> list[int]:
    shift, last, found = headings.row - headings.record, last_heading(headings), []
    with opened.lines() as lines:
        for number, cells in enumerate(records(lines, headings.delimiter)):
            if number + shift in rows and cells is not None and len(cells) <= last:
                found.append(number + shift)
    return found


def _count_lines(opened: Source, headings: Headings, rows: pl.Series) -> list[int]:
    """Separators counted line by line; cells in quotes are left out first. Only where a line is a record."""
    lines = pl.scan_lines(opened.content, row_index_name="row", glob=False)
    shift = headings.row - headings.record
    wanted = lines.filter(pl.col("row").is_in((rows - shift).cast(pl.get_index_type()).implode()))
    line = pl.col("line").str.replace_all('"[^"]*"', "") if opened.quotes.count else pl.col("line")
    separators = line.str.count_matches(headings.delimiter, literal=True).fill_null(0)
    short = wanted.filter(separators < last_heading(headings), line.str.count_matches('"', literal=True) == 0)
    return [row + shift for row in short.select("row").collect()["row"]]
