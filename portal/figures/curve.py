"""Curves over days as HTML: what is still open (Kaplan-Meier), and how it ended (Aalen-Johansen); pure.

At most five curves, each with a colour, a line and a sign of its own. The band is the 95% interval. Below
the axis stands how many are still watched, so that nobody reads a tail made of three cases as a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import polars as pl

from portal import formats, theme
from portal.figures import plot, rows
from portal.figures.plot import Field, Point, Scale

MOST = 5
MOST_BANDS = 3
LONGEST_DAYS = 360
FEW = 10
STEPS = (7, 14, 30, 60, 90, 180, 360)
TICKS = 6
DASHES = ("", "8 4", "2 4", "10 4 2 4", "14 5")
SIGNS = tuple(theme.GLYPHS[symbol] for symbol in theme.SYMBOLS)
HALF = 50
WAYS = ["terselesaikan", "lainnya", "alasan tidak disebut"]


@dataclass(frozen=True)
class Curve:
    """One curve: `steps` has hari, nilai, bawah, atas (percent) and berisiko or no such column."""

    name: str
    words: str
    steps: pl.DataFrame
    start: float
    style: tuple[int, int]
    median: float | None = None

    @property
    def colour(self) -> str:
        """Of the line, the band and the sign."""
        return theme.SERIES[self.style[0]]

    @property
    def dash(self) -> str:
        """Of the line."""
        return DASHES[self.style[1]]

    def watched(self, day: float) -> int:
        """How many were still watched, and not closed, just before that day."""
        later = self.steps.filter(pl.col("hari") >= day)["berisiko"]
        return later[0] if len(later) else 0

    def at(self, day: float) -> float:
        """The level of the curve on a day, in percent."""
        reached = self.steps.filter(pl.col("hari") <= day)["nilai"]
        return reached[-1] if len(reached) else self.start


def penyelesaian(
    frame: pl.DataFrame, summary: pl.DataFrame, groups: tuple[tuple[str, str], ...], alt: str
) -> str:
    """The share still open by days since tanggal_masuk, one curve per group, HTML.

    frame: `kurva_penyelesaian`; summary: `waktu_penyelesaian`; groups: kelompok and its name, at most MOST.
    """
    told = {row["kelompok"]: row for row in summary.to_dicts()}
    counted = [(group, name) for group, name in groups[:MOST] if told.get(group, {}).get("jumlah")]
    drawn = [
        Curve(name, _told(told[group]), _open(frame, group), 100.0, (at, at), told[group]["median"])
        for at, (group, name) in enumerate(counted)
    ]
    return _picture(drawn, alt, "laporan yang masih terbuka")


def hasil(frame: pl.DataFrame, groups: tuple[tuple[str, str], ...], alt: str) -> str:
    """The share that has ended in each way by days since tanggal_masuk; HTML. frame: `kurva_hasil`.

    A colour per group and a line per way, the first of them terselesaikan; as many ways as there is room for.
    """
    ways = sorted(frame["hasil"].unique().to_list(), key=WAYS.index)
    shown = ways[: max(MOST // max(len(groups), 1), 1)]
    drawn = [
        Curve(
            f"{name}, {way}",
            "",
            _ended(frame, group, way),
            0.0,
            (at if len(groups) > 1 else how, how),
        )
        for at, (group, name) in enumerate(groups[:MOST])
        for how, way in enumerate(shown)
    ]
    return _picture([one for one in drawn if one.steps.height], alt, "laporan yang sudah berakhir demikian")


def _open(frame: pl.DataFrame, group: str) -> pl.DataFrame:
    own = frame.filter(pl.col("kelompok") == group).sort("hari")
    return own.select("hari", "bawah", "atas", "berisiko", nilai="terbuka_persen")


def _ended(frame: pl.DataFrame, group: str, way: str) -> pl.DataFrame:
    own = frame.filter(pl.col("kelompok") == group, pl.col("hasil") == way).sort("hari")
    return own.select("hari", "bawah", "atas", nilai="insidensi")


def _told(row: dict) -> str:
    """'318 laporan, median 63 hari (58–70)'; why there is no median, where there is none."""
    counted = formats.count(row["jumlah"])
    if row["jumlah"] < FEW:
        return f"{counted}, terlalu sedikit untuk median"
    if row["median"] is None:
        return f"{counted}, median belum tercapai"
    return f"{counted}, median {spread(row)}"


def spread(row: dict) -> str:
    """The median in days with its interval: '63 hari (58–70)'; an end that is not reached is said."""
    low = formats.number(row["median_bawah"], missing="?")
    high = formats.number(row["median_atas"], missing="belum tercapai")
    return f"{formats.number(row['median'])} hari ({low}–{high})"


def horizon(curves: Sequence[Curve]) -> tuple[int, int]:
    """The last day drawn, and the distance of the ticks.

    Up to the day on which no group has FEW watched any more; a year at most, or as far as the last median.
    """
    ends = [curve.steps["hari"].max() or 0 for curve in curves]
    for at, curve in enumerate(curves):
        if "berisiko" in curve.steps.columns:
            many = curve.steps.filter(pl.col("berisiko") >= FEW)["hari"].max()
            ends[at] = many or ends[at]
    longest = max([LONGEST_DAYS, *(curve.median for curve in curves if curve.median)])
    last = int(min(max(ends, default=0) or STEPS[0], longest))
    step = next((step for step in STEPS if step * TICKS >= last), STEPS[-1])
    return -(-last // step) * step, step


def _picture(curves: Sequence[Curve], alt: str, noun: str) -> str:
    if not curves:
        return rows.nothing()
    last, step = horizon(curves)
    field = Field(Scale(0, last), Scale(0, 100))
    marks = range(0, last + 1, step)
    bands = [_band(field, curve) for curve in curves if len(curves) <= MOST_BANDS]
    drawn = [plot.stroke(_corners(field, curve, "nilai"), curve.colour, curve.dash) for curve in curves]
    inside = [
        *(field.level(level, f"{level}%") for level in (0, 25, 50, 75, 100)),
        *(field.tick(day, formats.number(day)) for day in marks),
        plot.lines([*bands, *(_fall(field, curve) for curve in curves), *drawn]),
        *(_signs(field, curve, sign, marks) for sign, curve in zip(SIGNS, curves, strict=False)),
    ]
    watched = _watched(field, curves, marks) if "berisiko" in curves[0].steps.columns else ""
    axis = f'<p class="sumbu">Mendatar: hari sejak laporan masuk. Tegak: persen {escape(noun)}.</p>'
    return _key(curves) + plot.picture(alt, inside, axis + watched)


def _corners(field: Field, curve: Curve, column: str) -> list[Point]:
    known = curve.steps.select("hari", value=pl.col(column)).drop_nulls()
    inside = known.filter(pl.col("hari") <= field.x.high)
    end = min(float(known["hari"].max() or 0), field.x.high)
    values = [(0.0, curve.start), *inside.iter_rows()]
    return field.corners([*values, (end, values[-1][1])])


def _band(field: Field, curve: Curve) -> str:
    """The interval; where it has no value the curve itself is its limit."""
    filled = curve.steps.with_columns(pl.col(name).fill_null(pl.col("nilai")) for name in ("bawah", "atas"))
    whole = replace(curve, steps=filled)
    return plot.band(_corners(field, whole, "atas"), _corners(field, whole, "bawah"), curve.colour)


def _fall(field: Field, curve: Curve) -> str:
    """From the curve at half down to the axis, at the median."""
    if curve.median is None:
        return ""
    return plot.stroke(field.points([(curve.median, HALF), (curve.median, 0)]), curve.colour, "1 3", 1.5)


def _signs(field: Field, curve: Curve, sign: str, marks: Sequence[int]) -> str:
    """The sign of the curve at each tick that it reaches, and larger at its median."""
    end = curve.steps["hari"].max() or 0
    found = [
        field.mark(day, curve.at(day), sign, curve.colour, _said(curve, day))
        for day in marks
        if 0 < day <= end
    ]
    if curve.median is not None:
        said = f"{curve.name}: median {formats.number(curve.median)} hari"
        found.append(field.mark(curve.median, HALF, sign, curve.colour, said, "median"))
    return "".join(found)


def _said(curve: Curve, day: int) -> str:
    return f"{curve.name}: {formats.percent(curve.at(day))} pada hari ke-{formats.number(day)}"


def _watched(field: Field, curves: Sequence[Curve], marks: Sequence[int]) -> str:
    """How many are still watched at each tick, a row per curve."""
    lines = "".join(
        f'<div class="diamati"><span>{_named(sign, curve)}</span>'
        f"<em>{_counts(field, curve, marks)}</em></div>"
        for sign, curve in zip(SIGNS, curves, strict=False)
    )
    return f'<p class="sumbu">Laporan yang masih terbuka dan diamati pada hari itu:</p>{lines}'


def _counts(field: Field, curve: Curve, marks: Sequence[int]) -> str:
    return "".join(
        f'<b style="left:{field.x.percent(day)}">{formats.number(curve.watched(day))}</b>' for day in marks
    )


def _named(sign: str, curve: Curve) -> str:
    return f'<i style="color:{curve.colour}">{sign}</i> {escape(curve.name)}'


def _key(curves: Sequence[Curve]) -> str:
    shown = "".join(
        f"<span>{plot.sample(curve.colour, curve.dash)}<span>{_named(sign, curve)}"
        f"{escape(f': {curve.words}' if curve.words else '')}</span></span>"
        for sign, curve in zip(SIGNS, curves, strict=False)
    )
    return f'<p class="cermin-kunci cermin-kunci-garis">{shown}</p>'
