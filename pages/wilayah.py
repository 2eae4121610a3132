"""Wilayah: one regency, city or provincial government from close by, on two pages of paper."""

import streamlit as st

from portal import filters, region_blocks, regions, trend_blocks
from portal.ask import ask
from portal.views import View


def page() -> None:
    chosen = filters.current()
    with st.container(key="pilih_wilayah"):
        kode = regions.choose("kode", "Wilayah", "Pilih wilayah")
    if kode is None:
        directory()
        return
    view = View(chosen, kode)
    region_blocks.heading(view)
    first_sheet(view)
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
        trend_blocks.groups(view, "per_instansi", most=8)
    with right:
        region_blocks.peers(view)
        trend_blocks.groups(view, "per_substansi", most=8)
    region_blocks.events(view)


def directory() -> None:
    """Every region by province, as links to its own page."""
    st.title("Wilayah", anchor=False)
    st.markdown("Pilih wilayah untuk melihat laporan, tenggat, kerja sama, dan penilaiannya.")
    provinces = ask("daftar_wilayah").sort("kode_wilayah").partition_by("provinsi", maintain_order=True)
    for column, part in zip(st.columns(len(provinces)), provinces, strict=True):
        with column:
            st.subheader(part["nama_provinsi"][0], anchor=False)
            for kode, name in part.select("kode_wilayah", "nama").iter_rows():
                st.page_link("pages/wilayah.py", label=name, query_params={"kode": kode})


if __name__ == "__main__":
    page()
