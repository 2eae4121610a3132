"""What the SQL of a build reads: shipped lists and registers, the lake, its manifests, the calendar."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import calendar_id, contracts, lake, reference, warehouse
from pipelines.lake import Batch

BEFORE = "sebelumnya"
REGISTERS = tuple(kind for kind in contracts.KINDS if kind not in contracts.EXTRACTS)
TYPES = {"date": pl.Date, "int": pl.Int64, "decimal": pl.Float64}
MANIFEST = {
    "batch": pl.String,
    "urutan_unggah": pl.Int64,
    "urutan_batch": pl.Int64,
    "kind": pl.String,
    "file": pl.String,
    "rows": pl.Int64,
    "accepted": pl.Int64,
    "rejected": pl.Int64,
    "per_tanggal": pl.Date,
    "sejak": pl.Date,
    "cakupan": pl.String,
    "by": pl.String,
    "when": pl.String,
    "contoh": pl.Boolean,
    "live": pl.Boolean,
}


def load(
    connection: Any, batches: Sequence[Batch] | None = None, before: Path | None = None
) -> frozenset[str]:
    """Give a connection muat_<list>, muat_<register>, muat_batch, muat_kalender and the lake's files.

    `batches` is the lake as it stood when the build began (default: as it stands). `before` is a warehouse
    built from the same shipped lists: they are copied out of it instead of being read and checked again.
    Returns the staging steps that must not run, because there is no file to read: their tables are here
    already, empty.
    """
    batches = lake.batches() if batches is None else batches
    is_copied = before is not None and _attached(connection, before)
    connection.execute("begin")
    for name in contracts.names():
        if name in REGISTERS:
            shipped = _shipped_before(connection, name) if is_copied else _numbered(reference.read(name))
            _table(connection, f"muat_{name}", _with_batches(shipped, in_fold_order(batches, name)))
        elif is_copied:
            _copy(connection, f"muat_{name}")
        else:
            _table(connection, f"muat_{name}", _numbered(reference.read(name)))
    if is_copied:
        _copy(connection, "muat_kalender")
    else:
        _table(connection, "muat_kalender", calendar_id.calendar(reference.read("hari_libur_koreksi")))
    _table(connection, "muat_batch", _manifests(batches), "temp table")
    absent = [_extract(connection, kind, in_fold_order(batches, kind)) for kind in contracts.EXTRACTS]
    connection.execute("commit")
    return frozenset().union(*absent)


def in_fold_order(batches: Sequence[Batch], kind: str) -> list[Batch]:
    """The live batches of a kind in the order of the fold: per_tanggal, then upload."""
    live = (batch for batch in batches if batch.live and batch.kind == kind)
    return sorted(live, key=lambda batch: (batch.per_tanggal, batch.seq))


def _attached(connection: Any, before: Path) -> bool:
    """Whether a warehouse file could be opened beside; a damaged one is no reason to fail."""
    try:
        connection.execute(f"attach $berkas as {BEFORE} (read_only)", {"berkas": os.fspath(before)})
    except warehouse.Error:
        return False
    return True


def _copy(connection: Any, name: str) -> None:
    connection.execute(f"create table {name} as from {BEFORE}.{name}")


def _shipped_before(connection: Any, name: str) -> pl.DataFrame:
    """The shipped rows of a register as the warehouse before holds them: those of no batch."""
    rows = warehouse.frame(connection, f"from {BEFORE}.muat_{name}")
    return rows.filter(urutan_batch=0).drop("urutan_batch")


def _extract(connection: Any, kind: str, live: list[Batch]) -> frozenset[str]:
    """Name the files of a kind, or put an empty table in their place; the steps that must not run."""
    if live:
        files = [os.fspath(batch.path) for batch in live]
        connection.execute(f"set variable berkas_{kind} = $files", {"files": files})
        return frozenset()
    _table(connection, f"muat_{kind}", _empty(kind), "temp table")
    return frozenset({f"staging/muat_{kind}"})


def _table(connection: Any, name: str, frame: pl.DataFrame, how: str = "table") -> None:
    connection.register("sumber_baru", frame)
    connection.execute(f"create {how} {name} as from sumber_baru")
    connection.unregister("sumber_baru")


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """With `baris`, the row in the file (header = 1): the order in which a list is written."""
    if "baris" in frame.columns:
        return frame
    return frame.with_row_index("baris", offset=2).cast({"baris": pl.Int32})


def _with_batches(shipped: pl.DataFrame, live: list[Batch]) -> pl.DataFrame:
    """The shipped register first (urutan_batch 0), then its live batches in the order of the fold."""
    frames = [shipped, *(pl.read_parquet(batch.path, glob=False) for batch in live)]
    numbered = [
        frame.with_columns(pl.lit(order, pl.Int32).alias("urutan_batch"))
        for order, frame in enumerate(frames)
    ]
    return pl.concat(numbered, how="diagonal_relaxed")


def _manifests(batches: Sequence[Batch]) -> pl.DataFrame:
    order = {
        b.batch: n for kind in contracts.KINDS for n, b in enumerate(in_fold_order(batches, kind), start=1)
    }
    rows = [
        {name: getattr(batch, name, None) for name in MANIFEST}
        | {
            "urutan_unggah": batch.seq,
            "urutan_batch": order.get(batch.batch),
            "cakupan": " | ".join(batch.cakupan),
        }
        for batch in batches
    ]
    return pl.DataFrame(rows, schema=MANIFEST, orient="row")


def _empty(kind: str) -> pl.DataFrame:
    """The accepted frame of a kind without a row, for a lake without a live batch of it."""
    schema = {column.name: TYPES.get(column.type, pl.String) for column in contracts.load(kind).columns}
    return pl.DataFrame(
        schema=schema | {"baris": pl.Int32, "dikosongkan": pl.String, "urutan_batch": pl.Int32}
    )
