"""One life of a process that works on a small lake and dies in it: for test_kills.py.

Each life is forked from a warm process, so that many cost no more than the work they do. It says what it
found (what the life before left behind), then does one verb and is killed: by itself at its n-th call of any
function, Python's or C's, or from outside after a delay.
"""

import hashlib
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipelines import build, inbox, intake, lake, warehouse
from tests.promises import world

A, BOTH = ("a.csv",), ("a.csv", "b.csv")
# What the next start may have found of a life before, and nobody may find after it has built.
LEFTOVERS = (".tmp-*", "*.tmp", "*.tmp.*", "*.wal", ".current-*")
OFFERED = {A: ("ingest", "ingest", "take_inbox"), BOTH: ("undo", "undo", "undo", "rebuild")}


def live(data: str, life: int, seen: dict[str, str], calls: dict[str, int], pipe: Connection) -> None:
    """Look, say, do a verb. seen: figures by warehouse, of lives before; calls: how many a verb makes,
    {} when death comes from outside."""
    os.environ["CERMIN_DATA"] = data
    chance = random.Random(life)
    found = {"held": held(), "figures": digest(seen)}
    if chance.random() < 0.15:
        build.ensure()
        found["mended"] = digest(seen)
    verb = chance.choice(OFFERED[found["held"]])
    pipe.send(found | {"verb": verb, "seen": seen})
    if calls:
        _die_at(chance.randrange(1, calls[verb]))
    VERBS[verb](Path(data))
    sys.setprofile(None)
    pipe.send("done")


def begin(data: str, pipe: Connection) -> None:
    """A whole life: the lake with the first file, every verb once; its states, and what each verb takes."""
    os.environ["CERMIN_DATA"] = data
    states, seconds, calls = [], {}, {}
    intake.ingest_file("laporan", world.first(), file_name="a.csv", by="Uji", **world.STATED)
    states.append((held(), digest({})))
    for name in ("ingest", "rebuild", "undo", "take_inbox", "undo"):
        seconds[name], calls[name] = _measured(VERBS[name], Path(data))
        states.append((held(), digest({})))
    pipe.send((states, seconds, calls))


def end(data: str, pipe: Connection) -> None:
    """The last life: the next start, then every verb to its end; the states, and what is left over."""
    os.environ["CERMIN_DATA"] = data
    build.ensure()
    if held() == A:
        ingest(Path(data))
    states = [(held(), digest({}))]
    for name in ("undo", "take_inbox"):
        VERBS[name](Path(data))
        states.append((held(), digest({})))
    left = [path.name for pattern in LEFTOVERS for path in Path(data).parent.rglob(pattern)]
    pipe.send((states, left))


def held() -> tuple[str, ...]:
    """The live batches, by the file that they came from."""
    return tuple(sorted(batch.file for batch in lake.batches() if batch.live))


def digest(seen: dict[str, str]) -> str:
    """The figures that a reader sees now; the same file, which never changes, is asked only once."""
    file = warehouse.current()
    if file.name not in seen:
        seen[file.name] = hashlib.sha256(world.quick().encode()).hexdigest()
    return seen[file.name]


def ingest(_data: Path) -> None:
    """The second file, by hand."""
    intake.ingest_file("laporan", world.second(), file_name="b.csv", by="Uji", **world.STATED)


def take_inbox(data: Path) -> None:
    """The second file, from a watched folder beside the data."""
    folder = data.parent / f"{data.name}-masuk"
    folder.mkdir(exist_ok=True)
    (folder / "b.csv").write_bytes(world.second())
    for taken in inbox.take(folder, None, 0, **world.STATED):
        assert taken.succeeded and taken.note.exists(), taken.told


def undo(_data: Path) -> None:
    """The newest live batch."""
    intake.undo_batch(next(b.batch for b in reversed(lake.batches()) if b.live), by="Uji")


def rebuild(_data: Path) -> None:
    """The same lake, built anew."""
    build.build(force=True)


VERBS = {verb.__name__: verb for verb in (ingest, take_inbox, undo, rebuild)}


def _measured(verb: Callable, data: Path) -> tuple[float, int]:
    """Seconds and calls from the beginning of a verb to its end."""
    count, start = itertools.count(), time.monotonic()
    sys.setprofile(lambda _frame, event, _of: next(count) if event in ("call", "c_call") else None)
    try:
        verb(data)
    finally:
        sys.setprofile(None)
    return time.monotonic() - start, next(count)


def _die_at(call: int) -> None:
    count = itertools.count(1)

    def watch(_frame: Any, event: str, _of: Any) -> None:
        if event in ("call", "c_call") and next(count) == call:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
