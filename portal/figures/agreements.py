"""Figures of what was agreed when, and how a region was assessed under each scheme."""

import datetime as dt

import plotly.graph_objects as go
import polars as pl

from portal import formats, theme
from portal.figures.canvas import SMALL, Canvas, empty, shifted, values

ROW = 22
TANDA = {
    "payung": (theme.MASUK, "circle"),
    "pelaksanaan": (theme.TERBUKA, "diamond"),
    "jejaring": (theme.DITUTUP, "square"),
    "proses": (theme.NETRAL, "triangle-up"),
    "keadaan": ("#C8483B", "x"),
}
NOT_SIGNED = {"proses": "berita acara (bukan perjanjian)", "keadaan": "dinyatakan belum ada"}
UNSCORED_AT = 10
NOT_FOUND = "tidak<br>ditemukan"


def linimasa(frame: pl.DataFrame, per_tanggal: dt.date | None = None) -> go.Figure:
    """Every signed instrument and dated statement of each region, a renewal joined to what it renews.

    frame: the answer of `linimasa_kerja_sama`. A ring marks dates on which sources disagree. per_tanggal: the
    right end of the axis (the newest date when None); nothing is drawn beyond what the frame holds.
    """
    known = pl.col("tanggal").is_not_null() & pl.col("tanda").is_in(list(TANDA))
    rows = frame.filter(known).sort("kode_wilayah", "tanggal")
    if rows.is_empty():
        return empty(text="belum ada perjanjian bertanggal yang tercatat")
    rows = rows.with_columns(pl.col("nama").map_elements(short_name, return_dtype=pl.String))
    canvas = Canvas()
    _renewals(canvas, rows)
    for tanda, (colour, symbol) in TANDA.items():
        of_tanda = rows.filter(pl.col("tanda") == tanda)
        if not of_tanda.is_empty():
            canvas.traces.append(_instruments(of_tanda, tanda, colour, symbol))
    _conflicts(canvas, rows.filter(pl.col("konflik")))
    names = rows["nama"].unique(maintain_order=True).to_list()
    start, end = rows["tanggal"].min(), max(filter(None, (per_tanggal, rows["tanggal"].max())))
    air = max((end - start).days // 14, 60)
    return canvas.figure(
        ROW * len(names) + 76,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        margin={"l": 4, "r": 8, "t": 34, "b": 4},
        xaxis={
            "type": "date",
            "range": [shifted(start, -air), shifted(end, air)],
            "nticks": 6,
            "tickformat": "%Y",
            "showgrid": True,
        },
        yaxis={
            "type": "category",
            "categoryarray": names,
            "range": [len(names) - 0.4, -0.6],
            "tickfont": SMALL,
        },
    )


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


def short_name(name: str) -> str:
    """The display name of a region with its jenis abbreviated, for the narrow side of a figure."""
    for word, brief in (("Kabupaten ", "Kab. "), ("Provinsi ", "Prov. ")):
        name = name.replace(word, brief)
    return name


def _renewals(canvas: Canvas, rows: pl.DataFrame) -> None:
    joined = rows.drop_nulls("tanggal_pendahulu")
    x, y = [], []
    for name, before, after in joined.select("nama", "tanggal_pendahulu", "tanggal").rows():
        x += [before.isoformat(), after.isoformat(), None]
        y += [name, name, None]
    if x:
        line = {"color": theme.NETRAL, "width": 2}
        trace = {"type": "scatter", "mode": "lines", "name": "pembaruan", "x": x, "y": y, "line": line}
        canvas.traces.append(trace | {"hoverinfo": "skip"})


def _instruments(rows: pl.DataFrame, tanda: str, colour: str, symbol: str) -> dict:
    text = [
        f"<b>{name}</b><br>{instrument or tanda}, {formats.date(day)}"
        + (f"<br>memperbarui yang {formats.date(before)}" if before else "")
        + ("<br>sumber berbeda soal ini" if conflict else "")
        for name, instrument, day, before, conflict in rows.select(
            "nama", "instrumen", "tanggal", "tanggal_pendahulu", "konflik"
        ).rows()
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": NOT_SIGNED.get(tanda, tanda),
        "x": values(rows["tanggal"]),
        "y": rows["nama"].to_list(),
        "marker": {"color": colour, "symbol": symbol, "size": 10},
        "hovertext": text,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _conflicts(canvas: Canvas, rows: pl.DataFrame) -> None:
    if rows.is_empty():
        return
    ring = {"symbol": "circle-open", "size": 17, "color": theme.NETRAL, "line": {"width": 1.5}}
    canvas.traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "sumber berbeda",
            "x": values(rows["tanggal"]),
            "y": rows["nama"].to_list(),
            "marker": ring,
            "hoverinfo": "skip",
        }
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
