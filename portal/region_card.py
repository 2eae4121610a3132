"""The card of one region beside the map: what the map says of it, its figures, its marks, its page."""

from html import escape

import streamlit as st

from portal import region_drawings, regions, viewer
from portal.ask import Question, about, ask, figure
from portal.filters import Filters


def draw(kode: str, measure: str, said: str, chosen: Filters) -> None:
    """Draw the card; measure and said: the name of what the map shows and its words for this region."""
    figures = about(
        "ringkasan_wilayah", only={"kode_wilayah": kode}, per_tanggal=chosen.per_tanggal, sejak=chosen.sejak
    )
    marks = about("tanda_kerja_sama", only={"kode_wilayah": kode}, per_tanggal=chosen.per_tanggal)
    gap = about("celah_kerja_sama", only={"kode_wilayah": kode}, per_tanggal=chosen.per_tanggal)
    with st.container(border=True, key="kartu_wilayah", gap="small"):
        st.markdown(f"### {regions.facts(kode)['nama']}")
        st.html(f"<p>{escape(measure)}: <b>{escape(said)}</b></p>{numbers(figures)}")
        st.html(figure(region_drawings.agreements, marks, gap))
        if viewer.current().wilayah in (None, kode):
            regions.link(kode, "Buka halaman wilayah ini")


def numbers(asked: Question) -> str:
    """The figures of the region as HTML; nothing when there is no row for it."""
    return figure(region_drawings.numbers, asked) if ask(asked).height else ""
