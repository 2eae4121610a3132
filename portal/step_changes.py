"""Marking a step change: a form that opens on demand, for those who bring in the data; audited."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from access import audit
from access.roles import Viewer
from pipelines import langkah
from pipelines.errors import UserError
from pipelines.langkah import Langkah
from portal import formats, regions, viewer
from portal.control_findings import MEASURES
from portal.views import View

ABOUT = (
    "Tandai hanya perubahan yang sebabnya diketahui dari luar angka (aturan baru, cara mencatat baru, "
    "kantor baru). Rata-rata dan batas dihitung lagi sejak bulan itu; tanda dan alasannya tampil pada bagan"
    " bagi semua pembaca."
)
LABEL = "Tandai perubahan tingkat"


def offer(view: View, place: str, ukuran: str, marked: Sequence[Langkah]) -> None:
    """The button that opens the form, for a viewer who may change data of this place."""
    if may_mark(viewer.current(), view) and st.button(LABEL, key="_langkah", icon=":material/flag:"):
        _form(view, place, ukuran, tuple(marked))


def may_mark(who: Viewer, view: View) -> bool:
    """Petugas and admin; one who is limited to a province, only within it."""
    if not who.may("unggah"):
        return False
    own = regions.facts(view.wilayah)["provinsi"] if view.wilayah else view.chosen.provinsi
    return who.provinsi in (None, own)


@st.dialog(LABEL)
def _form(view: View, place: str, ukuran: str, marked: Sequence[Langkah]) -> None:
    _admitted(view)
    st.markdown(f"**{MEASURES[ukuran].name}, {view.name}.** {ABOUT}")
    with st.form("langkah", border=False):
        day = st.date_input("Mulai bulan", None, max_value=view.chosen.per_tanggal, format="DD/MM/YYYY")
        reason = st.text_area(
            "Alasan", max_chars=langkah.LONGEST, placeholder="apa yang berubah, menurut siapa"
        )
        if st.form_submit_button("Tandai", type="primary"):
            _do(lambda: _mark(view, place, ukuran, day, reason))
    for one in marked:
        with st.form(f"cabut_{one.nomor}"):
            st.text(f"{formats.month(one.sejak)}: {one.alasan} ({one.oleh})")
            why = st.text_input("Alasan mencabut", max_chars=langkah.LONGEST)
            if st.form_submit_button("Cabut"):
                _do(lambda one=one, why=why: _withdraw(view, one, why))


def _do(change: Callable[[], None]) -> None:
    """Carry out a change and show the page again; what does not fit is said in the form."""
    try:
        change()
    except UserError as fault:
        st.error(str(fault))
    else:
        st.rerun()


def _mark(view: View, place: str, ukuran: str, day: date | None, reason: str) -> None:
    who = _admitted(view)
    if day is None:
        raise UserError("Pilih bulan mulainya.")
    detail = {"tempat": place, "ukuran": ukuran, "sejak": day.isoformat(), "alasan": reason}
    with audit.along(
        "langkah_ditandai", name=who.name, role=who.role, address=viewer.whence(), detail=detail
    ):
        langkah.mark(place, ukuran, day, reason, who.name, view.chosen.per_tanggal)


def _withdraw(view: View, one: Langkah, reason: str) -> None:
    who = _admitted(view)
    detail = {"nomor": one.nomor, "tempat": one.tempat, "ukuran": one.ukuran, "alasan": reason}
    with audit.along("langkah_dicabut", name=who.name, role=who.role, address=viewer.whence(), detail=detail):
        langkah.withdraw(one.nomor, reason, who.name)


def _admitted(view: View) -> Viewer:
    """The viewer as the store knows them at this moment: a form may have stood open for long."""
    who = viewer.enter()
    if not may_mark(who, view):
        raise UserError("Peran Anda tidak menandai perubahan di sini.")
    return who
