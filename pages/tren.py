"""Tren Penyelesaian: what comes in, what is closed, what is left, month by month; of all or of one region."""

import streamlit as st

from portal import (
    control_blocks,
    duration_blocks,
    filters,
    regions,
    sp4n_blocks,
    texts,
    trend_blocks,
    viewer,
)
from portal.views import View

SIGHTS = {"arus": "Arus dan rincian", "waktu": "Waktu penyelesaian", "kendali": "Bagan kendali"}


def page() -> None:
    chosen = filters.current()
    st.title("Tren Penyelesaian")
    wilayah = regions.choose("wilayah", "Wilayah terlapor", "Semua wilayah pada saringan", chosen.provinces)
    if wilayah:
        regions.link(wilayah, "Buka halaman wilayah ini")
    st.caption(texts.NOT_A_RANKING)
    view = View(chosen, wilayah)
    match filters.choose("lihat", "Yang dilihat", SIGHTS, default="arus", label_visibility="collapsed"):
        case "waktu":
            duration_blocks.by_group(view)
        case "kendali":
            control_blocks.show(view)
        case _:
            trend_blocks.show(view)
            sp4n_blocks.show(view)


if __name__ == "__main__":
    viewer.admit("tren", page)
