"""What the SQL of a build reads: shipped lists and registers, the lake, its manifests, the calendar."""

import os
from collections.abc import Sequence
from typing import Any

import polars as pl

from pipelines import calendar_id, contracts, lake, reference
from pipelines.lake import Batch

REGISTERS = tuple(kind for kind in contracts.KINDS if kind != "laporan")
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


def load(connection: Any, batches: Sequence[Batch] | None = None) -> frozenset[str]:
    """Give a connection muat_<list>, muat_<register>, muat_batch, muat_kalender and the lake's files.

    `batches` is the lake as it stood when the build began (default: as it stands). Returns the staging steps
    that must not run, because there is no file to read: their tables are here already, empty.
    """
    batches = lake.batches() if batches is None else batches
    for name in contracts.names():
        shipped = _numbered(reference.read(name))
        if name in REGISTERS:
            _table(
                connection, f"muat_{name}", _with_batches(shipped, in_fold_order(batches, name)), "temp table"
            )
        else:
            _table(connection, f"muat_{name}", shipped, "table")
    days = calendar_id.calendar(reference.read("hari_libur_koreksi"))
    _table(connection, "muat_kalender", days, "temp table")
    _table(connection, "muat_batch", _manifests(batches), "temp table")
    files = [os.fspath(batch.path) for batch in in_fold_order(batches, "laporan")]
    if not files:
        _table(connection, "muat_laporan", _empty_laporan(), "temp table")
        return frozenset({"staging/muat_laporan"})
    connection.execute("set variable berkas_laporan = $files", {"files": files})
    return frozenset()


def in_fold_order(batches: Sequence[Batch], kind: str) -> list[Batch]:
    """The live batches of a kind in the order of the fold: per_tanggal, then upload."""
    live = (batch for batch in batches if batch.live and batch.kind == kind)
    return sorted(live, key=lambda batch: (batch.per_tanggal, batch.seq))


def _table(connection: Any, name: str, frame: pl.DataFrame, how: str) -> None:
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
    frames = [shipped, *(pl.read_parquet(batch.path) for batch in live)]
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


def _empty_laporan() -> pl.DataFrame:
    """The accepted frame of laporan without a row, for a lake without a live batch."""
    schema = {column.name: TYPES.get(column.type, pl.String) for column in contracts.load("laporan").columns}
    return pl.DataFrame(
        schema=schema | {"baris": pl.Int32, "dikosongkan": pl.String, "urutan_batch": pl.Int32}
    )
