"""The figure of how a region was assessed, year by year, under each scheme."""

import plotly.graph_objects as go
import polars as pl

from portal import formats, theme
from portal.figures.canvas import SMALL, Canvas, empty, values

UNSCORED_AT = 10
NOT_FOUND = "tidak<br>ditemukan"


def penilaian(frame: pl.DataFrame) -> go.Figure:
    """The assessments of one region by year; schemes never share a line: a break is drawn, each is named.

    frame: the answer of `penilaian_wilayah` for one region. A year without a row says 'tidak ditemukan';
    'bukan lokus' is stated and has its own mark; a known zone without a value is a hollow mark.
    """
    rows = frame.drop_nulls("tahun").sort("tahun", "is_versi")
    if rows.is_empty():
        return empty(text="penilaian tidak ditemukan")
    canvas = Canvas()
    first, last = rows["tahun"].min(), rows["tahun"].max()
    schemes = rows.group_by("skema", maintain_order=True).agg(pl.col("tahun").min().alias("mulai"))
    for at, (scheme, start) in enumerate(schemes.sort("mulai").rows()):
        _scheme(canvas, rows.filter(pl.col("skema") == scheme), theme.SERIES[at % 5], theme.SYMBOLS[at % 5])
        left = max(start - 0.5, first - 0.5)
        if at:
            canvas.stroke(left, 0, left, 1, yref="paper", line={"dash": "dash"})
        above = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 14 * (schemes.height - 1 - at)}
        canvas.note(scheme, x=left, xanchor="left", xshift=3, **above)
    for year in sorted(set(range(first, last + 1)) - set(rows["tahun"])):
        canvas.note(NOT_FOUND, x=year, y=UNSCORED_AT)
    return canvas.figure(
        226 + 14 * schemes.height,
        margin={"l": 4, "r": 8, "t": 8 + 14 * schemes.height, "b": 4},
        xaxis={
            "range": [first - 0.5, last + 0.5],
            "tickvals": list(range(first, last + 1)),
            "ticktext": [str(year) for year in range(first, last + 1)],
        },
        yaxis={"range": [0, 108], "tickvals": [0, 25, 50, 75, 100]},
    )


def _scheme(canvas: Canvas, rows: pl.DataFrame, colour: str, symbol: str) -> None:
    scored = rows.filter(pl.col("nilai").is_not_null())
    plain = scored.filter(~pl.col("is_versi"))
    if plain.height > 1:
        joined = {
            "type": "scatter",
            "mode": "lines",
            "x": values(plain["tahun"]),
            "y": values(plain["nilai"], 2),
        }
        canvas.traces.append(joined | {"line": {"color": colour, "width": 2}, "hoverinfo": "skip"})
    records = rows.to_dicts()
    canvas.traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [row["tahun"] for row in records],
            "y": [UNSCORED_AT if row["nilai"] is None else round(row["nilai"], 2) for row in records],
            "text": [_said(row) for row in records],
            "textposition": "top center",
            "textfont": SMALL,
            "cliponaxis": False,
            "marker": {
                "color": colour,
                "size": 9,
                "symbol": [_symbol(row, symbol) for row in records],
                "line": {"width": 1.5, "color": colour},
            },
            "hovertext": [_assessment(row) for row in records],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )


def _symbol(row: dict, symbol: str) -> str:
    if row["nilai"] is not None and not row["is_versi"]:
        return symbol
    return "x-thin" if row["status_lokus"] == "bukan lokus" else f"{symbol}-open"


def _said(row: dict) -> str:
    if row["status_lokus"] == "bukan lokus":
        return "bukan<br>lokus"
    result = row["zona"] or row["kategori"] or row["opini"]
    short = result if result and len(result) <= 14 else "opini" if result else None
    parts = [short, None if row["nilai"] is None else formats.number(row["nilai"], 1)]
    said = "<br>".join(part for part in parts if part)
    return said or "tidak<br>diketahui"


def _assessment(row: dict) -> str:
    result = " · ".join(part for part in (row["zona"], row["kategori"], row["opini"]) if part)
    lines = [f"<b>{row['tahun']}</b>, {row['skema']}", row["status_lokus"] or formats.UNKNOWN]
    lines.append(f"nilai {formats.number(row['nilai'], 2, 'tidak diketahui')}")
    lines += [result] if result else []
    lines += ["versi lain dari sumber lain, tidak dihitung"] if row["is_versi"] else []
    return "<br>".join(lines)
