"""What figures made of rows share: HTML that needs no drawing library, is sharp on paper and quick to show.

A row is a name and a track beside it. Colours of marks are those of portal/theme.py; text takes the colour of
the page, so one string serves light and dark. assets/gambar.css gives the classes their look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from portal import formats


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: how long (0..1 of the longest bar), its colour, and what it says when pointed at."""

    length: float
    colour: str
    said: str = ""
    is_hatched: bool = False

    def html(self) -> str:
        hatch = ' class="arsir"' if self.is_hatched else ""
        title = f' title="{escape(self.said)}"' if self.said else ""
        return f'<i{hatch} style="--p:{self.length:.4g};--w:{self.colour}"{title}></i>'


@dataclass(frozen=True)
class Bar:
    """A row: its name, its segments from the left, the words behind them, what it says when pointed at."""

    name: str
    segments: Sequence[Segment]
    words: str
    said: str = ""

    def html(self) -> str:
        title = f' title="{escape(self.said)}"' if self.said else ""
        pieces = "".join(segment.html() for segment in self.segments if segment.length)
        return f"<div{title}><span>{escape(self.name)}</span>{pieces}<b>{escape(self.words)}</b></div>"


def picture(kind: str, alt: str, *parts: str) -> str:
    """A figure of class `kind` that a screen reader meets as one picture with the words `alt`."""
    return f'<div class="cermin-gambar {kind}" role="img" aria-label="{escape(alt)}">{"".join(parts)}</div>'


def bars(alt: str, drawn: Iterable[Bar], key: str = "") -> str:
    """Bars below each other, `key` (HTML) above them."""
    return key + picture("cermin-batang", alt, *(bar.html() for bar in drawn))


def key(title: str, entries: Iterable[Segment]) -> str:
    """What the colours of segments mean, in their order: the words of each entry are its `said`."""
    shown = "".join(
        f"<span>{Segment(1, entry.colour, '', entry.is_hatched).html()}{escape(entry.said)}</span>"
        for entry in entries
    )
    return f'<p class="cermin-kunci">{escape(title)}{shown}</p>'


def nothing(words: str = formats.MISSING) -> str:
    """In the place of a figure that has nothing to show."""
    return f'<p class="cermin-tiada">{escape(words)}</p>'
