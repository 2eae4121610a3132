"""What ingest costs beside its yardsticks, all in one run: bare DuckDB, pandas and pandera, calamine."""

import shutil
import statistics
from pathlib import Path

from bench.children import Spent, measured
from bench.report import Measure, number

BEYOND_BARE, PEAK_MB, FASTER, AGAIN, BEYOND_CALAMINE, CHECK_S = 1.6, 1500, 2.5, 0.3, 2.0, 3.0
BEYOND_BARE_HUGE, HUGE = 2.0, 10_000_000
CHECKED, WORKBOOK = 20_000, 100_000
REPEATS = 3


def measure(scratch: Path, rows: int) -> list[Measure]:
    """Check and keep so many rows (1% bad); leaves `scratch / besar` as a CERMIN_DATA that holds them.

    And kecil-0.csv beside it: 500 rows, half of them known.
    """
    data, file = scratch / "besar", scratch / "besar.csv"
    measured("write_sample", str(file), str(rows), "0.01", data=data)
    bare, ours = beside_bare(data, file, scratch / "polos.parquet", REPEATS)
    result, size = ours[-1].result, f"{number(rows)} baris"
    again = [measured("keep_again", str(file), data=data) for _ in range(REPEATS)]
    usual = measured("pandas_and_pandera", str(file), str(scratch / "pandas.parquet"), data=data)
    counts = ("accepted", "rejected")
    if [usual.result[name] for name in counts] != [result[name] for name in counts]:
        raise RuntimeError("the two ways do not refuse the same rows")
    note = f"periksa dan danau {number(seconds(ours))} s, DuckDB polos {number(seconds(bare))} s; "
    note += f"{number(file.stat().st_size / 1e6)} MB, {number(result['rejected'])} baris ditolak"
    measured("write_small", str(file), str(scratch / "kecil-0.csv"), "1", data=data)
    file.unlink()
    slower = f"pandas dan pandera {number(usual.seconds)} s, {number(usual.peak_mb)} MB; baris ditolak sama"
    share = seconds(ours) / usual.seconds
    return [
        Measure(
            f"muat {size}: terhadap DuckDB polos", seconds(ours) / seconds(bare), "kali", BEYOND_BARE, note
        ),
        Measure(f"muat {size}: puncak memori", max(one.peak_mb for one in ours), "MB", PEAK_MB),
        Measure(f"muat {size}: terhadap pandas dan pandera", share, "kali", 1 / FASTER, slower),
        Measure(f"muat {size}: berkas yang sama lagi", seconds(again) / seconds(ours), "kali", AGAIN),
    ]


def measure_huge(scratch: Path) -> list[Measure]:
    """The same once with ten million rows, for who has the time and some ten gigabytes of disk."""
    data, file = scratch / "raksasa", scratch / "raksasa.csv"
    measured("write_sample", str(file), str(HUGE), "0.01", data=data)
    bare, ours = beside_bare(data, file, scratch / "polos.parquet", 1)
    file.unlink()
    shutil.rmtree(data)
    note = f"periksa dan danau {number(seconds(ours))} s, DuckDB polos {number(seconds(bare))} s"
    name = f"muat {number(HUGE)} baris"
    return [
        Measure(
            f"{name}: terhadap DuckDB polos", seconds(ours) / seconds(bare), "kali", BEYOND_BARE_HUGE, note
        ),
        Measure(f"{name}: puncak memori", ours[0].peak_mb, "MB", PEAK_MB),
    ]


def measure_files(scratch: Path, share: float = 1) -> list[Measure]:
    """The check of a usual file, and a workbook beside calamine's own read; share: of the full sizes."""
    rows, lines = int(CHECKED * share), int(WORKBOOK * share)
    data, file, book = scratch / "biasa", scratch / "biasa.csv", scratch / "buku.xlsx"
    measured("write_sample", str(file), str(rows), "0.01", data=data)
    measured("write_workbook", str(book), str(lines), data=data)
    checked = [measured("check_only", str(file), data=data) for _ in range(REPEATS)]
    bare, read, whole = (
        [measured(task, str(book), data=data) for _ in range(REPEATS)]
        for task in ("calamine_read", "read_workbook", "check_only")
    )
    note = f"membaca {number(seconds(read))} s, calamine {number(seconds(bare))} s, "
    note += f"membaca dan memeriksa {number(seconds(whole))} s"
    return [
        Measure(f"periksa {number(rows)} baris", seconds(checked), "s", CHECK_S, "pustaka, proses baru"),
        Measure(
            f"baca XLSX {number(lines)} baris: terhadap calamine",
            seconds(read) / seconds(bare),
            "kali",
            BEYOND_CALAMINE,
            note,
        ),
    ]


def beside_bare(data: Path, file: Path, out: Path, repeats: int) -> tuple[list[Spent], list[Spent]]:
    """The yardstick and ours by turns, so that both meet the same machine."""
    bare, ours = [], []
    for _ in range(repeats):
        bare.append(measured("bare_read", str(file), str(out), data=data))
        shutil.rmtree(data, ignore_errors=True)
        ours.append(measured("check_and_keep", str(file), data=data))
    return bare, ours


def seconds(runs: list[Spent]) -> float:
    """The median of the measured wall seconds."""
    return statistics.median(run.seconds for run in runs)
