"""A kill at any step of ingest, undo and build loses nothing and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines import build, intake, lake, places, questions

pytestmark = pytest.mark.kill

KILLED = Path(__file__).with_name("killed.py")
STATED = {"per_tanggal": date(2025, 12, 31), "cakupan": ["63", "64"]}
WORDS = ["--per-tanggal", "2025-12-31", "--cakupan", "63,64", "--json"]
STEPS_AT_MOST = 40


def start(arguments):
    environment = dict(os.environ) | {"PYTHONPATH": str(places.ROOT)}
    return subprocess.Popen(
        arguments, env=environment, cwd=places.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def killed_at(step, *words):
    """Whether the verb was killed at its n-th step on the disk; False when it ended before."""
    process = start([sys.executable, str(KILLED), str(step), *map(str, words)])
    assert process.wait(60) in (0, -signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def masuk():
    frame = questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-12-31"})
    return dict(zip(frame["kode_provinsi"], frame["masuk"], strict=True))["64"]


@pytest.fixture
def two_files(cermin_data, laporan, tmp_path):
    """A lake with one report, and a file with two more."""
    intake.ingest_file("laporan", laporan({}), **STATED)
    path = tmp_path / "lagi.csv"
    path.write_bytes(laporan({}, {}, {}))
    return path


def test_a_kill_at_any_step_of_an_ingest_loses_and_doubles_nothing(two_files):
    for step in range(1, STEPS_AT_MOST):
        was_killed = killed_at(step, "ingest", "laporan", two_files, *WORDS)
        assert masuk() in (1, 3)
        result = intake.ingest_file("laporan", two_files, **STATED)
        assert result.succeeded
        assert masuk() == 3
        assert len(lake.live("laporan")) == 2
        assert not [path for path in places.lake().rglob("*") if path.name.startswith(lake.TEMPORARY)]
        if not was_killed:
            break
        intake.undo_batch(lake.live("laporan")[-1].batch)
        assert masuk() == 1
    assert not was_killed and step > 8


def test_a_kill_while_the_sample_is_replaced_never_counts_both(cermin_data, laporan, tmp_path):
    sample = intake.ingest_file(
        "laporan", laporan({"nomor_laporan": "CONTOH/1"}, {"nomor_laporan": "CONTOH/2"}), **STATED
    )
    path = tmp_path / "nyata.csv"
    path.write_bytes(laporan({}, {}, {}))
    for step in range(1, STEPS_AT_MOST):
        was_killed = killed_at(step, "ingest", "laporan", path, *WORDS)
        build.ensure()
        assert masuk() in (2, 3)
        if not was_killed or masuk() == 3:
            break
    intake.ingest_file("laporan", path, **STATED)
    intake.undo_batch(lake.live("laporan")[-1].batch)
    assert lake.live("laporan") == []
    assert sample.batch in {batch.batch for batch in lake.batches()}


def test_a_kill_in_the_first_steps_of_an_undo_leaves_it_done_or_not_begun(two_files):
    intake.ingest_file("laporan", two_files, **STATED)
    for step in range(1, 6):
        assert killed_at(step, "undo", lake.live("laporan")[-1].batch)
        assert masuk() in (1, 3)
        build.ensure()
        if len(lake.live("laporan")) == 1:
            assert masuk() == 1
            intake.ingest_file("laporan", two_files, **STATED)
        assert masuk() == 3


def test_a_kill_at_any_step_of_a_build_leaves_the_old_one_answering(two_files):
    for step in range(1, STEPS_AT_MOST):
        was_killed = killed_at(step, "build", "--force")
        assert masuk() == 1
        if not was_killed:
            break
    assert not was_killed and step > 3
    build.build()
    assert not list(places.warehouse().glob("*.tmp*"))


def test_a_kill_at_a_random_moment_loses_and_doubles_nothing(two_files):
    chance = random.Random(20261122)
    for _ in range(5):
        process = start([sys.executable, "-m", "pipelines", "ingest", "laporan", str(two_files), *WORDS])
        time.sleep(chance.uniform(0.8, 3.0))
        process.kill()
        process.wait()
        build.ensure()
        assert masuk() == (1 if len(lake.live("laporan")) == 1 else 3)
    intake.ingest_file("laporan", two_files, **STATED)
    assert masuk() == 3 and len(lake.live("laporan")) == 2
