"""Step changes (langkah): from when on a measure has a new level, stated by somebody with a reason.

Statements are only ever added (pipelines.notes), a withdrawal is one too. The place of a step is
`wilayah:<kode>`, `provinsi:<kode>` or `semua`: a provincial government and its province share a code and are
not the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines import calendar_id, lake, notes, privacy, regions
from pipelines.errors import UserError

UKURAN = ("masuk", "ditutup", "terbuka", "median_umur", "rasio")
EVERYWHERE = "semua"
SHORTEST, LONGEST = 10, 300
KIND = "langkah"


@dataclass(frozen=True)
class Langkah:
    """A step: its number, place and measure, the first day of the new level, why, who said so and when."""

    nomor: int
    tempat: str
    ukuran: str
    sejak: date
    alasan: str
    oleh: str
    waktu: str


def place(wilayah: str | None = None, provinsi: str | None = None) -> str:
    """The place of a question's parameters: a region, else a province, else everything."""
    return f"wilayah:{wilayah}" if wilayah else f"provinsi:{provinsi}" if provinsi else EVERYWHERE


def of(tempat: str, ukuran: str) -> tuple[Langkah, ...]:
    """The steps in force of a measure in a place, by day."""
    found = (one for one in in_force() if (one.tempat, one.ukuran) == (tempat, ukuran))
    return tuple(sorted(found, key=lambda one: one.sejak))


def in_force() -> list[Langkah]:
    """Every step in force, whatever its place and measure, in the order in which they were stated."""
    return _in_force(_statements())


def mark(tempat: str, ukuran: str, sejak: date, alasan: str, oleh: str, until: date) -> Langkah:
    """State a step; it begins with the first day of the month of `sejak`.

    `until`: the data's own date, after which nothing can have been seen. UserError for a place, a measure, a
    day or a reason that does not fit, and for a step that stands already; Unavailable when the folder cannot
    be written or somebody else writes at this moment.
    """
    _check_place(tempat, ukuran)
    day, reason = _checked_day(sejak, until), _checked_reason(alasan)
    with lake.locked("langkah"):
        if any(one.sejak == day for one in of(tempat, ukuran)):
            raise UserError(f"Perubahan mulai {day:%m/%Y} sudah ditandai di sini; cabut dahulu yang lama.")
        told = {"tempat": tempat, "ukuran": ukuran, "sejak": day, "alasan": reason, "oleh": oleh}
        return Langkah(**notes.append(KIND, told))


def withdraw(nomor: int, alasan: str, oleh: str) -> Langkah:
    """Take a step back, with a reason; both statements stay. UserError when no such step is in force."""
    reason = _checked_reason(alasan)
    with lake.locked("langkah"):
        known = {one.nomor: one for one in _in_force(_statements())}
        if nomor not in known:
            raise UserError("Perubahan itu sudah tidak berlaku; muat ulang halaman ini.")
        notes.append(KIND, {"mencabut": nomor, "alasan": reason, "oleh": oleh})
        return known[nomor]


def _check_place(tempat: str, ukuran: str) -> None:
    kind, _, code = tempat.partition(":")
    if ukuran not in UKURAN:
        raise UserError(f"ukuran={ukuran} tidak ada. Yang ada: {', '.join(UKURAN)}.")
    if tempat != EVERYWHERE and (
        kind not in ("wilayah", "provinsi") or code not in regions.gazetteer().display
    ):
        raise UserError(f"Tempat {tempat} tidak dikenal.")


def _checked_day(day: date, until: date) -> date:
    if not calendar_id.FIRST <= day <= until:
        raise UserError(f"Pilih tanggal dari {calendar_id.FIRST} sampai {until}, hari terakhir data.")
    return day.replace(day=1)


def _checked_reason(text: str) -> str:
    reason = re.sub(r"\s+", " ", text).strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise UserError(f"Tulis alasannya dalam {SHORTEST} sampai {LONGEST} huruf.")
    if found := privacy.find(reason):
        raise UserError(f"Alasan memuat angka yang tampak seperti {found}; tulis tanpa identitas orang.")
    return reason


def _in_force(statements: Iterable[dict[str, Any]]) -> list[Langkah]:
    listed = list(statements)
    gone = {one["mencabut"] for one in listed if "mencabut" in one}
    return [Langkah(**one) for one in listed if "mencabut" not in one and one["nomor"] not in gone]


def _statements() -> list[dict[str, Any]]:
    """Every statement ever made, by number."""
    found = []
    for content in notes.read(KIND):
        since = {"sejak": date.fromisoformat(content["sejak"])} if "sejak" in content else {}
        found.append(content | since)
    return found
