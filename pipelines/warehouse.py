"""The only place that opens DuckDB: the current warehouse, read-only, limited copies, empty workbenches.

A warehouse file never changes once it has its name. A small pointer file names the current one; readers look
at it at each call and move to a new file as a whole: a replaced path would go on returning the old file.
"""

import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
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
EVERYTHING = "semua"
_lock = threading.Lock()
_making = threading.Lock()  # of limited scopes, which take longer: the full scope never waits for them
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
        """The answer of one select with bound $parameters; whole numbers are Int64, other numbers Float64."""
        with self.cursor() as cursor:
            return few(cursor, query, parameters)


def connect(scope: str = EVERYTHING) -> Warehouse:
    """The current warehouse as a scope may see it, reopened when the pointer has moved.

    `semua` is the warehouse itself; any other scope (`scopes`) a copy in memory of what it may see, made once
    per build. UserError when no warehouse has been built or the scope is unknown.
    """
    file = current()
    if file is None:
        raise UserError("Gudang data belum dibangun. Jalankan `python -m pipelines build` lebih dahulu.")
    if scope == EVERYTHING:
        with _lock:
            return _opened(scope, file) or _kept(Warehouse(file, scope, _attach(file)))
    if found := _opened(scope, file):
        return found
    from pipelines import scopes  # it asks this module for the full warehouse

    with _making:
        full = connect()
        return _opened(scope, full.file) or _kept(Warehouse(full.file, scope, scopes.open_copy(full, scope)))


def _opened(scope: str, file: Path) -> Warehouse | None:
    known = _open.get(scope)
    return known if known is not None and known.file == file else None


def _kept(opened: Warehouse) -> Warehouse:
    """Keep it for the next use, and forget the scopes of builds before it."""
    for scope, known in list(_open.items()):
        if known.file != opened.file and scope != EVERYTHING:
            _open.pop(scope, None)
    _open[opened.scope] = opened
    return opened


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


def few(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """As `frame` for small answers: plain fetching, because a relation plans every statement twice.

    Whole numbers are Int64, other numbers Float64, whatever else is no date and no boolean is text.
    """
    connection.execute(query, dict(parameters or {}))
    schema = {name: _type(str(kind)) for name, kind, *_ in connection.description}
    return pl.DataFrame(connection.fetchall(), schema=schema, orient="row")


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
    connection.execute(f"attach {_quoted(file)} as gudang (read_only)")
    connection.execute("set enable_external_access = false")
    return connection


def copy(
    file: Path, tables: Sequence[str], frames: Mapping[str, pl.DataFrame], statements: Sequence[str]
) -> duckdb.DuckDBPyConnection:
    """A database in memory with these tables of a warehouse file and these frames; the file is detached.

    Nothing outside can be reached afterwards, and no setting can be changed back.
    """
    connection = duckdb.connect(config=_settings())
    connection.execute(f"attach {_quoted(file)} as sumber (read_only)")
    connection.execute("attach ':memory:' as gudang")
    connection.execute("use gudang")
    for table in tables:
        connection.execute(f"create table {table} as from sumber.{table}")
    connection.execute("detach sumber")
    for name, frame in frames.items():
        connection.register("kerangka_baru", frame)
        connection.execute(f"create table {name} as from kerangka_baru")
        connection.unregister("kerangka_baru")
    for statement in statements:
        connection.execute(statement)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _settings(spill: str = "duckdb") -> dict[str, str]:
    """What does not fit in memory goes below the state folder; nothing is fetched from outside."""
    return {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": os.fspath(places.state() / spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
