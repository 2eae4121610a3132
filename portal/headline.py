"""The five figures at the head of the summary: what each says, over what, and its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from portal import formats, sparkline, theme

LATE = "Laporan yang jamnya berjalan lebih lama daripada tenggat yang terverifikasi; lihat Data & Metode."
COHORT = "Bagian dari laporan yang masuk pada rentang ini yang sudah ditutup pada tanggal itu."


@dataclass(frozen=True)
class Headline:
    """One figure: its name, its value in words, what it counts over, its course, and what it means."""

    label: str
    value: str
    over: str
    course: tuple[tuple[date, float], ...]
    meaning: str
    colour: str


def headlines(
    total: dict[str, Any], months: pl.DataFrame, shares: pl.DataFrame, late: pl.DataFrame
) -> list[Headline]:
    """From a row of ringkasan_provinsi, and the answers of arus_bulanan, kohort_bulanan and lewat_bulanan."""
    events = f"{formats.number(total['peristiwa'])} peristiwa"
    figures = (
        ("masuk", "Masuk", events, months, "Laporan yang masuk pada rentang ini.", theme.MASUK),
        (
            "ditutup",
            "Ditutup",
            "apa pun alasannya",
            months,
            "Laporan yang ditutup pada rentang ini.",
            theme.DITUTUP,
        ),
        (
            "terbuka",
            "Terbuka",
            _undated(total),
            months,
            "Laporan yang belum ditutup pada tanggal itu.",
            theme.TERBUKA,
        ),
        ("lewat_tenggat", "Lewat tenggat", "jam terverifikasi saja", late, LATE, theme.UNGU),
    )
    made = [
        Headline(label, formats.number(total[name]), over, sparkline.course(frame, name), meaning, colour)
        for name, label, over, frame, meaning, colour in figures
    ]
    return [*made, _share(total, shares)]


def draw(figures: Sequence[Headline]) -> None:
    """The figures as tiles, each with its denominator in words and its course."""
    with st.grid(len(figures), min_column_width=165, gap="small"):
        for one in figures:
            with st.container(border=True, height="stretch", gap=None, key=f"ubin_{one.label}"):
                st.metric(one.label, one.value, help=one.meaning)
                line = sparkline.html(one.course, one.label, one.colour, decimals=int("%" in one.value))
                st.html(f'<p class="cermin-atas">{escape(one.over)}</p>{line}')


def _share(total: dict[str, Any], shares: pl.DataFrame) -> Headline:
    limits = formats.interval(total["selesai_bawah"], total["selesai_atas"], unit="%", missing="")
    over = f"dari {formats.count(total['kohort'])}" + (f"; selang 95%: {limits}" if limits else "")
    value = formats.percent(total["persen_selesai"])
    course = sparkline.course(shares, "persen_selesai")
    return Headline("Persen selesai", value, over, course, COHORT, theme.AKSEN)


def _undated(total: dict[str, Any]) -> str:
    undated = total["ditutup_tanpa_tanggal"]
    return f"di luar {formats.number(undated)} ditutup tanpa tanggal" if undated else "pada tanggal itu"
