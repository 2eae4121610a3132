"""A queue of work in the server: one after the other, each watched, each to be cancelled until it is kept.

A page that is left, or a connection that breaks, does not stop the work; its outcome stays here until it is
fetched. Nothing of the queue outlives the process: what was not kept then is as if it had never been asked.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from pipelines import errors, lake, progress
from pipelines.errors import UserError

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "menunggu", "berjalan", "selesai", "gagal", "dibatalkan"
OPEN = (QUEUED, RUNNING)
PATIENCE_SECONDS, PULSE_SECONDS = 300.0, 0.5
BUSY = "Menunggu proses lain selesai menulis data"


@dataclass(eq=False)
class Job:
    """A piece of work: whose it is (account and name), what it is called, how far it has come.

    `key` finds it again; `is_seen` once its outcome was shown. `said` is a sentence once it failed, `fault`
    the id of a fault of ours.
    """

    account: int
    name: str
    label: str
    work: Callable[["Job"], Any] = field(repr=False)
    key: Hashable = None
    state: str = QUEUED
    stage: str = ""
    count: int | None = None
    noun: str = "baris"
    result: Any = field(default=None, repr=False)
    said: str = ""
    fault: str = ""
    is_kept: bool = False
    is_seen: bool = False
    _stop: bool = field(default=False, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _ended: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def can_stop(self) -> bool:
        """Whether cancelling it is still possible and was not asked for yet."""
        return self.is_open and not self.is_kept and not self._stop

    def commit(self) -> None:
        """The work is about to keep something: from here on it is not cancelled. Stopped if it was."""
        with self._turn:
            if self._stop:
                raise progress.Stopped
            self.is_kept = True

    def cancel(self) -> bool:
        """Ask for the work to be given up; False when its rows are kept already."""
        with self._turn:
            if self.is_kept or not self.is_open:
                return False
            self._stop = True
            if self.state == QUEUED:
                self._end(CANCELLED)
            return True

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, at most so long; whether it has."""
        return self._ended.wait(seconds)

    def run(self) -> None:
        """Do the work once; every outcome is written down, none is raised."""
        with self._turn:
            if self.state != QUEUED:
                return
            self.state = RUNNING
        try:
            with progress.watched(self._watch):
                self.result = self._patiently()
            self._end(DONE)
        except progress.Stopped:
            self._end(CANCELLED)
        except UserError as refusal:
            self.said = str(refusal)
            self._end(FAILED)
        except Exception as fault:
            self.fault = errors.report(fault)
            self._end(FAILED)

    def _patiently(self) -> Any:
        """The work; while another process holds the data it is tried again, for some minutes."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.work(self)
            except lake.Busy:
                if self.is_kept or time.monotonic() > until:
                    raise
                progress.tell(BUSY)
                time.sleep(PULSE_SECONDS)

    def _watch(self, stage: str, count: int | None, noun: str) -> None:
        self.stage, self.count, self.noun = stage, count, noun
        if self._stop and not self.is_kept:
            raise progress.Stopped

    def _end(self, state: str) -> None:
        self.state = state
        self._ended.set()


class Queue:
    """First come, first served, by one thread that begins with the first job; `most` outcomes are held."""

    def __init__(self, name: str, most: int = 40) -> None:
        self.name, self.most = name, most
        self._jobs: list[Job] = []
        self._lock = threading.Lock()
        self._more = threading.Condition(self._lock)
        self._worker: threading.Thread | None = None

    def submit(self, job: Job) -> Job:
        """Put a job at the end of the queue."""
        with self._more:
            self._jobs.append(job)
            ended = [one for one in self._jobs if not one.is_open]
            for old in ended[: -self.most]:
                self._jobs.remove(old)
            if self._worker is None:
                self._worker = threading.Thread(target=self._serve, name=self.name, daemon=True)
                self._worker.start()
            self._more.notify()
        return job

    def newest(self, fits: Callable[[Job], bool]) -> Job | None:
        """The newest job that fits and was not cancelled."""
        with self._lock:
            return next((one for one in reversed(self._jobs) if one.state != CANCELLED and fits(one)), None)

    def line(self) -> list[Job]:
        """What runs and what waits, in order."""
        with self._lock:
            return [job for job in self._jobs if job.is_open]

    def ended(self, account: int | None = None) -> list[Job]:
        """The outcomes of an account (None: of all) that nobody put away yet, oldest first."""
        with self._lock:
            return [job for job in self._jobs if account in (None, job.account) and not job.is_open]

    def forget(self, job: Job) -> None:
        """Put an outcome away."""
        with self._lock:
            if job in self._jobs and not job.is_open:
                self._jobs.remove(job)

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until nothing waits or runs."""
        for job in self.line():
            job.wait(seconds)

    def _serve(self) -> None:
        while True:
            with self._more:
                job = next((one for one in self._jobs if one.state == QUEUED), None)
                if job is None:
                    self._more.wait()
                    continue
            job.run()
