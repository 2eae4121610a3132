"""What people did about a signal: taken up, put off until a day, closed with what was found, opened again.

Statements are only ever added. The state of a signal (`keadaan`) is what they come to on a calendar day, so
that no build is needed for it and everything said stays readable.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pipelines import lake, notes, places, privacy
from pipelines.errors import UserError

KIND = "sinyal/pernyataan"
NEW, TAKEN, PUT_OFF, CLOSED = "baru", "ditangani", "ditunda", "ditutup"
STATES = (NEW, TAKEN, PUT_OFF, CLOSED)
# Step -> the states from which it may be taken; a form that is out of date is refused.
STEPS = {
    "ambil": (NEW, PUT_OFF),
    "tunda": (NEW, TAKEN, PUT_OFF),
    "tutup": (NEW, TAKEN, PUT_OFF),
    "buka": (TAKEN, PUT_OFF, CLOSED),
}
SHORTEST, LONGEST = 10, 500
LONGEST_DELAY = timedelta(days=366)


@dataclass(frozen=True)
class Statement:
    """One step on a signal: by whom and when, why or what was found, until when, and the count then."""

    nomor: int
    id: str
    langkah: str
    oleh: str
    waktu: str
    catatan: str = ""
    sampai: date | None = None
    jumlah: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a signal stands: its state, and the last statement about it (None: nobody said anything)."""

    keadaan: str
    terakhir: Statement | None = None


def state(
    signal: Mapping[str, Any], step: str, by: str, today: date, remark: str = "", until: date | None = None
) -> Statement:
    """Add a statement about a signal (a row of the question `sinyal`); the one that was kept.

    UserError for a step that its state does not allow (somebody else was first), a remark that is missing or
    names a person, or a day that does not fit; Unavailable when it cannot be written.
    """
    told = _checked_remark(step, remark)
    day = _checked_day(step, until, today)
    with lake.locked("sinyal"):
        now = standing(of(signal["id"]), today, signal.get("jumlah")).keadaan
        if now not in STEPS[step]:
            raise UserError(f"Sinyal ini sudah {now}; muat ulang halaman ini untuk melihat catatannya.")
        content = {"id": signal["id"], "langkah": step, "oleh": by, "catatan": told, "sampai": day}
        kept = notes.append(KIND, content | {"jumlah": signal.get("jumlah")})
    return _read(kept | {"sampai": day and day.isoformat()})


def of(signal: str) -> list[Statement]:
    """The statements about one signal, the oldest first."""
    return everything().get(signal, [])


def everything() -> dict[str, list[Statement]]:
    """Signal id -> its statements, the oldest first."""
    return _everything(str(places.state()), notes.stamp(KIND))


def standing(said: Iterable[Statement], today: date, count: int | None = None) -> Standing:
    """What statements come to on a calendar day; `count` is the number of laporan in the signal now.

    A delay that has ended falls back to the state before it. A closed signal that has grown since is new.
    """
    base, last, delay = NEW, None, None
    for one in said:
        last, delay = one, one if one.langkah == "tunda" else None
        base = {"ambil": TAKEN, "tutup": CLOSED, "buka": NEW, "tunda": base}[one.langkah]
    if delay is not None and today < delay.sampai:
        return Standing(PUT_OFF, last)
    if base == CLOSED and None not in (count, last.jumlah) and count > last.jumlah:
        return Standing(NEW, last)
    return Standing(base, last)


def _checked_remark(step: str, remark: str) -> str:
    told = re.sub(r"\s+", " ", remark).strip()
    if step == "ambil" and not told:
        return ""
    if not SHORTEST <= len(told) <= LONGEST:
        what = "apa yang ditemukan" if step == "tutup" else "alasannya"
        raise UserError(f"Tulis {what} dalam {SHORTEST} sampai {LONGEST} huruf.")
    if found := privacy.find(told):
        raise UserError(f"Catatan memuat angka yang tampak seperti {found}; tulis tanpa identitas orang.")
    return told


def _checked_day(step: str, until: date | None, today: date) -> date | None:
    if step != "tunda":
        return None
    if until is None or not today < until <= today + LONGEST_DELAY:
        raise UserError("Pilih tanggal sesudah hari ini, paling lama setahun lagi.")
    return until


@lru_cache(maxsize=8)
def _everything(_folder: str, _stamp: tuple[int, ...]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for content in notes.read(KIND):
        found.setdefault(content["id"], []).append(_read(content))
    return found


def _read(content: Mapping[str, Any]) -> Statement:
    told = {field.name: content.get(field.name) for field in fields(Statement)}
    return Statement(**told | {"sampai": told["sampai"] and date.fromisoformat(told["sampai"])})
