"""What was read earlier and was not put in yet: offered again for a day, to the account that read it."""

from datetime import datetime

import streamlit as st

from pipelines import waiting
from pipelines.dates import WITA
from portal import formats, viewer
from portal.upload import Resumed

CHOSEN = "_lanjut"


def chosen() -> Resumed | None:
    """The reading that this viewer goes on with; None when there is none, or it has been swept away."""
    token = st.session_state.get(CHOSEN)
    if token is None:
        return None
    told = {one["token"]: one for one in waiting.listed(viewer.current().account)}
    return Resumed(told[token]["kind"], token, told[token]["file"]) if token in told else None


def draw(here: set[tuple[str, str]]) -> None:
    """Each reading that waits, with the ways to go on or to forget it; no file (kind, name) of `here`."""
    account = viewer.current().account
    for told in waiting.listed(account):
        if (told["kind"], told["file"]) in here or told["token"] == st.session_state.get(CHOSEN):
            continue
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"tunggu_{told['token']}"
        ):
            st.markdown(sentence(told))
            if st.button("Lanjutkan", icon=":material/resume:", key=f"_lanjut_{told['token']}"):
                st.session_state[CHOSEN] = told["token"]
                st.rerun()
            if st.button("Buang", icon=":material/delete:", key=f"_buang_{told['token']}"):
                waiting.drop(account, told["token"])
                st.rerun()


def sentence(told: dict) -> str:
    """Which file waits, how much of it, and until when."""
    until = datetime.fromtimestamp(told["since"] + waiting.SECONDS, WITA)
    return (
        f"**{formats.unmarked(told['file'])}** sudah diperiksa, belum dimasukkan: "
        f"{formats.number(told['accepted'])} diterima, "
        f"{formats.number(told['rejected'])} ditolak. Menunggu sampai {formats.date(until.date())} "
        f"pukul {until:%H.%M} WITA."
    )
