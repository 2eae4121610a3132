"""Processes for the promises: forked from a warm one, or run to their end."""

import multiprocessing
from multiprocessing.context import ForkServerContext

import pytest


@pytest.fixture(scope="session")
def forks() -> ForkServerContext:
    """Processes forked from one in which everything is imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipelines.__main__", "tests.promises.lives"])
    return context
