"""The course of one region by quarters, for a viewer whose small counts are withheld.

What came in and was closed is told over the shortest spans whose counts may be opened: a quarter where
enough happened, else several together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from portal import formats, hidden, periods, theme
from portal.ask import about, derive, row
from portal.block import figure_block
from portal.figures import rows
from portal.figures.rows import Bar, Segment
from portal.views import View

COLUMNS = ("triwulan", "masuk", "ditutup", "terbuka", "rasio_penyelesaian", "lengkap")
SHOWN = 8
KEY = (Segment(0, theme.MASUK, "masuk"), Segment(0, theme.tint(theme.DITUTUP, 0.55), "ditutup", True))


@dataclass(frozen=True)
class Span:
    """From the day after one release to the next: what came in, what was closed (None: withheld)."""

    start: date
    end: date
    masuk: int
    ditutup: int | None

    @property
    def words(self) -> str:
        """'12 masuk, 9 ditutup'; what is withheld is left out and said in the table."""
        closed = "" if self.ditutup is None else f", {formats.number(self.ditutup)} ditutup"
        return f"{formats.number(self.masuk)} masuk{closed}"


def flow(view: View) -> None:
    """What came in and was closed over the spans that may be told, and what is open."""
    asked = about(
        "arus_triwulan", wilayah=view.wilayah, per_tanggal=view.chosen.per_tanggal, sejak=view.chosen.sejak
    )
    told = spans(view)
    figure_block(
        derive(finding, asked, told=told),
        asked,
        drawn(told, f"Laporan masuk dan ditutup, {view.name}"),
        key="arus",
        unit="laporan (LM, RCO, IAPS)",
        denominator="semua laporan wilayah ini pada masa itu",
        how_to_read="Tiap batang satu masa: triwulan, atau beberapa triwulan bersama bila jumlahnya kecil. "
        "Yang ditutup tidak disebut bila disamarkan. Tabel memuat tiap triwulan pada rentang ini; terbuka "
        "dihitung pada hari terakhirnya.",
        columns=COLUMNS,
        measures=("masuk", "ditutup", "terbuka"),
    )


def spans(view: View) -> tuple[Span, ...]:
    """The shortest spans up to the chosen day whose counts may be told, the newest last."""
    first = row("tanggal_data")["sejak"]
    if first is None:
        return ()
    made, before = [], (first - timedelta(days=1), 0, 0)
    for day in reversed(periods.quarter_ends(first, view.chosen.per_tanggal)):
        only = {"kode_wilayah": view.wilayah}
        held = row(about("ringkasan_wilayah", only=only, per_tanggal=day))
        if held.get("masuk") is None:
            continue
        closed = held["ditutup"]
        known = closed is not None and before[2] is not None
        span = Span(
            before[0] + timedelta(days=1),
            day,
            held["masuk"] - before[1],
            closed - before[2] if known else None,
        )
        made.append(span)
        before = (day, held["masuk"], closed)
    return tuple(made)


def finding(frame: pl.DataFrame, told: tuple[Span, ...]) -> str:
    """What is open at the chosen day, and what the newest span that may be told holds."""
    if frame.is_empty() and not told:
        return f"Arus laporan: {formats.MISSING}"
    newest = frame.sort("triwulan").row(-1, named=True) if frame.height else {}
    still = hidden.mark(newest, "terbuka") or formats.number(newest.get("terbuka"))
    lead = f"{still} laporan masih terbuka"
    if not told:
        return f"{lead}; arus masuk dan ditutup disamarkan"
    return f"{lead}; {told[-1].words}, {formats.period(told[-1].start, told[-1].end)}"


def drawn(told: tuple[Span, ...], alt: str) -> str:
    """The newest spans as bars, HTML; a sentence when none may be told."""
    if not told:
        return rows.nothing("arus masuk dan ditutup disamarkan")
    newest = told[-SHOWN:]
    longest = max(1, *(max(span.masuk, span.ditutup or 0) for span in newest))
    return rows.bars(alt, [_bar(span, longest) for span in newest], rows.key("", KEY))


def _bar(span: Span, longest: int) -> Bar:
    name = f"{formats.month(span.start)}–{formats.month(span.end)}"
    whole = (span.masuk + (span.ditutup or 0)) or 1
    scale = max(span.masuk, span.ditutup or 0) / longest / whole
    pieces = [Segment(span.masuk * scale, KEY[0].colour, f"{formats.count(span.masuk)} masuk")]
    if span.ditutup:
        pieces.append(Segment(span.ditutup * scale, KEY[1].colour, f"{span.ditutup} ditutup", True))
    return Bar(name, pieces, span.words)
