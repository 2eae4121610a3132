"""Figures over months: the flow and its stock, the clearance ratio, the cohort share, access by channel."""

import plotly.graph_objects as go
import polars as pl

from portal import formats, theme
from portal.figures.canvas import Canvas, Line, ceiling, count_axis, empty, months_axis, values
from portal.figures.marks import end_labels, mark_events, say_incomplete, shade_gaps

MASUK = Line("masuk", "masuk", theme.MASUK)
DITUTUP = Line("ditutup", "ditutup", theme.DITUTUP, "dash", "square")
TERBUKA = Line("terbuka", "terbuka", theme.TERBUKA, "solid", "diamond")
RASIO = Line("rasio_penyelesaian", "rasio", theme.AKSEN)
KOHORT = Line("persen_selesai", "selesai", theme.DITUTUP, "solid", "square")

COUNT = "%{y:,.0f} laporan"


def arus_bulanan(frame: pl.DataFrame, markers: pl.DataFrame | None = None) -> go.Figure:
    """Monthly masuk and ditutup above, the stock terbuka below, on one time axis.

    frame: the answer of `arus_bulanan` (bulan, masuk, ditutup, terbuka, lengkap).
    markers: tanggal (Date) and label (short text) of agreements and events, drawn as dotted uprights.
    """
    frame = frame.sort("bulan")
    if frame.select(pl.all_horizontal(pl.col("masuk", "ditutup", "terbuka").is_null().all())).item():
        return empty()
    canvas = Canvas()
    flow, stock = ceiling(frame["masuk"], frame["ditutup"]), ceiling(frame["terbuka"])
    for line, axis in ((MASUK, "y"), (DITUTUP, "y"), (TERBUKA, "y2")):
        canvas.line(frame, line, COUNT, axis)
    end_labels(canvas, frame, (MASUK, DITUTUP), "y", flow / 10)
    end_labels(canvas, frame, (TERBUKA,), "y2", 0)
    say_incomplete(canvas, frame, "masuk")
    shade_gaps(canvas, frame, "masuk")
    top = mark_events(canvas, frame["bulan"], markers)
    return canvas.figure(
        330 + top,
        hovermode="x unified",
        hoversubplots="axis",
        margin={"l": 4, "r": 74, "t": 10 + top, "b": 4},
        xaxis=months_axis(frame["bulan"].to_list(), anchor="y2"),
        yaxis=count_axis(flow) | {"domain": [0.42, 1]},
        yaxis2=count_axis(stock, 3) | {"domain": [0, 0.32], "anchor": "x"},
    )


def rasio(frame: pl.DataFrame, markers: pl.DataFrame | None = None) -> go.Figure:
    """The clearance ratio (ditutup / masuk) of each month against 1, where as much is closed as came in.

    frame: the answer of `arus_bulanan` (bulan, masuk, ditutup, rasio_penyelesaian, lengkap).
    """
    frame = frame.sort("bulan")
    if frame["rasio_penyelesaian"].is_null().all():
        return empty()
    canvas = Canvas()
    canvas.stroke(0, 1, 1, 1, xref="x domain", line={"dash": "dash"})
    canvas.line(frame, RASIO, "%{y:.2f} ditutup per laporan masuk")
    say_incomplete(canvas, frame, "rasio_penyelesaian")
    shade_gaps(canvas, frame, "masuk")
    top = mark_events(canvas, frame["bulan"], markers)
    where = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom"}
    canvas.note("garis putus-putus: 1 = ditutup sebanyak yang masuk", **where, yshift=top)
    return canvas.figure(
        205 + top,
        hovermode="x unified",
        margin={"l": 4, "r": 8, "t": 22 + top, "b": 4},
        xaxis=months_axis(frame["bulan"].to_list()),
        yaxis={"range": [0, max(ceiling(frame["rasio_penyelesaian"]), 1.3)], "nticks": 5},
    )


def kohort(frame: pl.DataFrame, markers: pl.DataFrame | None = None) -> go.Figure:
    """The share of each month's intake that is closed by the date asked for, with its Wilson 95% interval.

    frame: the answer of `kohort_bulanan` (bulan, kohort, selesai, persen_selesai, bawah, atas, lengkap).
    """
    frame = frame.sort("bulan")
    if frame["persen_selesai"].is_null().all():
        return empty()
    canvas = Canvas()
    canvas.traces.append(_band(frame))
    canvas.line(frame, KOHORT, "%{y:.1f}% %{text}")
    said = dict(zip(values(frame["bulan"]), map(_share_text, frame.to_dicts()), strict=True))
    for trace in canvas.traces[1:]:
        trace["text"] = [said[month] for month in trace["x"]]
    say_incomplete(canvas, frame, "persen_selesai")
    shade_gaps(canvas, frame, "kohort")
    top = mark_events(canvas, frame["bulan"], markers)
    return canvas.figure(
        230 + top,
        hovermode="x unified",
        margin={"l": 4, "r": 8, "t": 10 + top, "b": 4},
        xaxis=months_axis(frame["bulan"].to_list()),
        yaxis={"range": [0, 103], "ticksuffix": "%", "nticks": 5},
    )


def akses(frame: pl.DataFrame) -> go.Figure:
    """Every contact by month, stacked by tipe_laporan, each type with a colour and a pattern of its own.

    frame: the answer of `akses_bulanan` (bulan, tipe_laporan, jumlah).
    """
    if frame.is_empty() or frame["jumlah"].is_null().all():
        return empty()
    canvas = Canvas()
    kinds = frame["tipe_laporan"].unique(maintain_order=True).to_list()
    patterns = ("", "/", ".", "x", "-")
    for at, kind in enumerate(kinds):
        rows = frame.filter(pl.col("tipe_laporan") == kind).sort("bulan")
        canvas.traces.append(
            {
                "type": "bar",
                "name": kind,
                "x": values(rows["bulan"]),
                "y": values(rows["jumlah"]),
                "marker": {
                    "color": theme.SERIES[at % 5],
                    "pattern": _over(patterns[at % 5]),
                },
                "hovertemplate": "%{y:,.0f}",
            }
        )
    return canvas.figure(
        250,
        hovermode="x unified",
        barmode="stack",
        bargap=0.15,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"l": 4, "r": 8, "t": 30, "b": 4},
        xaxis=months_axis(frame["bulan"].unique().sort().to_list()),
    )


def _over(shape: str) -> dict:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": theme.OVERLAY, "size": 6, "solidity": 0.25}


def _band(frame: pl.DataFrame) -> dict:
    """The interval as one closed field per run of known months; a gap stays a gap."""
    known = frame.select("bulan", "bawah", "atas", pl.col("bawah").is_null().rle_id().alias("run"))
    x, y = [], []
    for _, run in known.drop_nulls("bawah").group_by("run", maintain_order=True):
        months = values(run["bulan"])
        x += [*months, *reversed(months), None]
        y += [*values(run["atas"]), *reversed(values(run["bawah"])), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": theme.tint(theme.DITUTUP, 0.22),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _share_text(row: dict) -> str:
    limits = formats.interval(row["bawah"], row["atas"])
    return f"({limits}); {formats.number(row['selesai'])} dari {formats.number(row['kohort'])} laporan"
