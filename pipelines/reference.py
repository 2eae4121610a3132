"""The shipped lists and registers, read strictly: a broken row stops with file, row, column and reason."""

from functools import cache
from pathlib import Path

import polars as pl

from pipelines import check, contracts, places, problems
from pipelines.contracts import Contract
from pipelines.errors import UserError
from pipelines.read import ROW
from pipelines.read import read as read_table


class BrokenReference(UserError):
    """A shipped file does not keep its contract: file, row (header = 1), column, reason."""


def path_of(name: str) -> Path:
    """Where a shipped file stands: data/reference, else data/registers."""
    listed = places.REFERENCE / f"{name}.csv"
    return listed if listed.exists() else places.REGISTERS / f"{name}.csv"


@cache
def read(name: str) -> pl.DataFrame:
    """A shipped file, typed as its contract says, one row per line of the file; BrokenReference otherwise.

    Registers that are also a kind of extract have the accepted frame's columns, `baris` and all.
    """
    return read_file(path_of(name), contracts.reference(name))


def read_file(path: Path, contract: Contract) -> pl.DataFrame:
    """As `read`, for any path."""
    if not path.exists():
        raise BrokenReference(f"{path.name}: berkas tidak ada")
    table = read_table(path, contract)
    unknown = [*table.headings.dropped, *table.headings.ignored]
    if unknown:
        raise BrokenReference(
            f"{path.name}, baris {table.headings.row}: kolom tidak dikenal: {', '.join(unknown)}"
        )
    judgement = check.judge(table, contract)
    problems_found = [
        *judgement.problems,
        *_repeated(judgement.frame, contract),
        *_unresolved(judgement.frame, contract),
    ]
    found = problems.gather(problems_found)
    for row in found.filter(pl.col("level") == problems.REFUSED).iter_rows(named=True):
        value = f" ('{row['value']}')" if row["value"] else ""
        raise BrokenReference(
            f"{path.name}, baris {row['row']}, kolom {row['column']}{value}: {row['reason']}"
        )
    return judgement.frame if contract.kind in contracts.KINDS else judgement.frame.select(contract.names)


def _repeated(frame: pl.DataFrame, contract: Contract) -> list[pl.DataFrame]:
    """Values that must be unique but are not, and whole keys that stand twice."""
    found = []
    for columns in [contract.key, *((c.name,) for c in contract.columns if c.unique)]:
        known = frame.filter(pl.any_horizontal(pl.col(columns).is_not_null())) if columns else frame.clear()
        twice = known.filter(pl.struct(columns).is_duplicated()) if columns else known
        twice = twice.select(pl.col(ROW).alias("row"), pl.lit(None, pl.String).alias("value"))
        found.append(problems.many(twice, " + ".join(columns), "nilai ini muncul lebih dari sekali", None))
    return found


def _unresolved(frame: pl.DataFrame, contract: Contract) -> list[pl.DataFrame]:
    """Values that must stand in another shipped file (`refers = "berkas.kolom"`) but do not."""
    found = []
    for column in contract.columns:
        if column.refers:
            name, of = column.refers.split(".")
            lost = frame.filter(~pl.col(column.name).is_in(read(name)[of].implode()))
            lost = lost.select(pl.col(ROW).alias("row"), pl.col(column.name).alias("value"))
            found.append(problems.many(lost, column.name, f"tidak ada di {name}.csv", None))
    return found
