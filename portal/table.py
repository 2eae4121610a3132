"""The table twin of a figure, as plain HTML: read aloud, copied, printed, without a widget of its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

import polars as pl

from portal import formats, hidden
from portal.columns import column

MARK = ' class="salah"'
WORDED = ("link", "code")  # kinds of text
NUMERIC = {"count", "decimal", "percent", "ratio", "signed", "value", "year"}


def html(frame: pl.DataFrame, columns: tuple[str, ...], caption: str) -> str:
    """A frame as a table with Indonesian headings and formats; the caption is read out, not drawn."""
    kinds = {name: kind(frame, name) for name in columns}
    head = "".join(_head(column(name).heading, kinds[name]) for name in columns)
    lines = (_line(record, columns, kinds) for record in frame.iter_rows(named=True))
    return _table(caption, head, lines)


def _line(record: dict[str, Any], columns: tuple[str, ...], kinds: dict[str, str]) -> str:
    withheld = hidden.marks(record)
    return "".join(
        f"<td{_side(kinds[name])}>{escape(withheld[name])}</td>"
        if name in withheld
        else f"<td{_side(kinds[name])}>{_cell(record[name], kinds[name])}</td>"
        for name in columns
    )


def plain(
    caption: str, heads: Sequence[str], lines: Iterable[Sequence[Any]], wrong: int | None = None
) -> str:
    """Lines of texts as a table; `wrong` is the place of the cell to mark in each line."""
    cells = (
        "".join(f"<td{MARK * (at == wrong)}>{escape(_said(cell))}</td>" for at, cell in enumerate(line))
        for line in lines
    )
    return _table(caption, "".join(_head(name, "text") for name in heads), cells)


def _table(caption: str, head: str, lines: Iterable[str]) -> str:
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f'<div class="cermin-gulir" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="cermin-tabel"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(heading: str, kind: str) -> str:
    return f'<th scope="col"{_side(kind)}>{escape(heading)}</th>'


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell)


def kind(frame: pl.DataFrame, name: str) -> str:
    """The kind of a column: the one of its heading, unless the frame holds text or another type there."""
    told = column(name).kind
    held = frame.schema[name]
    if held == pl.String:
        return "period" if told == "month" else told if told in WORDED else "text"
    if held == pl.Boolean:
        return "flag"
    if held == pl.Date:
        return told if told == "month" else "date"
    return told if told in NUMERIC else ("decimal" if held.is_float() else "count")


def text(value: Any, kind: str) -> str:
    """One cell as a reader sees it; what is missing is a dash."""
    if formats.is_missing(value):
        return "–"
    match kind:
        case "count":
            return formats.number(value)
        case "decimal":
            return formats.number(value, 1)
        case "value":
            return formats.number(value, decimals(value))
        case "signed":
            return formats.signed(value)
        case "ratio":
            return formats.number(value, 2)
        case "percent":
            return formats.percent(value)
        case "code":
            return value.replace("_", " ")
        case "period":
            return formats.dated(value)
        case "flag":
            return "ya" if value else "tidak"
        case "month" if isinstance(value, date):
            return formats.month(value)
        case "date" if isinstance(value, date):
            return formats.date(value)
    return str(value)


def decimals(value: float) -> int:
    """As many decimals as a stated value has, two at most: 657 -> 0, 69.63 -> 2."""
    return next(places for places in (0, 1, 2) if places == 2 or round(value, places) == round(value, 2))


def links(value: str, words: str = "sumber") -> str:
    """One or more addresses, joined by ' | ', as links; what is no web address stays text."""
    found = [part.strip() for part in value.split("|") if part.strip()]
    numbered = [words if len(found) == 1 else f"{words} {n}" for n in range(1, len(found) + 1)]
    return ", ".join(
        f'<a href="{escape(one)}" target="_blank" rel="noopener noreferrer">{name}</a>'
        if one.startswith(("http://", "https://"))
        else escape(one)
        for one, name in zip(found, numbered, strict=True)
    )


def _cell(value: Any, kind: str) -> str:
    if kind == "link" and value:
        return links(value)
    return escape(text(value, kind))


def _side(kind: str) -> str:
    return ' class="angka"' if kind in NUMERIC else ""
