"""The list of batches, and the way to undo one: chosen, confirmed, undone; nothing is ever deleted."""

import polars as pl
import streamlit as st

from portal import formats, pembatalan, table, viewer
from portal.ask import about, derive

COLUMNS = (
    "batch",
    "kind",
    "file",
    "accepted",
    "rejected",
    "per_tanggal",
    "sejak",
    "cakupan",
    "by",
    "when",
    "live",
)
NEWEST = 30


def draw() -> None:
    """The newest batches as a table, and the choice of one to undo."""
    known = derive(listed, about("batch_data"))
    st.header(title(known), anchor=False)
    if known.is_empty():
        return
    st.html(derive(_shown, about("batch_data")))
    live = derive(_live, about("batch_data"))
    if not viewer.current().may("batalkan_semua"):
        live = live.filter(pl.col("contoh") | (pl.col("by") == viewer.current().name))
    if live.height:
        _undo(live)


def listed(batches: pl.DataFrame) -> pl.DataFrame:
    """The batches, newest first, the time of upload to the minute: '22 Nov 2026, 15.33'."""
    times = [formats.moment(text) for text in batches["when"]]
    return batches.with_columns(pl.Series("when", times, dtype=pl.String)).reverse()


def _shown(batches: pl.DataFrame) -> str:
    return table.html(
        listed(batches).head(NEWEST), COLUMNS, "Batch menurut waktu unggah, yang terbaru lebih dulu"
    )


def _live(batches: pl.DataFrame) -> pl.DataFrame:
    return listed(batches).filter(pl.col("live"))


def title(known: pl.DataFrame) -> str:
    """'3 batch berlaku, 1 dibatalkan'."""
    live = known["live"].sum() if known.height else 0
    undone = known.height - live
    return f"{formats.number(live)} batch berlaku" + (
        f", {formats.number(undone)} dibatalkan" if undone else ""
    )


def _undo(live: pl.DataFrame) -> None:
    names = {r["batch"]: f"{r['batch']} · {r['file']}" for r in live.iter_rows(named=True)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="batalkan"):
        chosen = st.selectbox("Pilih batch", list(names), format_func=names.get, key="_batch", width=520)
        pembatalan.draw(chosen, "Batalkan batch ini", "Ya, batalkan", "_ya_batalkan", viewer.current())
