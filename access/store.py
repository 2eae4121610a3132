"""The embedded database of accounts, sessions, limits and audit: one SQLite file, opened here only.

A connection is lent to one thread at a time and given back, so that threads which live for one page run
(there is a new one for each) find one open. Writers take their lock at the start of the transaction.
"""

import contextlib
import os
import re
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import places
from pipelines.errors import UserError

FILE = "akses.sqlite"
VERSION = 1
BUSY_SECONDS = 20.0
KEPT_OPEN = 16
_SQL = Path(__file__).resolve().parent / "sql"
_open: dict[str, deque[sqlite3.Connection]] = {}


def now() -> float:
    """Seconds since 1970, UTC; every rule about time asks here."""
    return time.time()


def path() -> Path:
    """Where the database lies."""
    return places.state() / FILE


def statements(name: str) -> dict[str, str]:
    """The named statements of access/sql/<name>.sql; each begins with a line `-- :name`."""
    parts = re.split(r"(?m)^-- :(\w+).*\n", (_SQL / f"{name}.sql").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A connection for one or a few reads, each of which sees the latest committed state."""
    idle = _open.setdefault(os.environ.get("CERMIN_DATA", ""), deque())
    try:
        connection = idle.pop()
    except IndexError:
        connection = _connect()
    try:
        yield connection
    finally:
        if len(idle) < KEPT_OPEN:
            idle.append(connection)
        else:
            connection.close()


@contextmanager
def writing() -> Iterator[sqlite3.Connection]:
    """A connection inside one write transaction, committed at the end, rolled back on any error."""
    with reading() as connection:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError as fault:
            raise _told(fault) from fault
        try:
            yield connection
            connection.execute("commit")
        except BaseException as fault:
            if connection.in_transaction:
                connection.execute("rollback")
            if isinstance(fault, sqlite3.OperationalError):
                raise _told(fault) from fault
            raise


def close() -> None:
    """Close every idle connection (before the file is copied, moved or removed)."""
    for idle in _open.values():
        while idle:
            idle.pop().close()


def _connect() -> sqlite3.Connection:
    try:
        _make_private(path())
        connection = sqlite3.connect(
            path(), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
        )
    except (OSError, sqlite3.Error) as fault:
        raise _told(fault) from fault
    try:
        connection.row_factory = sqlite3.Row
        _prepare(connection)
    except sqlite3.Error as fault:
        connection.close()
        raise _told(fault) from fault
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(file: Path) -> None:
    """The folder (0700 when it is made here) and the file (0600); the journals inherit the file's mode."""
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    # Closing any handle of a file drops every lock that this process holds on it: only a new file is opened.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare(connection: sqlite3.Connection) -> None:
    """Settings of a connection, and the tables when the file is new."""
    # FULL: a commit survives a power cut; the head of the audit trail would otherwise run ahead of its rows.
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise UserError(
            f"{path()}: berkas akun ini berversi {version}, program ini mengenal sampai versi {VERSION}; "
            "pasang program yang lebih baru, atau pulihkan cadangan yang lebih lama."
        )
    # Also a copy that was put back: it was written without a journal beside it.
    if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        _switch_to_wal(connection)
    if version < VERSION:
        schema = (_SQL / "schema.sql").read_text(encoding="utf-8")
        connection.executescript(f"begin immediate;\n{schema}\npragma user_version = {VERSION};\ncommit;")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Changing the journal does not wait for a lock by itself when two processes make the file at once."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _told(fault: Exception) -> Exception:
    """What an operator can mend becomes a sentence; anything else stays the fault that it is."""
    said = str(fault).lower()
    if (
        isinstance(fault, PermissionError)
        or "readonly" in said
        or "read-only" in said
        or "unable to open" in said
    ):
        return UserError(
            f"{path()}: berkas akun tidak dapat ditulis; beri pengguna yang menjalankan Cermin hak tulis "
            "pada berkas dan foldernya."
        )
    if "not a database" in said or "malformed" in said:
        return UserError(f"{path()}: berkas akun rusak; pulihkan dari cadangan terakhir.")
    if "full" in said or isinstance(fault, OSError):
        return UserError(
            f"{path()}: berkas akun tidak dapat disimpan ({fault}); periksa ruang dan hak foldernya."
        )
    return fault
