"""How long laporan stay open, in words and pictures: answers in, sentences and HTML out; pure.

`groups` are the groups that are drawn, as they stand in the answers, each with the name it is shown by.
"""

from html import escape

import polars as pl

from pipelines.statistics import survival
from portal import formats, table
from portal.figures import curve, rows

NO_DATES = (
    "Tidak satu pun laporan ini memiliki tanggal tutup, jadi waktu penyelesaian tidak dapat dihitung; yang "
    "dapat disebut hanya jumlahnya"
)
NOT_WHY = (
    "Uji ini hanya mengatakan apakah garis-garisnya berbeda melebihi kebetulan, bukan sebabnya dan bukan "
    "mana yang baik: jenis dan beratnya laporan tiap kelompok berbeda. Makin banyak pilihan yang dicoba, "
    "makin mudah satu di antaranya tampak berbeda."
)
UNNAMED, NONE = "tidak disebut", "nol laporan masuk pada rentang ini"
CLEAR, SMALLEST = 0.05, 0.001
Groups = tuple[tuple[str, str], ...]


def most_frequent(summary: pl.DataFrame, by_year: bool, names: Groups) -> Groups:
    """`waktu_penyelesaian` -> what to draw: at most five groups, the newest years or the largest groups."""
    named = summary.filter(pl.col("kelompok") != UNNAMED)
    order = ["kelompok"] if by_year else ["jumlah", "kelompok"]
    kept = named.sort(order, descending=[True, False][: len(order)]).head(curve.MOST).sort("kelompok")
    known = dict(names)
    return tuple((group, known.get(group, group)) for group in kept["kelompok"])


def title(summary: pl.DataFrame, groups: Groups, is_covered: bool = False) -> str:
    """The medians of the groups that are drawn, or why there is none; is_covered: nothing means zero."""
    named = {row["kelompok"]: row for row in summary.to_dicts()}
    drawn = [(named[group], name) for group, name in groups if group in named]
    if not sum(row["jumlah"] for row, _ in drawn):
        return f"Waktu penyelesaian: {NONE if is_covered else formats.MISSING}"
    if not any(row["ditutup"] for row, _ in drawn):
        return NO_DATES
    known = [(row, name) for row, name in drawn if row["median"] is not None]
    if not known:
        return "Belum ada median waktu penyelesaian: kurang dari 10 laporan, atau separuhnya masih terbuka"
    if len(known) <= 2:
        told = " dan ".join(f"{curve.spread(row)} di {name}" for row, name in known)
        return f"Separuh laporan ditutup dalam {told}"
    days = [row["median"] for row, _ in known]
    least, most = (formats.number(end) for end in (min(days), max(days)))
    return f"Separuh laporan ditutup dalam {least} sampai {most} hari, menurut kelompoknya"


def compared(curves: pl.DataFrame, groups: Groups) -> survival.LogRank | None:
    """The log-rank test of the curves that are drawn, from `kurva_penyelesaian`.

    None where a group has fewer than 10 laporan: so few decide nothing.
    """
    drawn = curves.filter(pl.col("kelompok").is_in([group for group, _ in groups])).sort("kelompok", "hari")
    sizes = drawn.group_by("kelompok").agg(pl.col("berisiko").max())["berisiko"]
    if not len(sizes) or sizes.min() < survival.LEAST_CASES_FOR_A_MEDIAN:
        return None
    still = pl.col("berisiko").shift(-1, fill_value=0).over("kelompok")
    return survival.compare(drawn.with_columns(disensor=pl.col("berisiko") - pl.col("ditutup") - still))


def test(curves: pl.DataFrame, groups: Groups) -> str:
    """What the log-rank test says and what it does not; HTML, empty where there is none."""
    found = compared(curves, groups)
    if found is None:
        return ""
    size = f"p < {formats.number(SMALLEST, 3)}" if found.p < SMALLEST else f"p = {formats.number(found.p, 3)}"
    said = "berbeda melebihi kebetulan" if found.p < CLEAR else "tidak dapat dibedakan dari kebetulan"
    return (
        f'<p class="cermin-kecil">Uji log-rank atas {len(groups)} garis: {size}; garis-garisnya {said}. '
        f"{escape(NOT_WHY)}</p>"
    )


def shares(summary: pl.DataFrame, groups: Groups) -> str:
    """How many laporan, the median, and the share still open after so many days; a table, HTML."""
    told = {row["kelompok"]: row for row in summary.to_dicts()}
    heads = ("Kelompok", "Laporan", "Median (95%)", *(f"{day} hari" for day in survival.DAYS_SHOWN))
    lines = [
        (
            name,
            formats.number(told[group]["jumlah"]),
            "–" if told[group]["median"] is None else curve.spread(told[group]),
            *(formats.percent(told[group][f"buka_{day}"], 0, missing="–") for day in survival.DAYS_SHOWN),
        )
        for group, name in groups
        if group in told
    ]
    caption = "Laporan, median, dan persen yang masih terbuka setelah 14 sampai 180 hari"
    return _captioned(caption, table.plain(caption, heads, lines)) if lines else ""


def _captioned(caption: str, shown: str) -> str:
    return f'<div class="cermin-lama"><p class="cermin-kecil">{caption}:</p>{shown}</div>'


def left_out(summary: pl.DataFrame, groups: Groups) -> str:
    """What is not drawn: groups without a curve, bands where there are too many; HTML, mostly empty."""
    said = []
    if summary.height > len(groups):
        said.append(
            f"{len(groups)} kelompok digambar; {formats.number(summary.height - len(groups))} kelompok lain, "
            "termasuk yang tidak disebut, ada pada tabel."
        )
    if len(groups) > curve.MOST_BANDS:
        said.append("Pita 95% tidak digambar bila garisnya lebih dari tiga; selang mediannya ada pada tabel.")
    return f'<p class="cermin-kecil">{" ".join(said)}</p>' if said else ""


def still_open(curves: pl.DataFrame, summary: pl.DataFrame, groups: Groups, alt: str) -> str:
    """The Kaplan-Meier curves with their table and the test of their difference; HTML."""
    if not summary["ditutup"].sum():
        return rows.nothing(NO_DATES)
    parts = (shares(summary, groups), test(curves, groups), left_out(summary, groups))
    return curve.penyelesaian(curves, summary, groups, alt) + "".join(parts)


def endings(curves: pl.DataFrame, summary: pl.DataFrame, groups: Groups, alt: str) -> str:
    """The Aalen-Johansen curves with their figures after so many days; HTML."""
    if not summary["ditutup"].sum():
        return rows.nothing(NO_DATES)
    return curve.hasil(curves, groups, alt) + outcomes(curves, groups) + left_out(summary, groups)


def beside(
    own: pl.DataFrame,
    own_summary: pl.DataFrame,
    whole: pl.DataFrame,
    whole_summary: pl.DataFrame,
    groups: Groups,
    alt: str,
    kind: str,
) -> str:
    """One region and the province it is part of, as curves; HTML. It is in both, so there is no test."""
    if not own_summary["ditutup"].sum():
        return rows.nothing(NO_DATES)
    curves, summary = pl.concat([own, whole]), pl.concat([own_summary, whole_summary])
    if kind == "hasil":
        return curve.hasil(curves, groups, alt) + outcomes(curves, groups)
    return curve.penyelesaian(curves, summary, groups, alt) + shares(summary, groups)


def reached(curves: pl.DataFrame, day: int) -> pl.DataFrame:
    """`kurva_hasil` -> kelompok, hasil, insidensi, bawah, atas on a day, of groups watched so long."""
    known = pl.col("hari").max().over("kelompok") >= day
    return (
        curves.filter(known, pl.col("hari") <= day)
        .sort("hari")
        .group_by("kelompok", "hasil", maintain_order=True)
        .last()
        .drop("hari")
    )


def endings_title(curves: pl.DataFrame, groups: Groups, is_covered: bool = False) -> str:
    """`kurva_hasil` -> how many percent are resolved after half a year, or after as long as was watched."""
    if curves.height and not curves["insidensi"].sum():
        return NO_DATES
    for day in reversed(survival.DAYS_SHOWN):
        found = reached(curves, day).filter(pl.col("hasil") == curve.WAYS[0])
        resolved = {row["kelompok"]: row for row in found.to_dicts()}
        told = [(resolved[group], name) for group, name in groups if group in resolved]
        if told:
            break
    else:
        return f"Hasil penutupan: {NONE if is_covered and curves.is_empty() else formats.MISSING}"
    if len(told) <= 2:
        said = " dan ".join(f"{_share(row)} laporan di {name}" for row, name in told)
        return f"Setelah {day} hari terselesaikan: {said}"
    least, most = (formats.percent(end(row["insidensi"] for row, _ in told), 0) for end in (min, max))
    return f"Setelah {day} hari terselesaikan: {least} sampai {most} laporan, menurut kelompoknya"


def outcomes(curves: pl.DataFrame, groups: Groups) -> str:
    """How many percent have ended in each way after so many days, with intervals; a table, HTML."""
    known = {
        (row["kelompok"], row["hasil"], day): _share(row)
        for day in survival.DAYS_SHOWN
        for row in reached(curves, day).to_dicts()
    }
    ways = [way for way in curve.WAYS if way in curves["hasil"]]
    lines = [
        (name, way, *(known.get((group, way, day), "–") for day in survival.DAYS_SHOWN))
        for group, name in groups
        for way in ways
    ]
    caption = "Persen laporan yang sudah berakhir demikian setelah 14 sampai 180 hari (interval 95%)"
    heads = ("Kelompok", "Hasil", *(f"{day} hari" for day in survival.DAYS_SHOWN))
    return _captioned(caption, table.plain(caption, heads, lines)) if lines else ""


def _share(row: dict) -> str:
    return formats.estimate(row["insidensi"], row["bawah"], row["atas"], 0)
