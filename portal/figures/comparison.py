"""Figures that set regions beside each other: one against its peers, or each with its own interval."""

import plotly.graph_objects as go
import polars as pl

from portal import formats, hidden, theme
from portal.figures.canvas import SMALL, Canvas, empty, short_name, values

ROW = 58
MEASURES = {
    "persen_selesai": ("persen selesai", 1, "%"),
    "tingkat_100k": ("laporan per 100.000 penduduk, 12 bulan", 1, ""),
    "lewat_tenggat": ("lewat tenggat", 0, ""),
    "terbuka": ("laporan terbuka", 0, ""),
}


def sebanding(frame: pl.DataFrame) -> go.Figure:
    """One region beside its peers: its figure as a dot, their range as a bar, their median as a tick.

    frame: the answer of `sebanding` (ukuran, nilai, median, terendah, tertinggi, jumlah_wilayah, kelompok).
    Each measure has its own scale from zero; peers are withheld (median null) below the smallest group.
    """
    if frame.is_empty():
        return empty()
    canvas = Canvas()
    order = {name: at for at, name in enumerate(MEASURES)}
    rows = sorted(frame.to_dicts(), key=lambda row: order.get(row["ukuran"], len(order)))
    for at, row in enumerate(rows):
        _measure(canvas, len(rows) - 1 - at, row)
    return canvas.figure(
        ROW * len(rows) + 8,
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
        xaxis={"visible": False, "range": [-0.02, 1.04]},
        yaxis={"visible": False, "range": [-0.5, len(rows) - 0.4]},
    )


def selang(
    frame: pl.DataFrame, value: str, low: str, high: str, *, unit: str = "", decimals: int = 1
) -> go.Figure:
    """Each region's figure as a dot on its 95% interval, in the order of the frame (never a ranking).

    frame: nama and the three columns; a region without a figure says 'tidak ada data'.
    """
    if frame.is_empty() or frame[value].is_null().all():
        return empty()
    names = [short_name(name) for name in frame["nama"]]
    centre, lower, upper = (values(frame[column], decimals) for column in (value, low, high))
    canvas = Canvas()
    marks = zip(centre, lower, upper, strict=True)
    text = [formats.estimate(*mark, decimals, unit) for mark in marks]
    canvas.traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": centre,
            "y": names,
            "marker": {"color": theme.AKSEN, "size": 8},
            "error_x": _whiskers(centre, lower, upper),
            "cliponaxis": False,
            "hovertext": text,
            "hovertemplate": "<b>%{y}</b><br>%{hovertext}<extra></extra>",
        }
    )
    for name, mark in zip(names, centre, strict=True):
        if mark is None:
            canvas.note(formats.MISSING, x=0, y=name, xanchor="left")
    return canvas.figure(
        20 * len(names) + 40,
        margin={"l": 4, "r": 12, "t": 4, "b": 4},
        xaxis={"rangemode": "tozero", "ticksuffix": unit, "showgrid": True, "nticks": 6},
        yaxis={
            "type": "category",
            "categoryarray": names,
            "range": [len(names) - 0.4, -0.6],
            "tickfont": SMALL,
        },
    )


def _whiskers(centre: list, lower: list, upper: list) -> dict:
    above = [
        None if None in (mid, top) else round(top - mid, 3) for mid, top in zip(centre, upper, strict=True)
    ]
    below = [
        None if None in (mid, low) else round(mid - low, 3) for mid, low in zip(centre, lower, strict=True)
    ]
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "thickness": 2,
        "width": 4,
        "color": theme.tint(theme.AKSEN, 0.55),
    }


def _measure(canvas: Canvas, level: int, row: dict) -> None:
    name, decimals, unit = MEASURES.get(row["ukuran"], (row["ukuran"], 1, ""))
    own, median = row["nilai"], row["median"]
    end = max(value or 0 for value in (own, row["tertinggi"])) or 1
    missing = hidden.mark(row, "nilai") or formats.MISSING
    said = missing if own is None else f"{formats.number(own, decimals)}{unit}"
    title = f"<b>{name}: {said.replace('<', '&lt;')}</b>"
    canvas.note(title, x=0, y=level, xanchor="left", yshift=17, font={"size": 12})
    canvas.note(_peers(row, decimals, unit), x=0, y=level, xanchor="left", yshift=-16)
    canvas.stroke(0, level, 1, level, line={"color": theme.tint(theme.NETRAL, 0.35)})
    if median is not None:
        span = {"color": theme.tint(theme.NETRAL, 0.6), "width": 9}
        canvas.stroke(row["terendah"] / end, level, row["tertinggi"] / end, level, line=span)
        tick = {"color": theme.NETRAL, "width": 3}
        canvas.stroke(median / end, level - 0.14, median / end, level + 0.14, line=tick, layer="above")
    if own is not None:
        canvas.traces.append(_dot(own / end, level, f"{name}: {said}<br>{_peers(row, decimals, unit)}"))


def _dot(x: float, level: int, text: str) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 4)],
        "y": [level],
        "marker": {"color": theme.TERBUKA, "size": 13, "symbol": "diamond"},
        "hovertext": [text],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _peers(row: dict, decimals: int, unit: str) -> str:
    if row["median"] is None:
        return "pembanding tidak ditampilkan: wilayah sebanding terlalu sedikit"
    limits = formats.interval(row["terendah"], row["tertinggi"], decimals, unit)
    middle = f"{formats.number(row['median'], decimals)}{unit}"
    return f"{row['jumlah_wilayah']} {row['kelompok']} lain: median {middle}, kisaran {limits}"
