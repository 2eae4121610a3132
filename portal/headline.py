"""The five figures at the head of the summary: what each says, over what, and its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from portal import formats, sparkline, summary, theme

NONE = "–"


@dataclass(frozen=True)
class Headline:
    """One figure: name, value in words, meaning, and as HTML what it counts over and its course by month."""

    label: str
    value: str
    meaning: str
    below: str


MASUK = ("masuk", "Masuk", "Laporan yang masuk pada rentang ini.", theme.MASUK)
DITUTUP = ("ditutup", "Ditutup", "Laporan yang ditutup pada rentang ini.", theme.DITUTUP)
TERBUKA = ("terbuka", "Terbuka", "Laporan yang belum ditutup pada tanggal itu.", theme.TERBUKA)
LEWAT = (
    "lewat_tenggat",
    "Lewat tenggat",
    "Laporan yang jamnya berjalan lebih lama daripada tenggat yang terverifikasi; lihat Data & Metode.",
    theme.UNGU,
)
SELESAI = "Bagian dari laporan yang masuk pada rentang ini yang sudah ditutup pada tanggal itu."


def headlines(
    provinces: pl.DataFrame,
    months: pl.DataFrame,
    shares: pl.DataFrame,
    late: pl.DataFrame,
    provinsi: str | None,
) -> list[Headline]:
    """From the answers of ringkasan_provinsi, arus_bulanan, kohort_bulanan and lewat_bulanan."""
    total = summary.total(provinces, provinsi)
    return [
        _count(total, MASUK, f"{formats.number(total['peristiwa'])} peristiwa", months),
        _count(total, DITUTUP, "apa pun alasannya", months),
        _count(total, TERBUKA, _undated(total), months),
        _count(total, LEWAT, "jam terverifikasi saja", late),
        _share(total, shares),
    ]


def draw(figures: Sequence[Headline]) -> None:
    """The figures as tiles, each with its denominator in words and its course."""
    with st.grid(len(figures), min_column_width=140, gap="small"):
        for one in figures:
            with st.container(border=True, height="stretch", gap=None, key=f"ubin_{one.label}"):
                st.metric(one.label, one.value, help=one.meaning)
                st.html(one.below)


def _count(total: dict[str, Any], about: tuple[str, ...], over: str, months: pl.DataFrame) -> Headline:
    column, label, meaning, colour = about
    known = over if total[column] is not None else formats.MISSING
    value = formats.number(total[column], missing=NONE)
    line = sparkline.html(sparkline.course(months, column), label, colour)
    return Headline(label, value, meaning, _below(known, line))


def _share(total: dict[str, Any], shares: pl.DataFrame) -> Headline:
    limits = formats.interval(total["selesai_bawah"], total["selesai_atas"], unit="%", missing="")
    over = f"dari {formats.count(total['kohort'])}" + (f"; selang 95%: {limits}" if limits else "")
    known = over if total["persen_selesai"] is not None else formats.MISSING
    value = formats.percent(total["persen_selesai"], missing=NONE)
    course = sparkline.course(shares, "persen_selesai")
    line = sparkline.html(course, "Persen selesai", theme.AKSEN, decimals=1)
    return Headline("Persen selesai", value, SELESAI, _below(known, line))


def _below(over: str, line: str) -> str:
    return f'<p class="cermin-atas">{escape(over)}</p>{line}'


def _undated(total: dict[str, Any]) -> str:
    undated = total["ditutup_tanpa_tanggal"]
    return f"di luar {formats.number(undated)} ditutup tanpa tanggal" if undated else "pada tanggal itu"
