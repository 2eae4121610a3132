"""XmR charts as HTML: values, their mean and limits, and a sign on each point that breaks a rule; pure."""

import datetime as dt
from collections.abc import Sequence
from html import escape

import polars as pl

from portal import formats, theme
from portal.figures import plot, rows
from portal.figures.plot import Field, Scale

SIGNS = {  # rule: sign, colour, what it means
    "luar_batas": ("◆", "#C8483B", "di luar batas"),
    "dua_dari_tiga": ("▲", theme.TERBUKA, "dua dari tiga dekat batas"),
    "tujuh_satu_sisi": ("■", theme.UNGU, "tujuh atau lebih pada satu sisi rata-rata"),
    "tujuh_searah": ("✚", theme.DITUTUP, "tujuh atau lebih terus naik atau terus turun"),
}
ROOM = 1.12
NUMBERS = "①②③④⑤⑥⑦⑧⑨"
INCOMPLETE = "○"


def kendali(
    frame: pl.DataFrame, alt: str, *, decimals: int = 0, steps: tuple[tuple[dt.date, str], ...] = ()
) -> str:
    """An XmR chart from an answer of `xmr`: periode, nilai, rata, batas_bawah, batas_atas, aturan.

    steps: the first day of a new level and its reason, drawn as a numbered upright line. decimals: of values.
    """
    known = frame.drop_nulls("nilai").sort("periode")
    if known.is_empty():
        return rows.nothing()
    field = _field(frame)
    walls = [_day(day) - _half(frame) for day, _ in steps]
    inside = [
        *(field.level(level, formats.number(level, _needed(level))) for level in _levels(field)),
        *(field.tick(_day(day), words) for day, words in _ticks(frame["periode"])),
        plot.lines([*_limits(field, frame), *_walls(field, walls), *_value(field, frame)]),
        *(
            field.mark(wall, field.y.high, NUMBERS[at % 9], "", why, "langkah")
            for at, (wall, (_, why)) in enumerate(zip(walls, steps, strict=True))
        ),
        *(_sign(field, row, decimals) for row in known.to_dicts()),
    ]
    return _key(known) + plot.picture(alt, inside, _reasons(steps), "cermin-kendali")


def _field(frame: pl.DataFrame) -> Field:
    days = [_day(one) for one in frame["periode"]]
    air = _half(frame)
    highest = max(frame[name].max() or 0 for name in ("nilai", "batas_atas"))
    lowest = min(frame[name].min() or 0 for name in ("nilai", "batas_bawah"))
    top = plot.round_steps(max(highest * ROOM, 0.1))[-1]
    return Field(Scale(min(days) - air, max(days) + air), Scale(min(lowest * ROOM, 0), top))


def _half(frame: pl.DataFrame) -> float:
    """Half the time from one period to the next, in days."""
    first, last = _day(frame["periode"].min()), _day(frame["periode"].max())
    return (last - first) / max(frame.height - 1, 1) / 2 or 15.0


def _day(day: dt.date) -> int:
    return day.toordinal()


def _levels(field: Field) -> list[float]:
    return [level for level in plot.round_steps(field.y.high) if level <= field.y.high]


def _needed(level: float) -> int:
    return 0 if float(level).is_integer() else 1 if float(level * 10).is_integer() else 2


def _ticks(periods: pl.Series) -> list[tuple[dt.date, str]]:
    """Every January as its year; with fewer than two of them the first of each quarter as a month."""
    years = [(day, str(day.year)) for day in periods if day.month == 1]
    return years if len(years) >= 2 else [(day, formats.month(day)) for day in periods if day.month % 3 == 1]


def _limits(field: Field, frame: pl.DataFrame) -> list[str]:
    """Mean and limits of each stretch between steps, from half a period before to half a period after."""
    found = []
    half = _half(frame)
    stretches = frame.with_columns(_run=pl.struct("rata", "batas_bawah", "batas_atas").rle_id())
    for stretch in stretches.drop_nulls("rata").partition_by("_run", maintain_order=True):
        first, last = _day(stretch["periode"].min()) - half, _day(stretch["periode"].max()) + half
        row = stretch.row(0, named=True)
        for name, dash, width in (("rata", "", 1.5), ("batas_bawah", "6 4", 1.5), ("batas_atas", "6 4", 1.5)):
            ends = field.points([(first, row[name]), (last, row[name])])
            found.append(plot.stroke(ends, theme.NETRAL, dash, width))
    return found


def _walls(field: Field, walls: Sequence[float]) -> list[str]:
    """An upright line before the first period of each new level."""
    ends = (field.points([(wall, field.y.low), (wall, field.y.high)]) for wall in walls)
    return [plot.stroke(one, theme.AKSEN, "2 3", 2) for one in ends]


def _value(field: Field, frame: pl.DataFrame) -> list[str]:
    """The line of values with gaps where there is none, a round dot at each value.

    A dot is a line without length, so that it stays round when the image is stretched.
    """
    runs = frame.sort("periode").with_columns(_run=pl.col("nilai").is_null().rle_id()).drop_nulls("nilai")
    pieces = [
        [field.point(_day(day), value) for day, value in run.select("periode", "nilai").iter_rows()]
        for run in runs.partition_by("_run", maintain_order=True)
    ]
    dots = "".join(f"M{x} {y}h0" for piece in pieces for x, y in piece)
    return [
        plot.strokes(pieces, theme.MASUK, width=1.75),
        f"<path d='{dots}' stroke='{theme.MASUK}' stroke-width='6' stroke-linecap='round' {plot.KEPT}/>",
    ]


def broken(row: dict) -> list[str]:
    """The rules that a point breaks, in the order of SIGNS."""
    return [rule for rule in SIGNS if rule in (row["aturan"] or "").split(",")]


def _sign(field: Field, row: dict, decimals: int) -> str:
    """A rule's sign over its point; the first rule's when it breaks several."""
    rules = broken(row)
    if not rules:
        return ""
    sign, colour, _ = SIGNS[rules[0]]
    meant = "; ".join(SIGNS[rule][2] for rule in rules)
    said = f"{formats.month(row['periode'])}: {formats.number(row['nilai'], decimals)}, {meant}"
    return field.mark(_day(row["periode"]), row["nilai"], sign, colour, said, "tanda")


def _key(known: pl.DataFrame) -> str:
    """What the lines mean, and the signs that occur."""
    occurring = {rule for row in known.to_dicts() for rule in broken(row)}
    lines = [(plot.sample(theme.MASUK, ""), "nilai")]
    if known["rata"].is_not_null().any():
        lines += [
            (plot.sample(theme.NETRAL, ""), "rata-rata"),
            (plot.sample(theme.NETRAL, "6 4"), "batas kendali"),
        ]
    signs = [
        (f'<i style="color:{colour}">{sign}</i>', words)
        for rule, (sign, colour, words) in SIGNS.items()
        if rule in occurring
    ]
    shown = "".join(f"<span>{drawn}{escape(words)}</span>" for drawn, words in [*lines, *signs])
    return f'<p class="cermin-kunci cermin-kunci-garis">{shown}</p>'


def _reasons(steps: Sequence[tuple[dt.date, str]]) -> str:
    """The reasons of the steps, by their numbers."""
    told = "".join(
        f"<li><b>{NUMBERS[at % 9]}</b> {formats.month(day)}: {escape(why)}</li>"
        for at, (day, why) in enumerate(steps)
    )
    return f'<ul class="langkah">{told}</ul>' if told else ""
