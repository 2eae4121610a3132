"""A small line beside a figure: its course over the complete months, from zero, and in words; pure."""

from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import quote

import polars as pl

from portal import formats

WIDTH, HEIGHT, EDGE = 120, 30, 3


def course(frame: pl.DataFrame, column: str) -> tuple[tuple[date, float], ...]:
    """Month and value of the complete months of an answer (bulan, lengkap, column) in order."""
    whole = frame.filter(pl.col("lengkap").fill_null(False)).drop_nulls(column).sort("bulan")
    return tuple(whole.select("bulan", column).iter_rows())


def html(points: Sequence[tuple[date, float]], name: str, colour: str, decimals: int = 0) -> str:
    """The line with its first and last month below; a sentence when there are fewer than two points."""
    if len(points) < 2:
        return '<p class="cermin-jalan">Belum cukup bulan lengkap untuk garis.</p>'
    (first, start), (last, end) = points[0], points[-1]
    values = [value for _, value in points]
    low, high = (formats.number(value, decimals) for value in (min(values), max(values)))
    said = (
        f"{name} per bulan dari {formats.month(first)} ({formats.number(start, decimals)}) sampai "
        f"{formats.month(last)} ({formats.number(end, decimals)}); terendah {low}, tertinggi {high}"
    )
    picture = f"data:image/svg+xml,{quote(_svg(values, colour))}"
    return (
        f'<img class="cermin-garis" alt="{escape(said)}" src="{picture}">'
        f'<p class="cermin-jalan" aria-hidden="true"><span>{formats.month(first)}</span>'
        f"<span>{low}–{high}</span><span>{formats.month(last)}</span></p>"
    )


def _svg(values: Sequence[float], colour: str) -> str:
    """A picture of its own: the page's sanitizer takes inline SVG away."""
    placed = _placed(values)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    x, y = placed[-1]
    stroke = 'vector-effect="non-scaling-stroke" stroke-linecap="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" '
        f'fill="none" stroke="{colour}"><polyline points="{path}" stroke-width="1.6" {stroke}/>'
        f'<path d="M{x:.1f} {y:.1f}h0" stroke-width="7" {stroke}/></svg>'
    )


def _placed(values: Sequence[float]) -> list[tuple[float, float]]:
    top = max(*values, 0) or 1
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    return [
        (EDGE + at * step, HEIGHT - EDGE - value / top * (HEIGHT - 2 * EDGE))
        for at, value in enumerate(values)
    ]
