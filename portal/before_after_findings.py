"""Two groups of laporan, before and after a signing, in words and curves: answers in, HTML out; pure."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import NamedTuple

import polars as pl

from portal import control_findings, duration_findings, formats
from portal.ask import Question
from portal.figures import control, curve, rows

FEWEST = 10
NONE = "tidak ada laporan yang diketahui"
SIGNED = ("berlaku", "segera berakhir", "masa berlaku belum diketahui", "berakhir")
NOT_EFFECT = (
    "Ini hubungan waktu, bukan akibat: pada masa yang sama jumlah dan jenis laporan, petugas, aturan, dan "
    "cara mencatat juga berubah. Perbedaan sesudah penandatanganan tidak membuktikan pengaruh "
    "perjanjiannya."
)
READING = (
    "Sebelum: laporan yang masuk dalam dua tahun sebelum tanda tangan, diamati sampai sehari sebelumnya. "
    "Sesudah: laporan yang masuk sejak tanda tangan, paling lama dua tahun, diamati sampai per tanggal. "
    "Yang masih terbuka "
    f"ikut dihitung. Bila salah satu sisi kurang dari {FEWEST} laporan, kurva dan median ditahan."
)
NO_DATE = (
    "Tidak ada payung yang bertanggal pada tanggal ini, jadi tidak ada sebelum dan sesudahnya. Ini bukan "
    "berarti belum ada kerja sama."
)
NOT_TOGETHER = (
    "Pada tanggal ini tidak ada provinsi yang wilayahnya menandatangani payung pada bulan yang sama."
)
Named = tuple[tuple[str, str], ...]


class Side(NamedTuple):
    """One side: its group in the answers, its name, its two questions, and the days it spans."""

    group: str
    name: str
    summary: Question
    curve: Question
    since: date
    until: date


class Told(NamedTuple):
    """A comparison as it is shown."""

    title: str
    html: str


def signed_on(marks: pl.DataFrame, wilayah: str) -> date | None:
    """`tanda_kerja_sama`, the umbrellas -> since when the region has its newest one."""
    own = marks.filter(pl.col("kode_wilayah") == wilayah, pl.col("keadaan").is_in(SIGNED)).drop_nulls("sejak")
    return own["sejak"][0] if own.height else None


def signed_together(marks: pl.DataFrame) -> tuple[tuple[str, date], ...]:
    """The provinces of which at least half of the governments signed in one month, and its first signing.

    `marks`: `tanda_kerja_sama`, the umbrellas. The newest such month of a province counts.
    """
    signed = pl.col("keadaan").is_in(SIGNED) & pl.col("sejak").is_not_null()
    months = (
        marks.with_columns(wilayah=pl.len().over("provinsi"))
        .filter(signed)
        .group_by("provinsi", "wilayah", bulan=pl.col("sejak").dt.truncate("1mo"))
        .agg(jumlah=pl.len(), sejak=pl.col("sejak").min())
        .filter(pl.col("jumlah") >= 2, 2 * pl.col("jumlah") >= pl.col("wilayah"))
    )
    newest = months.sort("provinsi", "bulan").group_by("provinsi", maintain_order=True).last()
    return tuple(newest.select("provinsi", "sejak").iter_rows())


def told(*answers: pl.DataFrame, named: Named, heading: str) -> Told:
    """`waktu_penyelesaian` and `kurva_penyelesaian` of each side in turn -> title, curves, table, sentence.

    named: the group and the name of each side, two by two (before, after). A pair of which one side has fewer
    than FEWEST laporan is told by its counts alone.
    """
    sides = [
        (_only(answers[2 * at], group, name), _only(answers[2 * at + 1], group, name), name)
        for at, (group, name) in enumerate(named)
    ]
    pairs = [sides[at : at + 2] for at in range(0, len(sides), 2)]
    shown = [side for pair in pairs if _is_enough(pair) for side in pair]
    body = _drawn(shown) if shown else ""
    held = "".join(_held(pair) for pair in pairs if not _is_enough(pair))
    return Told(_title(heading, pairs), f"{body}{held}<p><b>{escape(NOT_EFFECT)}</b></p>")


def _only(frame: pl.DataFrame, group: str, name: str) -> pl.DataFrame:
    return frame.filter(pl.col("kelompok") == group).with_columns(kelompok=pl.lit(name))


def _size(side: Sequence) -> int:
    return side[0]["jumlah"].sum()


def _is_enough(pair: Sequence) -> bool:
    return all(_size(side) >= FEWEST for side in pair)


def _held(pair: Sequence) -> str:
    """The counts of a pair that is withheld, and why it is."""
    counts = ", ".join(f"{side[2]} {formats.count(_size(side) or None, missing=NONE)}" for side in pair)
    return (
        f'<p class="cermin-kecil">{escape(counts)}: kurva dan median ditahan, salah satu sisinya kurang '
        f"dari {FEWEST} laporan.</p>"
    )


def _drawn(shown: Sequence) -> str:
    summary, curves = (pl.concat([side[at] for side in shown]) for at in (0, 1))
    groups = tuple((side[2], side[2]) for side in shown)
    alt = "Kurva waktu penyelesaian sebelum dan sesudah penandatanganan"
    return curve.penyelesaian(curves, summary, groups, alt) + duration_findings.shares(summary, groups)


def _title(heading: str, pairs: Sequence) -> str:
    """'...; separuh ditutup dalam 74 hari sebelum dan 61 hari sesudah'."""
    first = pairs[0]
    if not _is_enough(first):
        return f"{heading}; terlalu sedikit laporan untuk menyandingkan"
    medians = [side[0]["median"][0] for side in first]
    said = ["median belum tercapai" if days is None else f"{formats.number(days)} hari" for days in medians]
    return f"{heading}; separuh laporan ditutup dalam {said[0]} sebelumnya dan {said[1]} sesudahnya"


def chart_title(frame: pl.DataFrame, ukuran: str, place: str, month: date) -> str:
    """`xmr` with a step at the signing -> the mean before and after, where both sides have one."""
    name = f"{control_findings.MEASURES[ukuran].name}, {place}"
    if frame.is_empty():
        return f"{name}: {formats.MISSING}"
    if frame["gabungan"][0]:
        return f"{name}: terlalu sepi untuk bagan sendiri"
    later = pl.col("periode") >= month
    sides = [frame.filter(side).drop_nulls("nilai") for side in (~later, later)]
    means = [side["rata"].drop_nulls() for side in sides]
    if not all(len(mean) for mean in means):
        points = " dan ".join(str(side.height) for side in sides)
        return f"{name}: {points} titik sebelum dan sesudahnya; rata-ratanya ditulis mulai 12 titik"
    before, after = (formats.number(mean[-1], 2 if ukuran == "rasio" else 1) for mean in means)
    return f"{name}: rata-rata {before} sebelum dan {after} sesudah penandatanganan"


def chart(frame: pl.DataFrame, ukuran: str, place: str, month: date, why: str) -> str:
    """`xmr` with a step at the signing as a picture; HTML, a sentence where it is too quiet for one."""
    if frame.is_empty() or frame["gabungan"][0]:
        mean = formats.number(frame["rata_bulanan"][0], 1) if frame.height else formats.MISSING
        return rows.nothing(
            f"rata-rata sebulan {mean}; sebelum dan sesudahnya tidak dapat dibedakan di bagan"
        )
    measure = control_findings.MEASURES[ukuran]
    alt = f"Bagan kendali {measure.name.lower()}, {place}, sebelum dan sesudah penandatanganan"
    return control.kendali(frame, alt, decimals=measure.decimals, steps=((month, why),))
