"""The queue: in order, watched, cancelled until something is kept, and never a fault that escapes."""

import threading
import time

import pytest

from pipelines import antrean, intake, lake, progress, sample
from pipelines.antrean import Job, Queue
from pipelines.errors import UserError

LONG = 30.0


def _job(work, account: int = 1, key=None) -> Job:
    return Job(account, "ani", "memasukkan a.csv", work, key)


@pytest.fixture
def held():
    """A queue whose only worker is busy until the event is set."""
    queue, gate = Queue("uji"), threading.Event()
    first = queue.submit(_job(lambda job: gate.wait(LONG)))
    yield queue, gate, first
    gate.set()
    queue.settle()


def test_first_come_first_served(held):
    queue, gate, first = held
    done: list[int] = []
    jobs = [queue.submit(_job(lambda job, number=number: done.append(number))) for number in range(5)]
    assert queue.line() == [first, *jobs]
    gate.set()
    assert all(job.wait(LONG) for job in jobs)
    assert done == [0, 1, 2, 3, 4] and queue.line() == []


def test_what_is_told_can_be_seen():
    queue, gate = Queue("uji"), threading.Event()

    def work(job):
        progress.tell("Membaca berkas", 20)
        gate.wait(LONG)
        return "hasil"

    job = queue.submit(_job(work))
    until = time.monotonic() + LONG
    while not job.stage and time.monotonic() < until:
        time.sleep(0.01)
    assert (job.state, job.stage, job.count) == (antrean.RUNNING, "Membaca berkas", 20)
    gate.set()
    assert job.wait(LONG) and (job.state, job.result) == (antrean.DONE, "hasil")


def test_nothing_is_told_where_nobody_watches():
    progress.tell("Membaca berkas", 20)


def test_a_job_that_waits_is_cancelled_at_once(held):
    queue, gate, _ = held
    ran = []
    job = queue.submit(_job(ran.append))
    assert job.can_stop and job.cancel()
    assert job.state == antrean.CANCELLED and job not in queue.line() and not job.cancel()
    gate.set()
    queue.settle()
    assert ran == []


def test_a_job_that_runs_stops_where_it_tells_how_far_it_is():
    queue, began, go, kept = Queue("uji"), threading.Event(), threading.Event(), []

    def work(job):
        began.set()
        go.wait(LONG)
        progress.tell("Menyimpan")
        kept.append(1)

    job = queue.submit(_job(work))
    assert began.wait(LONG) and job.cancel() and not job.can_stop
    go.set()
    assert job.wait(LONG) and job.state == antrean.CANCELLED and kept == []


def test_what_is_being_kept_cannot_be_cancelled():
    queue, committed, go = Queue("uji"), threading.Event(), threading.Event()

    def work(job):
        job.commit()
        committed.set()
        go.wait(LONG)
        progress.tell("Membangun")
        return "tersimpan"

    job = queue.submit(_job(work))
    assert committed.wait(LONG) and not job.can_stop and not job.cancel()
    go.set()
    assert job.wait(LONG) and (job.state, job.result) == (antrean.DONE, "tersimpan")


def test_a_cancelled_job_does_not_get_to_keep_anything():
    job = _job(lambda job: job.commit())
    job._stop = True
    job.run()
    assert job.state == antrean.CANCELLED and not job.is_kept


def test_a_refusal_is_its_sentence_and_a_fault_of_ours_its_id(caplog):
    queue = Queue("uji")

    def refuse(job):
        raise UserError("Tanggal ini belum terjadi.")

    def fail(job):
        raise ZeroDivisionError("di dalam")

    refused, failed = queue.submit(_job(refuse)), queue.submit(_job(fail))
    after = queue.submit(_job(lambda job: "jalan terus"))
    assert after.wait(LONG) and after.result == "jalan terus"
    assert (refused.state, refused.said, refused.fault) == (antrean.FAILED, "Tanggal ini belum terjadi.", "")
    assert failed.state == antrean.FAILED and failed.fault and not failed.said
    assert failed.fault in caplog.text and "di dalam" in caplog.text


def test_outcomes_wait_for_their_account_until_they_are_put_away():
    queue = Queue("uji", most=3)
    mine = [queue.submit(_job(lambda job: None)) for _ in range(2)]
    other = queue.submit(_job(lambda job: None, account=2))
    queue.settle()
    assert queue.ended(1) == mine and queue.ended(2) == [other]
    queue.forget(mine[0])
    assert queue.ended(1) == mine[1:]
    for _ in range(9):
        queue.submit(_job(lambda job: None)).wait(LONG)
    assert len(queue.ended()) <= 4


def test_the_newest_job_of_a_key_is_found_again(held):
    queue, _, _ = held
    older, newer = (queue.submit(_job(lambda job: None, key="a")) for _ in range(2))
    assert queue.newest(lambda job: job.key == "a") is newer
    newer.cancel()
    assert queue.newest(lambda job: job.key == "a") is older
    assert queue.newest(lambda job: job.key == "b") is None


def test_another_process_at_work_is_waited_for(sample_copy, tmp_path, monkeypatch):
    monkeypatch.setattr(antrean, "PULSE_SECONDS", 0.02)
    file, taken, release = tmp_path / "a.csv", threading.Event(), threading.Event()
    sample.write(file, rows=20, prefix="UJI/", akses=False)

    def hold():
        with lake.locked("ingest"):
            taken.set()
            release.wait(LONG)

    other = threading.Thread(target=hold)
    other.start()
    assert taken.wait(LONG)
    job = Queue("uji").submit(_job(lambda job: intake.ingest_file("laporan", file, by="uji")))
    until = time.monotonic() + LONG
    while job.stage != antrean.BUSY and time.monotonic() < until:
        time.sleep(0.01)
    assert job.stage == antrean.BUSY
    release.set()
    other.join()
    assert job.wait(60) and job.state == antrean.DONE and job.result.accepted == 20


def test_waiting_for_another_process_has_an_end_and_a_sentence(sample_copy, monkeypatch):
    monkeypatch.setattr(antrean, "PULSE_SECONDS", 0.01)
    monkeypatch.setattr(antrean, "PATIENCE_SECONDS", 0.05)

    def work(job):
        raise lake.Busy("Data sedang dikerjakan proses lain.")

    job = Queue("uji").submit(_job(work))
    assert job.wait(LONG) and job.said == "Data sedang dikerjakan proses lain."


def test_an_ingest_that_is_cancelled_before_it_keeps_leaves_the_lake_as_it_was(sample_copy, tmp_path):
    file = tmp_path / "a.csv"
    sample.write(file, rows=20, prefix="UJI/", akses=False)
    before = [batch.batch for batch in lake.batches()]
    stages: list[str] = []

    def watch(stage, count, noun):
        stages.append(stage)
        if stage.startswith("Mencocokkan"):
            raise progress.Stopped

    with pytest.raises(progress.Stopped), progress.watched(watch):
        intake.ingest_file("laporan", file, by="uji")
    assert [batch.batch for batch in lake.batches()] == before
    assert stages[0] == "Membaca berkas" and "Memeriksa isi sel" in stages
