"""Processes for the promises: forked from a warm one, or run to their end."""

import multiprocessing
import sys
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from types import ModuleType

import pytest


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServerContext]:
    """Processes forked from one in which everything is imported already.

    Each would run the main module of this process again; page tests leave a script of a page in its place.
    """
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.__main__", "tests.promises.lives"])
    yield context
