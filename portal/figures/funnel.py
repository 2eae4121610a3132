"""The funnel: each region by its denominator, between the limits that chance alone explains; pure.

The horizontal scale is a root scale: it keeps the few large regions from pushing the many small ones into a
corner and still begins at zero. Rates have it on both sides, shares only on the horizontal one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import polars as pl

from pipelines.statistics.funnel import LIMITS, PER_POPULATION, limits_at
from portal import formats, theme
from portal.figures import plot, rows
from portal.figures.canvas import short_name, spread
from portal.figures.plot import Field, Scale

SHAPES = {  # jenis of a region: its words, its sign, its colour
    "Kabupaten": ("kabupaten", "circle", theme.MASUK),
    "Kota": ("kota", "diamond", theme.DITUTUP),
    "Provinsi": ("pemerintah provinsi", "square", theme.UNGU),
}
SIGNAL = theme.TERBUKA
INNER = "5 4"  # the dashes of the 95% limits
SAMPLES = 150
MARGIN = 1.06  # how far the field reaches beyond the largest denominator
LABEL_GAP = 0.065  # of the height of the field
LONGEST_TICK = 0.025  # of the width of the field, per letter below it, on a phone
NICE = [unit * 10.0**power for power in range(-1, 8) for unit in (1, 2, 5)]


@dataclass(frozen=True)
class Root(Scale):
    """A scale by square roots, from zero."""

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return min(max(value / (self.high or 1), 0.0), 1.0) ** 0.5


@dataclass(frozen=True)
class Measure:
    """What a funnel shows: the words of its value, of its denominator and of having none; if it is a rate."""

    noun: str
    over: str
    nothing: str = formats.MISSING
    is_rate: bool = False

    @property
    def unit(self) -> float:
        """What a limit is multiplied by: percent, or per 100,000."""
        return float(PER_POPULATION) if self.is_rate else 100.0

    def text(self, value: float | None) -> str:
        """A value as it is read: '45,2%', or '8,1'."""
        return formats.number(value, 1) if self.is_rate else formats.percent(value)

    def counts(self, row: dict) -> str:
        """Count and denominator: '12 dari 30 laporan masuk', or '20 laporan dari 39.715 penduduk'."""
        over = f"{formats.number(row['penyebut'])} {self.over}"
        return f"{formats.number(row['pembilang'])}{' laporan' if self.is_rate else ''} dari {over}"

    def spread_text(self, value: float) -> str:
        """A spread between regions: '4,1 poin persen', or '1,7 per 100.000'."""
        return f"{formats.number(value, 1)} {'per 100.000' if self.is_rate else 'poin persen'}"

    def scales(self, known: pl.DataFrame) -> Field:
        """The field that holds the regions, and their limits except at very small denominators."""
        highest = max(known["nilai"].max(), known["atas998"].median(), 2 * known["acuan"][0]) * 1.1
        x = Root(0, known["penyebut"].max() * MARGIN)
        if self.is_rate:
            return Field(x, Root(0, highest))
        return Field(x, Scale(0, 103 if highest > 60 else highest))


def corong(
    frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure, alt: str, chosen: str | None = None
) -> str:
    """The regions of a funnel between their limits, as HTML; signals and the chosen region carry their name.

    frame: the answer of `funnel`. regions: the answer of `daftar_wilayah` (kode_wilayah, nama, jenis). What
    cannot be compared (nothing known, one region, the same everywhere) is said in words.
    """
    known = (
        frame.drop_nulls("nilai")
        .drop("nama", strict=False)
        .join(regions.select("kode_wilayah", "nama", "jenis"), on="kode_wilayah", maintain_order="left")
    )
    if known.height < 2:
        return rows.nothing(
            "hanya satu wilayah yang dapat dihitung" if known.height else none(frame, measure)
        )
    if known["nilai"].n_unique() == 1 and known["bawah998"].equals(known["atas998"]):
        return rows.nothing(f"{measure.text(known['nilai'][0])} di semua {known.height} wilayah")
    field = measure.scales(known)
    drawn = known.with_columns(
        is_named=pl.col("sinyal").is_not_null() | (pl.col("kode_wilayah") == (chosen or ""))
    )
    ordered = drawn.sort("is_named", maintain_order=True).to_dicts()
    parts = [
        *_grid(field, measure),
        plot.lines(_curves(field, known, measure)),
        *_dots(field, ordered, measure, chosen),
        *_names(field, [row for row in ordered if row["is_named"]]),
    ]
    below = f'<p class="sumbu">{escape(measure.over)} (skala akar)</p>'
    return _key(known, measure) + plot.picture(alt, parts, below, "cermin-corong")


def none(frame: pl.DataFrame, measure: Measure) -> str:
    """Why a funnel has no value: the regions have nothing to be counted over, or are not covered at all."""
    return measure.nothing if frame["penyebut"].is_not_null().any() else formats.MISSING


def curves(known: pl.DataFrame, measure: Measure) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The denominators at which limits are drawn, those of the regions among them, and the limits there.

    A share has a limit at each whole number, drawn as a level from half before it to half behind; beyond
    SAMPLES of them, and for a rate, the limits of denominators close to each other are joined.
    """
    most = known["penyebut"].max() * MARGIN
    even = most * np.linspace(0, 1, SAMPLES + 1)[1:] ** 2
    is_stepped = not measure.is_rate and most <= SAMPLES
    if not measure.is_rate:
        even = np.arange(1, np.ceil(most) + 1) if is_stepped else np.ceil(even)
    sizes = np.union1d(even, known["penyebut"].to_numpy().astype(float))
    tau = known["dispersi"][0]
    between = float("nan") if tau is None else tau / measure.unit
    ends = limits_at(sizes, known["acuan"][0] / measure.unit, between, measure.is_rate)
    if is_stepped:
        ends = {name: np.repeat(values, 2) for name, values in ends.items()}
        sizes = np.column_stack([sizes - 0.5, sizes + 0.5]).ravel()
    return sizes, {name: measure.unit * values for name, values in ends.items()}


def _curves(field: Field, known: pl.DataFrame, measure: Measure) -> list[str]:
    sizes, ends = curves(known, measure)
    drawn = {name: field.points(zip(sizes, ends[name], strict=True)) for name in LIMITS}
    middle = field.points([(0, known["acuan"][0]), (field.x.high, known["acuan"][0])])
    return [
        plot.band(drawn["atas998"], drawn["bawah998"], theme.NETRAL, 0.1),
        plot.band(drawn["atas95"], drawn["bawah95"], theme.NETRAL, 0.12),
        *(plot.stroke(drawn[name], theme.NETRAL, "" if "998" in name else INNER, 1.3) for name in LIMITS),
        plot.stroke(middle, theme.AKSEN, "", 2),
    ]


def _grid(field: Field, measure: Measure) -> list[str]:
    """Round values along both sides, as many as their words leave room for."""
    even = plot.round_steps(field.y.high)
    levels = _ticks(field.y, [0.0, *NICE], 0.075) if measure.is_rate else even
    across = _ticks(field.x, [size for size in NICE if size >= 1 and field.x.share(size) > 0.08], 0.04, _size)
    return [
        *(field.level(level, _level(level, measure)) for level in levels if level <= field.y.high),
        *(field.tick(size, _size(size)) for size in across),
    ]


def _level(value: float, measure: Measure) -> str:
    return formats.number(value, 0 if value == int(value) else 1) + ("" if measure.is_rate else "%")


def _ticks(
    scale: Scale, values: Sequence[float], gap: float, words: Callable[[float], str] | None = None
) -> list[float]:
    """The values, from the largest down, that are far enough from the one before."""
    kept: list[float] = []
    for value in sorted((value for value in values if value <= scale.high), reverse=True):
        room = gap + (LONGEST_TICK * len(words(value)) if words else 0)
        if not kept or scale.share(kept[-1]) - scale.share(value) >= room:
            kept.append(value)
    return kept[::-1]


def _size(value: float) -> str:
    return f"{formats.number(value / 1000)} ribu" if value >= 10_000 else formats.number(value)


def _dots(field: Field, regions: list[dict], measure: Measure, chosen: str | None) -> list[str]:
    """The signs of the regions; those at one and the same place say all their names."""
    told: dict[tuple, list[str]] = {}
    for row in regions:
        told.setdefault((row["penyebut"], row["nilai"]), []).append(said(row, measure))
    drawn = []
    for row in regions:
        _, sign, colour = SHAPES[row["jenis"]]
        kinds = ["sinyal"] * bool(row["sinyal"]) + ["dipilih"] * (row["kode_wilayah"] == chosen)
        where = (row["penyebut"], row["nilai"])
        words = "\n".join(told[where])
        colour = SIGNAL if row["sinyal"] else colour
        drawn.append(field.mark(*where, theme.GLYPHS[sign], colour, words, " ".join(kinds)))
    return drawn


def said(row: dict, measure: Measure) -> str:
    """What a region says when it is pointed at: its counts, its value and its own limits."""
    limits = (
        f"batas {name}%: {measure.text(row[f'bawah{key}'])} sampai {measure.text(row[f'atas{key}'])}"
        for name, key in (("95", "95"), ("99,8", "998"))
    )
    return "\n".join((row["nama"], f"{measure.text(row['nilai'])} ({measure.counts(row)})", *limits))


def _names(field: Field, named: list[dict]) -> list[str]:
    """The names beside their dots: at the right of it, in the right part of the field at the left."""
    drawn = []
    for is_late in (False, True):
        side = [row for row in named if (field.x.share(row["penyebut"]) > 0.6) == is_late]
        levels = spread([field.y.share(row["nilai"]) for row in side], LABEL_GAP)
        beyond = max([0.0, *(level - 0.97 for level in levels)])
        for row, level in zip(side, levels, strict=True):
            where = f"left:{field.x.percent(row['penyebut'])};bottom:{100 * (level - beyond):.4g}%"
            kind = "nama kiri" if is_late else "nama"
            drawn.append(f'<em class="{kind}" style="{where}">{escape(short_name(row["nama"]))}</em>')
    return drawn


def _key(known: pl.DataFrame, measure: Measure) -> str:
    """What the signs and the lines mean."""
    used = set(known["jenis"])
    signs = [
        f'<span><i style="color:{colour}">{theme.GLYPHS[sign]}</i>{words}</span>'
        for jenis, (words, sign, colour) in SHAPES.items()
        if jenis in used
    ]
    if known["sinyal"].is_not_null().any():
        signs.append(f'<span><i class="sinyal" style="color:{SIGNAL}">◯</i>sinyal, bernama</span>')
    lines = (
        (theme.AKSEN, "", f"gabungan {measure.text(known['acuan'][0])}"),
        (theme.NETRAL, INNER, "batas 95%"),
        (theme.NETRAL, "", "batas 99,8%"),
    )
    signs += [f"<span>{plot.sample(colour, dash)}{escape(words)}</span>" for colour, dash, words in lines]
    return f'<p class="cermin-kunci cermin-kunci-garis">{"".join(signs)}</p>'
