"""Sessions: an opaque token in the viewer's cookie, only its hash in the store, and the limits of its life.

Every answer comes fresh from the store: an ended session, a locked account or a changed role counts at the
next question. Nothing here writes to the audit trail; whoever starts or ends a session records it.
"""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass

from access import settings, store
from access.roles import Viewer
from pipelines.errors import UserError

HALF_SECONDS = 5 * 60.0
TOUCH_SECONDS = 60.0
PER_ACCOUNT = 50
LONGEST_TEXT = 200
_SQL = store.statements("sessions")


class Ended(UserError):
    """The session is over, or never was."""

    def __init__(self) -> None:
        super().__init__("Sesi ini sudah berakhir; silakan masuk lagi.")


@dataclass(frozen=True)
class Session:
    """One of a viewer's own sessions as the account page lists it; times in seconds since 1970."""

    id: str
    started_at: float
    seen_at: float
    address: str
    agent: str


def start(account_id: int, *, address: str, agent: str, awaits_code: bool = False) -> str:
    """A new session's token; with `awaits_code` a half one that lives five minutes. Ended if locked."""
    token, now, limits = secrets.token_urlsafe(32), store.now(), settings.read()
    life = HALF_SECONDS if awaits_code else limits.absolute
    values = {"account": account_id, "awaits_code": int(awaits_code), "now": now, "ends_at": now + life}
    values |= {"address": _plain(address), "agent": _plain(agent), "token_hash": _hash(token)}
    with store.writing() as connection:
        connection.execute(_SQL["prune"], {"now": now, "idle_since": now - limits.idle})
        if connection.execute(_SQL["start"], values | _fresh()).rowcount != 1:
            raise Ended
        connection.execute(_SQL["keep_newest"], {"account": account_id, "kept": PER_ACCOUNT})
    return token


def who(token: str, *, touch: bool = False) -> Viewer | None:
    """Whose token this is, None when it is nobody's (any more); `touch` counts as activity.

    A half session is told by `awaits_code`: it is good for giving the second factor and nothing else.
    """
    return _viewer(_SQL["by_token"], _hash(token), touch)


def find(public_id: str) -> Viewer | None:
    """The viewer of a whole session by its public id, by the same rules; never a half one."""
    viewer = _viewer(_SQL["by_id"], public_id, touch=False)
    return None if viewer is None or viewer.awaits_code else viewer


def rotate(token: str) -> str:
    """The same session under a new token, id and csrf; the old token is void. Ended if it was over."""
    return _renew("rotate", token)


def settle_code(token: str) -> str:
    """The second factor was given: the half session becomes a whole one under a new token. Ended if over."""
    return _renew("settle", token)


def end(token: str) -> None:
    """End one session by its token; nothing happens when there is none."""
    _write("end", token_hash=_hash(token))


def end_public(public_id: str, account_id: int) -> bool:
    """End one session of this account by its public id; whether there was one."""
    return _write("end_public", id=public_id, account=account_id) > 0


def end_all(account_id: int, but: str | None = None) -> int:
    """End all sessions of an account, except the one with the public id `but`; how many."""
    return _write("end_all", account=account_id, but=but)


def end_all_within(connection: sqlite3.Connection, account_id: int, but: str | None = None) -> None:
    """As `end_all`, inside the transaction of the change that makes it necessary."""
    connection.execute(_SQL["end_all"], {"account": account_id, "but": but})


def listed(account_id: int) -> list[Session]:
    """The living whole sessions of an account, the last used first."""
    now = store.now()
    values = {"account": account_id, "now": now, "idle_since": now - settings.read().idle}
    with store.reading() as connection:
        return [Session(**row) for row in connection.execute(_SQL["listed"], values)]


def _viewer(statement: str, key: bytes | str, touch: bool) -> Viewer | None:
    with store.reading() as connection:
        row = connection.execute(statement, {"key": key}).fetchone()
        if row is None:
            return None
        now = store.now()
        if now >= row["ends_at"] or now - row["seen_at"] >= settings.read().idle:
            return None
        if touch and now - row["seen_at"] >= TOUCH_SECONDS and not row["awaits_code"]:
            connection.execute(_SQL["touch"], {"session": row["session"], "now": now})
    return Viewer(
        account=row["account"],
        name=row["name"],
        role=row["role"],
        wilayah=row["wilayah"],
        provinsi=row["provinsi"],
        session=row["session"],
        csrf=row["csrf"],
        must_change=bool(row["must_change"]),
        has_totp=bool(row["has_totp"]),
        awaits_code=bool(row["awaits_code"]),
    )


def _renew(statement: str, token: str) -> str:
    renewed, now, limits = secrets.token_urlsafe(32), store.now(), settings.read()
    values = {"token_hash": _hash(token), "new_hash": _hash(renewed), "now": now}
    values |= {"idle_since": now - limits.idle, "ends_at": now + limits.absolute}
    if _write(statement, **values, **_fresh()) != 1:
        raise Ended
    return renewed


def _write(statement: str, **values: object) -> int:
    with store.writing() as connection:
        return connection.execute(_SQL[statement], values).rowcount


def _fresh() -> dict[str, str]:
    return {"id": secrets.token_hex(16), "csrf": secrets.token_urlsafe(32)}


def _plain(text: str) -> str:
    """A client's text as the store can hold it: not too long, no lone surrogates."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
