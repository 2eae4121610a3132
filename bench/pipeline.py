"""What the way of the data costs: a large file, a warehouse from it, a small file on a large lake."""

import shutil
import statistics
from pathlib import Path

from bench.children import Spent, measured
from bench.report import Measure

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
    note = f"periksa dan danau {_seconds(ours):.2f} s, DuckDB polos {_seconds(bare):.2f} s; "
    note += f"{file.stat().st_size / 1e6:.0f} MB, {result['rejected']:,} baris ditolak".replace(",", ".")
    file.unlink()
    size = f"{rows:,} baris".replace(",", ".")
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
    note = f"bangun {_seconds(whole):.2f} s, SQL-nya sendiri {_seconds(by_hand):.2f} s, "
    note += f"memuat daftar dan register {loading:.2f} s"
    return [
        Measure(
            f"bangun {size}: terhadap SQL-nya", _seconds(whole) / _seconds(by_hand), "kali", BEYOND_SQL, note
        ),
        Measure(f"bangun {size}: puncak memori", max(one.peak_mb for one in whole), "MB", None),
    ]


def prepare(scratch: Path, rows: int) -> Path:
    """A CERMIN_DATA with so many laporan, built; the folder and, beside it, kecil.csv with 500 rows."""
    data, file = scratch / "sedang", scratch / "sedang.csv"
    measured("write_sample", str(file), str(rows), "0", data=data)
    measured("write_small", str(file), str(scratch / "kecil.csv"), data=data)
    measured("check_and_keep", str(file), data=data)
    measured("build_whole", data=data)
    file.unlink()
    return data


def measure_small(scratch: Path, data: Path, rows: int) -> list[Measure]:
    """500 rows on top of a prepared lake, from the confirmation to figures that have moved."""
    runs = []
    for n in range(REPEATS):
        copy = shutil.copytree(data, scratch / f"sedang-{n}")
        runs.append(measured("upload", str(scratch / "kecil.csv"), data=copy))
        shutil.rmtree(copy)
    name = f"500 baris di atas {rows:,}: sampai angka bergerak".replace(",", ".")
    return [Measure(name, _seconds(runs), "s", UPLOAD_S, "pustaka: periksa, danau, bangun, tanya")]


def _seconds(runs: list[Spent]) -> float:
    return statistics.median(run.seconds for run in runs)
