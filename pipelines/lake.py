"""The accepted batches: immutable Parquet and a manifest, written beside and renamed; undo is a mark.

The lake is the truth and the warehouse is derived from it. Nothing here is ever rewritten.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import places
from pipelines.dates import WITA
from pipelines.disk import Unavailable, writing
from pipelines.errors import UserError

ROWS, MANIFEST, TEMPORARY = "rows.parquet", "manifest.json", ".tmp-"
LISTS = ("cakupan", "dropped_columns", "ignored_columns", "padanan", "kolom")
FROM_RESULT = (
    *("file", "rows", "accepted", "rejected", "per_tanggal", "sejak", "cakupan"),
    *("encoding", "delimiter", "date_order", "dropped_columns", "ignored_columns", "padanan", "kolom"),
)
_held_here = threading.local()


@dataclass(frozen=True)
class Batch:
    """One accepted file. `rows` = `accepted` + `rejected`; `stored` counts the Parquet's (no repeats)."""

    batch: str
    kind: str
    file: str
    sha256: str
    rows: int
    accepted: int
    rejected: int
    stored: int
    per_tanggal: date
    sejak: date | None
    cakupan: tuple[str, ...]
    by: str
    when: str
    contoh: bool
    seq: int
    encoding: str | None = None
    delimiter: str | None = None
    date_order: str | None = None
    dropped_columns: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    padanan: tuple[tuple[str, str, str], ...] = ()
    kolom: tuple[tuple[str, str], ...] = ()
    live: bool = True

    @property
    def path(self) -> Path:
        """The Parquet file of the accepted rows."""
        return _batches() / self.batch / ROWS

    def to_json(self) -> dict[str, Any]:
        """The manifest as JSON: dates ISO, lists as lists."""
        content = asdict(self)
        for name in ("per_tanggal", "sejak"):
            content[name] = content[name] and content[name].isoformat()
        return content | {name: list(content[name]) for name in LISTS}


def batches(kind: str | None = None) -> list[Batch]:
    """Every batch ever kept, in upload order; undone ones have `live` False.

    While a real batch of a kind is live, sample batches of that kind are not, marked or not:
    between keeping the one and marking the other there is no moment at which both count.
    """
    found = sorted((_read(folder) for folder in _kept()), key=lambda batch: batch.seq)
    real = {batch.kind for batch in found if batch.live and not batch.contoh}
    found = [replace(batch, live=batch.live and not (batch.contoh and batch.kind in real)) for batch in found]
    return [batch for batch in found if kind in (None, batch.kind)]


def live(kind: str) -> list[Batch]:
    """The live batches of a kind in the order of the fold: per_tanggal, then upload."""
    return sorted((b for b in batches(kind) if b.live), key=lambda batch: (batch.per_tanggal, batch.seq))


def held(
    kind: str,
    sha256: str,
    padanan: tuple[tuple[str, str, str], ...] = (),
    kolom: tuple[tuple[str, str], ...] = (),
) -> Batch | None:
    """The live batch that holds this very file with these mendings and mapped headings at least.

    An undone file may be uploaded again, and so may one of which more is understood now.
    """
    wanted = {*padanan, *kolom}
    same = (b for b in batches(kind) if b.live and b.sha256 == sha256)
    return next((batch for batch in same if wanted <= {*batch.padanan, *batch.kolom}), None)


def keep(kind: str, frame: pl.DataFrame, **manifest: Any) -> Batch:
    """Keep the accepted rows as a new batch: whole or not at all.

    manifest: the fields of Batch except `batch`, `kind`, `seq`, `when`, `stored` and `live`.
    UserError when the folder cannot be written.
    """
    with locked("ingest"), writing():
        recover()
        seq = max((batch.seq for batch in batches()), default=0) + 1
        batch = Batch(
            batch=f"{seq:06d}-{kind}-{manifest['sha256'][:8]}",
            kind=kind,
            seq=seq,
            when=_now(),
            stored=frame.height,
            **manifest,
        )
        _write(batch, frame)
        return batch


def undo(batch_id: str, by: str) -> Batch:
    """Mark a batch undone; its rows stay where they are. UserError if unknown or already undone."""
    with locked("ingest"), writing():
        known = {batch.batch: batch for batch in batches()}
        if batch_id not in known:
            raise UserError(f"Batch {batch_id} tidak ada. Lihat daftarnya dengan perintah batches.")
        if _mark(batch_id).exists():
            raise UserError(f"Batch {batch_id} sudah dibatalkan sebelumnya.")
        _write_json(_mark(batch_id), {"batch": batch_id, "by": by, "when": _now()})
        return replace(known[batch_id], live=False)


def take_back(batch: Batch, why: str) -> None:
    """Undo a batch whose build failed; where a full disk cannot even take the mark, its folder goes again.

    Nobody has seen its rows: a batch counts for readers when a warehouse was built with it.
    """
    try:
        undo(batch.batch, why)
    except Unavailable:
        with locked("ingest"), writing():
            beside = places.lake() / f"{TEMPORARY}{secrets.token_hex(6)}"
            os.replace(batch.path.parent, beside)
            shutil.rmtree(beside, ignore_errors=True)


def restore(batch: Batch) -> None:
    """Take away the mark of a batch when the build without it failed: it goes on counting."""
    with locked("ingest"), writing():
        _mark(batch.batch).unlink(missing_ok=True)


def recover() -> None:
    """Remove what an interrupted write left behind, and finish retiring samples."""
    with locked("ingest"), writing():
        for folder in (places.lake(), places.lake() / "undone"):
            for leftover in list(folder.glob(f"{TEMPORARY}*")):
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        retire_samples()


def retire_samples() -> None:
    """Mark as undone the sample batches that a live real batch hides: they never come back by themselves."""
    with locked("ingest"), writing():
        for batch in batches():
            if batch.contoh and not batch.live and not _mark(batch.batch).exists():
                _write_json(
                    _mark(batch.batch),
                    {"batch": batch.batch, "by": "digantikan data sebenarnya", "when": _now()},
                )


class Busy(Unavailable):
    """Another process or session holds the data: trying again in a while is all it takes."""


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock between processes and threads; entering it again while holding it is free.

    Busy when another process or session holds it: a second build is refused, not queued.
    """
    held_names = _held_here.__dict__.setdefault("names", set())
    if name in held_names:
        yield
        return
    with writing():
        places.state().mkdir(parents=True, exist_ok=True)
        handle = (places.state() / f"{name}.lock").open("w")
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Data sedang dikerjakan proses lain. Tunggu sebentar, lalu coba lagi.") from None
        held_names.add(name)
        try:
            yield
        finally:
            held_names.discard(name)


def _write(batch: Batch, frame: pl.DataFrame) -> None:
    """Write beside, flush to the disk, rename: only then is there a batch."""
    target = _batches() / batch.batch
    temporary = places.lake() / f"{TEMPORARY}{secrets.token_hex(6)}"
    temporary.mkdir(parents=True)
    _batches().mkdir(exist_ok=True)
    try:
        frame.write_parquet(temporary / ROWS, compression="snappy", statistics=False)
        manifest = {k: v for k, v in asdict(batch).items() if k != "live"}
        (temporary / MANIFEST).write_text(
            json.dumps(manifest, default=str, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for written in (temporary / ROWS, temporary / MANIFEST, temporary):
            _flush(written)
        os.replace(temporary, target)
        _flush(_batches())
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _write_json(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(6)}")
    try:
        temporary.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        _flush(temporary)
        os.replace(temporary, path)
        _flush(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(folder: Path) -> Batch:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    known = {field.name for field in fields(Batch)}
    content = {name: value for name, value in content.items() if name in known}
    for name in ("per_tanggal", "sejak"):
        content[name] = date.fromisoformat(content[name]) if content[name] else None
    for name in LISTS:
        told = content.get(name, ())
        content[name] = tuple(tuple(one) if isinstance(one, list) else one for one in told)
    return Batch(**content, live=not _mark(content["batch"]).exists())


def _now() -> str:
    return datetime.now(WITA).isoformat(timespec="seconds")


def _kept() -> list[Path]:
    folder = _batches()
    return [p for p in folder.iterdir() if re.match(r"\d{6}-", p.name)] if folder.is_dir() else []


def _batches() -> Path:
    return places.lake() / "batches"


def _mark(batch_id: str) -> Path:
    return places.lake() / "undone" / f"{batch_id}.json"
