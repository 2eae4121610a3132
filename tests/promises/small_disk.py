"""Ingest, inbox, undo and build where the disk refuses: for test_disk.py. Ends with 0 when all holds.

python -m tests.promises.small_disk FOLDER WAY ; `tmpfs`: FOLDER is a small file system of its own, filled up
to a rest; `limit`: no file may grow beyond a size; `closed`: a folder may not be written by who runs this.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import build, inbox, intake, lake, waiting
from pipelines.disk import Unavailable
from tests.promises import lives, world

KIB = 1024
NOBODY = 65534


def main(folder: Path, way: str) -> None:
    """Every verb on a disk that refuses in every manner: a sentence and nothing changed, or done."""
    os.environ["CERMIN_DATA"] = str(folder / "cermin")
    intake.ingest_file("laporan", world.first(), file_name="a.csv", by="Uji", **world.STATED)
    put_in(folder)
    undo(folder)
    if way == "closed":
        become_nobody(folder)
    for verb, manners in PLANS[way].items():
        for manner in manners:
            if verb in (undo, rebuild) and lives.held() == lives.A:
                put_in(folder)
            if verb in (put_in, take_inbox) and lives.held() == lives.BOTH:
                undo(folder)
            offer(folder)
            tried(verb, folder, WAYS[way], manner)


def tried(verb: Callable, folder: Path, refusing: Callable, manner: int | str) -> None:
    """Try a verb on a refusing disk: done, or a sentence, all as before, and nothing lies about."""
    before = lives.held(), world.quick()
    try:
        with refusing(folder, manner):
            try:
                verb(folder)
            finally:
                seen = lives.held(), world.quick()
    except Unavailable as refusal:
        assert str(refusal).endswith(".") and "tidak dapat ditulis" in str(refusal), refusal
        assert seen == before, (verb, manner, seen[0])
        left = [path.name for pattern in lives.LEFTOVERS for path in folder.rglob(pattern)]
        assert verb is take_inbox or left == [], (verb, manner, left)
        build.ensure()
        assert (lives.held(), world.quick()) == before
        print(f"{verb.__name__} {manner}: {refusal}")
        return
    print(f"{verb.__name__} {manner}: done")


@contextmanager
def filled(folder: Path, rest: int) -> Iterator[None]:
    """The file system filled up to a rest."""
    filler, held = folder / "penuh", os.statvfs(folder)
    with filler.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, held.f_bavail * held.f_frsize - rest or 1)
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(_folder: Path, rest: int) -> Iterator[None]:
    """No file may grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (rest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def closed(folder: Path, name: str) -> Iterator[None]:
    """One folder of the data that may be read only."""
    shut = folder / "cermin" / name
    shut.chmod(0o500)
    try:
        yield
    finally:
        shut.chmod(0o700)


def become_nobody(folder: Path) -> None:
    """Root may write everywhere: give the folder to nobody, and be nobody."""
    if os.geteuid():
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def put_in(_folder: Path) -> None:
    """The second file."""
    intake.ingest_file("laporan", world.second(), file_name="b.csv", by="Uji", **world.STATED)


def offer(folder: Path) -> None:
    """The second file in a watched folder on the same disk."""
    (folder / "masuk").mkdir(exist_ok=True)
    (folder / "masuk" / "b.csv").write_bytes(world.second())


def take_inbox(folder: Path) -> None:
    """The second file, from there."""
    taken = list(inbox.take(folder / "masuk", None, 0, **world.STATED))
    assert len(taken) == 1 and taken[0].succeeded


def let_wait(_folder: Path) -> None:
    """The second file, checked and let wait."""
    checked = intake.look_at("laporan", world.second(), "b.csv", **world.STATED)
    waiting.keep(1, checked.result, checked.frame, checked.refused_keys, checked.sha256)


def undo(_folder: Path) -> None:
    """The newest batch."""
    intake.undo_batch(lake.live("laporan")[-1].batch)


def rebuild(_folder: Path) -> None:
    """The same lake, built anew."""
    build.build(force=True)


WAYS = {"tmpfs": filled, "limit": limited, "closed": closed}
PLANS = {
    "tmpfs": {
        put_in: (0, 12 * KIB, 40 * KIB, 1024 * KIB, 8192 * KIB),
        take_inbox: (0, 12 * KIB),
        let_wait: (0, 12 * KIB),
        undo: (0, 1024 * KIB),
        rebuild: (1024 * KIB,),
    },
    "limit": {put_in: (0, 12 * KIB, 1024 * KIB), undo: (0,)},
    "closed": {
        put_in: ("lake", "lake/batches", "warehouse"),
        undo: ("lake/undone", "warehouse"),
        let_wait: ("state",),
        rebuild: ("warehouse",),
    },
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
