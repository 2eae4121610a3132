"""What a password must be, and how it is kept: argon2id with the low-memory profile of RFC 9106."""

import os
import secrets
import tempfile
import threading
import unicodedata
from functools import cache
from pathlib import Path

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from pipelines import places
from pipelines.errors import UserError

SHORTEST, LONGEST = 12, 1_000
COMMON = places.REFERENCE / "sandi_umum.txt"
# A part of a name shorter than this says nothing about a password that happens to contain it.
TELLING = 3
# For tests on a throw-away folder; see `_is_rehearsal`.
REHEARSAL = ("CERMIN_SANDI_LATIHAN", "folder sementara")
# 64 MiB each: more at once would let a burst of sign-ins take the memory of the whole server.
_turns = threading.BoundedSemaphore(3)
# Without the letters and digits that are taken for one another when read aloud or from a note.
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"


def accept(password: str, name: str) -> str:
    """The password as it is hashed (NFKC), or a UserError that says why it cannot be one."""
    text = normal(password)
    if len(text) < SHORTEST:
        raise UserError(
            f"Sandi terlalu pendek: {len(text)} karakter; pakailah paling sedikit {SHORTEST} karakter."
        )
    if len(text) > LONGEST:
        raise UserError(f"Sandi terlalu panjang: pakailah paling banyak {LONGEST} karakter.")
    folded = text.casefold()
    if folded in _common():
        raise UserError("Sandi ini ada di daftar sandi yang umum dipakai; pilihlah yang tidak dapat ditebak.")
    if any(part in folded for part in _parts(name)):
        raise UserError("Sandi memuat nama akun; pilihlah sandi tanpa nama itu.")
    return text


def normal(password: str) -> str:
    """One form for the same characters, however the keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


def keep(accepted: str) -> str:
    """The hash of an accepted password."""
    with _turns:
        return _hasher().hash(accepted.encode("utf-8", "surrogatepass"))


def matches(password: str, kept: str | None) -> bool:
    """Whether the password belongs to the hash; without one (unknown account) False, after the same work."""
    if len(password) > LONGEST:
        password = password[: LONGEST + 1]
    text = normal(password).encode("utf-8", "surrogatepass")
    # Asked for in every case: only then does the first unknown name after a start cost the same.
    dummy = _dummy()
    with _turns:
        try:
            return _hasher().verify(kept or dummy, text) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def one_time() -> str:
    """A random password to be read out and changed at once: five groups of four, about 99 bits."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(5))


def _parts(name: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return {part for part in (folded, folded.split("@")[0]) if len(part) >= TELLING}


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(normal(line).casefold() for line in lines if line and not line.startswith("#"))


def _hasher() -> argon2.PasswordHasher:
    return _hasher_for(_is_rehearsal())


def _is_rehearsal() -> bool:
    """Cheap hashes need a variable with an exact text and a CERMIN_DATA inside the temporary folder: both."""
    name, text = REHEARSAL
    if os.environ.get(name) != text or not os.environ.get("CERMIN_DATA"):
        return False
    return Path(os.environ["CERMIN_DATA"]).resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())


@cache
def _hasher_for(rehearsal: bool) -> argon2.PasswordHasher:
    if rehearsal:
        return argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return argon2.PasswordHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)


def _dummy() -> str:
    return _dummy_for(_is_rehearsal())


@cache
def _dummy_for(rehearsal: bool) -> str:
    return _hasher_for(rehearsal).hash(secrets.token_bytes(16))
