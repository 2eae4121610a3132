"""What a petugas does about a signal: take it up, put it off, close it, open it again; audited."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from access import audit
from access.roles import Viewer
from pipelines import dates
from pipelines.errors import UserError
from pipelines.signals import statements
from portal import filters, formats, signal_findings, viewer

NOBODY = ""
ACTION = "sinyal"
NAMES = {
    "ambil": ("Ambil", ":material/pan_tool:", "Catatan (boleh kosong)"),
    "tunda": ("Tunda", ":material/snooze:", "Alasan menunda"),
    "tutup": ("Tutup", ":material/task_alt:", "Apa yang ditemukan"),
    "buka": ("Buka lagi", ":material/undo:", "Alasan membuka lagi"),
}
TAKES = {
    "ambil": "Sinyal tercatat ditangani oleh Anda.",
    "tunda": "Sinyal muncul lagi sebagai semula pada tanggal yang dipilih.",
    "tutup": "Sinyal tidak tampil lagi sebagai baru, kecuali jumlah laporannya bertambah.",
    "buka": "Sinyal kembali menjadi baru.",
}
PLAIN = "tanpa nama dan identitas pelapor"
USUAL_DELAY = timedelta(days=30)


def offer(shown: pl.DataFrame) -> None:
    """The choice of one of the signals that are shown, and its steps; nothing for who only reads."""
    who = viewer.current()
    rows = {row["id"]: row for row in shown.iter_rows(named=True) if may_change(who, row)}
    if not rows:
        return
    options = {NOBODY: "Pilih sinyal"} | {name: signal_findings.label(row) for name, row in rows.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="tindak_sinyal"):
        chosen = filters.choose("sinyal", "Tindak lanjut", options, default=NOBODY, kind="list")
        for step, (name, icon, _) in NAMES.items():
            state = rows[chosen]["keadaan"] if chosen else None
            asked = st.button(name, key=f"_{step}", icon=icon, disabled=state not in statements.STEPS[step])
            if asked and chosen:
                _form(rows[chosen], step)


def may_change(who: Viewer, row: dict[str, Any]) -> bool:
    """Petugas and admin; one who is limited to a province, only signals of it and of no province."""
    return who.may("unggah") and (who.provinsi is None or row["kode_provinsi"] in (None, who.provinsi))


@st.dialog("Tindak lanjut sinyal")
def _form(row: dict[str, Any], step: str) -> None:
    name, _, asks = NAMES[step]
    st.markdown(f"**{row['judul']}.** {row['kalimat']}")
    for one in statements.of(row["id"]):
        st.text(f"{formats.moment(one.waktu[:19])} · {one.langkah} · {one.oleh}: {one.catatan or '–'}")
    st.markdown(TAKES[step])
    today = dates.today()
    with st.form("tindak", border=False):
        until = None
        if step == "tunda":
            usual = today + USUAL_DELAY
            until = st.date_input("Sampai", usual, min_value=today + timedelta(1), format="DD/MM/YYYY")
        remark = st.text_area(asks, max_chars=statements.LONGEST, placeholder=PLAIN)
        if st.form_submit_button(name, type="primary"):
            _do(row, step, today, remark, until)


def _do(row: dict[str, Any], step: str, today: date, remark: str, until: date | None) -> None:
    """Add the statement and show the page again; what does not fit is said in the form."""
    try:
        state(row, step, today, remark, until)
    except UserError as fault:
        st.error(str(fault))
    else:
        st.rerun()


def state(row: dict[str, Any], step: str, today: date, remark: str, until: date | None) -> None:
    """Add a statement as the viewer whom the store knows now; it and its line of the audit trail, or neither.

    UserError for a viewer who may not, and for whatever `statements.state` refuses.
    """
    who = viewer.enter()
    if not may_change(who, row):
        raise UserError("Peran Anda tidak menindaklanjuti sinyal ini.")
    detail = {"sinyal": row["id"], "aturan": row["aturan"], "pokok": row["pokok"], "langkah": step}
    detail |= {"catatan": remark} | ({"sampai": until.isoformat()} if until else {})
    with audit.along(ACTION, name=who.name, role=who.role, address=viewer.whence(), detail=detail):
        statements.state(row, step, who.name, today, remark, until)
