"""The one cached door to the data: a question with its parameters in, a Polars frame or a ready figure out.

Answers are kept by (question, scope, build id): when a new warehouse is swapped in, the build id changes
and nothing old is served; so do the few answers that hold more than the warehouse (`questions.stamp`). Frames
and figures are shared by all viewers of a scope and are never changed by who receives them. A thread that has
entered no scope is answered nothing.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines import questions, warehouse


@dataclass(frozen=True)
class Question:
    """A question, its parameters as they stand in an address, and the rows of the answer that are meant."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
    only: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        return dict(self.parameters).get(name)


def about(name: str, *, only: dict[str, Any] | None = None, **parameters: str | date | None) -> Question:
    """Put a question; parameters that are None are left out; `only` keeps rows whose column has the value."""
    return Question(name, _texts(parameters), _texts(only or {}))


def ask(question: str | Question, **parameters: str | date | None) -> pl.DataFrame:
    """Answer a question from the current warehouse; raises UserError for what a viewer can mend."""
    asked = question if isinstance(question, Question) else about(question, **parameters)
    return _answer(asked, scope(), build(), questions.stamp(asked.name))


def derive(work: Callable[..., Any], *asked: Question, **options: Any) -> Any:
    """What a pure function makes of answers, once per build: `work(frame, ..., **options)`.

    Options have to be hashable. What comes back is shared by all viewers and must not be changed.
    """
    stamps = tuple(questions.stamp(one.name) for one in asked)
    return _derived(work, asked, tuple(sorted(options.items())), scope(), build(), stamps)


figure = derive  # by the name of what it mostly makes: a plotly Figure


def row(question: str | Question, **parameters: str | date | None) -> dict[str, Any]:
    """The first row of an answer as a dict; empty when there is none."""
    frame = ask(question, **parameters)
    return frame.row(0, named=True) if frame.height else {}


def enter(scope: str) -> None:
    """Ask in this scope from now on, in this thread: 'semua', or 'pemda:64.08'."""
    _run.scope = scope


def leave() -> None:
    """Ask in no scope: whatever is asked next in this thread is refused."""
    _run.scope = None


@contextmanager
def entered(scope: str) -> Iterator[None]:
    """Ask in a scope inside a `with`, afterwards in the one before (mostly none)."""
    before = getattr(_run, "scope", None)
    enter(scope)
    try:
        yield
    finally:
        _run.scope = before


def scope() -> str:
    """The scope of this run; a fault when none was entered, since nobody was admitted then."""
    found = getattr(_run, "scope", None)
    if found is None:
        raise PermissionError("asked outside of any scope")
    return found


def pin() -> None:
    """Look which build is current, once for all questions of this run of a page (its thread)."""
    _run.build = warehouse.build_id()


_run = threading.local()


def build() -> str | None:
    """The build of this run; the current one where nobody pinned any (an export, a test)."""
    return getattr(_run, "build", None) or warehouse.build_id()


@lru_cache(maxsize=1024)
def _answer(asked: Question, scope: str, build: str | None, stamp: Hashable) -> pl.DataFrame:
    frame = questions.answer(asked.name, dict(asked.parameters), scope=scope)
    for column, value in asked.only:
        frame = frame.filter(pl.col(column).cast(pl.String) == value)
    return frame


@lru_cache(maxsize=512)
def _derived(
    work: Callable[..., Any],
    asked: tuple[Question, ...],
    options: tuple,
    scope: str,
    build: str | None,
    stamps: tuple[Hashable, ...],
) -> Any:
    answers = (_answer(one, scope, build, stamp) for one, stamp in zip(asked, stamps, strict=True))
    return work(*answers, **dict(options))


def _texts(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in values.items() if value is not None))
