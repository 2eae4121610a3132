"""The way back from a batch: what undoing would do, a second word, then the queue."""

import streamlit as st

from access.roles import Viewer
from pipelines import undoing
from portal import giliran
from portal.ask import build

HELD = "_akibat_batal"


def draw(batch: str, label: str, yes: str, key: str, who: Viewer) -> None:
    """A button that opens a question; after its answer the batch is undone as soon as it is its turn."""
    part = st.popover(label, icon=":material/undo:", key=f"tanya_{key}", on_change="rerun")
    with part:
        st.markdown(f"Batalkan **{batch}**? Barisnya tidak dihitung lagi, tetapi tetap tercatat.")
        if part.open:
            st.markdown(_consequence(batch))
        agreed = st.button(yes, type="primary", key=key)
    if agreed:
        with st.spinner("Membatalkan dan membangun ulang gudang data …"):
            giliran.undo(batch, who).wait(giliran.PATIENCE_SECONDS)
        st.rerun()


def _consequence(batch: str) -> str:
    """Which cases go, fall back or stay; found out once for a state of the data."""
    held = st.session_state.get(HELD)
    if held is None or held[0] != (batch, build()):
        with st.spinner("Menghitung akibatnya …"):
            held = ((batch, build()), undoing.foresee(batch).sentence)
        st.session_state[HELD] = held
    return held[1]
