"""The rows of accounts as they are read: by name, number or outside identity."""

import sqlite3
import unicodedata
from dataclasses import dataclass

from access import store
from pipelines.errors import UserError

LONGEST_NAME = 64
_SQL = store.statements("accounts")


@dataclass(frozen=True)
class Account:
    """One account without its secrets. `identity` ties it to a person of an outside sign-in."""

    id: int
    name: str
    role: str
    wilayah: str | None
    provinsi: str | None
    is_locked: bool
    must_change: bool
    has_totp: bool
    has_password: bool
    identity: str | None
    created_at: float
    created_by: str


def listed() -> list[Account]:
    """All accounts by name."""
    with store.reading() as connection:
        return [shown(row) for row in connection.execute(_SQL["all"])]


def find(name: str) -> Account | None:
    """The account of this name, whatever its case."""
    row = by_key(key_of(name))
    return row and shown(row)


def find_by_id(account_id: int) -> Account | None:
    """The account with this number."""
    with store.reading() as connection:
        row = connection.execute(_SQL["by_id"], {"id": account_id}).fetchone()
    return row and shown(row)


def find_identity(identity: str) -> Account | None:
    """The account tied to this person of an outside sign-in (issuer and subject, as `add` was given it)."""
    with store.reading() as connection:
        row = connection.execute(_SQL["by_identity"], {"identity": identity}).fetchone()
    return row and shown(row)


def key_of(name: str) -> str:
    """The form in which names are compared; an impossible name gives one that no account has."""
    folded = unicodedata.normalize("NFKC", name.strip()).casefold()[: 2 * LONGEST_NAME]
    return folded.encode("utf-8", "replace").decode("utf-8")


def by_key(name_key: str) -> sqlite3.Row | None:
    """The whole row, secrets and all, by the folded name."""
    if not name_key.isascii():
        return None
    with store.reading() as connection:
        return connection.execute(_SQL["by_key"], {"name_key": name_key}).fetchone()


def by_id(account_id: int) -> sqlite3.Row:
    """The whole row by its number; UserError when the account is gone."""
    with store.reading() as connection:
        row = connection.execute(_SQL["by_id"], {"id": account_id}).fetchone()
    if row is None:
        raise UserError("Akun ini tidak ada lagi.")
    return row


def required(name: str) -> sqlite3.Row:
    """The whole row by its name; UserError when there is no such account."""
    row = by_key(key_of(name))
    if row is None:
        raise UserError(f"Akun '{name[:80]}' tidak ada; periksa namanya di daftar akun.")
    return row


def shown(row: sqlite3.Row) -> Account:
    """A row without its secrets."""
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        wilayah=row["wilayah"],
        provinsi=row["provinsi"],
        is_locked=bool(row["is_locked"]),
        must_change=bool(row["must_change"]),
        has_totp=row["totp"] is not None,
        has_password=row["password"] is not None,
        identity=row["identity"],
        created_at=row["created_at"],
        created_by=row["created_by"],
    )
