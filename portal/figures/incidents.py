"""Laporan beside the incidents behind them, as bars: only where the two differ, or where a signal is read."""

import polars as pl

from portal import formats, theme
from portal.figures import rows
from portal.figures.canvas import short_name
from portal.figures.rows import Bar, Segment

BEYOND = {"atas": "sinyal di atas", "bawah": "sinyal di bawah", None: "dalam batas"}
PARTS = (
    Segment(0, theme.MASUK, "peristiwa berbeda"),
    Segment(0, theme.tint(theme.MASUK, 0.55), "laporan lain tentang peristiwa yang sama", is_hatched=True),
)


def peristiwa(frame: pl.DataFrame, alt: str) -> str:
    """`laporan_peristiwa` as bars by code, split into incidents and further laporan about them; HTML.

    Regions whose every laporan is an incident of its own, without a signal, are counted in one line below.
    """
    known = frame.drop_nulls("laporan").sort("kode_wilayah")
    if known.is_empty():
        return rows.nothing()
    is_shown = (
        (pl.col("laporan") != pl.col("peristiwa"))
        | pl.col("sinyal_laporan").is_not_null()
        | pl.col("sinyal_peristiwa").is_not_null()
    )
    shown = known.filter(is_shown)
    longest = max(shown["laporan"].max() or 0, 1)
    drawn = [_bar(row, longest).html() for row in shown.iter_rows(named=True)]
    bars = rows.key("", PARTS) + rows.picture("cermin-batang cermin-peristiwa", alt, *drawn) if drawn else ""
    rest = known.height - shown.height
    told = f"{formats.number(rest)} wilayah lain: setiap laporan satu peristiwa, dan tidak ada sinyal."
    return bars + (f'<div class="cermin-catatan"><p>{told}</p></div>' if rest else "")


def verdict(row: dict) -> str:
    """What the funnel of rates says of a region with each count: '69 laporan, 3 peristiwa; ...'."""
    counts = f"{formats.number(row['laporan'])} laporan, {formats.number(row['peristiwa'])} peristiwa"
    if row["penduduk"] is None:
        return counts
    told = [BEYOND[row[f"sinyal_{count}"]] for count in ("laporan", "peristiwa")]
    if told[0] != told[1]:
        return f"{counts}; per laporan {told[0]}, per peristiwa {told[1]}"
    return f"{counts}; {told[0]}" + (
        ", dihitung dengan laporan maupun peristiwa" if row["sinyal_laporan"] else ""
    )


def _bar(row: dict, longest: int) -> Bar:
    most = row["terbanyak"]
    told = f"{row['nama']}: {verdict(row)}"
    told += f"\nterbanyak dari satu peristiwa: {formats.count(most)}" if most and most > 1 else ""
    counts = (row["peristiwa"], row["laporan"] - row["peristiwa"])
    segments = [
        Segment(count / longest, part.colour, "", part.is_hatched)
        for count, part in zip(counts, PARTS, strict=True)
    ]
    return Bar(short_name(row["nama"]), segments, verdict(row), told)
