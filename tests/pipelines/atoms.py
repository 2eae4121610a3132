"""A small world for attacks: laporan of few kinds in a warehouse, and each shown number as a sum over kinds.

A kind (atom) is region x category x quarter of masuk x quarter of tutup (or open, or undated) x with LHP.
Masuk and LHP are early in their quarters and tutup late in its own, so that an LHP is late at every quarter
end until tutup.
"""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from pathlib import Path

import duckdb
import numpy as np

from pipelines import calendar_id, reference, steps, warehouse

STARTS = [date(2024, 7, 1), date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1)]
ENDS = [*(start - timedelta(days=1) for start in STARTS[1:]), date(2025, 9, 30)]
REGIONS = {"64.08": "64", "64.02": "64", "64.71": "64", "63.01": "63", "63.71": "63"}
CATEGORIES = [("Kesehatan", "Dinas Kesehatan"), ("Kesehatan", "RSUD"), (None, "Dinas Kesehatan")]
OPEN, UNDATED = len(ENDS), len(ENDS) + 1
NEVER = -1
REBUILT = ("cakupan_lingkup", "harian", "akses_harian", "lewat_harian", "jam_harian")


@dataclass(frozen=True)
class Atom:
    """One kind of laporan."""

    region: str
    category: int
    came: int
    closed: int
    lhp: int  # in the quarter of masuk (0), in the next one (1), or never

    def row(self, number: int) -> tuple:
        """As a row of the mart laporan, of the columns in COLUMNS."""
        substansi, instansi = CATEGORIES[self.category]
        came = STARTS[self.came] + timedelta(days=2)
        tutup = ENDS[self.closed] - timedelta(days=9) if self.closed < OPEN else None
        lhp = STARTS[self.came + self.lhp] + timedelta(days=5) if self.lhp != NEVER else None
        undated = self.closed == UNDATED
        return (
            f"K{number}",
            "LM",
            True,
            self.region,
            REGIONS[self.region],
            instansi,
            substansi,
            came,
            lhp,
            tutup,
            undated,
        )


COLUMNS = (
    "kasus, tipe_laporan, is_laporan, kode_wilayah, kode_provinsi, instansi_terlapor, substansi,"
    " tanggal_masuk, tanggal_lhp, tanggal_tutup, is_ditutup_tanpa_tanggal"
)


ATOMS = [
    Atom(region, category, came, closed, lhp)
    for region, category, came, lhp in product(
        REGIONS, range(len(CATEGORIES)), range(len(ENDS)), (NEVER, 0, 1)
    )
    for closed in (*range(came, len(ENDS)), OPEN, UNDATED)
    if came + lhp <= min(closed, len(ENDS) - 1)
]


class World:
    """Counts per atom, and the vector (over atoms) of every number that a question can show."""

    def __init__(self, counts: dict[Atom, int]) -> None:
        self.counts = np.array([counts.get(atom, 0) for atom in ATOMS])

    @cached_property
    def column(self) -> dict[str, np.ndarray]:
        """The atoms' properties as arrays."""
        return {
            name: np.array([getattr(atom, name) for atom in ATOMS])
            for name in ("region", "category", "came", "closed", "lhp")
        }

    def where(self, region: str | None = None, **dimension: str | None) -> np.ndarray:
        """The atoms of a region and of one substansi or instansi (given as it stands in the mart)."""
        chosen = np.ones(len(ATOMS), bool) if region is None else self.column["region"] == region
        for name, value in dimension.items():
            index = ("substansi", "instansi").index(name)
            fits = np.array([category[index] == value for category in CATEGORIES])
            chosen &= fits[self.column["category"]]
        return chosen

    def masuk(self, start: int, end: int) -> np.ndarray:
        """Masuk in the quarters start to end (both counted)."""
        return (self.column["came"] >= start) & (self.column["came"] <= end)

    def ditutup(self, start: int, end: int) -> np.ndarray:
        return (self.column["closed"] >= start) & (self.column["closed"] <= end)

    def selesai(self, start: int, end: int) -> np.ndarray:
        """Of what came in start to end, what was closed until end."""
        return self.masuk(start, end) & (self.column["closed"] <= end)

    def terbuka(self, end: int) -> np.ndarray:
        came, closed = self.column["came"], self.column["closed"]
        return (came <= end) & (closed > end) & (closed != UNDATED)

    def tanpa(self, end: int) -> np.ndarray:
        return (self.column["came"] <= end) & (self.column["closed"] == UNDATED)

    def lewat(self, end: int) -> np.ndarray:
        came, lhp = self.column["came"], self.column["lhp"]
        return self.terbuka(end) & (lhp != NEVER) & (came + lhp <= end)

    def umur(self, low: int, high: int, end: int) -> np.ndarray:
        """Open at a quarter end with an age of low to high working days."""
        ages = np.array([_working_days(start + timedelta(days=2), ENDS[end]) for start in STARTS])
        fits = (ages >= low) & (ages <= high)
        return self.terbuka(end) & fits[self.column["came"]]

    def true(self, row: np.ndarray) -> int:
        return int(row.astype(np.int64) @ self.counts)

    def plant(self, template: Path, folder: Path, name: str) -> None:
        """Make a warehouse of this world (a copy of a built one with other laporan) the current one."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"warehouse-{name}.duckdb"
        shutil.copyfile(template, file)
        rows = [atom.row(0)[1:] for atom, count in zip(ATOMS, self.counts, strict=True) for _ in range(count)]
        with duckdb.connect(str(file)) as connection:
            connection.execute("delete from laporan")
            connection.execute("delete from cakupan")
            for province in set(REGIONS.values()):
                connection.execute(
                    "insert into cakupan values ($1, $2, $3, 'b')", [province, STARTS[0], ENDS[-1]]
                )
            if rows:
                connection.executemany(
                    f"insert into laporan ({COLUMNS}) values ({', '.join('?' * 11)})",
                    [(f"K{number}", *row) for number, row in enumerate(rows)],
                )
            connection.execute("update batch set per_tanggal = $1, sejak = $2", [ENDS[-1], STARTS[0]])
            made = {step.label: step.statement for step in steps.steps()}
            for table in REBUILT:
                connection.execute(
                    made[f"marts/{table}"].replace("create table", "create or replace table", 1)
                )
        warehouse.publish(file)


def _working_days(start: date, end: date) -> int:
    days = calendar_id.calendar(reference.read("hari_libur_koreksi"))
    inside = days.filter((days["tanggal"] > start) & (days["tanggal"] <= end))
    return int(inside["is_hari_kerja"].sum())
