"""The only place that opens DuckDB: the current warehouse, read-only, and empty workbenches.

A warehouse file never changes once it has its name. A small pointer file names the current one; readers look
at it at each call and move to a new file as a whole: a replaced path would go on returning the old file.
"""

import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines import places
from pipelines.errors import UserError

Error = duckdb.Error
POINTER = "current"
MEMORY_LIMIT = "1000MB"
SPILL = "duckdb-build"  # of the one build at a time, so that the next one may clear it
WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
}
_lock = threading.Lock()
_open: dict[str, "Warehouse"] = {}


@dataclass(frozen=True)
class Warehouse:
    """One built warehouse, opened read-only; ask through `cursor()`, one cursor per use."""

    file: Path
    scope: str
    connection: duckdb.DuckDBPyConnection

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for this use: a shared connection fails under threads."""
        cursor = self.connection.cursor()
        try:
            cursor.execute("use gudang")
            yield cursor
        finally:
            cursor.close()

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The answer of one select with bound $parameters; whole numbers are Int64, other numbers Float64.

        Plain fetching, because a relation plans every statement twice; answers are small.
        """
        with self.cursor() as cursor:
            cursor.execute(query, dict(parameters or {}))
            schema = {name: _type(str(kind)) for name, kind, *_ in cursor.description}
            return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def connect(scope: str = "semua") -> Warehouse:
    """The current warehouse, reopened when the pointer has moved; UserError when none has been built."""
    file = current()
    if file is None:
        raise UserError("Gudang data belum dibangun. Jalankan `python -m pipelines build` lebih dahulu.")
    with _lock:
        known = _open.get(scope)
        if known is None or known.file != file:
            known = _open[scope] = Warehouse(file, scope, _attach(file))
        return known


def current() -> Path | None:
    """The file that the pointer names; None when there is none (a pointer to a lost file counts as none)."""
    folder = places.warehouse()
    try:
        file = folder / (folder / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return file if file.is_file() else None


def build_id() -> str | None:
    """The id of the build that answers now; None before the first one."""
    file = current()
    return None if file is None else build_of(file)


def build_of(file: Path) -> str:
    """The build id in a file name: `warehouse-<build>.duckdb` or `warehouse-<build>-<signs>.duckdb`."""
    return file.stem.split("-")[1]


def create(file: Path) -> duckdb.DuckDBPyConnection:
    """A connection that writes a new warehouse file."""
    return duckdb.connect(os.fspath(file), config=_settings(SPILL))


def workbench() -> duckdb.DuckDBPyConnection:
    """An empty database in memory, for work beside the warehouse."""
    return duckdb.connect(config=_settings())


def frame(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """The rows of one select as a Polars frame."""
    return connection.sql(query, params=dict(parameters or {})).pl()


def publish(file: Path) -> None:
    """Make a finished file the current one: a new pointer is written beside, synced and renamed over."""
    folder = places.warehouse()
    beside = folder / f".{POINTER}-{os.getpid()}-{threading.get_ident()}"
    with beside.open("w", encoding="utf-8") as pointer:
        pointer.write(file.name + "\n")
        pointer.flush()
        os.fsync(pointer.fileno())
    os.replace(beside, folder / POINTER)
    sync(folder)


def sync(path: Path) -> None:
    """Flush a file or a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _type(kind: str) -> Any:
    """The Polars type for a DuckDB type; sums of whole numbers (HUGEINT, DECIMAL(38,0)) are whole numbers."""
    if kind in WHOLE or re.fullmatch(r"DECIMAL\(\d+,0\)", kind):
        return pl.Int64
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return pl.Float64
    return {"DATE": pl.Date, "BOOLEAN": pl.Boolean}.get(kind, pl.String)


def _attach(file: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config=_settings())
    connection.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as gudang (read_only)")
    connection.execute("set enable_external_access = false")
    return connection


def _settings(spill: str = "duckdb") -> dict[str, str]:
    """What does not fit in memory goes below the state folder; nothing is fetched from outside."""
    return {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": os.fspath(places.state() / spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
