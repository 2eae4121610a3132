"""What a file would change: the warehouse's own fold over the cases it touches, before and after."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines import keys, places, warehouse
from pipelines.cells import DTYPES
from pipelines.check import CLEARED
from pipelines.contracts import Contract
from pipelines.known import ORDER, Known, live_rows
from pipelines.lake import Batch
from pipelines.read import ROW


@dataclass(frozen=True)
class Counts:
    """Accepted rows by what they do: together they are all accepted rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def count(frame: pl.DataFrame, known: Known, contract: Contract, per_tanggal: date) -> Counts:
    """Count accepted rows (with `kasus`, without repeats) as new, changed or unchanged."""
    if known.is_empty:
        return Counts(new=frame.height)
    before, after = before_and_after(frame, known, contract, per_tanggal)
    key = key_of(contract)
    kept = same(before, after, key, contract)
    said = frame.select(list(dict.fromkeys([*key, *contract.link])))
    is_known = _stands_in(said, before, key)
    if contract.link:
        agenda = contract.link[1]
        is_known = is_known | said[agenda].is_in(before[keys.CASE].implode()).fill_null(False)
    new = int((~is_known).sum())
    unchanged = int((is_known & _stands_in(said, kept, key)).sum())
    return Counts(new, frame.height - new - unchanged, unchanged)


def before_and_after(
    frame: pl.DataFrame, known: Known, contract: Contract, per_tanggal: date
) -> list[pl.DataFrame]:
    """The cases that accepted rows touch, folded without and with them."""
    earlier = sum(batch.per_tanggal <= per_tanggal for batch in known.batches)
    added = frame.drop(keys.CASE, strict=False).with_columns(pl.lit(2 * earlier + 1, pl.Int32).alias(ORDER))
    rows = known.rows.drop(keys.CASE, strict=False).with_columns(pl.col(ORDER) * 2)
    return folds([rows, pl.concat([rows, added], how="diagonal")], contract)


def key_of(contract: Contract) -> list[str]:
    """The columns of a folded row that say which one it is."""
    return [keys.CASE] if contract.link else list(contract.key)


def fold_for(contract: Contract, batches: list[Batch], names: list[str]) -> pl.DataFrame:
    """Every live case with its key and these columns; the others are not read and come out empty."""
    wanted = {*names, *(contract.link or contract.key), ROW, CLEARED, ORDER}
    rows = live_rows(contract, batches)
    if rows is None:
        return folds([pl.DataFrame(schema=_schema(contract))], contract)[0]
    blank = [
        pl.lit(None, kind).alias(name) for name, kind in rows.collect_schema().items() if name not in wanted
    ]
    return folds([rows.with_columns(blank).collect()], contract)[0]


def _schema(contract: Contract) -> dict[str, pl.DataType]:
    typed = {column.name: DTYPES.get(column.type, pl.String) for column in contract.columns}
    return typed | {ROW: pl.Int32, CLEARED: pl.String, ORDER: pl.Int32}


def folds(versions: list[pl.DataFrame], contract: Contract) -> list[pl.DataFrame]:
    """Each set of rows as one row per case or key, by the very SQL that the warehouse is built with."""
    text = (places.SQL / "staging" / f"{contract.kind}.sql").read_text(encoding="utf-8")
    folded = []
    with warehouse.workbench() as bench:
        for rows in versions:
            bench.register(f"muat_{contract.kind}", rows)
            folded.append(warehouse.frame(bench, text))
            bench.unregister(f"muat_{contract.kind}")
    return folded


def same(before: pl.DataFrame, after: pl.DataFrame, key: list[str], contract: Contract) -> pl.DataFrame:
    """The keys whose folded rows do not differ in any column of the contract."""
    told = [name for name in contract.names if name not in key]
    pairs = after.join(before, on=key, how="inner", nulls_equal=True, suffix="_before")
    return pairs.filter(pl.all_horizontal(pl.col(n).eq_missing(pl.col(f"{n}_before")) for n in told)).select(
        key
    )


def _stands_in(rows: pl.DataFrame, folded: pl.DataFrame, key: list[str]) -> pl.Series:
    found = folded.select(key).unique().with_columns(pl.lit(True).alias("_found"))
    joined = rows.join(found, on=key, how="left", nulls_equal=True, maintain_order="left")
    return joined["_found"].fill_null(False)
