"""The files that came in and are not put in yet: one entry each with its own verdict, reviewed one by one."""

import streamlit as st

from access.roles import Viewer
from pipelines import titipan
from portal import formats, giliran, menunggu, pilihan, upload
from portal.upload import Given, Resumed


def open_files(who: Viewer) -> list[Given]:
    """What waits to be reviewed, oldest first: not what is being put in at this moment."""
    busy = giliran.busy()
    files = [one for one in titipan.listed(who.account) if one.token not in busy]
    for one in files:
        titipan.touch(one)
    return [Given.of(one, pilihan.statements(one.token)) for one in files]


def in_hand(files: list[Given], who: Viewer) -> set[tuple[str, str]]:
    """(kind, name) of files that are reviewed or being put in: what waits of them is not offered again."""
    going = (job.key for job in giliran.WRITES.line() if job.account == who.account)
    return {(one.kind, one.name) for one in files} | {(key[3], key[2]) for key in going if len(key) > 3}


def choose(files: list[Given], who: Viewer) -> Given | Resumed | None:
    """The file to review: the only one, the one chosen among several, or a reading that waited."""
    resumed = menunggu.chosen()
    if not files:
        return resumed
    if len(files) == 1 and resumed is None:
        return files[0]
    told = {one.token: giliran.verdict(one, who) for one in files}
    options = {one.token: f"{formats.unmarked(one.name)}: {told[one.token][0]}" for one in files}
    if resumed is not None:
        options[resumed.token] = f"{formats.unmarked(resumed.name)}: menunggu sejak tadi"
    label = f"{len(options)} berkas belum dimasukkan; tinjau satu per satu"
    chosen = st.radio(label, list(options), format_func=options.get, key="_ditinjau")
    _all_clean([one for one in files if told[one.token][1]], who)
    return next((one for one in files if one.token == chosen), resumed)


def _all_clean(clean: list[Given], who: Viewer) -> None:
    if len(clean) < 2:
        return
    words = f"Masukkan {len(clean)} berkas yang bersih"
    told = "Tanpa baris ditolak, tanpa peringatan, dan tanpa bulan yang turun separuh."
    if st.button(words, icon=":material/database_upload:", key="_semua_bersih", help=told):
        for one in clean:
            giliran.put_in(one, who)
        st.rerun()


def tell_kind(given: Given, suggestion: str | None, chosen: str, who: Viewer) -> None:
    """Offer the kind that the headings tell or that is chosen above, where the file is read as another."""
    others = [kind for kind in dict.fromkeys((suggestion, chosen)) if kind and kind != given.kind]
    if not others:
        return
    told = f"Berkas ini diperiksa sebagai **{upload.noun(given.kind)}**"
    if suggestion:
        told += f", tetapi judul kolomnya cocok dengan **{upload.noun(suggestion)}**"
    with st.container(horizontal=True, vertical_alignment="center", key="jenis_lain"):
        st.markdown(f"{told}.")
        for kind in others:
            if st.button(f"Periksa sebagai {upload.noun(kind)}", key=f"_sebagai_{kind}"):
                giliran.forget(given, who)
                titipan.restate(given.file, kind)
                st.rerun()


def discard(given: Given | Resumed, who: Viewer) -> None:
    """The way to throw a file away: nothing of it stays on the server."""
    if st.button("Buang berkas ini", icon=":material/delete:", key=f"_singkirkan_{given.token}"):
        giliran.forget(given, who)
        upload.drop(given, who)
        st.session_state.pop(menunggu.CHOSEN, None)
        st.rerun()
