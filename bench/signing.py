"""Signing in for measurements and tests that are not about signing in: real accounts, real sessions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from access import accounts, sessions
from access.roles import Viewer

COOKIE = "cermin_sesi"


def viewer(role: str = "admin", wilayah: str | None = None, provinsi: str | None = None) -> Viewer:
    """A signed-in viewer of this role in the present CERMIN_DATA."""
    found = sessions.who(token(role, wilayah, provinsi))
    if found is None:
        raise RuntimeError("the session ended at once")
    return found


def token(role: str = "admin", wilayah: str | None = None, provinsi: str | None = None) -> str:
    """The value of the session cookie of such a viewer; the same one for the same folder."""
    return _token(os.environ.get("CERMIN_DATA", ""), role, wilayah, provinsi)


def token_at(data: Path, role: str = "admin", wilayah: str | None = None) -> str:
    """The same in another CERMIN_DATA: that of a server, say."""
    with _within(data):
        return token(role, wilayah)


def cookie(address: str, data: Path, role: str = "admin", wilayah: str | None = None) -> dict[str, str]:
    """The session cookie as a browser takes it, for a server at `address` with its CERMIN_DATA at `data`."""
    return {"name": COOKIE, "value": token_at(data, role, wilayah), "url": f"http://{address}"}


@cache
def _token(_data: str, role: str, wilayah: str | None, provinsi: str | None) -> str:
    name = "-".join(part for part in ("uji", role, wilayah, provinsi) if part)
    account = accounts.find(name) or accounts.add(
        name, role, wilayah=wilayah, provinsi=provinsi, password=None, by="uji"
    )
    return sessions.start(account.id, address="127.0.0.1", agent="uji")


@contextmanager
def _within(data: Path) -> Iterator[None]:
    before = os.environ.get("CERMIN_DATA")
    os.environ["CERMIN_DATA"] = str(data)
    try:
        yield
    finally:
        if before is None:
            del os.environ["CERMIN_DATA"]
        else:
            os.environ["CERMIN_DATA"] = before
