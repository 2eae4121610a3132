"""Runs one verb of the command line and kills itself at its n-th step on the disk: for test_kills.py.

A step is a flush or a rename, whichever module asks for it. Usage: python killed.py N VERB ...
"""

import os
import signal
import sys

from pipelines import __main__ as command_line


def die_at(left: int) -> None:
    """From here on, the so many-th flush or rename of this process is its last."""

    def counted(step):
        def stepped(*arguments, **options):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments, **options)

        return stepped

    os.replace, os.fsync = counted(os.replace), counted(os.fsync)


def main() -> int:
    """The verb's exit code, if it gets so far."""
    die_at(int(sys.argv[1]))
    return command_line.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
