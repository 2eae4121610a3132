"""From what a page shows of a register to the form where it is corrected, for those who may."""

from html import escape

import polars as pl
import streamlit as st

from pipelines import contracts, regions
from portal import formats, viewer
from portal.ask import Question, derive
from portal.register_rows import address
from portal.register_words import noun

MOST = 8
# What names a row in its link, beside its date.
NAMED = {"kerja_sama": "instrumen", "kegiatan": "jenis", "produk": "nomor"}


def show(kind: str, wilayah: str, asked: Question) -> None:
    """Links to the rows of an answer about a region, or to its register; nothing for those who may not."""
    who = viewer.current()
    if who.may("unggah") and who.provinsi in (None, regions.gazetteer().province[wilayah]):
        st.html(derive(html, asked, kind=kind, wilayah=wilayah))


def html(rows: pl.DataFrame, kind: str, wilayah: str) -> str:
    """'Perbaiki: Nota Kesepakatan, 27 Jan 2026 · …'; a register without keys of one column as a whole."""
    key = contracts.load(kind).key
    links = []
    if len(key) == 1:
        own = rows.filter(kode_wilayah=wilayah) if "kode_wilayah" in rows.columns else rows
        links = [_link(address(kind, row[key[0]]), _name(row, kind)) for row in own.head(MOST).to_dicts()]
    every = _link(address(kind, wilayah=wilayah), f"semua baris {noun(kind)} wilayah ini")
    return f'<p class="cermin-kecil cermin-perbaiki">Perbaiki di register: {" · ".join([*links, every])}</p>'


def _name(row: dict, kind: str) -> str:
    day = f", {formats.date(row['tanggal'])}" if row["tanggal"] else ""
    return f"{row[NAMED[kind]]}{day}"


def _link(to: str, words: str) -> str:
    return f'<a href="{escape(to)}" target="_self">{escape(words)}</a>'
