"""At every step on the disk and every statement of a build: who looked then would find before or after."""

import sys

import pytest

from pipelines import build, intake, lake, warehouse
from tests.promises import world

STEPS = {
    "open",
    "replace",
    "rename",
    "fsync",
    "mkdir",
    "unlink",
    "rmdir",
    "utime",
    "execute",
    "flock",
    "write",
}
STEPS |= {"register", "unregister", "close", "collect", "sink_parquet", "write_parquet", "read_parquet"}


class Watch:
    """Looks at what stands in the data folder before and after each step of a verb."""

    def __init__(self):
        self.found, self.count, self.is_looking = [], 0, False

    def __call__(self, _frame, event, of):
        if self.is_looking or event not in ("c_call", "c_return") or of.__name__ not in STEPS:
            return
        self.is_looking = True
        self.count += 1
        state = standing()
        if not self.found or self.found[-1] != state:
            self.found.append(state)
        self.is_looking = False

    def during(self, verb):
        sys.setprofile(self)
        try:
            verb()
        finally:
            sys.setprofile(None)
        return self


def standing():
    """The live batches, and the warehouse that answers: it never changes once it has its name."""
    file = warehouse.current()
    return tuple(batch.batch for batch in lake.batches() if batch.live), file and (
        file.name,
        file.stat().st_size,
    )


@pytest.fixture
def begun(cermin_data):
    world.put_in(world.first())
    return cermin_data


def verbs():
    yield lambda: world.put_in(world.second())
    yield lambda: intake.undo_batch(lake.live("laporan")[-1].batch)
    yield lambda: build.build(force=True)


def test_whoever_looks_at_any_step_finds_before_or_after(begun):
    counts = []
    for verb in verbs():
        before = standing()
        watch = Watch().during(verb)
        after = standing()
        batches, files = ([state[part] for state in watch.found] for part in (0, 1))
        assert set(batches) <= {before[0], after[0]} and set(files) <= {before[1], after[1]}
        # The lake moves first and the warehouse follows it; neither ever goes back.
        assert watch.found in ([before, after], [before, (after[0], before[1]), after])
        counts.append(watch.count)
    assert min(counts) > 100, counts
