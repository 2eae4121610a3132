"""Register: find a row of a register, correct it or add one in a form, and read what was said about it."""

import polars as pl
import streamlit as st

from portal import filters, formats, regions, register_edit, register_rows, shell, viewer
from portal.register_rows import NEW
from portal.register_words import KINDS, noun

INTRO = (
    "Memperbaiki baris berarti menambah satu pernyataan bersumber: yang lama tetap di riwayat, dan setiap "
    "pernyataan dapat dibatalkan di Unggah. Tulis instansi dan jabatan, bukan nama orang, nomor identitas, "
    "telepon, atau alamat rumah."
)
PLACE = "_register_tempat"


def page() -> None:
    st.title("Register", anchor=False)
    st.markdown(INTRO)
    if message := st.session_state.pop(register_edit.SAVED, None):
        st.success(message, icon=":material/task_alt:")
    kind = filters.choose("jenis", "Register", KINDS, default=next(iter(KINDS)))
    shell.guarded(lambda: find(kind))


def find(kind: str) -> None:
    """The row that is chosen, or the rows to choose from."""
    left, middle, right = st.columns([3, 3, 5])
    with left:
        wilayah = regions.choose("wilayah", "Wilayah", "Semua wilayah")
    words = middle.text_input("Cari", key="_cari_register", type="search", placeholder="nomor, judul, sumber")
    settle(kind, wilayah)
    rows = register_rows.found(register_rows.known(kind), wilayah, words)
    with right:
        code = choose(kind, rows)
    if code:
        register_edit.draw(kind, code, wilayah)
    else:
        listing(kind, rows)


def choose(kind: str, rows: pl.DataFrame) -> str:
    """The key of the chosen row, NEW for one to be added, or the empty text."""
    options = {"": f"Daftar {formats.count(rows.height, 'baris')}", NEW: "Tambah baris baru"}
    options |= dict(rows.head(register_rows.OFFERED).select("kunci", "label").iter_rows())
    held = st.session_state.get("kunci") or st.query_params.get("kunci", "")
    if held not in options and (row := register_rows.row_of(kind, held)):
        options[held] = row["label"]
    return filters.choose("kunci", "Baris", options, default="", kind="list")


def settle(kind: str, wilayah: str | None) -> None:
    """Another register or region begins without a row; a row that was just saved is shown."""
    before = st.session_state.get(PLACE, (kind, wilayah))
    st.session_state[PLACE] = (kind, wilayah)
    chosen = st.session_state.pop(register_edit.NEXT, None)
    if chosen is not None:
        st.session_state["kunci"] = chosen
    elif before != (kind, wilayah) and st.session_state.get("kunci") != NEW:
        st.session_state["kunci"] = ""


def listing(kind: str, rows: pl.DataFrame) -> None:
    """The rows that were found, each with the way to its form; or what to do when there is none."""
    if register_rows.known(kind).is_empty():
        st.info(
            f"Register {noun(kind)} belum berisi baris. Pilih “Tambah baris baru”, atau unggah berkasnya."
        )
    elif rows.is_empty():
        st.info("Tidak ada baris yang cocok. Ubah wilayah atau kata yang dicari, atau tambah baris baru.")
    else:
        st.subheader(f"{formats.count(rows.height, 'baris')} di register {noun(kind)}", anchor=False)
        st.html(register_rows.html(rows, kind))


if __name__ == "__main__":
    viewer.admit("register", page)
