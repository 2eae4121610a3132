"""Who did what, when and from where: append-only rows, each holding the hash of the one before.

Triggers refuse changes; whoever writes past them breaks the chain. A cut tail leaves a whole chain, so the
number and hash of the last row also stand in a small file beside the database. Whoever may write both files
can forge both: the head printed by `audit --verify` can be noted somewhere else.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from access import head, store
from access.head import Head
from access.roles import Viewer
from pipelines.dates import WITA

ACTIONS = (
    *(
        "masuk",
        "masuk_gagal",
        "keluar",
        "lihat",
        "ekspor",
        "unggah",
        "batalkan",
        "akun_dibuat",
        "akun_dikunci",
    ),
    *("akun_dibuka", "akun_diubah", "sandi_direset", "sandi_diganti", "kode_dipasang", "kode_dilepas"),
    *("sesi_diakhiri", "ditolak", "siapkan", "padanan"),
    *("langkah_ditandai", "langkah_dicabut"),
    "sinyal",
)
LONGEST_TEXT, LONGEST_DETAIL = 300, 4_000
MOST = 2**62
_CHAINED = ("number", "at", "action", "name", "role", "address", "detail", "previous")
_SQL = store.statements("audit")


@dataclass(frozen=True)
class Verdict:
    """Whether the chain is whole, how many rows it has, the first bad row's number, and a sentence."""

    ok: bool
    rows: int
    first_bad: int | None
    sentence: str
    head: str


def record(
    action: str,
    viewer: Viewer | None = None,
    *,
    name: str | None = None,
    role: str | None = None,
    address: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one row and commit it. `name` and `role` are the viewer's unless given.

    `detail` holds what was looked at or changed (JSON values, long texts are cut); never passwords, tokens or
    contents of files. ValueError on an unknown action.
    """
    name, role = name or (viewer and viewer.name), role or (viewer and viewer.role)
    with along(action, name=name, role=role, address=address, detail=detail):
        pass


@contextmanager
def along(
    action: str,
    *,
    name: str | None,
    role: str | None = None,
    address: str = "",
    detail: dict[str, Any] | None = None,
) -> Iterator[sqlite3.Connection]:
    """One write transaction that holds a change and its row: both are kept, or neither."""
    if action not in ACTIONS:
        raise ValueError(f"unknown audit action {action!r}")
    row = {"action": action, "name": _short(name), "role": role, "address": _short(address)}
    with store.writing() as connection:
        yield connection
        added = _append(connection, row | {"detail": _canonical(_bounded(detail or {}))})
    head.advance(added, _hash_of)


def rows(
    since: date | datetime | None = None,
    until: date | datetime | None = None,
    action: str | None = None,
    name: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Rows, the newest first: number, at (datetime in WITA), action, name, role, address, detail (dict).

    A date means the whole day in WITA (`until` includes it), a datetime that moment (`until` excludes it).
    """
    values = _filters(since, until, action, name)
    values |= {"limit": min(limit, MOST), "offset": min(offset, MOST)}
    with store.reading() as connection:
        found = connection.execute(_SQL["rows"], values).fetchall()
    return [
        dict(row)
        | {"at": datetime.fromisoformat(row["at"]).astimezone(WITA), "detail": json.loads(row["detail"])}
        for row in found
    ]


def count(
    since: date | datetime | None = None,
    until: date | datetime | None = None,
    action: str | None = None,
    name: str | None = None,
) -> int:
    """How many rows the same filters give without a limit."""
    with store.reading() as connection:
        return connection.execute(_SQL["count"], _filters(since, until, action, name)).fetchone()[0]


def verify() -> Verdict:
    """Walk the whole chain and compare its end with the head that stands beside it."""
    # The head first: rows may be added meanwhile, never taken away.
    known = head.read()
    previous, number, matched = head.GENESIS, 0, known == head.NONE
    with store.reading() as connection:
        for row in connection.execute(_SQL["all"]):
            number += 1
            if row["number"] != number or row["previous"] != previous or _hash(row) != row["hash"]:
                return _broken(
                    number, f"Baris {number} jejak audit diubah, hilang, atau bertukar tempat.", number - 1
                )
            previous = row["hash"]
            matched = matched or known == Head(number, previous)
    if known is None and not number and not head.path().exists():
        return Verdict(True, 0, None, "Jejak audit masih kosong.", f"0:{previous}")
    if known is None:
        return _broken(
            number or 1, "Berkas kepala jejak audit tidak ada atau rusak; ujung jejak tidak terbukti.", number
        )
    if not matched:
        return _cut(known, number)
    return Verdict(True, number, None, f"Rantai utuh: {number} baris.", f"{number}:{previous}")


def _cut(known: Head, number: int) -> Verdict:
    if known.number > number:
        told = f"Baris {number + 1} sampai {known.number} jejak audit hilang dari ujungnya."
        return _broken(number + 1, told, number)
    told = f"Baris {known.number} jejak audit tidak cocok dengan berkas kepalanya."
    return _broken(known.number, told, number)


def _broken(number: int, told: str, whole: int) -> Verdict:
    return Verdict(False, whole, number, told, "")


def _append(connection: sqlite3.Connection, row: dict[str, Any]) -> Head:
    last = connection.execute(_SQL["last"]).fetchone()
    number, previous = (last["number"] + 1, last["hash"]) if last else (1, head.GENESIS)
    if last is None:
        head.begin()
    at = datetime.fromtimestamp(store.now(), UTC).isoformat(timespec="milliseconds")
    row = row | {"number": number, "at": at, "previous": previous}
    row["hash"] = _hash(row)
    connection.execute(_SQL["add"], row)
    return Head(number, row["hash"])


def _hash_of(number: int) -> str | None:
    with store.reading() as connection:
        row = connection.execute(_SQL["hash_of"], {"number": number}).fetchone()
    return row and row["hash"]


def _hash(row: sqlite3.Row | dict[str, Any]) -> str:
    content = _canonical({name: row[name] for name in _CHAINED})
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _bounded(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail with long texts cut; an overlong whole is replaced by its size."""
    short = {
        _short(str(key)): _short(value) if isinstance(value, str) else value for key, value in detail.items()
    }
    size = len(_canonical(short))
    return short if size <= LONGEST_DETAIL else {"terlalu_panjang": size}


def _short(text: str | None) -> str | None:
    """A text that any database can hold: no lone surrogates, no NUL, not too long."""
    if text is None:
        return None
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _filters(
    since: date | datetime | None, until: date | datetime | None, action: str | None, name: str | None
) -> dict[str, str | None]:
    return {"since": _moment(since, 0), "until": _moment(until, 1), "action": action, "name": name}


def _moment(day: date | datetime | None, days_after: int) -> str | None:
    if day is None:
        return None
    try:
        if not isinstance(day, datetime):
            day = datetime.combine(day + timedelta(days=days_after), time.min, WITA)
        return day.astimezone(UTC).isoformat(timespec="milliseconds")
    except OverflowError:
        # The first and the last days of the calendar have no neighbours: text that sorts before or after all.
        return "0" if day.year == 1 else "9999-12-31T24"
