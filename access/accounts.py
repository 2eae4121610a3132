"""Accounts: who exists, with which role and region, and whether a password is theirs.

Every change here is one transaction with its row in the audit trail (`by` is the actor's name, `address`
where the actor is), so callers do not record it again; signing in and out they do. A change that takes
something away ends all sessions of the account in the same transaction.
"""

import re
import sqlite3
from contextlib import AbstractContextManager
from types import EllipsisType

from access import account_rows, audit, limits, passwords, sessions, store
from access.account_rows import Account, find, find_by_id, find_identity, key_of, listed
from access.roles import ROLES
from access.second_factor import check_code, confirm_totp, drop_totp, start_totp
from pipelines.errors import UserError

__all__ = ["Account", "add", "authenticate", "change", "check_code", "confirm_totp", "drop_totp", "find"]
__all__ += ["find_by_id", "find_identity", "key_of", "listed", "lock", "reset", "set_password", "start_totp"]
__all__ += ["unlock"]

NAME = re.compile(r"[A-Za-z0-9._@-]{3,64}")
TEMPORARY_SECONDS = 72 * 3600.0
_SQL = store.statements("accounts")


def add(
    name: str,
    role: str,
    *,
    wilayah: str | None = None,
    provinsi: str | None = None,
    password: str | None,
    by: str,
    address: str = "",
    must_change: bool = False,
    identity: str | None = None,
) -> Account:
    """A new account; without a password it can sign in only through its `identity`, or after a reset.

    UserError on a bad or taken name, an unknown role, a region that does not fit it, or a refused password.
    """
    values = row_for(
        name, role, wilayah=wilayah, provinsi=provinsi, password=password, by=by, identity=identity
    )
    values["must_change"] = int(must_change)
    place = (values["role"], values["wilayah"], values["provinsi"])
    with _changing("akun_dibuat", by, address, values["name"], *place) as connection:
        add_within(connection, values)
    return find(values["name"])


def row_for(
    name: str,
    role: str,
    *,
    wilayah: str | None = None,
    provinsi: str | None = None,
    password: str | None,
    by: str,
    identity: str | None = None,
) -> dict:
    """The values of a new account's row, all judged and the password hashed; nothing is written."""
    name = _fit_name(name)
    wilayah, provinsi = _fit_place(role, wilayah, provinsi)
    kept = None if password is None else passwords.keep(passwords.accept(password, name))
    return {
        "name": name,
        "name_key": key_of(name),
        "role": role,
        "wilayah": wilayah,
        "provinsi": provinsi,
        "password": kept,
        "identity": identity,
        "must_change": 0,
        "created_at": store.now(),
        "created_by": by,
    }


def add_within(connection: sqlite3.Connection, values: dict) -> None:
    """Insert an account's row inside a running transaction; UserError when its name or identity is taken."""
    try:
        connection.execute(_SQL["add"], values)
    except sqlite3.IntegrityError as taken:
        if "identity" in str(taken):
            raise UserError("Identitas itu sudah terpasang pada akun lain.") from None
        if "name_key" in str(taken):
            raise UserError(f"Akun '{values['name']}' sudah ada; pakailah nama lain.") from None
        raise


def authenticate(name: str, password: str, address: str) -> Account | None:
    """The account when name and password are right and it may sign in; otherwise None, whatever the reason.

    Unknown, locked, expired and wrong cost the same work. limits.TooMany before any hashing.
    """
    key = key_of(name)
    limits.admit(key, address)
    before = account_rows.by_key(key)
    kept = before and before["password"]
    if not passwords.matches(password, kept):
        return None
    row = account_rows.by_key(key)
    # Read again: a lock, a reset or a new password may have come while the hash was computed.
    if row is None or row["password"] != kept or row["is_locked"] or _is_stale(row):
        return None
    if passwords.is_outdated(kept):
        renewed = passwords.keep(passwords.normal(password))
        with store.writing() as connection:
            connection.execute(_SQL["renew_hash"], {"id": row["id"], "password": kept, "renewed": renewed})
    limits.forgive(key, address)
    return account_rows.shown(row)


def set_password(
    account_id: int,
    new: str,
    *,
    old: str | None = None,
    by: str,
    keep: str | None = None,
    address: str = "",
) -> None:
    """A new password of the owner's choice; ends all sessions except the one with the public id `keep`.

    With `old` that one must be right. UserError when it is not or the new one is refused; limits.TooMany.
    """
    row = account_rows.by_id(account_id)
    if old is not None:
        limits.admit_for("sandi", account_id)
        if not passwords.matches(old, row["password"]):
            raise UserError("Sandi lama tidak cocok.")
        limits.forgive_for("sandi", account_id)
    accepted = passwords.accept(new, row["name"])
    if passwords.matches(new, row["password"]):
        raise UserError("Sandi baru sama dengan sandi lama; pilihlah yang lain.")
    kept = passwords.keep(accepted)
    with _changing("sandi_diganti", by, address, row["name"]) as connection:
        connection.execute(_SQL["set_password"], {"id": account_id, "password": kept})
        sessions.end_all_within(connection, account_id, but=keep)


def reset(name: str, by: str, address: str = "") -> str:
    """A one-time password (three days, to be changed at once); the second factor and all sessions go."""
    row = account_rows.required(name)
    if row["identity"] is not None:
        raise UserError(f"Akun '{row['name']}' masuk lewat penyedia identitas; sandinya diatur di sana.")
    one_time = passwords.one_time()
    values = {"id": row["id"], "password": passwords.keep(one_time), "until": store.now() + TEMPORARY_SECONDS}
    with _changing("sandi_direset", by, address, row["name"]) as connection:
        connection.execute(_SQL["set_temporary"], values)
        sessions.end_all_within(connection, row["id"])
    return one_time


def lock(name: str, by: str, address: str = "") -> None:
    """Nobody signs in with this account until it is unlocked; its sessions end now."""
    row = account_rows.required(name)
    with _changing("akun_dikunci", by, address, row["name"]) as connection:
        _keep_an_admin(connection, row["id"])
        connection.execute(_SQL["set_locked"], {"id": row["id"], "is_locked": 1})
        sessions.end_all_within(connection, row["id"])


def unlock(name: str, by: str, address: str = "") -> None:
    """The account may sign in again; password and second factor are as before."""
    row = account_rows.required(name)
    with _changing("akun_dibuka", by, address, row["name"]) as connection:
        connection.execute(_SQL["set_locked"], {"id": row["id"], "is_locked": 0})


def change(
    name: str,
    *,
    role: str | None = None,
    wilayah: str | EllipsisType | None = ...,
    provinsi: str | EllipsisType | None = ...,
    by: str,
    address: str = "",
) -> Account:
    """Another role or region; what is not given stays as far as it fits the role. All sessions end."""
    row = account_rows.required(name)
    role = role or row["role"]
    wilayah = (row["wilayah"] if role == "pemda" else None) if wilayah is ... else wilayah
    provinsi = (row["provinsi"] if role == "petugas" else None) if provinsi is ... else provinsi
    wilayah, provinsi = _fit_place(role, wilayah, provinsi)
    values = {"id": row["id"], "role": role, "wilayah": wilayah, "provinsi": provinsi}
    with _changing("akun_diubah", by, address, row["name"], role, wilayah, provinsi) as connection:
        if role != "admin":
            _keep_an_admin(connection, row["id"])
        connection.execute(_SQL["set_role"], values)
        sessions.end_all_within(connection, row["id"])
    return find(row["name"])


def _fit_name(name: str) -> str:
    name = name.strip()
    if not NAME.fullmatch(name):
        raise UserError(
            f"Nama akun '{name[:80]}' tidak dapat dipakai; "
            "pakailah 3 sampai 64 huruf, angka, titik, garis, atau @."
        )
    return name


def _fit_place(role: str, wilayah: str | None, provinsi: str | None) -> tuple[str | None, str | None]:
    """Region and province as they fit the role; UserError when they do not."""
    wilayah, provinsi = wilayah or None, provinsi or None
    if role not in ROLES:
        raise UserError(f"Peran '{role}' tidak dikenal; yang dikenal: {', '.join(ROLES)}.")
    if wilayah and role != "pemda":
        raise UserError(
            f"Akun {role} tidak memakai wilayah; hanya akun pemda yang terikat pada satu wilayah."
        )
    if provinsi and role != "petugas":
        raise UserError(f"Akun {role} tidak dibatasi provinsi; hanya akun petugas yang dapat dibatasi.")
    if role == "pemda" or provinsi:
        _know_place(role, wilayah, provinsi)
    return wilayah, provinsi


def _know_place(role: str, wilayah: str | None, provinsi: str | None) -> None:
    # Here, not above: locking an account must not wait for, or fail with, the reading of the shipped lists.
    from pipelines import regions

    known = regions.gazetteer()
    if role == "pemda" and wilayah not in known.display:
        raise UserError(
            f"Wilayah '{wilayah or ''}' tidak dikenal; "
            "akun pemda memerlukan satu kode wilayah dari daftar wilayah."
        )
    if provinsi and known.jenis.get(provinsi) != "Provinsi":
        codes = ", ".join(sorted(set(known.province.values())))
        raise UserError(f"Provinsi '{provinsi}' tidak dikenal; yang dikenal: {codes}.")


def _changing(
    action: str, by: str, address: str, name: str, *place: str | None
) -> AbstractContextManager[sqlite3.Connection]:
    """The transaction of one change to the account `name`, with its row in the audit trail."""
    actor = find(by)
    detail = {"akun": name} | dict(zip(("peran", "wilayah", "provinsi"), place, strict=False))
    detail = {key: value for key, value in detail.items() if value is not None}
    return audit.along(action, name=by, role=actor and actor.role, address=address, detail=detail)


def _keep_an_admin(connection: sqlite3.Connection, account_id: int) -> None:
    """Refuse what would leave nobody who may manage accounts."""
    row = connection.execute(_SQL["by_id"], {"id": account_id}).fetchone()
    others = connection.execute(_SQL["other_admins"], {"id": account_id}).fetchone()[0]
    if row["role"] == "admin" and not row["is_locked"] and others == 0:
        raise UserError(
            f"'{row['name']}' adalah admin terakhir yang aktif; angkatlah admin lain lebih dahulu."
        )


def _is_stale(row: sqlite3.Row) -> bool:
    return row["temporary_until"] is not None and store.now() >= row["temporary_until"]
