"""The registers as statements: what was said about each row, by which batch, and what stands now.

A row of a register is known by its key. The shipped register speaks first, then each batch in the order of
the fold; a correction is one more statement, and no statement is ever overwritten.
"""

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines import compare, contracts, lake, reference
from pipelines.check import CLEARED
from pipelines.contracts import Contract
from pipelines.known import ORDER
from pipelines.read import ROW
from pipelines.terms import CLEARED as CLEAR

CODE, NUMBER = "kunci", "No"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FILE_PREFIX = "formulir-"
TOLD = ("batch", "by", "when", "file", "per_tanggal_batch", "live")


def read(batches: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Every statement of a register, in the order of the fold; one row each.

    batches: the answer of `batch_data`. Columns: those of the contract, `baris`, `dikosongkan`,
    `urutan_batch`, `kunci` (see `code`), and TOLD, which is null for the shipped register. An undone batch's
    statements stand in their place with `live` False.
    """
    contract = contracts.load(kind)
    shipped = reference.read(kind).with_columns(pl.lit(True).alias("live"))
    ordered = batches.filter(kind=kind).sort("per_tanggal", maintain_order=True)
    paths = {batch.batch: batch.path for batch in lake.batches(kind)}
    said = [
        pl.read_parquet(paths[row["batch"]], glob=False).with_columns(_told(row))
        for row in ordered.iter_rows(named=True)
        if row["batch"] in paths
    ]
    numbered = [
        part.with_columns(pl.lit(order, pl.Int32).alias(ORDER)) for order, part in enumerate([shipped, *said])
    ]
    rows = pl.concat(numbered, how="diagonal_relaxed").sort(ORDER, ROW, maintain_order=True)
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in TOLD if name not in rows.columns)
    return rows.with_columns(_codes(rows, contract))


def newest(statements: pl.DataFrame, kind: str) -> pl.DataFrame:
    """One row per key: the contract's columns as they stand now, by the warehouse's own fold, and `kunci`."""
    contract = contracts.load(kind)
    live = statements.filter("live").drop(CODE, *TOLD)
    folded = compare.folds([live], contract)[0].select(contract.names)
    return folded.with_columns(_codes(folded, contract)).sort(CODE)


def code(values: Mapping[str, Any], kind: str) -> str:
    """The name of a row in an address: its key where that is one column, else its region and a digest."""
    key = [values[name] for name in contracts.load(kind).key]
    if len(key) == 1:
        return str(key[0])
    told = "|".join("" if part is None else str(part) for part in key)
    return f"{key[0]}-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def as_file(kind: str, texts: Mapping[str, str], before: Mapping[str, Any] | None, number: int) -> bytes:
    """One statement as a file of one row: UTF-8, commas, the contract's columns.

    texts: column -> what is stated, empty for nothing. before: the row as it stands (None: a new row); what
    it says and `texts` does not is cleared. number: how many statements there were, so that stating an
    earlier state again is a file of its own.
    """
    contract, cells = contracts.load(kind), {}
    for name in contract.names:
        text = " ".join(_CONTROL.sub(" ", texts.get(name, "")).split())
        is_cleared = not text and before is not None and before[name] is not None
        cells[name] = CLEAR if is_cleared and name not in contract.key else text
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[NUMBER, *cells], [number, *cells.values()]])
    return written.getvalue().encode()


def stated(statement: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What a statement says: column -> value, None where it clears; what it is silent about is left out."""
    cleared = set((statement[CLEARED] or "").replace(" ", "").split("|"))
    return {
        name: statement[name]
        for name in contracts.load(kind).names
        if statement[name] is not None or name in cleared
    }


def _told(row: Mapping[str, Any]) -> list[pl.Expr]:
    known = row | {"per_tanggal_batch": row["per_tanggal"]}
    return [pl.lit(known[name]).alias(name) for name in TOLD]


def _codes(rows: pl.DataFrame, contract: Contract) -> pl.Series:
    made = [code(row, contract.kind) for row in rows.select(contract.key).iter_rows(named=True)]
    return pl.Series(CODE, made, dtype=pl.String)
