"""The sentence of a signal: the template of its rule filled with Indonesian numbers, months and dates."""

import re
from datetime import date
from typing import Any

from pipelines.signals.rules import rules

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
QUARTERS = ("I", "II", "III", "IV")


def said(row: dict[str, Any]) -> str:
    """The finding: who, what, how many."""
    return rules()[row["aturan"]].kalimat.format(**_words(row))


def meant(row: dict[str, Any]) -> str:
    """What the finding means."""
    return rules()[row["aturan"]].arti.format(**_words(row))


def day(value: date | None) -> str:
    """27 January 2026 -> '27 Januari 2026'."""
    return "tanggal yang tidak diketahui" if value is None else f"{value.day} {month(value)}"


def month(value: date) -> str:
    """Any day of a month -> 'Januari 2026'."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def number(value: float | None) -> str:
    """1234.5 -> '1.234,5'; whole numbers without decimals."""
    if value is None:
        return "tidak diketahui"
    text = f"{value:,.0f}" if round(value, 1) == round(value) else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def measured(value: float | None, unit: str) -> str:
    """'48 hari kerja'; days left that have run out are negative: 'lewat 304 hari'."""
    if value is None:
        return number(value)
    told = f"{number(abs(value))} {unit}"
    return f"lewat {told}" if value < 0 else told


def span(period: str) -> str:
    """'2026-03' -> 'Maret 2026', '2026-T3' -> 'triwulan III 2026'; anything else as it stands."""
    if found := re.fullmatch(r"(\d{4})-T([1-4])", period):
        return f"triwulan {QUARTERS[int(found[2]) - 1]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-(\d{2})", period):
        return f"{MONTHS[int(found[2]) - 1]} {found[1]}"
    return period


def _words(row: dict[str, Any]) -> dict[str, str]:
    told = {name: number(row[name]) for name in ("nilai", "batas", "jumlah", "biasanya")}
    place = row["nama"] or "wilayah yang tidak disebut"
    masa = span(row["periode"])
    words = {"nama": place, "hal": row["hal"] or "", "masa": masa, "satuan": row["satuan"] or ""}
    return told | words | {"pada": day(row["pada"])}
