"""Figures of what is open and of what it is about: ages by tahap, leftovers by year, bars by group."""

import plotly.graph_objects as go
import polars as pl

from portal import formats, theme
from portal.figures.canvas import Canvas, empty, values

BAR = 24
OTHERS = "lainnya"
UNNAMED = "tidak disebut"
LEGEND = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"}
# Over the whole width, so that many short entries stand in rows on a phone too.
ABOVE = {"orientation": "h", "xref": "container", "yref": "container", "x": 0, "y": 1, "yanchor": "top"}
ABOVE |= {"entrywidth": 40, "traceorder": "normal"}


def umur(frame: pl.DataFrame) -> go.Figure:
    """Open laporan by tahap, one bar each, split by age in hari kerja (weak = young, strong = old).

    frame: the answer of `umur_terbuka` (tahap, urutan_tahap, umur, urutan_umur, jumlah).
    """
    if frame.is_empty() or not frame["jumlah"].sum():
        return empty(text=formats.MISSING if frame["jumlah"].is_null().all() else "nol laporan terbuka")
    canvas = Canvas()
    stages = frame.select("tahap", "urutan_tahap").unique().sort("urutan_tahap", descending=True)["tahap"]
    bands = frame.select("umur", "urutan_umur").unique().sort("urutan_umur")["umur"].to_list()
    for at, (band, colour) in enumerate(zip(bands, theme.ramp(len(bands)), strict=True)):
        rows = frame.filter(pl.col("umur") == band).group_by("tahap").agg(pl.col("jumlah").sum())
        counts = dict(rows.rows())
        canvas.traces.append(
            _segment(band, stages.to_list(), counts, colour, "/" if at == len(bands) - 1 else "")
        )
    totals = dict(frame.group_by("tahap").agg(pl.col("jumlah").sum()).rows())
    for stage in stages:
        canvas.note(formats.number(totals[stage]), x=totals[stage], y=stage, xanchor="left", xshift=3)
    return canvas.figure(
        BAR * len(stages) + 120,
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        legend=ABOVE | {"title": {"text": "umur, hari kerja", "side": "top", "font": {"color": theme.INK}}},
        margin={"l": 4, "r": 30, "t": 84, "b": 4},
        xaxis={"rangemode": "tozero", "nticks": 5},
        yaxis={
            "type": "category",
            "tickvals": stages.to_list(),
            "ticktext": [_two_lines(stage, 16) for stage in stages],
        },
    )


def sisa(frame: pl.DataFrame) -> go.Figure:
    """What is left of each registration year: closed, closed without a date, and still open.

    frame: the answer of `sisa_per_tahun` (tahun, masuk, ditutup, ditutup_tanpa_tanggal, terbuka).
    """
    if frame.is_empty() or frame["masuk"].is_null().all():
        return empty()
    frame = frame.sort("tahun", descending=True)
    canvas = Canvas()
    years = [str(year) for year in frame["tahun"]]
    parts = (
        ("terbuka", "masih terbuka", theme.TERBUKA, ""),
        ("ditutup", "ditutup", theme.tint(theme.DITUTUP, 0.55), ""),
        ("ditutup_tanpa_tanggal", "ditutup tanpa tanggal", theme.tint(theme.NETRAL, 0.5), "/"),
    )
    for column, name, colour, pattern in parts:
        counts = dict(zip(years, values(frame[column]), strict=True))
        canvas.traces.append(_segment(name, years, counts, colour, pattern))
    for at, (total, left) in enumerate(zip(frame["masuk"], frame["terbuka"], strict=True)):
        text = formats.MISSING if total is None else f"{formats.number(left)} dari {formats.number(total)}"
        canvas.note(text, x=total or 0, y=at, xanchor="left", xshift=4)
    return canvas.figure(
        BAR * len(years) + 80,
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        legend=LEGEND,
        margin={"l": 4, "r": 70, "t": 30, "b": 4},
        xaxis={"rangemode": "tozero", "nticks": 5},
        yaxis={"type": "category"},
    )


def bars(
    frame: pl.DataFrame, label: str, *, value: str = "masuk", noun: str = "laporan", most: int = 12
) -> go.Figure:
    """Horizontal bars of a per_* answer, largest first, count and share written at the end of each.

    frame: kelompok, `value`, penyebut, persen (others are shown on hover). label: what a group is, for the
    hover text. Beyond `most` groups the rest is one bar; 'tidak disebut' stays last and hatched.
    """
    frame = frame.filter(pl.col(value).is_not_null())
    if frame.is_empty():
        return empty()
    rows = _largest_first(frame, value, most)
    canvas = Canvas()
    names = [_two_lines(name) for name in rows["kelompok"]]
    hatched = ["/" if name == UNNAMED else "" for name in rows["kelompok"]]
    colours = [
        theme.AKSEN if at < most and name != UNNAMED else theme.NETRAL for at, name in enumerate(names)
    ]
    canvas.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "x": values(rows[value]),
            "y": names,
            "text": [_count_and_share(*row) for row in rows.select(value, "persen").rows()],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": colours, "pattern": {"shape": hatched, "size": 5}},
            "hovertext": [_group_text(label, noun, value, row) for row in rows.iter_rows(named=True)],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )
    deep = sum("<br>" in name for name in names)
    return canvas.figure(
        BAR * len(names) + 8 * deep + 24,
        bargap=0.3,
        margin={"l": 4, "r": 84, "t": 4, "b": 4},
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 12}},
    )


def _segment(name: str, rows: list[str], counts: dict, colour: str, pattern: str) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [counts.get(row) for row in rows],
        "y": rows,
        "marker": {"color": colour, "pattern": {"shape": pattern, "size": 6, "solidity": 0.3}},
        "hovertemplate": f"%{{y}}, {name}: %{{x:,.0f}} laporan<extra></extra>",
    }


def _largest_first(frame: pl.DataFrame, value: str, most: int) -> pl.DataFrame:
    named = frame.filter(pl.col("kelompok") != UNNAMED).sort(value, "kelompok", descending=[True, False])
    kept, rest = named.head(most), named.slice(most)
    parts = [kept]
    if not rest.is_empty():
        persen = rest["persen"].sum() if rest["persen"].null_count() < rest.height else None
        merged = {
            "kelompok": f"{OTHERS} ({rest.height} kelompok)",
            value: rest[value].sum(),
            "persen": persen,
        }
        parts.append(pl.DataFrame([merged], schema_overrides={value: frame.schema[value]}))
    parts.append(frame.filter(pl.col("kelompok") == UNNAMED))
    return pl.concat([part for part in parts if not part.is_empty()], how="diagonal_relaxed")


def _count_and_share(count: float, share: float | None) -> str:
    return formats.number(count) + ("" if share is None else f" ({formats.percent(share, 0)})")


def _group_text(label: str, noun: str, value: str, row: dict) -> str:
    lines = [f"<b>{row['kelompok']}</b>", f"{value}: {formats.count(row[value], noun)}"]
    if row.get("persen") is not None and row.get("penyebut") is not None:
        lines.append(f"{formats.percent(row['persen'])} dari {formats.count(row['penyebut'], noun)}")
    for other in ("masuk", "ditutup", "terbuka"):
        if other != value and row.get(other) is not None:
            lines.append(f"{other}: {formats.number(row[other])}")
    return "<br>".join([f"{label}: {lines[0]}", *lines[1:]])


def _two_lines(text: str, width: int = 21) -> str:
    """A long name in at most two lines, so that the bars keep their room on a phone."""
    if len(text) <= width:
        return text
    cut = text.rfind(" ", 0, width + 1)
    first, rest = (text[:cut], text[cut + 1 :]) if cut > 0 else (text[:width], text[width:])
    return f"{first}<br>{rest if len(rest) <= width else rest[: width - 1] + '…'}"
