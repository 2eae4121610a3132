"""Published figures that disagree, each beside what it disagrees with: bars, the rule, the sources; pure."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from portal import formats, table, theme
from portal.figures import rows
from portal.figures.rows import Bar, Segment

HARD = ("bertentangan", "masa bertentangan", "batas data berbeda")
NATION = "Indonesia"  # the area of a figure that is of no province
AGAINST = {
    "publikasi_lain": "terbitan lain",
    "nilai_sama_masa_lain": "disebut juga untuk",
    "masa_di_dalam_masa": "di dalamnya",
    "hitung_persen": "hitungan ulang",
    "hitung_rasio": "hitungan ulang",
    "hitungan_kita": "hitungan Cermin",
}
SUMMED = "jumlah bagian"  # of every other rule


def html(frame: pl.DataFrame, listed: pl.DataFrame) -> str:
    """Every hard contradiction of `rekonsiliasi` as a card; listed: `daftar_wilayah`, for the names."""
    names = dict(listed.select("kode_wilayah", "nama").iter_rows())
    hard = frame.filter(pl.col("keadaan").is_in(HARD))
    if hard.is_empty():
        return rows.nothing("tidak ada angka terbit yang bertentangan")
    cards = "".join(card(row, names) for row in hard.iter_rows(named=True))
    return f'<ul class="cermin-rekonsiliasi">{cards}</ul>'


def card(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One comparison as a list item: what, where and when, both values as bars, why, and from where."""
    what = words(row["indikator"], row["rincian"], names)
    heading = f"{what}, {area(row, names)}, {formats.dated(row['periode'])}"
    values = (row["terbit"], row["bagian"] if row["bagian"] is not None else row["hitungan_kita"])
    longest = max(*values, 1e-9)
    labels = ("terbit", against(row))
    drawn = [
        Bar(label, [Segment(value / longest, colour)], figure(value))
        for label, value, colour in zip(labels, values, (theme.MASUK, theme.DITUTUP), strict=True)
    ]
    alt = "; ".join(f"{label} {figure(value)}" for label, value in zip(labels, values, strict=True))
    addresses = [row["sumber_alamat"], row["alamat_pembanding"]]
    links = table.links(" | ".join(dict.fromkeys(one for one in addresses if one)))
    gap = f"Selisih {signed(row['selisih'])}. " if row["selisih"] else ""
    return (
        f'<li><p class="cermin-judul">{escape(heading)}</p>{rows.bars(alt, drawn)}'
        f"<p>{escape(gap + row['keadaan'].capitalize())}: {escape(row['penjelasan'])} {links}</p></li>"
    )


def words(indikator: str, rincian: str | None, names: Mapping[str, str]) -> str:
    """An indicator of the register in words, with its detail: 'per wilayah (Kota ...)'."""
    plain = indikator.replace("_", " ").capitalize()
    return f"{plain} ({names.get(rincian, rincian)})" if rincian else plain


def area(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The name of the area that a published figure belongs to."""
    return names.get(row["kode_wilayah"], NATION)


def against(row: Mapping[str, Any]) -> str:
    """What a published figure is compared with, in a few words."""
    label = AGAINST.get(row["aturan"], SUMMED)
    when = row["periode_pembanding"]
    return label if when in (None, row["periode"]) else f"{label}, {formats.dated(when)}"


def figure(value: float) -> str:
    """A published value with as many decimals as it has, two at most."""
    return formats.number(value, table.decimals(value))


def signed(value: float) -> str:
    """A difference with its sign and as many decimals as it has, two at most."""
    return formats.signed(value, table.decimals(value))


def title(frame: pl.DataFrame) -> str:
    """'14 pertentangan di antara angka terbit; 22 perbandingan cocok'."""
    hard = frame.filter(pl.col("keadaan").is_in(HARD)).height
    fits = frame.filter(keadaan="cocok").height
    found = f"{formats.number(hard)} pertentangan" if hard else "Tidak ada pertentangan"
    return f"{found} di antara angka yang terbit; {formats.number(fits)} perbandingan cocok"
