"""What a measured child does: `python -m bench.child TASK ARGUMENT...` ends with {"seconds": ..., ...}."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import duckdb
import polars as pl

from bench import gate, tasks
from bench.tasks import timed
from pipelines import build, intake, places, questions, sample, warehouse


def write_sample(out: str, rows: str, bad_share: str) -> dict:
    """Write a CSV as an office would export it: about 430 bytes a row, identity columns and all."""
    with timed() as spent:
        rows = sample.write(
            Path(out), int(rows), prefix="", akses=False, with_free_text=True, bad_share=float(bad_share)
        )
    return spent | {"rows": rows}


def write_small(large: str, out: str, seed: str) -> dict:
    """Write a CSV of 500 laporan: 250 that the large file holds already, 250 that nobody has seen."""
    with timed() as spent:
        known = pl.read_csv(large, infer_schema=False).tail(250)
        fresh = sample.frame(250, seed=int(seed), prefix=f"BARU/{seed}/", akses=False)
        pl.concat([known.select(fresh.columns), fresh]).write_csv(out)
    return spent


def bare_read(file: str, out: str) -> dict:
    """The yardstick: DuckDB's own CSV reader into Parquet, nothing checked."""
    with timed() as spent:
        duckdb.read_csv(file).write_parquet(out)
    return spent


def check_and_keep(file: str) -> dict:
    """Check a file and keep its rows in the lake; the build is measured by itself."""
    with mock.patch.object(build, "build"), timed() as spent:
        result = intake.ingest_file("laporan", Path(file), by="bench")
    return spent | {"accepted": result.accepted, "rejected": result.rejected}


def build_whole() -> dict:
    """Build the warehouse of what the lake holds."""
    with timed() as spent:
        build.build(force=True)
    return spent


def sql_by_hand() -> dict:
    """The same SQL files, one after the other in one connection, no checks, no swap; loading told apart."""
    file = places.warehouse() / "tangan.duckdb"
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = warehouse.create(file)
    with timed() as loading:
        loaded = build.load(connection)
    with timed() as spent:
        for step in build.steps():
            if step.label not in loaded:
                connection.execute(step.statement)
    connection.close()
    file.unlink()
    return spent | {"loading": loading["seconds"]}


def upload(file: str) -> dict:
    """From the confirmation of a checked file to the first answer with its rows in it."""
    before = questions.answer("ringkasan_provinsi")
    intake.check_file("laporan", Path(file))
    with timed() as spent:
        intake.ingest_file("laporan", Path(file), by="bench")
        after = questions.answer("ringkasan_provinsi")
    if before.equals(after):
        raise RuntimeError("the figures did not move")
    return spent


def gate_beyond() -> dict:
    """What the gate adds to a rerun."""
    with timed() as spent:
        found = gate.beyond()
    return spent | found


TASKS: dict[str, Callable[..., dict]] = {
    task.__name__: task
    for task in (
        write_sample,
        write_small,
        bare_read,
        check_and_keep,
        build_whole,
        sql_by_hand,
        upload,
        gate_beyond,
        tasks.write_workbook,
        tasks.calamine_read,
        tasks.read_workbook,
        tasks.check_only,
        tasks.keep_again,
        tasks.pandas_and_pandera,
    )
}


if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
