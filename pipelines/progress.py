"""How far a long piece of work has come, told to whoever watches it; a watcher may stop it by raising.

Whoever works says `tell(...)` wherever stopping is harmless; without a watcher that is free.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str, int | None, str], None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


class Stopped(Exception):
    """The person who asked for the work does not want it any more; nothing was kept."""


def tell(stage: str, count: int | None = None, noun: str = "baris") -> None:
    """Say which stage begins or goes on, and of how many rows (or another noun) it is about."""
    if watcher := _watcher.get():
        watcher(stage, count, noun)


@contextmanager
def watched(by: Watcher) -> Iterator[None]:
    """Whatever is told inside, in this thread, reaches `by(stage, count, noun)`."""
    token = _watcher.set(by)
    try:
        yield
    finally:
        _watcher.reset(token)
