"""What a page costs once it has been seen: CPU of the server and bytes on the wire for each further run."""

import statistics
from pathlib import Path

import psutil

from bench.children import served
from bench.report import Measure, number
from bench.signing import token_at
from bench.viewer import Viewer
from pipelines import reference
from pipelines.places import ROOT
from portal.rooms import ROOMS

CPU_MS, WIRE_KB = 40, 100


def addresses() -> dict[str, str]:
    """Every page with the query it is measured under: the page of one region needs a region."""
    region = reference.read("wilayah").filter(jenis="Kabupaten")["kode_wilayah"][0]
    return {room.address: f"kode={region}" if room.address == "wilayah" else "" for room in ROOMS}


def measure(data: Path, pages: dict[str, str], reruns: int, log: Path) -> list[Measure]:
    """CPU milliseconds and kilobytes of a rerun, and the kilobytes of the first view, for each page.

    pages: url path -> query string. The server is a process of its own with CERMIN_DATA at `data`.
    """
    measures = []
    with served(ROOT / "app.py", data, log) as (address, server):
        for page, query in pages.items():
            measures += _page(Viewer(address, page, query, token_at(data)), server, reruns)
        memory = server.memory_info().rss / 2**20
    return [*measures, Measure("server: memori sesudah semua halaman", memory, "MB", None)]


def _page(visitor: Viewer, server: psutil.Process, reruns: int) -> list[Measure]:
    page = visitor.page
    with visitor as viewer:
        first = viewer.run()
        viewer.run()
        before = _cpu(server)
        runs = [viewer.run() for _ in range(reruns)]
        spent = (_cpu(server) - before) * 1000 / reruns
        if viewer.faults:
            raise RuntimeError(f"/{page}: {viewer.faults[0]}")
    wall = statistics.median(run.seconds for run in runs) * 1000
    received = max(run.received for run in runs) / 1000
    note = f"kunjungan pertama {number(first.received / 1000)} kB; terasa {number(wall)} ms (median {reruns})"
    return [
        Measure(f"/{page}: CPU satu jalan ulang", spent, "ms", CPU_MS, note),
        Measure(f"/{page}: kiriman satu jalan ulang", received, "kB", WIRE_KB),
    ]


def _cpu(server: psutil.Process) -> float:
    times = server.cpu_times()
    return times.user + times.system
