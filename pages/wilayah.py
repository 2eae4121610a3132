"""Wilayah: one regency, city or provincial government from close by, on two pages of paper."""

import streamlit as st

from portal import filters, region_blocks, regions, trend_blocks
from portal.views import View


def page() -> None:
    chosen = filters.current()
    with st.container(key="pilih_wilayah"):
        kode = regions.choose("kode", "Wilayah", "Pilih wilayah")
    if kode is None:
        directory()
        return
    view = View(chosen, kode)
    with st.container(key="lembar_1"):
        region_blocks.heading(view)
        first_sheet(view)
    with st.container(key="lembar_2"):
        second_sheet(view)


def first_sheet(view: View) -> None:
    """What is open and late, what is agreed and lacking, and the course of it."""
    region_blocks.numbers(view)
    left, right = st.columns(2)
    with left:
        region_blocks.clocks(view)
    with right:
        region_blocks.agreements(view)
    trend_blocks.flow(view)


def second_sheet(view: View) -> None:
    """Assessment, bodies and subjects, comparison, events."""
    left, right = st.columns(2)
    with left:
        region_blocks.assessment(view)
    with right:
        region_blocks.peers(view)
    for column, question in zip(st.columns(2), ("per_instansi", "per_substansi"), strict=True):
        with column:
            trend_blocks.groups(view, question, most=8)
    region_blocks.events(view)


def directory() -> None:
    """Every region by province, as links to its own page."""
    st.title("Wilayah", anchor=False)
    st.markdown("Pilih wilayah untuk melihat laporan, tenggat, kerja sama, dan penilaiannya.")
    provinces = filters.current().provinces
    names = regions.province_names(provinces)
    for column, code, title in zip(st.columns(len(provinces)), provinces, names, strict=True):
        with column:
            st.subheader(title, anchor=False)
            for kode, name in regions.known([code]).items():
                regions.link(kode, name)


if __name__ == "__main__":
    page()
