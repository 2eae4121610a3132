"""Builds the warehouse: staging -> marts -> slices -> indicators into a new file, checks, then an atomic swap.

The lake and the shipped lists are the truth; a warehouse may be deleted at any time and is made again with the same
figures. Whatever stops a build (a fault, a broken list, a kill), the warehouse before it goes on answering.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import calendar_id, contracts, lake, places, questions, reference, warehouse
from pipelines.errors import UserError

KEPT = 3
REGISTERS = tuple(kind for kind in contracts.KINDS if kind != "laporan")
STAGING = ("muat_laporan", "laporan", *REGISTERS)
MARTS = (
    "wilayah",
    "lingkup",
    "kalender",
    "batch",
    "cakupan",
    "cakupan_lingkup",
    "laporan",
    "harian",
    "akses_harian",
    "jam",
    "masa_lewat",
    "lewat_harian",
    "jam_harian",
    "pita_umur",
    "kerja_sama",
    "narahubung",
    "kegiatan",
    "penilaian",
    "pernyataan_tanda",
    "angka_publikasi_bersumber",
    "istilah",
)
VIEWS = ("jam", "masa_lewat")
SLICES = (
    "provinsi_tercakup",
    "wilayah_tercakup",
    "wilayah_dipilih",
    "laporan_dipilih",
    "bulan_wilayah",
    "tahap_terbuka",
    "tanda_pada",
    "jumlah_opd_pada",
    "target_pada",
    "zona_pada",
)
ORDER = ("per_tanggal", "sejak", "wilayah", "provinsi")


@dataclass(frozen=True)
class Step:
    """One SQL file as it runs in a build: its label (folder/name) and the statement."""

    label: str
    statement: str


def build(force: bool = False) -> str:
    """Build the warehouse of the present inputs and make it current; its build id. Reused when already built.

    UserError when another process builds, or when a check fails: the warehouse before it goes on answering.
    """
    with lake.locked("build"):
        folder = places.warehouse()
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        build_id = inputs_id()
        known = None if force else _finished(folder, build_id)
        file = known or _write(folder, build_id)
        os.utime(file)
        warehouse.publish(file)
        _keep_newest(folder)
        return build_id


def ensure() -> str:
    """Build only when no current warehouse answers for the present inputs; the build id."""
    build_id = inputs_id()
    return build_id if warehouse.build_id() == build_id else build()


def inputs_id() -> str:
    """What a build depends on, hashed: 8 signs for the shipped lists and SQL, 8 for the batches and their marks."""
    held = "".join(f"{batch.batch}:{batch.live}\n" for batch in lake.batches())
    return _shipped_id()[:8] + hashlib.sha256(held.encode()).hexdigest()[:8]


def steps() -> list[Step]:
    """Every SQL statement of a build in its order, as run after `load`; the benchmark runs the same by hand."""
    found = [_step("staging", name, "temp view", "stg_") for name in STAGING]
    found += [_step("marts", name, "view" if name in VIEWS else "table") for name in MARTS]
    found += [_step("slices", name, "macro") for name in SLICES]
    return found + [_step("indicators", name, "macro", "ind_") for name in indicators()]


def indicators() -> list[str]:
    """The codes that have an SQL file."""
    return sorted(path.stem for path in (places.SQL / "indicators").glob("*.sql"))


def load(connection: Any) -> None:
    """Give a connection the sources that the SQL reads: muat_<list>, muat_<register>, the lake's Parquet, the calendar."""
    for name in contracts.names():
        shipped = _numbered(reference.read(name))
        frame = _with_batches(name, shipped) if name in REGISTERS else shipped
        _table(connection, f"muat_{name}", frame, "temp table" if name in REGISTERS else "table")
    _table(
        connection, "muat_kalender", calendar_id.calendar(reference.read("hari_libur_koreksi")), "temp table"
    )
    _table(connection, "muat_batch", _manifests(), "temp table")
    files = [str(batch.path) for batch in lake.live("laporan")]
    if files:
        connection.execute("set variable berkas_laporan = $files", {"files": files})
    else:
        _table(connection, "muat_laporan", _empty_laporan(), "temp table")


def _write(folder: Path, build_id: str) -> Path:
    beside = folder / f"{build_id}-{os.getpid()}.duckdb.tmp"
    connection = warehouse.create(beside)
    try:
        load(connection)
        for step in steps():
            if step.label == "staging/muat_laporan" and not lake.live("laporan"):
                continue
            connection.execute(step.statement)
        check(connection)
        connection.execute("checkpoint")
    except BaseException:
        connection.close()
        beside.unlink(missing_ok=True)
        raise
    connection.close()
    warehouse.sync(beside)
    file = _free_name(folder, build_id)
    os.replace(beside, file)
    warehouse.sync(folder)
    return file


def check(connection: Any) -> None:
    """Stop the build (UserError) unless rows reconcile with the lake, keys are unique, regions known, questions bind."""
    stored = sum(batch.stored for batch in lake.live("laporan"))
    for path in sorted((places.SQL / "checks").glob("*.sql")):
        found = warehouse.frame(
            connection, path.read_text(encoding="utf-8"), _only(path, {"tersimpan": stored})
        )
        if found.height:
            raise UserError(
                f"Gudang data tidak diganti: pemeriksaan '{path.stem}' menemukan {found.height} kejanggalan,"
                f" misalnya {found.row(0, named=True)}. Gudang sebelumnya tetap dipakai."
            )
    if (warehouse.build_id() or "")[:8] != _shipped_id()[:8]:  # else these questions already answer
        questions.bind(connection)


def _step(folder: str, name: str, how: str, prefix: str = "") -> Step:
    text = (places.SQL / folder / f"{name}.sql").read_text(encoding="utf-8")
    target = name if name.startswith("muat_") else prefix + name
    if how != "macro":
        return Step(f"{folder}/{name}", f"create {how} {target} as\n{text}")
    parameters = [name for name in ORDER if f"${name}" in text]
    arguments = ", ".join(f"_{name}" for name in parameters)
    body = re.sub(r"\$(\w+)", r"_\1", text)
    return Step(f"{folder}/{name}", f"create macro {target}({arguments}) as table\n{body}")


def _table(connection: Any, name: str, frame: pl.DataFrame, how: str) -> None:
    connection.register("sumber_baru", frame)
    connection.execute(f"create {how} {name} as from sumber_baru")
    connection.unregister("sumber_baru")


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return (
        frame
        if "baris" in frame.columns
        else frame.with_row_index("baris", offset=2).cast({"baris": pl.Int32})
    )


def _with_batches(kind: str, shipped: pl.DataFrame) -> pl.DataFrame:
    """The shipped register first (urutan_batch 0), then the live batches of its kind in the order of the fold."""
    frames = [shipped.with_columns(pl.lit(0, pl.Int32).alias("urutan_batch"))]
    for order, batch in enumerate(lake.live(kind), start=1):
        frames.append(pl.read_parquet(batch.path).with_columns(pl.lit(order, pl.Int32).alias("urutan_batch")))
    return pl.concat(frames, how="diagonal_relaxed")


def _manifests() -> pl.DataFrame:
    order = {b.batch: n for kind in contracts.KINDS for n, b in enumerate(lake.live(kind), start=1)}
    rows = [
        {
            "batch": b.batch, "urutan_unggah": b.seq, "urutan_batch": order.get(b.batch), "kind": b.kind, "file": b.file,
            "rows": b.rows, "accepted": b.accepted, "rejected": b.rejected, "per_tanggal": b.per_tanggal, "sejak": b.sejak,
            "cakupan": " | ".join(b.cakupan), "by": b.by, "when": b.when, "contoh": b.contoh, "live": b.live,
        }
        for b in lake.batches()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=MANIFEST, orient="row")


MANIFEST = {
    "batch": pl.String, "urutan_unggah": pl.Int64, "urutan_batch": pl.Int64, "kind": pl.String, "file": pl.String,
    "rows": pl.Int64, "accepted": pl.Int64, "rejected": pl.Int64, "per_tanggal": pl.Date, "sejak": pl.Date,
    "cakupan": pl.String, "by": pl.String, "when": pl.String, "contoh": pl.Boolean, "live": pl.Boolean,
}  # fmt: skip


def _empty_laporan() -> pl.DataFrame:
    """The accepted frame of laporan without a row, for a lake without a live batch."""
    types = {"date": pl.Date, "int": pl.Int64, "decimal": pl.Float64}
    schema = {column.name: types.get(column.type, pl.String) for column in contracts.load("laporan").columns}
    return pl.DataFrame(
        schema=schema | {"baris": pl.Int32, "dikosongkan": pl.String, "urutan_batch": pl.Int32}
    )


@cache
def _shipped_id() -> str:
    digest = hashlib.sha256()
    for path in _shipped_files():
        digest.update(str(path.relative_to(places.ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _shipped_files() -> Iterator[Path]:
    yield from sorted(places.REFERENCE.glob("*.csv"))
    yield from sorted(places.REGISTERS.glob("*.csv"))
    yield from sorted(places.SQL.rglob("*.sql"))
    yield from (Path(module.__file__) for module in (calendar_id,))


def _only(path: Path, values: dict[str, Any]) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    return {name: value for name, value in values.items() if f"${name}" in text}


def _finished(folder: Path, build_id: str) -> Path | None:
    files = sorted(folder.glob(f"warehouse-{build_id}*.duckdb"), key=lambda file: file.stat().st_mtime_ns)
    return files[-1] if files else None


def _free_name(folder: Path, build_id: str) -> Path:
    """A name never used before: a reopened path would go on showing what it held."""
    taken = len(list(folder.glob(f"warehouse-{build_id}*.duckdb")))
    return folder / (
        f"warehouse-{build_id}-{os.urandom(3).hex()}.duckdb" if taken else f"warehouse-{build_id}.duckdb"
    )


def _keep_newest(folder: Path) -> None:
    files = sorted(folder.glob("warehouse-*.duckdb"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for old in files[KEPT:]:
        if old != warehouse.current():
            old.unlink(missing_ok=True)


def _remove_leftovers(folder: Path) -> None:
    """What a killed build left behind; only ever called under the lock."""
    for leftover in [
        *folder.glob("*.tmp"),
        *folder.glob("*.tmp.wal"),
        *folder.glob(f".{warehouse.POINTER}-*"),
    ]:
        leftover.unlink(missing_ok=True)
