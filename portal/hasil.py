"""What a viewer's work in the queue came to: the batch, its receipt and the way back, or why there is none.

Shown until it is put away, also to a viewer who had left the page meanwhile.
"""

import streamlit as st

from access.roles import Viewer
from pipelines.antrean import CANCELLED, DONE, Job
from portal import formats, giliran, pembatalan, tanda_terima, texts, verdict
from portal.upload import Kept


def draw(who: Viewer) -> None:
    """Every outcome, the newest first and in full, and one button that puts them all away."""
    jobs = giliran.outcomes(who.account)
    for number, job in enumerate(jobs):
        job.is_seen = True
        if job.state != DONE:
            _not_done(job)
        elif isinstance(job.result, Kept):
            _kept(job, who, is_newest=number == 0)
        else:
            st.success(f"Batch {job.result.batch} dibatalkan; angka sudah dihitung ulang.")
    if jobs and st.button("Tutup hasil", icon=":material/done:", key="_tutup_hasil"):
        for job in jobs:
            giliran.WRITES.forget(job)
        st.rerun()


def _not_done(job: Job) -> None:
    name = formats.unmarked(job.key[2])
    if job.state == CANCELLED:
        st.info(f"Dihentikan sebelum ada yang disimpan: {name}. Tidak ada angka yang berubah.")
    else:
        st.error(f"{name}: {job.said or texts.FAULT.format(id=job.fault)}", icon=":material/error:")


def _kept(job: Job, who: Viewer, *, is_newest: bool) -> None:
    kept: Kept = job.result
    result = kept.result
    if result.batch is None:
        st.info(f"Tidak ada yang ditambahkan: {formats.unmarked(result.file)} {_why(result)}.")
        return
    counts = f"{formats.number(result.accepted)} baris diterima, {formats.number(result.rejected)} ditolak"
    st.success(f"Batch {result.batch} masuk: {counts}.")
    if result.undone:
        st.info(f"Batch contoh dibatalkan karena data nyata masuk: {', '.join(result.undone)}.")
    if is_newest:
        st.html(verdict.moved(kept.before, kept.after))
    tanda_terima.draw(kept, who, is_open=is_newest)
    words = ("Batalkan kiriman ini", "Ya, batalkan kiriman ini")
    pembatalan.draw(result.batch, *words, f"_ya_{result.batch}", who)


def _why(result) -> str:
    if result.duplicate_of:
        return f"sudah ada sebagai batch {result.duplicate_of}"
    return "tidak memuat baris yang dapat diterima lagi; data yang berlaku sudah berubah sejak diperiksa"
