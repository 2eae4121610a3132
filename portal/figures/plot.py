"""A plot without a drawing library: lines in an SVG that stretches, words and marks as HTML above it.

The page's sanitizer takes inline SVG away, so the lines are an image of their own. It is stretched to the
width of the block while its strokes keep their weight; text stays HTML, so it keeps its size on a phone and
the colour of the page in light and dark. Positions are percentages of the field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

WIDE, HIGH = 1000, 400
READABLE = " =/:,'()*;"  # what stays as it is inside the address of an image
KEPT = "fill='none' vector-effect='non-scaling-stroke' stroke-linejoin='round'"  # however it is stretched

Point = tuple[int, int]


@dataclass(frozen=True)
class Scale:
    """From `low` to `high` along one side of the field."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1; beyond the ends it stays at the end."""
        return min(max((value - self.low) / ((self.high - self.low) or 1), 0.0), 1.0)

    def percent(self, value: float) -> str:
        """Where a value lies, in percent as a style takes it."""
        return f"{100 * self.share(value):.4g}%"


@dataclass(frozen=True)
class Field:
    """Two scales; places points, words and signs in the field that they span."""

    x: Scale
    y: Scale

    def point(self, x: float, y: float) -> Point:
        """A point in the units of the SVG: whole numbers, finer than a screen shows and short to send."""
        return round(WIDE * self.x.share(x)), round(HIGH * (1 - self.y.share(y)))

    def points(self, values: Iterable[tuple[float, float]]) -> list[Point]:
        """The points of a line from value to value."""
        return [self.point(x, y) for x, y in values]

    def corners(self, values: Iterable[tuple[float, float]]) -> list[Point]:
        """The corners of a step curve: each level holds until the next place. Equal levels give no corner."""
        placed = self.points(values)
        found = placed[:1]
        for x, y in placed[1:]:
            if y != found[-1][1]:
                found += [(x, found[-1][1]), (x, y)]
        return [*found, (placed[-1][0], found[-1][1])] if placed else []

    def mark(self, x: float, y: float, sign: str, colour: str = "", said: str = "", kind: str = "") -> str:
        """A sign at a point, above the lines; `said` shows when it is pointed at."""
        where = f"left:{self.x.percent(x)};bottom:{self.y.percent(y)}"
        tint = f";color:{colour}" if colour else ""
        title = f' title="{escape(said)}"' if said else ""
        named = f' class="{kind}"' if kind else ""
        return f'<i{named} style="{where}{tint}"{title}>{escape(sign)}</i>'

    def level(self, y: float, words: str) -> str:
        """A horizontal line of the grid with its words at the left."""
        return f'<u style="bottom:{self.y.percent(y)}"><b>{escape(words)}</b></u>'

    def tick(self, x: float, words: str) -> str:
        """A place on the horizontal axis with its words below."""
        return f'<s style="left:{self.x.percent(x)}"><b>{escape(words)}</b></s>'


def path(points: Sequence[Point]) -> str:
    """Points joined by straight lines, as an SVG path in few letters."""
    found, before = [], None
    for x, y in points:
        if before is None:
            found.append(f"M{x} {y}")
        elif (x, y) != before:
            found.append(f"H{x}" if y == before[1] else f"V{y}" if x == before[0] else f"L{x} {y}")
        before = (x, y)
    return "".join(found)


def stroke(points: Sequence[Point], colour: str, dash: str = "", width: float = 2) -> str:
    """A drawn line; `dash` as SVG takes it, in pixels of the screen."""
    return strokes([points], colour, dash, width)


def strokes(pieces: Iterable[Sequence[Point]], colour: str, dash: str = "", width: float = 2) -> str:
    """A drawn line with gaps between its pieces."""
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<path d='{''.join(map(path, pieces))}' stroke='{colour}' stroke-width='{width:g}'{dashed} {KEPT}/>"
    )


def band(upper: Sequence[Point], lower: Sequence[Point], colour: str, strength: float = 0.17) -> str:
    """The surface between two lines."""
    return f"<path d='{path([*upper, *reversed(lower)])}Z' fill='{colour}' fill-opacity='{strength:g}'/>"


def lines(parts: Iterable[str], wide: int = WIDE, high: int = HIGH) -> str:
    """Drawn lines as one image that fills what holds it; the words beside it say what it shows."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {wide} {high}' preserveAspectRatio='none'>"
        f"{''.join(parts)}</svg>"
    )
    return f'<img alt="" src="data:image/svg+xml,{quote(svg, safe=READABLE)}">'


def sample(colour: str, dash: str) -> str:
    """A short piece of a line, for the key."""
    return lines([stroke([(0, 5), (36, 5)], colour, dash)], 36, 10)


def picture(alt: str, field: Iterable[str], below: str = "", kind: str = "") -> str:
    """The field with its lines, signs and words; rows `below` it share its horizontal scale."""
    named = f"cermin-bidang {kind}".strip()
    return (
        f'<div class="{named}" role="img" aria-label="{escape(alt)}">'
        f'<div class="bidang">{"".join(field)}</div>{below}</div>'
    )


def round_steps(high: float, most: int = 5) -> list[float]:
    """Evenly spaced round values from 0 to at least `high`, at most `most` of them after the first."""
    power = 1.0
    while power * most * 10 < high:
        power *= 10
    while power * most >= high * 10 and power > 1e-6:
        power /= 10
    step = next(power * unit for unit in (1, 2, 2.5, 5, 10) if power * unit * most >= high)
    return [round(step * at, 6) for at in range(int(-(-high // step)) + 1)]
