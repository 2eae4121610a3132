"""The second place that knows where the audit trail ends: number and hash of its last row, in one small file.

It is moved on after each commit, under its own lock, and only along the chain it already stands on: a trail
that was cut or replaced never moves it, so that the proof stays. A crash between commit and move leaves it
behind, which is no fault; ahead of the rows it never is.
"""

import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from access import store

FILE = "jejak.kepala"
GENESIS = "0" * 64
_SIZE = 86
_FORM = re.compile(rb"(\d{20}) ([0-9a-f]{64})\n")


class Head(NamedTuple):
    """The last row: its number (from 1) and its hash (64 hex)."""

    number: int
    hash: str


NONE = Head(0, GENESIS)


def path() -> Path:
    """Where the file lies."""
    return store.path().with_name(FILE)


def read() -> Head | None:
    """What the file says; None when it is missing or damaged, `NONE` before the first row."""
    try:
        return _parse(path().read_bytes())
    except FileNotFoundError:
        return None


def begin() -> None:
    """Write `NONE` for a trail that has no row yet, unless the file is there already."""
    try:
        handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    try:
        _write(handle, NONE)
    finally:
        os.close(handle)
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def advance(to: Head, hash_of: Callable[[int], str | None]) -> None:
    """Move on to a committed row; `hash_of` tells the hash of a row by its number."""
    try:
        handle = os.open(path(), os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        known = _parse(os.pread(handle, _SIZE + 1, 0))
        if known and known.number < to.number and (known == NONE or hash_of(known.number) == known.hash):
            _write(handle, to)
    finally:
        os.close(handle)


def _write(handle: int, to: Head) -> None:
    # Smaller than a sector and always as long: written whole or not at all.
    os.pwrite(handle, b"%020d %s\n" % (to.number, to.hash.encode()), 0)
    os.fsync(handle)


def _parse(content: bytes) -> Head | None:
    found = _FORM.fullmatch(content)
    return Head(int(found[1]), found[2].decode()) if found else None
