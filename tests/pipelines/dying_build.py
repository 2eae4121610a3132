"""A build that ends by SIGKILL at its n-th moment: an SQL step, or a touch of the warehouse folder.

python -m tests.pipelines.dying_build N ; exit code 0 when the build came to its end before that moment.
"""

import os
import signal
import sys
from collections.abc import Iterator

from pipelines import build, places

WATCHED = ("open", "os.rename", "os.remove", "os.utime", "os.chmod")
moments = 0


def pass_moment() -> None:
    global moments
    moments += 1
    if moments == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)


def watch(event: str, args: tuple) -> None:
    if event in WATCHED and str(args[0]).startswith(str(places.warehouse())):
        pass_moment()


def steps_with_moments() -> Iterator[build.Step]:
    for number, step in enumerate(build_steps()):
        if number % 12 == 0:
            pass_moment()
        yield step


build_steps = build.steps
if __name__ == "__main__":
    build.steps = steps_with_moments
    sys.addaudithook(watch)
    build.build()
    print(moments)
