"""Append-only notes below the state folder: one small numbered file each, private, whole or not there.

A note is written beside, flushed and renamed; nothing is ever rewritten, so a kill loses at most the note
that was being written. The kind of a note is its folder.
"""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines import disk, places, warehouse
from pipelines.dates import WITA

TEMPORARY = ".tmp-"


def append(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Keep a note with its number and the time; the caller holds a lock of that kind.

    Unavailable when the folder cannot be written: nothing has changed then.
    """
    folder = _folder(kind)
    number = max((int(path.stem) for path in _files(folder)), default=0) + 1
    kept = content | {"nomor": number, "waktu": datetime.now(WITA).isoformat(timespec="seconds")}
    with disk.writing():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in folder.glob(f"{TEMPORARY}*"):
            leftover.unlink()
        _write(folder / f"{TEMPORARY}{secrets.token_hex(6)}", folder / f"{number:06d}.json", kept)
    return kept


def read(kind: str) -> list[dict[str, Any]]:
    """Every note of a kind in the order in which they were made; dates are texts, 2026-01-27."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in _files(_folder(kind))]


def stamp(*kinds: str) -> tuple[int, ...]:
    """What changes whenever a note of these kinds was added: for caches of something made of them."""
    return tuple(_changed(_folder(kind)) for kind in kinds)


def _write(beside: Path, target: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, default=str).encode()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, target)
    warehouse.sync(target.parent)


def _changed(folder: Path) -> int:
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*.json"))


def _folder(kind: str) -> Path:
    return places.state() / kind
