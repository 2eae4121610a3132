"""The map of the regions: an own SVG component that works offline, by mouse and by keyboard, and prints.

The geometry, code and style reach the browser once (`map_assets`); a rerun sends only classes and texts, and
the browser changes attributes of shapes that are there, so the focus stays where it was. A table of the
same regions always belongs beside it.
"""

from collections.abc import Callable, Sequence

import polars as pl
import streamlit as st

from geo import boundaries
from portal import formats, map_assets
from portal.map_classes import NO_DATA, LegendItem, classify, classify_penilaian, classify_tanda

__all__ = ["LegendItem", "classify", "classify_penilaian", "classify_tanda", "draw"]

HTML = '<div class="peta" data-muat="1">Memuat peta …</div>'
_component = st.components.v2.component(
    "peta_wilayah", html=HTML, js=(map_assets.FOLDER / "pasang.js").read_text(encoding="utf-8")
)


def draw(
    values: pl.DataFrame,
    *,
    key: str,
    measure_label: str,
    legend: Sequence[LegendItem],
    selected: str | None,
    provinces: Sequence[str],
    height: int = 560,
    on_select: Callable[[str | None], None] | None = None,
) -> str | None:
    """Draw the map and return the code of the selected region (None: none is).

    values: kode_wilayah, nama, text ('27 laporan'), kelas (a class id), and if at hand singkat (written on
    the map) and urut (order of the focus); a row whose code has no shape is a badge beside the map, a row
    without code a line below the legend; a shape without a row is drawn as 'tidak ada data'. provinces: codes
    of those shown; the others stay as a pale outline. height in pixels, less on a narrow screen.
    `selected` (from the address) wins, except in the run that answers a click or Enter on another region:
    then `on_select` has already been called with the new code (before the script, as any callback), and the
    new code is returned. Choosing the selected region again gives None.
    """
    clicked = f"{key}:dipilih"
    st.session_state.setdefault(clicked, [])
    if st.session_state[clicked]:
        selected = st.session_state[clicked].pop()
    _component(
        key=key,
        data=_payload(values, measure_label, legend, selected, provinces, height),
        on_kode_change=lambda: _remember(key, clicked, on_select),
    )
    return selected


def _remember(key: str, clicked: str, on_select: Callable[[str | None], None] | None) -> None:
    kode = st.session_state[key].kode or None
    st.session_state[clicked] = [kode]
    if on_select:
        on_select(kode)


def _payload(
    values: pl.DataFrame,
    measure_label: str,
    legend: Sequence[LegendItem],
    selected: str | None,
    provinces: Sequence[str],
    height: int,
) -> dict:
    if "urut" in values.columns:
        values = values.sort("urut")
    if "singkat" not in values.columns:
        values = values.with_columns(pl.lit("").alias("singkat"))
    rows = values.select("kode_wilayah", "nama", "text", "kelas", "singkat").rows()
    shown = [row for row in rows if row[0] is not None and _province(row[0]) in provinces]
    shown += _without_a_row({row[0] for row in rows}, provinces)
    if NO_DATA not in {item.kelas for item in legend}:
        legend = [*legend, LegendItem(NO_DATA, formats.MISSING)]
    counts = [sum(row[3] == item.kelas for row in shown) for item in legend]
    return {
        "aset": map_assets.folder(),
        "dasar": st.get_option("server.baseUrlPath"),
        "ukuran": measure_label,
        "provinsi": list(provinces),
        "dipilih": selected,
        "nilai": shown,
        "legenda": [[item.kelas, item.label, count] for item, count in zip(legend, counts, strict=True)],
        "catatan": [f"{row[1]}: {row[2]}" for row in rows if row[0] is None],
        "tinggi": height,
    }


def _province(kode: str) -> str:
    """The province of a region; a code without a shape is a province itself."""
    shape = boundaries.atlas().shapes.get(kode)
    return shape.provinsi if shape else kode


def _without_a_row(said: set[str | None], provinces: Sequence[str]) -> list[tuple]:
    return [
        (shape.kode_wilayah, f"{shape.jenis} {shape.nama}", formats.MISSING, NO_DATA, "–")
        for shape in boundaries.atlas().shapes.values()
        if shape.kode_wilayah not in said and shape.provinsi in provinces
    ]
