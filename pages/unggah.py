"""Unggah: choose a kind, drop a file, read the verdict, confirm, see what moved, undo a batch."""

import streamlit as st

from pipelines.result import Result
from portal import batches, filters, shell, upload, verdict, viewer
from portal.ask import pin, row


def page() -> None:
    """The way of a file, from the drop area to the figures."""
    st.title("Unggah berkas", anchor=False)
    st.markdown(
        "Pilih jenis, unggah berkas, baca hasil pemeriksaan, lalu masukkan. Sebelum itu tidak ada yang "
        "disimpan."
    )
    kind = filters.choose("jenis", "Jenis berkas", upload.KINDS, default="laporan")
    st.markdown(f"{upload.needs(kind)} [Unduh templat {upload.noun(kind)}](/templat/{kind}.csv)")
    given = upload.form(kind)
    if given is not None:
        shell.guarded(lambda: review(given))
    shell.guarded(batches.draw)


def review(given: upload.Given) -> None:
    """The verdict on the file that was dropped; the way into the lake; what moved."""
    finished = st.session_state.get("_dimasukkan")
    if finished and finished["digest"] == given.digest:
        return done(finished)
    result = checked(given)
    st.header(f"Hasil pemeriksaan {given.file.name}", anchor=False)
    if result.duplicate_of:
        st.info(f"Berkas ini sudah ada sebagai batch {result.duplicate_of}; tidak ada yang ditambahkan.")
        return None
    verdict.draw(result)
    if given.kind == "laporan" and row("tanggal_data")["contoh"]:
        st.info("Begitu satu batch laporan nyata masuk, batch contoh dibatalkan dengan sendirinya.")
    if not result.accepted:
        st.error("Tidak ada baris yang dapat diterima. Perbaiki menurut alasan di atas, lalu unggah lagi.")
        return None
    return confirm(given, result)


def checked(given: upload.Given) -> Result:
    """The result of the check, done once per file and statement."""
    held = st.session_state.get("_diperiksa")
    if held is None or held["digest"] != given.digest:
        with st.spinner("Memeriksa berkas …"):
            result = upload.check(given, viewer.current())
        held = st.session_state["_diperiksa"] = {"digest": given.digest, "result": result}
    return held["result"]


def confirm(given: upload.Given, result: Result) -> None:
    """Ask for the name and the word; then keep, build and compare, one stage after the other."""
    by, before = viewer.current(), verdict.snapshot()
    st.caption(f"Batch ini akan tercatat atas nama {by.name}.")
    if not st.button(f"Masukkan {result.accepted} baris", type="primary", icon=":material/database_upload:"):
        return
    with st.status("Menyimpan baris dan membangun ulang gudang data …", expanded=True) as status:
        kept = upload.ingest(given, by)
        status.update(label="Membandingkan angka …")
        pin()
        after = verdict.snapshot()
        status.update(label="Selesai", state="complete")
    st.session_state["_dimasukkan"] = {
        "digest": given.digest,
        "result": kept,
        "before": before,
        "after": after,
    }
    st.rerun()


def done(finished: dict) -> None:
    """The batch that was made, and what it moved."""
    result = finished["result"]
    st.success(f"Batch {result.batch} masuk: {result.accepted} baris diterima, {result.rejected} ditolak.")
    if result.undone:
        st.info(f"Batch contoh dibatalkan karena data nyata masuk: {', '.join(result.undone)}.")
    st.html(verdict.moved(finished["before"], finished["after"]))
    st.button("Unggah berkas lain", on_click=upload.another, icon=":material/upload_file:")


if __name__ == "__main__":
    viewer.admit("unggah", page)
