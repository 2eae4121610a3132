"""The rules of Deteksi Dini (data/reference/aturan_sinyal.csv), and the shape of what they find."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from pipelines import places

# What a rule finds: one row per signal. `hal`, `biasanya` and `pada` only fill its sentence; `urgensi` and
# `satuan` are told where they differ from the rule's own.
FOUND = {
    "aturan": pl.String,
    "pokok": pl.String,
    "periode": pl.String,
    "sejak": pl.Date,
    "nilai": pl.Float64,
    "batas": pl.Float64,
    "kode_wilayah": pl.String,
    "kode_provinsi": pl.String,
    "nama": pl.String,
    "jumlah": pl.Int64,
    "hal": pl.String,
    "biasanya": pl.Float64,
    "pada": pl.Date,
    "kasus": pl.String,
    "urgensi": pl.Int64,
    "satuan": pl.String,
}


@dataclass(frozen=True)
class Rule:
    """One rule: title, urgency (1 first), unit of value and limit, three sentences, and who may see it."""

    kode: str
    judul: str
    urgensi: int
    satuan: str
    untuk_pemda: str
    kalimat: str
    arti: str
    langkah: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of the list."""
    return {row["kode"]: Rule(**row | {"urgensi": int(row["urgensi"])}) for row in _listed("aturan_sinyal")}


@cache
def threshold(code: str) -> float:
    """A number of data/reference/ambang.csv."""
    return float(next(row["nilai"] for row in _listed("ambang") if row["kode"] == code))


def _listed(name: str) -> list[dict[str, str]]:
    """The rows of a shipped list, read plainly: a build has checked it against its contract by then."""
    with (places.REFERENCE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def shaped(found: pl.DataFrame) -> pl.DataFrame:
    """What a rule found with all columns of FOUND, in order and typed; a column it does not tell is null."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in FOUND.items() if name not in found.columns]
    return found.with_columns(absent).select(pl.col(name).cast(kind) for name, kind in FOUND.items())


def gathered(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as dicts -> the frame of FOUND, empty when there are none."""
    return shaped(pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame(schema=FOUND))
