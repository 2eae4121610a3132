"""Several processes put files in at once: each whole, one after the other, and readers see no half."""

import itertools
import os
import time

from pipelines import build, intake, lake
from tests.promises import world

SIZES = (5, 10, 20)


def put_in_when_free(data, size, pipe):
    """Ingest a file of so many laporan, again and again until nobody else is at work."""
    os.environ["CERMIN_DATA"] = data
    content, refused = world.text(world.rows(size * 100, size * 100 + size - 1)).encode(), 0
    while True:
        try:
            result = intake.ingest_file("laporan", content, by="Uji", **world.STATED)
            break
        except lake.Unavailable as refusal:
            assert "proses lain" in str(refusal)
            refused += 1
            time.sleep(0.02)
    pipe.send((result.new, refused))


def masuk():
    found = world.figures(("ringkasan_provinsi",))["ringkasan_provinsi"]
    return dict(zip(found["kode_provinsi"], found["masuk"], strict=True))["64"] or 0


def test_processes_at_once_take_turns_and_no_reader_sees_a_part(forks, cermin_data):
    build.build()
    pipes = [forks.Pipe() for _ in SIZES]
    processes = [
        forks.Process(target=put_in_when_free, args=(str(cermin_data), size, theirs))
        for size, (_, theirs) in zip(SIZES, pipes, strict=True)
    ]
    for process, (_, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()  # one that dies without a word ends the pipe
    seen = [masuk()]
    while any(process.is_alive() for process in processes):
        seen.append(masuk())
        time.sleep(0.05)
    assert [ours.recv()[0] for ours, _ in pipes] == list(SIZES)
    here = [size * 3 // 5 for size in SIZES]  # three of five regions lie in this province
    sums = {sum(some) for n in range(4) for some in itertools.combinations(here, n)}
    assert set(seen) <= sums
    assert masuk() == sum(here) and len(lake.live("laporan")) == 3
