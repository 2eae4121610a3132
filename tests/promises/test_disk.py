"""A full disk, a file that may not grow, a folder that may not be written: a sentence, nothing changed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipelines import places

MOUNTED = 'mount -t tmpfs -o size=64m tmpfs "$0" && exec "$@"'


@pytest.fixture
def folder():
    """A folder that an unprivileged user can get at, too."""
    with tempfile.TemporaryDirectory(prefix="cermin-disk-") as made:
        yield Path(made)


def mounting(folder):
    """The words that give a command a small file system at the folder; [] where nothing can be mounted."""
    for flags in (["-m"], ["-rm"]):  # as root, or as an ordinary user who may have a namespace
        words = ["unshare", *flags, "sh", "-c", MOUNTED, str(folder)]
        try:
            if subprocess.run([*words, "true"], capture_output=True, timeout=60).returncode == 0:
                return words
        except OSError:
            return []
    return []


@pytest.mark.parametrize("way", ["tmpfs", "limit", "closed"])
def test_a_disk_that_refuses_is_a_sentence_and_nothing_has_changed(folder, way):
    words = mounting(folder) if way == "tmpfs" else []
    way = "limit" if way == "tmpfs" and not words else way
    done = subprocess.run(
        [*words, sys.executable, "-m", "tests.promises.small_disk", str(folder), way],
        cwd=places.ROOT,
        env=os.environ | {"PYTHONPATH": str(places.ROOT)},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.splitlines()
    assert sum("tidak dapat ditulis" in line for line in told) > len(told) / 2
