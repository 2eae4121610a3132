"""The second factor: a time-based code (TOTP, six digits, 30 seconds) from an application on a telephone."""

import hmac
import sqlite3
from contextlib import AbstractContextManager

import pyotp

from access import account_rows, audit, limits, passwords, store
from access.roles import WITH_CODE
from pipelines.errors import UserError

ISSUER = "Cermin"
STEP_SECONDS = 30
# A telephone's clock may be one step off to either side.
TOLERANCE = 1
_SQL = store.statements("accounts")


def start_totp(account_id: int) -> str:
    """A new secret (base32) that counts only once `confirm_totp` has seen a code made with it."""
    row = account_rows.by_id(account_id)
    if row["role"] not in WITH_CODE:
        raise UserError(f"Kode masuk hanya untuk akun {' dan '.join(WITH_CODE)}.")
    secret = pyotp.random_base32()
    with store.writing() as connection:
        connection.execute(_SQL["totp_begin"], {"id": account_id, "secret": secret})
    return secret


def address_of(account_id: int, secret: str) -> str:
    """The otpauth: address of a secret, as a QR code holds it."""
    name = account_rows.by_id(account_id)["name"]
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def confirm_totp(account_id: int, code: str, *, address: str = "") -> bool:
    """Put the pending secret to use: True, or UserError when the code is wrong; limits.TooMany."""
    row = account_rows.by_id(account_id)
    limits.admit_for("kode", account_id)
    step = None if row["totp_pending"] is None else _step_of(row["totp_pending"], code)
    if step is None:
        raise UserError("Kode tidak cocok; periksa jam telepon Anda, lalu ketik kode yang sedang tampil.")
    limits.forgive_for("kode", account_id)
    with _changing("kode_dipasang", row, address) as connection:
        values = {"id": account_id, "secret": row["totp_pending"], "step": step}
        if connection.execute(_SQL["totp_settle"], values).rowcount != 1:
            raise UserError("Pemasangan kode diulang di tempat lain; mulailah lagi.")
    return True


def drop_totp(account_id: int, password: str, *, address: str = "") -> bool:
    """Do without the second factor again: True, or UserError when the password is wrong; limits.TooMany."""
    row = account_rows.by_id(account_id)
    limits.admit_for("sandi", account_id)
    if not passwords.matches(password, row["password"]):
        raise UserError("Sandi tidak cocok.")
    limits.forgive_for("sandi", account_id)
    with _changing("kode_dilepas", row, address) as connection:
        connection.execute(_SQL["totp_drop"], {"id": account_id})
    return True


def check_code(account_id: int, code: str) -> bool:
    """Whether this is a code of now (one step earlier or later) that was not used before; limits.TooMany."""
    row = account_rows.by_id(account_id)
    limits.admit_for("kode", account_id)
    step = None if row["totp"] is None else _step_of(row["totp"], code)
    if step is None:
        return False
    with store.writing() as connection:
        values = {"id": account_id, "secret": row["totp"], "step": step}
        if connection.execute(_SQL["totp_use"], values).rowcount != 1:
            return False
    limits.forgive_for("kode", account_id)
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The time step that this code belongs to, None when it is none of the tolerated ones."""
    typed = "".join(code.split()).encode("utf-8", "surrogatepass")
    now, totp = int(store.now()) // STEP_SECONDS, pyotp.TOTP(secret)
    steps = range(now - TOLERANCE, now + TOLERANCE + 1)
    fitting = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed)]
    return max(fitting, default=None)


def _changing(action: str, row: sqlite3.Row, address: str) -> AbstractContextManager[sqlite3.Connection]:
    return audit.along(
        action, name=row["name"], role=row["role"], address=address, detail={"akun": row["name"]}
    )
