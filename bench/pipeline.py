"""What the way of the data costs: a warehouse from the lake, a small file on a large lake."""

import shutil
import statistics
from pathlib import Path

from bench.children import measured
from bench.ingest import seconds
from bench.report import Measure, number

BEYOND_SQL, UPLOAD_S = 1.5, 3
REPEATS = 3


def measure_build(data: Path, rows: int) -> list[Measure]:
    """Build a lake of so many rows beside its own SQL."""
    size = f"{number(rows)} baris"
    by_hand = [measured("sql_by_hand", data=data) for _ in range(REPEATS)]
    whole = [measured("build_whole", data=data) for _ in range(REPEATS)]
    loading = statistics.median(one.result["loading"] for one in by_hand)
    note = f"bangun {number(seconds(whole))} s, SQL-nya sendiri {number(seconds(by_hand))} s, "
    note += f"memuat daftar dan register {number(loading)} s"
    return [
        Measure(
            f"bangun {size}: terhadap SQL-nya", seconds(whole) / seconds(by_hand), "kali", BEYOND_SQL, note
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


def measure_growth(scratch: Path, data: Path, rows: int) -> list[Measure]:
    """The same small file on a quarter, a half and the whole of a large lake, which `data` holds built."""
    measures = []
    for share in (4, 2):
        part = scratch / f"bagian-{share}"
        measures += measure_small(part, prepare(part, rows // share), rows // share, 1)
        shutil.rmtree(part)
    return measures + measure_small(scratch, data, rows, 1)


def measure_small(scratch: Path, data: Path, rows: int, repeats: int = REPEATS) -> list[Measure]:
    """500 rows on top of a prepared lake, from the confirmation to figures that have moved."""
    runs = []
    for n in range(repeats):
        copy = shutil.copytree(data, scratch / f"sedang-{n}")
        runs.append(measured("upload", str(scratch / f"kecil-{n}.csv"), data=copy))
        shutil.rmtree(copy)
    note = "pustaka dalam proses baru: periksa, danau, bangun, tanya"
    return [Measure(f"500 baris di atas {number(rows)}, pustaka", seconds(runs), "s", UPLOAD_S, note)]
