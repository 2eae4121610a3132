"""A copy of accounts and audit trail that can be taken while Cermin runs, and put back while it stands still.

Sessions and the set-up address are left out: what was ended since must not come back with the copy.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from access import head, store
from pipelines.errors import UserError

_SQL = store.statements("backup")


def write(folder: Path) -> list[Path]:
    """Write the database and the head of the trail into a folder (made when missing); their paths.

    UserError when the folder already holds a copy or cannot be written.
    """
    database, tip = folder / store.FILE, folder / head.FILE
    for path in (database, tip):
        if path.exists():
            raise UserError(f"{path}: sudah ada; pilihlah folder yang kosong untuk cadangan.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The head first: one that stays behind the rows is no fault, one that runs ahead is a missing tail.
        known = head.path().read_bytes() if head.path().exists() else None
        _copy(database)
        if known is not None:
            _private(tip)
            tip.write_bytes(known)
    except OSError as fault:
        raise UserError(
            f"{folder}: cadangan tidak dapat ditulis ({fault}); periksa ruang dan haknya."
        ) from fault
    return [path for path in (database, tip) if path.exists()]


def _copy(database: Path) -> None:
    beside = database.with_name(f".{database.name}.tmp")
    beside.unlink(missing_ok=True)
    _private(beside)
    with store.reading() as connection, closing(sqlite3.connect(beside, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("pragma journal_mode = delete")
        for statement in _SQL.values():
            copy.execute(statement)
    beside.rename(database)


def _private(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
