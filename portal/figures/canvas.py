"""What every figure is drawn on: plain trace dicts, small notes, lines whose months may be incomplete."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go
import polars as pl

from portal import formats, theme
from portal.figures.kept import Kept

SMALL = {"size": 11}
INCOMPLETE = "belum lengkap"


@dataclass(frozen=True)
class Line:
    """One series over time: its column, its name, and a colour, dash and marker of its own."""

    column: str
    name: str
    colour: str
    dash: str = "solid"
    symbol: str = "circle"

    def label(self) -> str:
        """The name behind its own coloured marker, for a label at the end of the line."""
        return f'<span style="color:{self.colour}">{theme.GLYPHS[self.symbol]}</span> {self.name}'


@dataclass
class Canvas:
    """Collects what a figure holds; `figure` gives the Plotly Figure."""

    traces: list[dict] = field(default_factory=list)
    shapes: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)

    def note(self, text: str, **where) -> None:
        """A small text at x, y (Plotly annotation properties), without an arrow."""
        self.notes.append({"text": text, "showarrow": False, "font": SMALL} | where)

    def stroke(self, x0, y0, x1, y1, **more) -> None:
        """A straight line that is no data of its own: a limit, a connector, a break."""
        line = {"color": theme.NETRAL, "width": 1} | more.pop("line", {})
        self.shapes.append(
            {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line, "layer": "below"} | more
        )

    def figure(self, height: int, **layout) -> go.Figure:
        """The Figure, `height` pixels high, on the frame of `theme.layout`."""
        for name, held in (("shapes", self.shapes), ("annotations", self.notes)):
            if held:
                layout[name] = held
        return Kept({"data": self.traces, "layout": theme.layout(height, **layout)})

    def line(self, frame: pl.DataFrame, line: Line, hover: str, axis: str = "y") -> None:
        """A line over `bulan`: complete months solid; incomplete ones hollow, joined by dots; null is a gap.

        frame: bulan (Date, sorted), lengkap (Boolean), the line's column. hover: how a figure is written.
        """
        months, figures = values(frame["bulan"]), values(frame[line.column])
        whole = frame["lengkap"].fill_null(False).to_list()
        solid = [value if done else None for value, done in zip(figures, whole, strict=True)]
        self._series(months, solid, line, hover, axis)
        partial = [at for at, done in enumerate(whole) if not done and figures[at] is not None]
        if not partial:
            return
        self._hollow([months[at] for at in partial], [figures[at] for at in partial], line, hover, axis)
        for at in partial:
            for beside in (at - 1, at + 1):
                joined = 0 <= beside < len(months) and figures[beside] is not None
                if joined and not (beside > at and beside in partial):
                    ends = (months[at], figures[at], months[beside], figures[beside])
                    dots = {"color": line.colour, "width": 1.5, "dash": "dot"}
                    self.stroke(*ends, line=dots, yref=axis, layer="above")

    def _series(self, x: list, y: list, line: Line, hover: str, axis: str) -> None:
        self.traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": line.name,
                "x": x,
                "y": y,
                "yaxis": axis,
                "connectgaps": False,
                "cliponaxis": False,
                "line": {"color": line.colour, "width": 2, "dash": line.dash},
                "marker": {"color": line.colour, "size": 5 if len(x) <= 36 else 3, "symbol": line.symbol},
                "hovertemplate": hover,
            }
        )

    def _hollow(self, x: list, y: list, line: Line, hover: str, axis: str) -> None:
        self.traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{line.name} ({INCOMPLETE})",
                "x": x,
                "y": y,
                "yaxis": axis,
                "cliponaxis": False,
                "marker": {
                    "color": line.colour,
                    "size": 8,
                    "symbol": f"{line.symbol}-open",
                    "line": {"width": 2, "color": line.colour},
                },
                "hovertemplate": hover,
            }
        )


def empty(height: int = 120, text: str = formats.MISSING) -> go.Figure:
    """A figure for a frame that holds no figure: the words in the middle, no axes."""
    canvas = Canvas()
    canvas.note(text, xref="paper", yref="paper", x=0.5, y=0.5, font={"size": 13})
    return canvas.figure(height, xaxis={"visible": False}, yaxis={"visible": False})


def values(series: pl.Series, digits: int = 1) -> list:
    """A column as a short list: floats rounded, dates as ISO text, null kept null (a gap, not a zero)."""
    if series.dtype == pl.Date:
        return series.dt.to_string("%Y-%m-%d").to_list()
    if series.dtype.is_float():
        return series.round(digits).to_list()
    return series.to_list()


def months_axis(months: Sequence[dt.date], **more) -> dict:
    """A time axis with Indonesian month names and room for half a month at both ends."""
    first, last = min(months), max(months)
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(
        step for most, step in ((6, 1), (12, 2), (20, 3), (26, 4), (42, 6), (9999, 12)) if length <= most
    )
    return {
        "type": "date",
        "range": [shifted(first, -16), shifted(last, 16)],
        "tick0": "2000-01-01",
        "dtick": f"M{step}",
        "tickformat": "%Y" if step == 12 else "%b\n%Y",
        "hoverformat": "%B %Y",
        "spikethickness": 1,
        "spikedash": "dot",
        "spikecolor": theme.NETRAL,
    } | more


def shifted(day: dt.date, days: int) -> str:
    """The day that many days later, as an axis takes it."""
    return (day + dt.timedelta(days=days)).isoformat()


def ceiling(*columns: pl.Series) -> float:
    """The upper end of an axis from zero that leaves air above the highest figure of the columns."""
    highest = max((column.max() or 0 for column in columns), default=0)
    return max(float(highest) * 1.12, 1.0)


def count_axis(top: float, ticks: int = 5) -> dict:
    """An axis of counts from zero to `top`: whole steps, also where only one or two were counted."""
    return {"range": [0, top], "nticks": ticks} | ({"dtick": 1} if top < 5 else {})


def short_name(name: str) -> str:
    """The display name of a region with its jenis abbreviated, for the narrow side of a figure."""
    for word, brief in (("Kabupaten ", "Kab. "), ("Provinsi ", "Prov. ")):
        name = name.replace(word, brief)
    return name


def spread(levels: Sequence[float], gap: float) -> list[float]:
    """The levels moved apart so that labels at them are at least `gap` away from each other, order kept."""
    order = sorted(range(len(levels)), key=lambda at: levels[at])
    placed = [float(levels[at]) for at in order]
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + gap)
    result = [0.0] * len(levels)
    for at, level in zip(order, placed, strict=True):
        result[at] = level
    return result
