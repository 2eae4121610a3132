"""What is done once per process, before the first viewer: data, imports, the garbage collector."""

import asyncio
import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio

from pipelines import build, contracts, reference, sample, titipan, waiting
from portal import giliran, map_assets
from portal.ask import entered, row
from portal.rooms import ROOMS

# What a page would otherwise load while a viewer waits.
HEAVY = (
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "scipy.stats",
)
SWEEP_SECONDS = 300.0


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Ready the data and the modules, then serve.

    Streamlit collects garbage after every run and walks all objects of the heavy libraries each time; frozen
    objects are left out of that walk, which makes a small rerun some ten times cheaper.
    """
    await anyio.to_thread.run_sync(ready)
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(_sweep())
    yield {}
    sweeping.cancel()


async def _sweep() -> None:
    """Raw files that nobody looks at any more do not wait for the next visitor to be deleted."""
    while True:
        await anyio.sleep(SWEEP_SECONDS)
        await anyio.to_thread.run_sync(titipan.sweep, giliran.busy())


def ready() -> None:
    """The sample when the lake never held a batch of reports, a warehouse, every module of the pages."""
    waiting.sweep()
    titipan.clear()
    sample.ensure_loaded()
    build.ensure()
    for name in HEAVY:
        importlib.import_module(name)
    for room in ROOMS:
        importlib.import_module(f"pages.{room.file.stem}")
    for name in contracts.names():  # the first check of a kind of file would otherwise read them
        reference.read(name)
    map_assets.folder()
    with entered("semua"):
        row("tanggal_data")
