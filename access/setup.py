"""The first admin: no default password exists, so an empty store offers one address that works once."""

import hashlib
import secrets

from access import accounts, audit, store
from pipelines.errors import UserError

LIFE_SECONDS = 30 * 60.0
_SQL = store.statements("setup") | {"count": store.statements("accounts")["count"]}


def needed() -> bool:
    """Whether no account exists yet."""
    with store.reading() as connection:
        return connection.execute(_SQL["count"]).fetchone()[0] == 0


def address(base_url: str) -> str:
    """A fresh one-time address `<base_url>/siapkan/<token>`, good for 30 minutes; earlier ones end here.

    UserError when an account exists already.
    """
    token = secrets.token_urlsafe(32)
    with store.writing() as connection:
        if connection.execute(_SQL["count"]).fetchone()[0]:
            raise UserError("Cermin sudah disiapkan; akun baru dibuat oleh admin.")
        connection.execute(_SQL["forget"])
        connection.execute(_SQL["offer"], {"token_hash": _hash(token), "ends_at": store.now() + LIFE_SECONDS})
    return f"{base_url.rstrip('/')}/siapkan/{token}"


def is_valid(token: str) -> bool:
    """Whether this token would be redeemed now."""
    with store.reading() as connection:
        values = {"token_hash": _hash(token), "now": store.now()}
        return needed() and connection.execute(_SQL["is_valid"], values).fetchone() is not None


def redeem(token: str, name: str, password: str, address: str) -> accounts.Account:
    """Make the first admin and close the door; UserError when it is closed or name or password are refused.

    That only a client on this machine gets here is for the web layer to see to.
    """
    if not is_valid(token):
        raise _closed()
    values = accounts.row_for(name, "admin", password=password, by=name.strip())
    detail = {"akun": values["name"], "peran": "admin"}
    with audit.along(
        "siapkan", name=values["name"], role="admin", address=address, detail=detail
    ) as connection:
        found = connection.execute(
            _SQL["is_valid"], {"token_hash": _hash(token), "now": store.now()}
        ).fetchone()
        if found is None or connection.execute(_SQL["count"]).fetchone()[0]:
            raise _closed()
        connection.execute(_SQL["forget"])
        accounts.add_within(connection, values)
    return accounts.find(values["name"])


def _closed() -> UserError:
    return UserError(
        "Alamat penyiapan ini tidak berlaku lagi; "
        "jalankan `python -m access setup --base ALAMAT` untuk yang baru."
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
