"""Perbandingan: which regions differ from the pooled figure by more than chance explains; never a ranking."""

import streamlit as st

from portal import filters, funnel_blocks, regions, texts, viewer


def page() -> None:
    chosen = filters.current()
    st.title("Perbandingan")
    left, right = st.columns([3, 2])
    with left:
        options = funnel_blocks.names()
        code = filters.choose("banding", "Yang dibandingkan", options, default=funnel_blocks.DEFAULT)
    with right:
        wilayah = regions.choose("wilayah", "Tandai satu wilayah", "Tidak ditandai", chosen.provinces)
    st.caption(texts.NOT_A_RANKING)
    funnel_blocks.funnel(chosen, code, wilayah)
    for column, block in zip(st.columns(2), (funnel_blocks.incidents, funnel_blocks.few), strict=True):
        with column:
            block(chosen)


if __name__ == "__main__":
    viewer.admit("perbandingan", page)
