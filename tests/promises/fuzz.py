"""Bytes that nobody would write, for a while: python -m tests.promises.fuzz SECONDS FOLDER

With atheris (Linux, where it has a wheel) new branches of the readers lead the way; without it the same
target is fed mutations of the same seeds by a plain generator. What is neither read nor refused ends it.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import atheris
except ImportError:  # no wheel for this machine
    atheris = None

LONGEST, MOST_MEMORY = 4096, 6 << 30


def main(seconds: int, folder: Path) -> None:
    """Fuzz for so many seconds; the folder takes the seeds and what is found."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    if atheris:
        with atheris.instrument_imports(include=["pipelines"]):
            from tests.promises import target
    else:
        from tests.promises import target
    seeds = folder / "benih"
    seeds.mkdir()
    for number, seed in enumerate(target.seeds()):
        (seeds / f"{number}").write_bytes(seed)
    if atheris:
        limits = [f"-max_total_time={seconds}", "-timeout=60", f"-max_len={LONGEST}", "-rss_limit_mb=2048"]
        atheris.Setup(
            [sys.argv[0], *limits, f"-artifact_prefix={folder}/", "-seed=7", str(seeds)], target.feed
        )
        atheris.Fuzz()
        return
    end, made = time.monotonic() + seconds, mutations(list(target.seeds()))
    while time.monotonic() < end:
        content = next(made)
        (folder / "terakhir").write_bytes(content)
        target.feed(content)
    print("Done without atheris: mutations of the seeds, not led by coverage")


def mutations(seeds: list[bytes]) -> Iterator[bytes]:
    """Seeds with bytes changed, taken out, doubled, and pieces of others put in; without an end."""
    chance = random.Random(7)
    while True:
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 8)):
            start = chance.randrange(len(content) + 1)
            end = min(len(content), start + chance.randint(0, 12))
            other = chance.choice(seeds)
            at = chance.randrange(len(other))
            put_in = (b"", chance.randbytes(3), other[at : at + 20], bytes(content[start:end]) * 2)
            content[start:end] = chance.choice(put_in)
        yield bytes(content[:LONGEST])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
