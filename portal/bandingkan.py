"""Bandingkan: what a checked file would change, before anything is kept."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pipelines import contracts, regions
from pipelines.comparison import Comparison
from pipelines.result import Result
from portal import formats, table

SHOWN, MONTHS = 200, 12
EVERY = "Semua kolom"
UNNAMED = "wilayah tidak disebut"


def draw(found: Comparison, result: Result, drawn: dict[str, Any]) -> None:
    """New, same and changed; cells old and new; what is gone; totals.

    `drawn` keeps tables once made. A table is sent only while its part is open: each run sends the page anew.
    """
    st.subheader("Bandingkan dengan data yang berlaku", anchor=False)
    st.markdown(sentence(result))
    if "turun" not in drawn:
        drawn["turun"] = fallen(found) if found.falls.height else ""
        drawn["perkara"] = summed(found) if found.totals.height else ""
    if drawn["turun"]:
        st.warning(drawn["turun"], icon=":material/trending_down:")
    if found.changes.height:
        _changes(found, result, drawn)
    if found.missing.height:
        _missing(found, result, drawn)
    if found.totals.height:
        _totals(found, drawn)


def sentence(result: Result) -> str:
    """'**3** baru, **2** berubah, **15** sama.'"""
    parts = ((result.new, "baru"), (result.changed, "berubah"), (result.unchanged, "sama"))
    return f"Dari {formats.count(result.accepted, 'baris yang diterima')}: " + ", ".join(
        f"**{formats.number(many)}** {word}" for many, word in parts
    )


def fallen(found: Comparison) -> str:
    """Which months have at most half the rows of the previous extract."""
    falls = found.falls.select("bulan", "previous", "file").reverse()
    shown = "; ".join(
        f"{formats.month(month)}: {formats.number(before)} menjadi {formats.number(now)}"
        for month, before, now in falls.head(MONTHS).iter_rows()
    )
    shown += f"; dan {falls.height - MONTHS} bulan lain" if falls.height > MONTHS else ""
    return (
        f"Dibanding kiriman yang berlaku ({found.previous.batch}) jumlah baris turun separuh atau lebih: "
        f"{shown}. "
        "Periksa apakah berkas ini lengkap; baris yang sudah ada tidak akan hilang."
    )


def _changes(found: Comparison, result: Result, drawn: dict[str, Any]) -> None:
    columns = found.changes["column"].unique(maintain_order=True).to_list()
    title = f"{formats.number(found.changes.height)} sel berubah"
    part = st.expander(title, key="sel_berubah", on_change="rerun")
    if not part.open:
        return
    with part:
        chosen = st.selectbox("Kolom", [EVERY, *columns], key="_kolom_berubah") if len(columns) > 1 else EVERY
        key = f"berubah {chosen}"
        if key not in drawn:
            drawn[key] = changes(found.changes, result.kind, None if chosen == EVERY else chosen)
        st.html(drawn[key])


def changes(cells: pl.DataFrame, kind: str, column: str | None = None) -> str:
    """Cells old and new side by side, the first SHOWN of a column (None: of all), as an HTML table."""
    contract = contracts.load(kind)
    types = {one.name: one.type for one in contract.columns}
    chosen = cells if column is None else cells.filter(pl.col("column") == column)
    lines = [
        (key, name, _cell(before, types[name]), _cell(after, types[name]))
        for key, name, before, after in chosen.head(SHOWN).iter_rows()
    ]
    return _first_of(chosen.height) + table.plain(
        "Sel yang berubah", ("Nomor", "Kolom", "Sekarang", "Menjadi"), lines
    )


def _missing(found: Comparison, result: Result, drawn: dict[str, Any]) -> None:
    title = f"{formats.count(found.missing.height, 'baris')} hilang dibanding kiriman yang berlaku"
    part, previous = st.expander(title, key="baris_hilang", on_change="rerun"), found.previous
    if not part.open:
        return
    with part:
        st.markdown(
            f"Baris ini ada di batch **{previous.batch}** ({formats.unmarked(previous.file)}, per "
            f"{formats.date(previous.per_tanggal)}) untuk masa dan provinsi yang sama, tetapi tidak ada di "
            "berkas ini. Tidak ada yang dihapus: baris itu tetap berlaku. Bila memang keliru, batalkan batch "
            "lama."
        )
        if "hilang" not in drawn:
            drawn["hilang"] = missing(found.missing, result.kind)
        st.html(drawn["hilang"])


def missing(rows: pl.DataFrame, kind: str) -> str:
    """The first SHOWN rows that are gone, as an HTML table."""
    types = {one.name: one.type for one in contracts.load(kind).columns} | {"kunci": "text"}
    lines = [
        [_cell(value, types[name]) for name, value in record.items()]
        for record in rows.head(SHOWN).iter_rows(named=True)
    ]
    heads = ["Nomor" if name == "kunci" else name for name in rows.columns]
    return _first_of(rows.height) + table.plain("Baris yang hilang", heads, lines)


def _totals(found: Comparison, drawn: dict[str, Any]) -> None:
    title = f"{drawn['perkara']}, menurut wilayah dan bulan"
    part = st.expander(title, key="jumlah_bandingan", on_change="rerun")
    if not part.open:
        return
    with part:
        if "jumlah" not in drawn:
            drawn["jumlah"] = totals(found)
        st.html(drawn["jumlah"])


def summed(found: Comparison) -> str:
    """'Jumlah perkara 400 menjadi 412'."""
    before, after = found.totals["before"].sum(), found.totals["after"].sum()
    return f"Jumlah perkara {formats.number(before)} menjadi {formats.number(after)}"


def totals(found: Comparison) -> str:
    """Totals before and after per region, per month, and where they moved per region and month."""
    names = regions.gazetteer().display
    parts = []
    for key, head in (("wilayah", "Wilayah"), ("bulan", "Bulan masuk")):
        summed = found.totals.group_by(key).agg(pl.col("before", "after").sum()).sort(key, nulls_last=True)
        lines = [(_named(value, names), *_moved(old, new)) for value, old, new in summed.iter_rows()]
        parts.append(table.plain(f"Jumlah menurut {key}", (head, "Sebelum", "Sesudah", "Selisih"), lines))
    moved = found.totals.filter(pl.col("before") != pl.col("after"))
    lines = [
        (_named(region, names), _named(month, names), *_moved(old, new))
        for region, month, old, new in moved.head(SHOWN).iter_rows()
    ]
    heads = ("Wilayah", "Bulan masuk", "Sebelum", "Sesudah", "Selisih")
    parts.append(
        _first_of(moved.height) + table.plain("Yang bergerak menurut wilayah dan bulan", heads, lines)
    )
    return "".join(parts)


def _named(value: str | date | None, names: dict[str, str]) -> str:
    if isinstance(value, date):
        return formats.month(value)
    return UNNAMED if value is None else names.get(value, value)


def _moved(before: int, after: int) -> tuple[str, str, str]:
    return formats.number(before), formats.number(after), formats.signed(after - before)


def _first_of(many: int) -> str:
    if many <= SHOWN:
        return ""
    return f'<p class="cermin-kecil">{SHOWN} pertama dari {formats.number(many)}.</p>'


def _cell(value: str | None, kind: str) -> str:
    """A value as it was told: a region with its name, a date in words, nothing as (kosong)."""
    if value is None:
        return "(kosong)"
    if kind == "region":
        return regions.gazetteer().display.get(value, value)
    return formats.date(date.fromisoformat(value)) if kind == "date" else value
