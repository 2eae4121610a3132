"""One row of a register on the page: its form, what would change, the word that keeps it, its history."""

from typing import Any

import streamlit as st

from access.roles import Viewer
from pipelines import regions
from portal import formats, register_check, register_form, register_history, shell, table, viewer
from portal.ask import build
from portal.register_check import Judged
from portal.register_form import Form
from portal.register_rows import NEW, row_of, said
from portal.register_words import noun

# In the session: the judgement of what was sent, what was agreed to, what was saved, which row is shown next.
HELD, AGREED, SAVED, NEXT, TURN = (
    *("_pernyataan_ditimbang", "_pernyataan_disetujui", "_pernyataan_tersimpan"),
    *("_register_ke_baris", "_formulir_ke"),
)


def draw(kind: str, code: str, wilayah: str | None) -> None:
    """The form of a row (NEW: one to be added, in that region), then its history."""
    who, row = viewer.current(), None if code == NEW else row_of(kind, code)
    title = formats.unmarked(row["label"]) if row else f"Baris baru di register {noun(kind)}"
    st.subheader(title, anchor=False)
    if row is not None and not may_change(row, who):
        own = regions.gazetteer().display[who.provinsi]
        st.info(f"Baris ini di luar {own}, satu-satunya provinsi akun Anda; hanya dapat dibaca.")
    else:
        shell.guarded(lambda: _state(_form(kind, code, row, wilayah, who), who))
    if row is not None:
        st.subheader(register_history.title(kind, code), anchor=False)
        st.html(register_history.html(kind, code))


def may_change(row: dict[str, Any], who: Viewer) -> bool:
    """Whether a row lies in the province of an account that is limited to one."""
    return who.provinsi in (None, regions.gazetteer().province.get(row["kode_wilayah"]))


def _form(kind: str, code: str, row: dict[str, Any] | None, wilayah: str | None, who: Viewer) -> Form:
    turn, latest = st.session_state.get(TURN, 0), None
    if row is not None:
        latest = said(kind).filter(kunci=code)["per_tanggal_batch"].max()
    return Form(kind, code, row, latest, wilayah, who.provinsi, turn)


def _state(form: Form, who: Viewer) -> None:
    """The form; once it was sent, its faults at their fields, or what would change and the way to save it."""
    digest, judged = _weigh(form, who) if form.is_sent else (None, None)
    register_form.draw(form, judged.faults if judged else {})
    if judged is None:
        return
    if judged.faults:
        many, drawn = formats.count(len(judged.faults), "isian"), form.drawn
        loose = [formats.unmarked(told) for name, told in judged.faults.items() if name not in drawn]
        st.error(" ".join([f"{many} perlu diperbaiki.", *loose]), icon=":material/error:")
    elif judged.duplicate_of:
        st.info(f"Pernyataan yang sama sudah tersimpan sebagai batch {judged.duplicate_of}.")
    elif not judged.changes:
        st.info("Tidak ada yang berubah: isiannya sama dengan pernyataan yang berlaku.")
    else:
        _preview(form, judged, digest, who)


def _weigh(form: Form, who: Viewer) -> tuple[tuple, Judged]:
    """The judgement of what was sent, made once per statement and build, and what tells it from another."""
    told = form.texts()
    digest = (form.id, tuple(sorted(told.items())), build())
    held = st.session_state.get(HELD)
    if held is None or held[0] != digest:
        with st.spinner("Memeriksa isian …"):
            held = (digest, register_check.judge(form, told, who))
        st.session_state[HELD] = held
    return held


def _preview(form: Form, judged: Judged, digest: tuple, who: Viewer) -> None:
    """Old and new side by side, and the word that keeps it; what changed since it was read is not kept."""
    many = formats.number(len(judged.changes))
    st.subheader(f"{many} isian berubah" if form.row else f"Baris baru dengan {many} isian", anchor=False)
    st.html(table.plain("Isian lama dan baru", ("Isian", "Lama", "Baru"), judged.changes))
    for note in judged.notes:
        st.warning(formats.unmarked(note), icon=":material/info:")
    day = formats.long_date(judged.per_tanggal)
    st.caption(f"Tercatat per {day} atas nama {who.name}, kunci {formats.unmarked(judged.code)}.")
    st.button(
        "Simpan pernyataan",
        type="primary",
        icon=":material/save:",
        key=f"_simpan_{form.id}",
        on_click=_agree,
        args=(digest,),
    )
    agreed = st.session_state.pop(AGREED, None)
    if agreed == digest:
        _save(form, judged, who)
    elif agreed is not None:
        st.warning("Register berubah sejak isian ini diperiksa. Baca lagi perbandingannya, lalu simpan.")


def _agree(digest: tuple) -> None:
    st.session_state[AGREED] = digest


def _save(form: Form, judged: Judged, who: Viewer) -> None:
    with st.spinner("Menyimpan dan membangun ulang gudang data …"):
        kept = register_check.keep(form, judged, who)
    st.session_state[SAVED] = register_check.saved(kept, judged, form.kind)
    st.session_state[NEXT] = judged.code
    st.session_state[TURN] = form.turn + 1
    st.rerun()
