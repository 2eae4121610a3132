"""The queues of this server as the upload page uses them: checks, and whatever writes; each sees who waits.

Small files are checked in a line of their own, so that nobody with a few rows waits for somebody's millions.
"""

from collections import OrderedDict
from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from access.roles import Viewer
from pipelines.antrean import RUNNING, Job, Queue
from portal import ask, formats, upload, viewer
from portal.upload import Given, Resumed, Reviewed
from portal.viewer import whence

LARGE_BYTES = 20 * 1024 * 1024
PATIENCE_SECONDS = 3.0  # short work is waited for; longer work is shown as it goes on
CHECKS, LARGE_CHECKS, WRITES = Queue("periksa", 40), Queue("periksa-besar", 2), Queue("masukkan")
LINES = (CHECKS, LARGE_CHECKS, WRITES)
PUT_IN, UNDO = "masukkan", "batalkan"
MOST_VERDICTS = 500
KEPT = ". Barisnya sudah disimpan; menghentikannya kini lewat pembatalan batch"
_verdicts: OrderedDict[tuple, tuple[str, bool]] = OrderedDict()


def checked(given: Given | Resumed, who: Viewer) -> Job:
    """The check of a file with these statements against the data as they stand; begun if there is none."""
    key = (who.account, given.digest, ask.build())
    line = LARGE_CHECKS if is_large(given) else CHECKS
    held = line.newest(lambda job: job.key == key)
    if held is None:
        label = f"memeriksa {given.name}"
        held = line.submit(Job(who.account, who.name, label, lambda job: _check(given, who), key))
    return held


def _check(given: Given | Resumed, who: Viewer) -> Reviewed:
    found, key = upload.check(given, who), (who.account, given.digest)
    _verdicts[key] = (found.verdict, found.is_clean)
    while len(_verdicts) > MOST_VERDICTS:
        _verdicts.popitem(last=False)
    return found


def verdict(given: Given, who: Viewer) -> tuple[str, bool]:
    """What a check said in a few words, and whether the file is clean; a small file is checked for it."""
    if held := _verdicts.get((who.account, given.digest)):
        return held
    if is_large(given):
        return "besar, diperiksa begitu dipilih", False
    job = checked(given, who)
    if job.is_open:
        return f"diperiksa ({so_far(job).lower()})", False
    return _verdicts.get((who.account, given.digest), ("tidak dapat diperiksa", False))


def is_large(given: Given | Resumed) -> bool:
    """Whether the check of a file is long enough to keep others waiting."""
    return isinstance(given, Given) and given.file.size > LARGE_BYTES


def put_in(given: Given | Resumed, who: Viewer) -> Job:
    """Put a file in as soon as it is its turn."""
    address, key = whence(), (PUT_IN, given.token, given.name, given.kind)
    return _written(
        who, f"memasukkan {given.name}", key, lambda job: upload.ingest(given, who, address, job.commit)
    )


def undo(batch: str, who: Viewer) -> Job:
    """Undo a batch as soon as it is its turn."""
    address, key = whence(), (UNDO, batch, batch)
    return _written(
        who, f"membatalkan batch {batch}", key, lambda job: upload.undo(batch, who, address, job.commit)
    )


def _written(who: Viewer, label: str, key: tuple, work: Callable[[Job], Any]) -> Job:
    """Put work that writes in line; outcomes that were seen make room for the new one."""
    for old in outcomes(who.account):
        if old.is_seen:
            WRITES.forget(old)
    return WRITES.submit(Job(who.account, who.name, label, work, key))


def outcomes(account: int) -> list[Job]:
    """What an account's work came to and was not put away yet, the newest first."""
    return WRITES.ended(account)[::-1]


def busy() -> set[str]:
    """The tokens of files that are being put in, or wait for it."""
    return {job.key[1] for job in WRITES.line() if job.key[0] == PUT_IN}


def forget(given: Given | Resumed, who: Viewer) -> None:
    """Give up the checks of a file that is gone."""
    for line in (CHECKS, LARGE_CHECKS):
        for job in [*line.line(), *line.ended(who.account)]:
            if job.account == who.account and job.key[1][1] == given.token:
                job.cancel()
                line.forget(job)


def draw() -> None:
    """What waits and runs, moving by itself; nothing while the queues are empty."""
    if any(line.line() for line in LINES):
        st.session_state["_giliran"] = _own(viewer.current())
        _moving()


@st.fragment(run_every=0.7)
def _moving() -> None:
    """The queue; once something of the viewer's has ended, or all is done, the whole page runs again."""
    who = viewer.enter()
    jobs = [job for line in LINES for job in line.line() if line is WRITES or job.account == who.account]
    if not jobs or _own(who) != st.session_state.get("_giliran"):
        st.rerun()
    st.html(listed(jobs, who))
    for job in jobs:
        if job.account == who.account and job.can_stop and job.key[0] in (PUT_IN, UNDO):
            words = f"Hentikan: {formats.unmarked(job.label)}"
            if st.button(words, icon=":material/cancel:", key=f"_henti_{id(job)}"):
                job.cancel()
                st.rerun()


def _own(who: Viewer) -> tuple[int, ...]:
    return tuple(id(job) for line in LINES for job in line.line() if job.account == who.account)


def listed(jobs: list[Job], who: Viewer) -> str:
    """Who waits and how far each has come, as an HTML list in the order of the queue."""
    lines = "".join(f"<li>{_line(job, who)}</li>" for job in jobs)
    return (
        f'<section class="cermin-antrean" aria-label="Antrean"><b>Antrean: {len(jobs)} pekerjaan</b>'
        f"<ol>{lines}</ol></section>"
    )


def _line(job: Job, who: Viewer) -> str:
    is_own = job.account == who.account
    told = f"<b>{escape('Anda' if is_own else job.name)}</b> {escape(job.label)}: {escape(so_far(job))}"
    return told + KEPT if is_own and job.is_kept and job.key[0] == PUT_IN else told


def so_far(job: Job) -> str:
    """'Memeriksa isi sel, 20.000 baris', or that it waits."""
    if job.state != RUNNING:
        return "menunggu giliran"
    stage = job.stage or "dimulai"
    return stage if job.count is None else f"{stage}, {formats.count(job.count, job.noun)}"
