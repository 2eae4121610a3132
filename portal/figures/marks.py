"""Marks on a time axis: where a line ends, which months are incomplete or unknown, what was agreed when."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from portal import formats, theme
from portal.figures.canvas import INCOMPLETE, Canvas, Line, shifted, spread

ROWS_OF_LABELS = 4
ROW_HEIGHT = 15
LABEL_LENGTH = 34


def end_labels(canvas: Canvas, frame: pl.DataFrame, lines: Sequence[Line], axis: str, gap: float) -> None:
    """Name each line beside its last figure; labels are kept `gap` (units of the axis) apart."""
    known = {line: frame.filter(pl.col(line.column).is_not_null())[line.column] for line in lines}
    last = {line: column[-1] for line, column in known.items() if len(column)}
    levels = spread(list(last.values()), gap)
    for (line, figure), level in zip(last.items(), levels, strict=True):
        text = f"{line.label()} {formats.number(figure)}"
        canvas.note(text, x=1, xref="paper", xanchor="left", y=level, yref=axis, xshift=4)


def say_incomplete(canvas: Canvas, frame: pl.DataFrame, column: str) -> None:
    """Write the words beside the last month of `column` that has not ended or is not wholly covered."""
    partial = frame.filter(~pl.col("lengkap").fill_null(False) & pl.col(column).is_not_null())["bulan"]
    if partial.is_empty():
        return
    side = "left" if partial[-1] == frame["bulan"][0] else "right"
    where = {"x": partial[-1].isoformat(), "xanchor": side, "y": 0, "yref": "paper", "yanchor": "bottom"}
    canvas.note(INCOMPLETE, **where, xshift=-5 if side == "right" else 5)


def shade_gaps(canvas: Canvas, frame: pl.DataFrame, column: str) -> None:
    """Months that no batch covers: a grey field, with the words where there is room, never a zero."""
    runs = frame.select("bulan", pl.col(column).is_null().alias("gap"))
    runs = runs.with_columns(pl.col("gap").rle_id().alias("run")).filter("gap")
    for _, run in runs.group_by("run", maintain_order=True):
        start, end = run["bulan"][0], run["bulan"][-1]
        field = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0}}
        ends = {"x0": shifted(start, -15), "x1": shifted(end, 15)}
        canvas.shapes.append(field | ends | {"fillcolor": theme.tint(theme.NETRAL, 0.16)})
        if run.height >= 3:
            middle = shifted(start, (end - start).days // 2)
            canvas.note(formats.MISSING, x=middle, y=0.5, yref="paper", textangle=-90)


def mark_events(canvas: Canvas, months: pl.Series, events: pl.DataFrame | None) -> int:
    """An upright for each event of a time axis; the newest carry their label, one row each, above the plot.

    events: tanggal (Date), label (text); one outside the axis is left out. Returns the pixels used above.
    """
    if events is None or events.is_empty():
        return 0
    start, end = months.min(), _after(months.max())
    inside = events.drop_nulls("tanggal").filter(pl.col("tanggal").is_between(start, end)).sort("tanggal")
    inside = inside.group_by("tanggal", maintain_order=True).agg(pl.col("label"))
    for day in inside["tanggal"]:
        upright = {"yref": "paper", "line": {"dash": "dot"}}
        canvas.stroke(day.isoformat(), 0, day.isoformat(), 1, **upright)
    named = inside.tail(ROWS_OF_LABELS).rows()
    for row, (day, labels) in enumerate(named):
        late = (day - start).days > (end - start).days / 2
        canvas.notes.append(_flag(day, labels, (row + 1) * ROW_HEIGHT, late))
    return len(named) * ROW_HEIGHT


def _flag(day: dt.date, labels: Sequence[str], height: int, late: bool) -> dict:
    text = labels[0] if len(labels) == 1 else f"{labels[0]} (+{len(labels) - 1})"
    if len(text) > LABEL_LENGTH:
        text = text[: LABEL_LENGTH - 1].rstrip() + "…"
    return {
        "text": text,
        "hovertext": f"{formats.date(day)}: {'; '.join(labels)}",
        "x": day.isoformat(),
        "y": 1,
        "yref": "paper",
        "ax": 0,
        "ay": -height + 4,
        "xanchor": "right" if late else "left",
        "yanchor": "middle",
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": theme.NETRAL,
        "font": {"size": 11},
    }


def _after(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
