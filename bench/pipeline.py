"""What the way of the data costs: a large file, a warehouse from it, a small file on a large lake."""

import shutil
import statistics
from pathlib import Path

from bench.children import Spent, measured
from bench.report import Measure, number

BEYOND_BARE, PEAK_MB, BEYOND_SQL, UPLOAD_S = 2.5, 2048, 1.5, 2
REPEATS = 3


def measure_large(scratch: Path, rows: int) -> list[Measure]:
    """Check and keep so many rows (1% bad) beside a bare read of the file; build beside its own SQL."""
    data, file = scratch / "besar", scratch / "besar.csv"
    measured("write_sample", str(file), str(rows), "0.01", data=data)
    bare = [
        measured("bare_read", str(file), str(scratch / "polos.parquet"), data=data) for _ in range(REPEATS)
    ]
    ours = [_ingested(data, file) for _ in range(REPEATS)]
    result = ours[-1].result
    note = f"periksa dan danau {number(_seconds(ours))} s, DuckDB polos {number(_seconds(bare))} s; "
    note += f"{number(file.stat().st_size / 1e6)} MB, {number(result['rejected'])} baris ditolak"
    file.unlink()
    size = f"{number(rows)} baris"
    return [
        Measure(
            f"muat {size}: terhadap DuckDB polos", _seconds(ours) / _seconds(bare), "kali", BEYOND_BARE, note
        ),
        Measure(f"muat {size}: puncak memori", max(one.peak_mb for one in ours), "MB", PEAK_MB),
        *_build(data, size),
    ]


def _ingested(data: Path, file: Path) -> Spent:
    shutil.rmtree(data, ignore_errors=True)
    return measured("check_and_keep", str(file), data=data)


def _build(data: Path, size: str) -> list[Measure]:
    by_hand = [measured("sql_by_hand", data=data) for _ in range(REPEATS)]
    whole = [measured("build_whole", data=data) for _ in range(REPEATS)]
    loading = statistics.median(one.result["loading"] for one in by_hand)
    note = f"bangun {number(_seconds(whole))} s, SQL-nya sendiri {number(_seconds(by_hand))} s, "
    note += f"memuat daftar dan register {number(loading)} s"
    return [
        Measure(
            f"bangun {size}: terhadap SQL-nya", _seconds(whole) / _seconds(by_hand), "kali", BEYOND_SQL, note
        ),
        Measure(f"bangun {size}: puncak memori", max(one.peak_mb for one in whole), "MB", None),
    ]


def prepare(scratch: Path, rows: int) -> Path:
    """A CERMIN_DATA with so many laporan, built; beside it small files of 500 rows each: kecil-0.csv ..."""
    data, file = scratch / "sedang", scratch / "sedang.csv"
    measured("write_sample", str(file), str(rows), "0", data=data)
    for n in range(REPEATS):
        measured("write_small", str(file), str(scratch / f"kecil-{n}.csv"), str(n + 1), data=data)
    measured("check_and_keep", str(file), data=data)
    measured("build_whole", data=data)
    file.unlink()
    return data


def measure_small(scratch: Path, data: Path, rows: int) -> list[Measure]:
    """500 rows on top of a prepared lake, from the confirmation to figures that have moved."""
    runs = []
    for n in range(REPEATS):
        copy = shutil.copytree(data, scratch / f"sedang-{n}")
        runs.append(measured("upload", str(scratch / f"kecil-{n}.csv"), data=copy))
        shutil.rmtree(copy)
    note = "pustaka dalam proses baru: periksa, danau, bangun, tanya"
    return [Measure(f"500 baris di atas {number(rows)}, pustaka", _seconds(runs), "s", UPLOAD_S, note)]


def _seconds(runs: list[Spent]) -> float:
    return statistics.median(run.seconds for run in runs)
