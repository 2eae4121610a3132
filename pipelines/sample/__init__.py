"""The synthetic extract of laporan: seeded, the same bytes every time, every number begins with CONTOH/."""

import tempfile
from pathlib import Path

import polars as pl

from pipelines import intake, lake, places
from pipelines.sample import bench, cases, columns, course, shape
from pipelines.sample.course import Draws

SEED = 2026
PREFIX = "CONTOH/"
FILE = "laporan-contoh.csv"


def write(
    out: Path,
    rows: int | None = None,
    seed: int = SEED,
    *,
    prefix: str = PREFIX,
    akses: bool = True,
    with_free_text: bool = False,
    bad_share: float = 0.0,
) -> int:
    """Write the CSV and return how many rows it has.

    rows counts every row of the file; without it, as many as hold about 3,000 laporan. akses=False leaves
    konsultasi and tembusan out, so that rows counts laporan. For benchmarks: another prefix, identity and
    free-text columns (about 400 bytes a row), and a share of rows that the contract refuses.
    """
    laporan = frame(rows, seed, prefix=prefix, akses=akses)
    if with_free_text:
        laporan = bench.widen(laporan, Draws(seed + 1))
    if bad_share:
        laporan = bench.spoil(laporan, bad_share, Draws(seed + 2))
    out.parent.mkdir(parents=True, exist_ok=True)
    laporan.write_csv(out)
    return len(laporan)


def frame(
    rows: int | None = None, seed: int = SEED, *, prefix: str = PREFIX, akses: bool = True
) -> pl.DataFrame:
    """The rows as text, one per contact in the order of registration, columns named as in the contract."""
    draws = Draws(seed)
    known = cases.registered(draws, rows, akses)
    path = course.run(draws, known["masuk"].to_numpy(), known["tipe"].to_numpy())
    return columns.of(draws, known, path, prefix)


def ensure_loaded() -> None:
    """Keep the sample as an ordinary batch when the lake has never held a batch of laporan, live or undone.

    It does not build: whoever calls it builds next. UserError when another process is writing to the lake.
    """
    if lake.batches("laporan"):
        return
    with lake.locked("ingest"):
        if lake.batches("laporan"):
            return
        places.state().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=places.state()) as folder:
            file = Path(folder) / FILE
            write(file)
            known = {"per_tanggal": shape.LAST, "sejak": shape.FIRST, "cakupan": shape.provinces()}
            intake.keep_file("laporan", file, by="contoh", **known)
