"""The benchmarks behind `python -m pipelines bench`: ratios and CPU time of one run on one machine."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import UserError
from pipelines.places import ROOT

PARTS = ("ingest", "pipeline", "pages", "browser", "simulasi")
OUT = ROOT / "docs" / "benchmarks.md"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--quick", action="store_true", help="ukuran kecil; hasilnya tidak ditulis ke docs/")
    parser.add_argument(
        "--besar", action="store_true", help="juga 10 juta baris (beberapa menit, 10 GB disk)"
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="hanya bagian ini (boleh diulang)")


def main(given: argparse.Namespace) -> int:
    """Measure, print the table and, after a whole run at full size, keep it in docs/benchmarks.md."""
    try:
        from bench import report
    except ModuleNotFoundError as missing:
        raise UserError(
            f"`bench` perlu alat uji ({missing.name}): pip install -r requirements-dev.txt."
        ) from missing
    large, medium, repeats = (100_000, 20_000, 2) if given.quick else (1_000_000, 100_000, 5)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="cermin-bench-") as folder:
        scratch = Path(folder)
        measures = _measure(given.only or PARTS, scratch, large, medium, repeats)
        if given.besar:
            from bench import ingest

            measures += ingest.measure_huge(scratch)
    if "simulasi" in (given.only or PARTS):
        from bench import simulation

        measures += simulation.measure(is_kept=not given.quick)
    print(report.table(measures))
    if not given.quick and not given.only:
        sizes = f"{report.number(large)} baris untuk muat dan bangun, "
        sizes += f"{report.number(medium)} laporan untuk halaman"
        report.write(measures, sizes, load, OUT)
        print(f"ditulis ke {OUT.relative_to(ROOT)}", file=sys.stderr)
    return 0


def _measure(parts: Sequence[str], scratch: Path, large: int, medium: int, repeats: int) -> list:
    from bench import browser, gate, ingest, pages, pipeline

    measures = []
    if {"ingest", "pipeline"} & {*parts}:
        measures += ingest.measure(scratch, large)
        measures += ingest.measure_files(scratch, large / 1_000_000)
    if "pipeline" in parts:
        measures += pipeline.measure_build(scratch / "besar", large)
        measures += pipeline.measure_growth(scratch, scratch / "besar", large)
    if not {"pipeline", "pages", "browser"} & {*parts}:
        return measures
    data = pipeline.prepare(scratch, medium)
    if "pipeline" in parts:
        measures += pipeline.measure_small(scratch, data, medium)
    if "pages" in parts:
        measures += gate.measure(data)
        measures += pages.measure(data, pages.addresses(), repeats * 4, scratch / "halaman.log")
    if "browser" in parts:
        measures += browser.measure(data, pages.addresses(), repeats, scratch)
        measures += browser.measure_upload(data, sorted(scratch.glob("kecil-*.csv")), scratch)
    return measures
