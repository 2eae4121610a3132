"""Accepted rows for tests: defaults are merged in, so that a test states only the columns it is about."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipelines import contracts, lake

TYPES = {"date": pl.Date, "int": pl.Int64, "decimal": pl.Float64}
EXTRA = {"baris": pl.Int32, "dikosongkan": pl.String}


@dataclass
class Extract:
    """One batch to come: its rows (column -> value; `dikosongkan` a list of names) and what it speaks for."""

    rows: list[dict[str, Any]]
    per_tanggal: date
    sejak: date | None = None
    cakupan: tuple[str, ...] = ("63", "64")
    kind: str = "laporan"
    contoh: bool = False
    kept: lake.Batch | None = field(default=None, compare=False)


def schema(kind: str) -> dict[str, Any]:
    """The columns of an accepted frame."""
    columns = {c.name: TYPES.get(c.type, pl.String) for c in contracts.load(kind).columns}
    return columns | EXTRA


def frame(rows: list[dict[str, Any]], kind: str = "laporan") -> pl.DataFrame:
    """An accepted frame of these rows, in this order, from row 2 of the spreadsheet on."""
    whole = [
        row | {"baris": number, "dikosongkan": " | ".join(row.get("dikosongkan", [])) or None}
        for number, row in enumerate(rows, start=2)
    ]
    unknown = {name for row in rows for name in row} - set(schema(kind))
    assert not unknown, unknown
    return pl.DataFrame(whole, schema=schema(kind), orient="row")


def keep(extract: Extract) -> lake.Batch:
    """Put an extract into the lake by the production way."""
    found = frame(extract.rows, extract.kind)
    known = len(lake.batches())
    extract.kept = lake.keep(
        extract.kind,
        found,
        file="uji.csv",
        sha256=hashlib.sha256(f"{known}{extract}".encode()).hexdigest(),
        rows=found.height,
        accepted=found.height,
        rejected=0,
        per_tanggal=extract.per_tanggal,
        sejak=extract.sejak,
        cakupan=extract.cakupan,
        by="uji",
        contoh=extract.contoh,
    )
    return extract.kept


def laporan(number: int, **told: Any) -> dict[str, Any]:
    """One row of laporan; only its number and what is told is filled."""
    return {"nomor_laporan": f"{number:04d}/LM/UJI"} | told


SUBSTANSI = ["Pertanahan", "Kesehatan", "Pendidikan", None]
JENIS = [
    "penundaan berlarut",
    "tidak kompeten | diskriminasi",
    "diskriminasi",
    "tidak patut | tidak kompeten",
    None,
]
ALASAN = [
    "tidak ditemukan maladministrasi",
    "telah memperoleh penyelesaian oleh instansi terkait",
    "alasan lain",
    None,
]
KESIMPULAN = ["ditemukan Maladministrasi", "tidak ditemukan Maladministrasi", "pemeriksaan dihentikan", None]
TAHAP = ["Registrasi", "Verifikasi", "Pleno", "Pemeriksaan", "LHP", "Rekomendasi", "tahap lain", None]
TIPE = ["LM", "LM", "LM", "RCO", "IAPS", "KNL", "Tembusan", None]


def random_extracts(seed: int, regions: list[str]) -> list[Extract]:
    """Five batches over the same cases: whole, partial, of one province, with a gap, overlapping."""
    chance = random.Random(seed)
    first = [
        _random_row(chance, number, regions, date(2023, 11, 1), date(2024, 12, 31)) for number in range(260)
    ]
    closings = [_random_closing(chance, chance.randrange(260), date(2025, 2, 14)) for _ in range(60)]
    east = [code for code in regions if code and code.startswith("64")]
    second = [
        _random_row(chance, number, east, date(2024, 6, 1), date(2025, 6, 30)) for number in range(240, 330)
    ]
    south = [code for code in regions if code and code.startswith("63")]
    third = [
        _random_row(chance, number, south, date(2025, 3, 3), date(2025, 5, 20)) for number in range(330, 370)
    ]
    corrections = [_random_correction(chance, number) for number in chance.sample(range(260), 40)]
    return [
        Extract(first, date(2024, 12, 31), date(2023, 11, 6)),
        Extract(second, date(2025, 6, 30), date(2024, 6, 3), ("64",)),
        Extract(_once(closings), date(2025, 2, 14), None, ()),
        Extract(third, date(2025, 5, 20), date(2025, 3, 3), ("63",)),
        Extract(corrections, date(2025, 2, 14), None, ()),
    ]


def _random_row(
    chance: random.Random, number: int, regions: list[str], first: date, last: date
) -> dict[str, Any]:
    begun = first + timedelta(days=chance.randrange((last - first).days + 1))
    known_by_agenda = chance.random() < 0.15
    row: dict[str, Any] = (
        {"nomor_agenda": f"AG-{number:04d}"} if chance.random() < 0.6 or known_by_agenda else {}
    )
    if not known_by_agenda:
        row["nomor_laporan"] = f"{number:04d}/LM/UJI"
    row |= {
        "tanggal_masuk": begun,
        "tipe_laporan": chance.choice(TIPE),
        "wilayah_terlapor": chance.choice([*regions, None]),
        "substansi": chance.choice(SUBSTANSI),
        "maladministrasi": chance.choice(JENIS),
        "kelompok_instansi": chance.choice(["Pemerintah Daerah", "Kepolisian", None]),
        "instansi_terlapor": chance.choice([f"Dinas {letter}" for letter in "ABCDEFGH"] + [None]),
        "klasifikasi": chance.choice(["sederhana", "sedang", "berat", None]),
        "cara_penyampaian": chance.choice(["Surat", "Whatsapp", None]),
        "peristiwa": chance.choice(["P1", "P2", None, None, None]),
        "tahap": chance.choice(TAHAP),
    }
    return row | _random_course(chance, begun, last)


def _random_course(chance: random.Random, begun: date, last: date) -> dict[str, Any]:
    """Dates of the stages in order, none after the extract's own; some cases closed, some without a date."""
    course: dict[str, Any] = {}
    reached = begun
    for name, likely in [("verifikasi", 0.8), ("pleno", 0.6), ("lhp", 0.5), ("resmon", 0.2)]:
        reached += timedelta(days=chance.randrange(45))
        if chance.random() < likely and reached <= last:
            course[f"tanggal_{name}"] = reached
    if "tanggal_lhp" in course:
        course["kesimpulan_lhp"] = chance.choice(KESIMPULAN)
    reached += timedelta(days=chance.randrange(60))
    if chance.random() < 0.5 and reached <= last:
        course |= {"tanggal_tutup": reached, "tahap": "Ditutup", "alasan_tutup": chance.choice(ALASAN)}
    elif chance.random() < 0.08:
        course["tahap"] = "Ditutup"
    return course


def _random_closing(chance: random.Random, number: int, last: date) -> dict[str, Any]:
    """A row of a `laporan selesai` list: no tanggal_masuk; known by nomor, by agenda, or by both."""
    keys = {"nomor_laporan": f"{number:04d}/LM/UJI", "nomor_agenda": f"AG-{number:04d}"}
    for name in chance.choice([(), ("nomor_agenda",), ("nomor_laporan",)]):
        del keys[name]
    closed = last - timedelta(days=chance.randrange(45))
    return keys | {"tahap": "Ditutup", "tanggal_tutup": chance.choice([closed, closed, None])}


def _random_correction(chance: random.Random, number: int) -> dict[str, Any]:
    """A row that fills one column and says `(kosong)` in others."""
    emptied = chance.sample(["tanggal_tutup", "tahap", "wilayah_terlapor", "peristiwa", "tanggal_lhp"], 2)
    told = {} if "wilayah_terlapor" in emptied else {"wilayah_terlapor": "64.08"}
    return laporan(number, dikosongkan=emptied, **told)


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No case twice in one file, as intake makes sure."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        names = {str(row.get(key))[-12:] for key in ("nomor_laporan", "nomor_agenda") if row.get(key)}
        digits = {"".join(ch for ch in name if ch.isdigit()) for name in names}
        if not digits & seen:
            kept.append(row)
            seen |= digits
    return kept
