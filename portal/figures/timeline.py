"""The time line of cooperation as HTML: a row per region, a mark per dated statement, a line per renewal."""

import datetime as dt
from dataclasses import dataclass
from html import escape

import polars as pl

from portal import formats, theme
from portal.figures import rows
from portal.figures.canvas import short_name

TANDA = {  # tanda: colour, glyph
    "payung": (theme.MASUK, theme.GLYPHS["circle"]),
    "pelaksanaan": (theme.TERBUKA, theme.GLYPHS["diamond"]),
    "jejaring": (theme.DITUTUP, theme.GLYPHS["square"]),
    "proses": (theme.NETRAL, theme.GLYPHS["triangle-up"]),
    "keadaan": ("#C8483B", "✕"),
}
NOT_SIGNED = {"proses": "berita acara (bukan perjanjian)", "keadaan": "dinyatakan belum ada"}
RING, RENEWAL = "sumber berbeda", "pembaruan"
TICKS = 6


@dataclass(frozen=True)
class Span:
    """The days from the left to the right end of the track."""

    first: dt.date
    last: dt.date

    @classmethod
    def around(cls, first: dt.date, last: dt.date) -> "Span":
        """With room beyond both ends, so that no mark is cut."""
        air = dt.timedelta(days=max((last - first).days // 14, 60))
        return cls(first - air, last + air)

    def at(self, day: dt.date) -> float:
        """Where a day stands, in percent from the left."""
        return 100 * (max(day, self.first) - self.first).days / (self.last - self.first).days

    def years(self) -> list[int]:
        """The years that are written on the axis: at most TICKS, evenly spaced."""
        inside = list(range(self.first.year + 1, self.last.year + 1))
        return inside[:: -(-len(inside) // TICKS) or 1]


def linimasa(frame: pl.DataFrame, alt: str, per_tanggal: dt.date | None = None) -> str:
    """Every signed instrument and dated statement of each region, a renewal joined to what it renews.

    frame: the answer of `linimasa_kerja_sama`. A ring marks dates on which sources disagree. per_tanggal: the
    right end of the axis (the newest date when None); nothing is drawn beyond what the frame holds.
    """
    known = pl.col("tanggal").is_not_null() & pl.col("tanda").is_in(list(TANDA))
    stated = frame.filter(known).sort("kode_wilayah", "tanggal")
    if stated.is_empty():
        return rows.nothing("belum ada perjanjian bertanggal yang tercatat")
    newest = max(filter(None, (per_tanggal, stated["tanggal"].max())))
    span = Span.around(stated["tanggal"].min(), newest)
    regions = stated.partition_by("kode_wilayah", maintain_order=True)
    drawn = rows.picture("cermin-waktu", alt, _axis(span), *(_row(one, span) for one in regions))
    return _key(stated) + drawn


def _key(stated: pl.DataFrame) -> str:
    used = [tanda for tanda in TANDA if tanda in stated["tanda"]]
    entries = [f"<span>{_glyph(tanda)} {escape(NOT_SIGNED.get(tanda, tanda))}</span>" for tanda in used]
    if stated["tanggal_pendahulu"].is_not_null().any():
        entries.append(f"<span><s></s> {RENEWAL}</span>")
    if stated["konflik"].any():
        entries.append(f'<span><i class="lingkar"></i> {RING}</span>')
    return f'<p class="cermin-kunci">{"".join(entries)}</p>'


def _axis(span: Span) -> str:
    ticks = "".join(
        f'<u style="left:{span.at(dt.date(year, 1, 1)):.4g}%"><b>{year}</b></u>' for year in span.years()
    )
    return f'<div class="kisi">{ticks}</div>'


def _row(stated: pl.DataFrame, span: Span) -> str:
    lines, marks = "", ""
    for row in stated.iter_rows(named=True):
        at = span.at(row["tanggal"])
        if row["tanggal_pendahulu"]:
            start = span.at(row["tanggal_pendahulu"])
            lines += f'<s style="left:{start:.4g}%;width:{at - start:.4g}%"></s>'
        if row["konflik"]:
            lines += f'<i class="lingkar" style="left:{at:.4g}%"></i>'
        marks += _glyph(row["tanda"], f"left:{at:.4g}%;", _said(row))
    name = short_name(stated["nama"][0])
    return f"<div><span>{escape(name)}</span><em>{lines}{marks}</em></div>"


def _glyph(tanda: str, where: str = "", said: str = "") -> str:
    colour, glyph = TANDA[tanda]
    title = f' title="{escape(said)}"' if said else ""
    return f'<i style="{where}color:{colour}"{title}>{glyph}</i>'


def _said(row: dict) -> str:
    lines = [row["nama"], f"{row['instrumen'] or row['tanda']}, {formats.date(row['tanggal'])}"]
    if row["tanggal_pendahulu"]:
        lines.append(f"memperbarui yang {formats.date(row['tanggal_pendahulu'])}")
    if row["konflik"]:
        lines.append("sumber berbeda soal ini")
    return "\n".join(lines)
