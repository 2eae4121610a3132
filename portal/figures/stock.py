"""Figures of what is open and of what it is about: ages by tahap, leftovers by year, bars by group."""

import polars as pl

from portal import formats, hidden, theme
from portal.figures import rows
from portal.figures.rows import Bar, Segment

OTHERS = "lainnya"
UNNAMED = "tidak disebut"
WITHHELD = "jumlah tiap kelompok disamarkan"
PARTS = (
    Segment(0, theme.TERBUKA, "masih terbuka"),
    Segment(0, theme.tint(theme.DITUTUP, 0.55), "ditutup"),
    Segment(0, theme.tint(theme.NETRAL, 0.5), "ditutup tanpa tanggal", is_hatched=True),
)


def umur(frame: pl.DataFrame, alt: str) -> str:
    """Open laporan by tahap, one bar each, split by age in hari kerja (weak = young, strong = old); HTML.

    frame: the answer of `umur_terbuka` (tahap, urutan_tahap, umur, urutan_umur, jumlah).
    """
    if frame.is_empty() or not frame["jumlah"].sum():
        return rows.nothing(formats.MISSING if frame["jumlah"].is_null().all() else "nol laporan terbuka")
    bands = frame.select("umur", "urutan_umur").unique().sort("urutan_umur")["umur"].to_list()
    colours = dict(zip(bands, theme.ramp(len(bands)), strict=True))
    counts = frame.group_by("urutan_tahap", "tahap", "umur", "urutan_umur").agg(pl.col("jumlah").sum())
    stages = counts.sort("urutan_tahap", "urutan_umur").partition_by("tahap", maintain_order=True)
    longest = max(stage["jumlah"].sum() for stage in stages)
    drawn = [
        Bar(
            stage["tahap"][0],
            [
                Segment(
                    count / longest,
                    colours[band],
                    f"{stage['tahap'][0]}, {band} hari kerja: {formats.count(count, 'laporan')}",
                    band == bands[-1],
                )
                for band, count in stage.select("umur", "jumlah").rows()
            ],
            formats.number(stage["jumlah"].sum()),
        )
        for stage in stages
    ]
    shown = [Segment(0, colour, band, band == bands[-1]) for band, colour in colours.items()]
    return rows.bars(alt, drawn, rows.key("umur, hari kerja", shown))


def sisa(frame: pl.DataFrame, alt: str) -> str:
    """What is left of each registration year: still open, closed, and closed without a date; HTML.

    frame: the answer of `sisa_per_tahun` (tahun, masuk, ditutup, ditutup_tanpa_tanggal, terbuka).
    """
    if frame.is_empty() or frame["masuk"].is_null().all():
        return rows.nothing()
    columns = ("terbuka", "ditutup", "ditutup_tanpa_tanggal")
    longest = max(frame.select(pl.sum_horizontal(columns)).to_series().max(), 1)
    drawn = []
    for year in frame.sort("tahun").iter_rows(named=True):
        left = f"{formats.number(year['terbuka'])} dari {formats.number(year['masuk'])}"
        segments = [
            Segment(
                (year[column] or 0) / longest,
                part.colour,
                f"{year['tahun']}, {part.said}: {formats.count(year[column], 'laporan')}",
                part.is_hatched,
            )
            for column, part in zip(columns, PARTS, strict=True)
        ]
        drawn.append(Bar(str(year["tahun"]), segments, formats.MISSING if year["masuk"] is None else left))
    return rows.bars(alt, drawn, rows.key("", PARTS))


def bars(
    frame: pl.DataFrame, label: str, alt: str, *, value: str = "masuk", noun: str = "laporan", most: int = 12
) -> str:
    """Horizontal bars of a per_* answer, largest first, count and share written at the end of each; HTML.

    frame: kelompok, `value`, penyebut, persen (others are said when pointed at). label: what a group is.
    Beyond `most` groups the rest is one bar; 'tidak disebut' stays last and hatched.
    """
    withheld = hidden.is_withheld(frame, value)
    frame = frame.filter(pl.col(value).is_not_null())
    if frame.is_empty():
        return rows.nothing(WITHHELD) if withheld else rows.nothing()
    groups = _largest_first(frame, value, most)
    longest = max(groups[value].max(), 1)
    drawn = []
    for at, row in enumerate(groups.iter_rows(named=True)):
        is_named = row["kelompok"] != UNNAMED
        colour = theme.AKSEN if at < most and is_named else theme.NETRAL
        segment = Segment(row[value] / longest, colour, "", not is_named)
        words = _count_and_share(row[value], row["persen"])
        drawn.append(Bar(row["kelompok"], [segment], words, _group_text(label, noun, value, row)))
    return rows.bars(alt, drawn)


def _largest_first(frame: pl.DataFrame, value: str, most: int) -> pl.DataFrame:
    named = frame.filter(pl.col("kelompok") != UNNAMED).sort(value, "kelompok", descending=[True, False])
    kept, rest = named.head(most), named.slice(most)
    parts = [kept]
    if not rest.is_empty():
        persen = rest["persen"].sum() if rest["persen"].null_count() < rest.height else None
        merged = {
            "kelompok": f"{OTHERS} ({rest.height} kelompok)",
            value: rest[value].sum(),
            "persen": persen,
        }
        parts.append(pl.DataFrame([merged], schema_overrides={value: frame.schema[value]}))
    parts.append(frame.filter(pl.col("kelompok") == UNNAMED))
    return pl.concat([part for part in parts if not part.is_empty()], how="diagonal_relaxed")


def _count_and_share(count: float, share: float | None) -> str:
    return formats.number(count) + ("" if share is None else f" ({formats.percent(share, 0)})")


def _group_text(label: str, noun: str, value: str, row: dict) -> str:
    lines = [f"{label}: {row['kelompok']}", f"{value}: {formats.count(row[value], noun)}"]
    if row.get("persen") is not None and row.get("penyebut") is not None:
        lines.append(f"{formats.percent(row['persen'])} dari {formats.count(row['penyebut'], noun)}")
    for other in ("masuk", "ditutup", "terbuka"):
        if other != value and row.get(other) is not None:
            lines.append(f"{other}: {formats.number(row[other])}")
    return "\n".join(lines)
