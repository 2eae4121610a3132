"""Unggah: drop files, read each verdict, mend, compare, confirm, read the receipt, undo."""

import streamlit as st

from pipelines.antrean import FAILED
from portal import (
    bandingkan,
    batches,
    daftar,
    filters,
    formats,
    giliran,
    hasil,
    menunggu,
    pemetaan,
    pengunggah,
    perbaikan,
    pilihan,
    shell,
    texts,
    upload,
    verdict,
    viewer,
)
from portal.ask import row
from portal.upload import Given, Resumed, Reviewed


def page() -> None:
    """The way of files, from the drop area to the figures."""
    who = viewer.current()
    st.title("Unggah berkas", anchor=False)
    st.markdown(
        "Pilih jenis, unggah berkas, baca hasil pemeriksaan, lalu masukkan. Sebelum itu tidak ada angka yang "
        "berubah; baris yang diterima menunggu keputusan Anda paling lama 24 jam."
    )
    kind = filters.choose("jenis", "Jenis berkas", upload.KINDS, default="laporan")
    st.markdown(f"{upload.needs(kind)} [Unduh templat {upload.noun(kind)}](/templat/{kind}.csv)")
    pengunggah.draw(kind, upload.noun(kind))
    line = st.container()
    shell.guarded(lambda: hasil.draw(who))
    files = daftar.open_files(who)
    shell.guarded(lambda: menunggu.draw(daftar.in_hand(files, who)))
    given = daftar.choose(files, who)
    if given is not None:
        shell.guarded(lambda: review(given, kind))
    shell.guarded(batches.draw)
    with line:
        shell.guarded(giliran.draw)


def review(given: Given | Resumed, chosen: str) -> None:
    """The verdict on a file, step by step; at its end the way into the lake."""
    who = viewer.current()
    st.header(f"Hasil pemeriksaan {formats.unmarked(given.name)}", anchor=False)
    job = giliran.checked(given, who)
    if job.is_open:
        with st.spinner("Memeriksa berkas …"):
            job.wait(giliran.PATIENCE_SECONDS)
    if job.is_open:
        st.caption("Berkas sedang diperiksa; hasilnya muncul di sini. Halaman ini boleh ditinggalkan.")
    elif job.state == FAILED:
        st.error(job.said or texts.FAULT.format(id=job.fault), icon=":material/error:")
    else:
        steps(given, job.result, chosen)
    daftar.discard(given, who)


def steps(given: Given | Resumed, reviewed: Reviewed, chosen: str) -> None:
    """Map, mend, compare, confirm: what a file of this verdict needs of them."""
    result, drawn = reviewed.result, reviewed.drawn
    if isinstance(given, Given):
        daftar.tell_kind(given, reviewed.suggestion, chosen, viewer.current())
        if reviewed.suggestion and not result.accepted:
            return
        pilihan.draw(given.kind, given.token, reviewed.sheets)
    if result.duplicate_of:
        st.info(f"Berkas ini sudah ada sebagai batch {result.duplicate_of}; tidak ada yang ditambahkan.")
        return
    verdict.draw(result)
    pemetaan.draw(given, result, drawn)
    perbaikan.draw(given, result, drawn)
    if not result.accepted:
        st.error("Tidak ada baris yang dapat diterima. Perbaiki menurut alasan di atas, lalu unggah lagi.")
        return
    bandingkan.draw(reviewed.comparison, result, drawn)
    confirm(given, result.accepted)


def confirm(given: Given | Resumed, accepted: int) -> None:
    """Ask for the name and the word; the rest is done in the queue, also when the page is left."""
    who = viewer.current()
    st.caption(f"Batch ini akan tercatat atas nama {who.name}.")
    if given.kind == "laporan" and row("tanggal_data")["contoh"]:
        st.info("Begitu satu batch laporan nyata masuk, batch contoh dibatalkan dengan sendirinya.")
    words = f"Masukkan {formats.count(accepted, 'baris')}"
    if st.button(words, type="primary", icon=":material/database_upload:"):
        with st.spinner("Menyimpan baris dan membangun ulang gudang data …"):
            giliran.put_in(given, who).wait(giliran.PATIENCE_SECONDS)
        st.session_state.pop(menunggu.CHOSEN, None)
        st.rerun()


if __name__ == "__main__":
    viewer.admit("unggah", page)
