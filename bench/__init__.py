"""The benchmarks behind `python -m pipelines bench`: ratios and CPU time of one run on one machine."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import UserError
from pipelines.places import ROOT

PARTS = ("pipeline", "pages", "browser")
OUT = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and, after a whole run at full size, keep it in docs/benchmarks.md."""
    chosen = options().parse_args(arguments)
    try:
        import bench.browser
        import bench.pages
        import bench.pipeline
        import bench.report
    except ModuleNotFoundError as missing:
        raise UserError(
            f"`bench` perlu alat uji ({missing.name}): pip install -r requirements-dev.txt."
        ) from missing
    large, medium, repeats = (100_000, 20_000, 2) if chosen.quick else (1_000_000, 100_000, 5)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="cermin-bench-") as folder:
        measures = _measure(chosen.only or PARTS, Path(folder), large, medium, repeats)
    print(bench.report.table(measures))
    if not chosen.quick and not chosen.only:
        sizes = f"{large:,} baris untuk muat dan bangun, {medium:,} laporan untuk halaman".replace(",", ".")
        bench.report.write(measures, sizes, load, OUT)
        print(f"ditulis ke {OUT.relative_to(ROOT)}", file=sys.stderr)
    return 0


def options() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(
        prog="python -m pipelines bench", description="Ukur kecepatan dan ukuran."
    )
    parser.add_argument("--quick", action="store_true", help="ukuran kecil, hasil tidak ditulis ke docs/")
    parser.add_argument("--only", action="append", choices=PARTS, help="hanya bagian ini (boleh diulang)")
    return parser


def _measure(parts: Sequence[str], scratch: Path, large: int, medium: int, repeats: int) -> list:
    from bench import browser, pages, pipeline

    measures = []
    if "pipeline" in parts:
        measures += pipeline.measure_large(scratch, large)
    data = pipeline.prepare(scratch, medium)
    if "pipeline" in parts:
        measures += pipeline.measure_small(scratch, data, medium)
    if "pages" in parts:
        measures += pages.measure(data, pages.addresses(), repeats * 4, scratch / "halaman.log")
    if "browser" in parts:
        measures += browser.measure(data, pages.addresses(), repeats, scratch)
    return measures
