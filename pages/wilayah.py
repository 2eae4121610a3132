"""Wilayah: one regency, city or provincial government from close by, on two pages of paper."""

import streamlit as st

from portal import (
    before_after,
    control_blocks,
    duration_blocks,
    filters,
    obligations,
    quarter_blocks,
    region_blocks,
    regions,
    signal_blocks,
    texts,
    trend_blocks,
    viewer,
)
from portal.views import View

SHORT = "ringkas"
SIGHTS = {
    SHORT: "Ringkas",
    "waktu": "Waktu penyelesaian",
    "kendali": "Bagan kendali",
    "payung": "Sebelum dan sesudah payung",
}
CLOSER = {
    "waktu": duration_blocks.beside_province,
    "kendali": control_blocks.show,
    "payung": before_after.of_region,
}


def page() -> None:
    chosen = filters.current()
    own = viewer.current().wilayah
    kode = only(own) if own else choose()
    if kode is None:
        directory()
        return
    view = View(chosen, kode)
    with st.container(key="lembar_1"):
        region_blocks.heading(view)
        sight = SHORT if own else look()
        if sight == SHORT:
            first_sheet(view, is_own=bool(own))
        else:
            CLOSER[sight](view)
    if sight == SHORT:
        with st.container(key="lembar_2"):
            second_sheet(view)


def look() -> str:
    """The two sheets, or one thing from closer by; not for an account of one region: counts are withheld."""
    with st.container(key="pilih_dalam"):
        return filters.choose("dalam", "Yang dilihat", SIGHTS, default=SHORT, label_visibility="collapsed")


def choose() -> str | None:
    """The region of the address, chosen from all of them."""
    with st.container(key="pilih_wilayah"):
        return regions.choose("kode", "Wilayah", "Pilih wilayah")


def only(own: str) -> str:
    """The one region of this account; an address that names another one is answered with a sentence."""
    asked = st.query_params.get("kode")
    if asked not in (None, "", own):
        filters.complain(texts.NOT_YOUR_REGION.format(own=regions.facts(own)["nama"]))
    return own


def first_sheet(view: View, is_own: bool) -> None:
    """What is open and late, what is agreed and lacking, and the course of it."""
    region_blocks.numbers(view)
    left, right = st.columns(2)
    with left:
        region_blocks.clocks(view)
    with right:
        region_blocks.agreements(view)
    signal_blocks.of_region(view)
    (quarter_blocks.flow if is_own else trend_blocks.flow)(view)


def second_sheet(view: View) -> None:
    """Obligations, assessment, bodies and subjects, comparison, events."""
    obligations.show(view)
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
    viewer.admit("wilayah", page)
