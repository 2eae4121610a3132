"""SIGKILL at any moment of ingest, inbox, undo and build: the figures before or after, never between.

The steps on the disk, one by one, stand in tests/pipelines/test_kills.py; here the moments are drawn.
"""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.promises import lives

pytestmark = pytest.mark.kill
LIVES = int(os.environ.get("CERMIN_KILLS", "60"))  # of both lanes together
LANES, PATIENCE = 2, 120


def begun(forks, target, *arguments):
    """A process, the pipe that it speaks through, and the first thing it said."""
    ours, theirs = forks.Pipe()
    process = forks.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    assert ours.poll(PATIENCE), "it says nothing"
    return process, ours, ours.recv()


def whole(forks, target, data):
    process, pipe, said = begun(forks, target, data)
    process.join(PATIENCE)
    assert process.exitcode == 0
    pipe.close()
    return said


def died(forks, data, life, seen, seconds, calls):
    """One life that is killed if its verb lasts long enough: whether it was, and what it had found before."""
    is_timed = life % 4 < 2
    process, pipe, said = begun(forks, lives.live, data, life, seen, {} if is_timed else calls)
    if is_timed:
        time.sleep(random.Random(life).uniform(0, seconds[said["verb"]]))
        process.kill()
    process.join(PATIENCE)
    assert process.exitcode in (0, -signal.SIGKILL), said
    pipe.close()
    return process.exitcode == -signal.SIGKILL, said


def lane(forks, folder, number):
    """One data folder through all its lives; how many of them were killed."""
    data, killed, seen = str(folder / f"lajur-{number}" / "cermin"), 0, {}
    states, seconds, calls = whole(forks, lives.begin, data)
    known = dict(states)
    assert set(known) == {lives.A, lives.BOTH} and len(set(known.values())) == 2
    assert set(states) == set(known.items())
    for life in range(number, LIVES, LANES):
        was_killed, said = died(forks, data, life, seen, seconds, calls)
        killed += was_killed
        assert said["figures"] in known.values(), said
        assert said.get("mended", known[said["held"]]) == known[said["held"]], said
        seen |= said["seen"]
    states, left = whole(forks, lives.end, data)
    assert states == [(state, known[state]) for state in (lives.BOTH, lives.A, lives.BOTH)]
    assert left == []
    return killed


def test_a_kill_at_any_moment_loses_and_doubles_nothing(forks, tmp_path):
    with ThreadPoolExecutor(LANES) as pool:
        killed = sum(pool.map(lambda number: lane(forks, tmp_path, number), range(LANES)))
    assert killed > LIVES * 0.6
