"""Peta: one large map with a choice of measure; a region is chosen by click, by keyboard or from the list."""

import polars as pl
import streamlit as st

from portal import filters, map_measures, region_card, region_map, regions, texts, viewer
from portal.block import figure_block
from portal.map_measures import Measure

DEFAULT = "payung"


def page() -> None:
    chosen = filters.current()
    st.title("Peta", anchor=False)
    code = filters.choose("ukuran", "Ukuran", map_measures.names(), default=DEFAULT)
    measure = map_measures.find(code, chosen)
    large, beside = st.columns([5, 3], gap="medium")
    with beside:
        kode = regions.choose("wilayah", "Wilayah", "Pilih wilayah", chosen.provinces)
        card(kode, measure, chosen)
        listing(kode, measure)
    with large:
        show(measure, kode, chosen)


def show(measure: Measure, kode: str | None, chosen: filters.Filters) -> None:
    """The map of the measure in its block."""
    values, legend = measure.classed()
    figure_block(
        measure.finding(),
        measure.asked,
        lambda: region_map.draw(
            values,
            key="peta",
            measure_label=measure.name,
            legend=legend,
            selected=kode,
            provinces=chosen.provinces,
            height=620,
            on_select=select,
        ),
        key="peta_besar",
        unit=measure.unit,
        denominator=measure.denominator,
        how_to_read=f"{measure.reading} {texts.NOT_A_RANKING}",
        columns=measure.columns,
        example="peta",
    )


def select(kode: str | None) -> None:
    """Move the choice of region in the address."""
    filters.put("wilayah", kode or regions.NOBODY)


def card(kode: str | None, measure: Measure, chosen: filters.Filters) -> None:
    """The card of the chosen region, or how to choose one."""
    if kode is None:
        st.caption("Klik wilayah pada peta, pakai Tab lalu Enter, atau pilih dari daftar.")
        return
    region_card.draw(kode, measure.name, map_measures.text_of(measure.classed()[0], kode), chosen)


def listing(kode: str | None, measure: Measure) -> None:
    """The same regions as a table; choosing a row opens its card."""
    values = measure.classed()[0].drop_nulls("kode_wilayah")
    codes = [code for code in regions.known() if code in set(values["kode_wilayah"])]
    rows = pl.DataFrame({"kode_wilayah": codes}).join(values, on="kode_wilayah", maintain_order="left")
    key = f"daftar_{kode}"
    st.dataframe(
        rows.select("nama", "text"),
        key=key,
        hide_index=True,
        height=330,
        column_config={"nama": "Wilayah", "text": measure.name},
        on_select=lambda: select(picked(key, codes)),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [codes.index(kode)]}} if kode in codes else None,
        alt=f"{measure.name} tiap wilayah",
    )


def picked(key: str, codes: list[str]) -> str | None:
    """The code of the row that was chosen in the table, None when the choice was taken back."""
    rows = st.session_state[key]["selection"]["rows"]
    return codes[rows[0]] if rows else None


if __name__ == "__main__":
    viewer.admit("peta", page)
