"""Builds the warehouse: staging, marts, slices, indicators into a new file; checks; then an atomic swap.

The lake and the shipped lists are the truth; a warehouse may be deleted at any time and is made again with
the same figures. Whatever stops a build (a fault, a broken list, a kill), the one before goes on answering.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import disk, lake, places, progress, questions, warehouse
from pipelines.errors import UserError
from pipelines.lake import Batch
from pipelines.signals import find as signals
from pipelines.signals import sightings
from pipelines.sources import in_fold_order, load
from pipelines.steps import Step, indicators, steps

__all__ = ["Step", "build", "check", "ensure", "indicators", "inputs_id", "load", "steps"]
KEPT = 3
CODE = Path(__file__).parent


def build(force: bool = False) -> str:
    """Build the warehouse of the present inputs and make it current; its build id. Reused when already built.

    force: build anew, shipped lists read and checked anew. UserError when another process builds, or when a
    check fails: the warehouse before it goes on answering.
    """
    with lake.locked("build"), disk.writing():
        folder = places.warehouse()
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        batches = lake.batches()
        build_id = inputs_id(batches)
        known = None if force else _finished(folder, build_id)
        file = known or _write(folder, build_id, batches, None if force else _of_same_lists())
        os.utime(file)
        warehouse.publish(file)
        sightings.note(warehouse.connect().ask(f"from {signals.TABLE}"))
        _keep_newest(folder)
        return build_id


def ensure() -> str:
    """Build only when no current warehouse answers for the present inputs; the build id."""
    build_id = inputs_id()
    return build_id if warehouse.build_id() == build_id else build()


def inputs_id(batches: Sequence[Batch] | None = None) -> str:
    """What a build depends on, hashed: 8 signs for what is shipped, 8 for batches and their marks."""
    held = "".join(f"{b.batch}:{b.live}\n" for b in (lake.batches() if batches is None else batches))
    return _shipped_id()[:8] + hashlib.sha256(held.encode()).hexdigest()[:8]


def check(connection: Any, batches: Sequence[Batch]) -> None:
    """UserError unless rows reconcile with the lake, keys are unique, regions known and questions bind."""
    stored = {
        name: sum(batch.stored for batch in in_fold_order(batches, kind))
        for name, kind in (("tersimpan", "laporan"), ("tersimpan_sp4n", "sp4n"))
    }
    for path in sorted((places.SQL / "checks").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        named = {name: count for name, count in stored.items() if re.search(rf"\${name}\b", text)}
        found = warehouse.frame(connection, text, named)
        if found.height:
            raise UserError(
                f"Gudang data tidak diganti: pemeriksaan {path.stem} menemukan {found.height} kejanggalan,"
                f" misalnya {found.row(0, named=True)}. Gudang sebelumnya tetap dipakai;"
                " periksa batch terakhir."
            )
    if _of_same_lists() is None:  # else these very questions answer already
        questions.bind(connection)


def _write(folder: Path, build_id: str, batches: Sequence[Batch], before: Path | None) -> Path:
    """A new warehouse file under its final name, whole and on the disk.

    One transaction for all steps: nobody reads the file before it is whole, and a commit costs a flush.
    """
    beside = folder / f"{build_id}-{os.getpid()}.duckdb.tmp"
    try:
        _fill(warehouse.create(beside), batches, before)
        warehouse.sync(beside)
        file = _free_name(folder, build_id)
        os.replace(beside, file)
        warehouse.sync(folder)
    except BaseException:
        _remove_leftovers(folder)
        raise
    return file


def _fill(connection: Any, batches: Sequence[Batch], before: Path | None) -> None:
    """Run every step and check what came out; the connection is closed."""
    with contextlib.closing(connection):
        loaded = load(connection, batches, before)
        connection.execute("begin")
        for number, step in enumerate(todo := list(steps()), 1):
            progress.tell("Membangun ulang gudang data", number, f"dari {len(todo)} langkah")
            if step.label not in loaded:
                connection.execute(step.statement)
        signals.hold(connection)
        check(connection, batches)
        connection.execute("commit")
        connection.execute("checkpoint")


def _of_same_lists() -> Path | None:
    """The current warehouse, if all that is shipped was the same when it was built."""
    file = warehouse.current()
    return file if file and warehouse.build_of(file)[:8] == _shipped_id()[:8] else None


@cache
def _shipped_id() -> str:
    digest = hashlib.sha256()
    for path in _shipped_files():
        digest.update(str(path.relative_to(places.ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _shipped_files() -> Iterator[Path]:
    """Lists, registers, SQL, and the contracts and code that read them: a kept list is as good as read."""
    for folder, pattern in [
        (places.REFERENCE, "*.csv"),
        (places.REGISTERS, "*.csv"),
        (places.SQL, "**/*.sql"),
        (CODE, "**/*.toml"),
        (CODE, "**/*.py"),
    ]:
        yield from sorted(folder.glob(pattern))


def _finished(folder: Path, build_id: str) -> Path | None:
    files = sorted(folder.glob(f"warehouse-{build_id}*.duckdb"), key=_age)
    return files[-1] if files else None


def _free_name(folder: Path, build_id: str) -> Path:
    """A name never used before: a reopened path would go on showing what it held."""
    plain = folder / f"warehouse-{build_id}.duckdb"
    return plain if not plain.exists() else folder / f"warehouse-{build_id}-{os.urandom(4).hex()}.duckdb"


def _keep_newest(folder: Path) -> None:
    for old in sorted(folder.glob("warehouse-*.duckdb"), key=_age)[:-KEPT]:
        if old != warehouse.current():
            old.unlink(missing_ok=True)


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns


def _remove_leftovers(folder: Path) -> None:
    """What a killed build left behind; only ever called under the lock."""
    for leftover in [*folder.glob("*.tmp*"), *folder.glob(f".{warehouse.POINTER}-*")]:
        leftover.unlink(missing_ok=True)
    shutil.rmtree(places.state() / warehouse.SPILL, ignore_errors=True)
