"""Tren Penyelesaian: what comes in, what is closed, what is left, month by month; of all or of one region."""

import streamlit as st

from portal import filters, regions, sp4n_blocks, texts, trend_blocks, viewer
from portal.views import View


def page() -> None:
    chosen = filters.current()
    st.title("Tren Penyelesaian")
    wilayah = regions.choose("wilayah", "Wilayah terlapor", "Semua wilayah pada saringan", chosen.provinces)
    if wilayah:
        regions.link(wilayah, "Buka halaman wilayah ini")
    st.caption(texts.NOT_A_RANKING)
    trend_blocks.show(View(chosen, wilayah))
    sp4n_blocks.show(View(chosen, wilayah))


if __name__ == "__main__":
    viewer.admit("tren", page)
