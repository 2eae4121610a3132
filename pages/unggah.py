"""Unggah: choose a kind, drop a file, read the verdict, mend, compare, confirm, read the receipt, undo."""

import streamlit as st

from pipelines.result import Result
from portal import (
    batches,
    filters,
    formats,
    menunggu,
    pemetaan,
    perbaikan,
    perbandingan,
    shell,
    tanda_terima,
    upload,
    verdict,
    viewer,
)
from portal.ask import pin, row


def page() -> None:
    """The way of a file, from the drop area to the figures."""
    st.title("Unggah berkas", anchor=False)
    st.markdown(
        "Pilih jenis, unggah berkas, baca hasil pemeriksaan, lalu masukkan. Sebelum itu tidak ada angka yang "
        "berubah; baris yang diterima menunggu keputusan Anda paling lama 24 jam."
    )
    kind = filters.choose("jenis", "Jenis berkas", upload.KINDS, default="laporan")
    st.markdown(f"{upload.needs(kind)} [Unduh templat {upload.noun(kind)}](/templat/{kind}.csv)")
    given = upload.form(kind) or menunggu.chosen()
    finished = st.session_state.get("_dimasukkan")
    if given is None and finished is None:
        shell.guarded(menunggu.draw)
    if finished and (given is None or finished["digest"] == given.digest):
        shell.guarded(lambda: done(finished))
    elif given is not None:
        shell.guarded(lambda: review(given))
    shell.guarded(batches.draw)


def review(given: upload.Given | upload.Resumed) -> None:
    """The verdict on the file that was dropped, step by step; at its end the way into the lake."""
    held = checked(given)
    result, drawn = held["result"], held["drawn"]
    st.header(f"Hasil pemeriksaan {formats.unmarked(given.name)}", anchor=False)
    if result.duplicate_of:
        st.info(f"Berkas ini sudah ada sebagai batch {result.duplicate_of}; tidak ada yang ditambahkan.")
        return None
    verdict.draw(result)
    pemetaan.draw(given, result, drawn)
    perbaikan.draw(given, result, drawn)
    if not result.accepted:
        st.error("Tidak ada baris yang dapat diterima. Perbaiki menurut alasan di atas, lalu unggah lagi.")
        return None
    perbandingan.draw(held["comparison"], result, drawn)
    return confirm(given, result)


def checked(given: upload.Given | upload.Resumed) -> dict:
    """The result of the check and the comparison, made once per file and statement."""
    held = st.session_state.get("_diperiksa")
    if held is None or held["digest"] != given.digest:
        with st.spinner("Memeriksa berkas …"):
            result, comparison = upload.check(given, viewer.current())
        held = {"digest": given.digest, "result": result, "comparison": comparison, "drawn": {}}
        st.session_state["_diperiksa"] = held
    return held


def confirm(given: upload.Given | upload.Resumed, result: Result) -> None:
    """Ask for the name and the word; then keep, build and compare, one stage after the other."""
    by = viewer.current()
    st.caption(f"Batch ini akan tercatat atas nama {by.name}.")
    if given.kind == "laporan" and row("tanggal_data")["contoh"]:
        st.info("Begitu satu batch laporan nyata masuk, batch contoh dibatalkan dengan sendirinya.")
    if not st.button(f"Masukkan {result.accepted} baris", type="primary", icon=":material/database_upload:"):
        return
    before = verdict.snapshot()
    with st.status("Menyimpan baris dan membangun ulang gudang data …", expanded=True) as status:
        kept = upload.ingest(given, by)
        status.update(label="Membandingkan angka …")
        pin()
        after = verdict.snapshot()
        status.update(label="Selesai", state="complete")
    told = {"digest": given.digest, "result": kept, "before": before, "after": after}
    st.session_state["_dimasukkan"] = told
    st.rerun()


def done(finished: dict) -> None:
    """The batch that was made, what it moved, and its receipt."""
    result = finished["result"]
    if result.batch is None:
        st.info(f"Tidak ada yang ditambahkan: berkas ini sudah ada sebagai batch {result.duplicate_of}.")
    else:
        st.success(
            f"Batch {result.batch} masuk: {result.accepted} baris diterima, {result.rejected} ditolak."
        )
        if result.undone:
            st.info(f"Batch contoh dibatalkan karena data nyata masuk: {', '.join(result.undone)}.")
        st.html(verdict.moved(finished["before"], finished["after"]))
        tanda_terima.draw(result, finished["before"], finished["after"], viewer.current())
    st.button("Unggah berkas lain", on_click=upload.another, icon=":material/upload_file:")


if __name__ == "__main__":
    viewer.admit("unggah", page)
