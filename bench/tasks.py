"""What measured children do with files of an office: write, read, check, keep; tasks of `bench.child`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import polars as pl
import python_calamine
import xlsxwriter

from pipelines import build, contracts, intake, lake, read, sample


@contextmanager
def timed() -> Iterator[dict]:
    """A dict that holds the wall seconds of the block when it has ended."""
    spent: dict = {}
    start = time.perf_counter()
    yield spent
    spent["seconds"] = time.perf_counter() - start


def write_workbook(out: str, rows: str) -> dict:
    """Write an XLSX of so many laporan: the columns of the contract, dates as days."""
    frame = sample.frame(int(rows), prefix="", akses=False)
    days = [name for name in frame.columns if name.startswith("tanggal_")]
    typed = frame.with_columns(pl.col(days).str.to_date("%Y-%m-%d", strict=False))
    with (
        timed() as spent,
        xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book,
    ):
        sheet = book.add_worksheet("Laporan")
        sheet.write_row(0, 0, typed.columns)
        for number, row in enumerate(typed.iter_rows(), start=1):
            sheet.write_row(number, 0, row)
    return spent


def calamine_read(file: str) -> dict:
    """The yardstick of a workbook: python-calamine's own read of its sheet into rows."""
    with timed() as spent:
        rows = python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return spent | {"rows": len(rows)}


def read_workbook(file: str) -> dict:
    """The same sheet as our reader gives it: checked for bombs, read in a child, a frame of text."""
    with timed() as spent:
        table = read.read(Path(file), contracts.load("laporan"))
    return spent | {"rows": table.frame.height}


def check_only(file: str) -> dict:
    """Check a file; nothing is kept."""
    with timed() as spent:
        result = intake.check_file("laporan", Path(file))
    return spent | {"accepted": result.accepted, "rejected": result.rejected}


def keep_again(file: str) -> dict:
    """Ingest a file that the lake holds already; the warehouse stands, so that only the file is looked at."""
    with mock.patch.object(build, "build"), timed() as spent:
        result = intake.ingest_file("laporan", Path(file), by="bench")
    if not result.duplicate_of or len(lake.batches()) != 1:
        raise RuntimeError("the same file was not recognised")
    return spent


def pandas_and_pandera(file: str, out: str) -> dict:
    """The same checks with pandas and pandera, good rows to Parquet."""
    from bench import pandas_way

    with timed() as spent:
        counts = pandas_way.run(file, out)
    return spent | counts
