"""The audit trail: every change of it is found, wherever it is made, and no thread breaks it."""

import csv
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from access import accounts, audit, audit_csv, head, store
from access.roles import Viewer
from pipelines.places import ROOT

RINA = Viewer(7, "rina", "petugas", None, None, "0" * 32, "c", False, False, False)


def write(count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        audit.record("lihat", RINA, address="10.0.0.1", detail={"halaman": f"peta {number}"})


def tamper(*statements: str) -> None:
    """Write past the triggers, as someone with the file in hand would."""
    store.close()
    with closing(sqlite3.connect(store.path())) as connection:
        for trigger in ("audit_never_changes", "audit_never_shrinks"):
            connection.execute(f"drop trigger if exists {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_row_says_who_what_when_and_where(state, clock):
    audit.record("ekspor", RINA, address="10.0.0.1", detail={"pertanyaan": "arus_bulanan", "baris": 12})
    (row,) = audit.rows()
    assert row.pop("at") == datetime.fromtimestamp(clock.seconds, UTC)
    assert row == {
        "number": 1,
        "action": "ekspor",
        "name": "rina",
        "role": "petugas",
        "address": "10.0.0.1",
        "detail": {"pertanyaan": "arus_bulanan", "baris": 12},
    }


def test_rows_come_newest_first_and_by_pages(state):
    write(25)
    assert [row["number"] for row in audit.rows(limit=3)] == [25, 24, 23]
    assert [row["number"] for row in audit.rows(limit=3, offset=23)] == [2, 1]
    assert audit.count() == 25


def test_rows_are_chosen_by_day_in_wita_action_and_name(state, monkeypatch):
    for day, hour, action, name in (
        (1, 15, "masuk", "rina"),
        (1, 16, "masuk", "budi"),
        (2, 15, "keluar", "Rina"),
    ):
        moment = datetime(2026, 3, day, hour, 30, tzinfo=UTC).timestamp()
        monkeypatch.setattr(store, "now", lambda moment=moment: moment)
        audit.record(action, name=name)
    second = date(2026, 3, 2)
    assert [row["number"] for row in audit.rows(since=second, until=second)] == [3, 2]
    assert [row["number"] for row in audit.rows(until=date(2026, 3, 1))] == [1]
    assert [row["number"] for row in audit.rows(since=datetime(2026, 3, 2, 15, tzinfo=UTC))] == [3]
    assert audit.count(since=date.min, until=date.max) == 3 and audit.rows(limit=10**30)
    assert audit.count(since=date.max) == audit.count(until=date.min) == 0 and not audit.rows(offset=10**30)
    assert [row["number"] for row in audit.rows(action="masuk")] == [2, 1]
    assert [row["number"] for row in audit.rows(name="RINA")] == [3, 1]
    assert audit.count(name="rina", action="keluar") == 1


def test_an_unknown_action_is_a_fault_of_ours(state):
    with pytest.raises(ValueError, match="terbang"):
        audit.record("terbang", RINA)
    assert audit.count() == 0


@pytest.mark.parametrize(
    "text", ["\udcff", "nul\0nul", "x" * 100_000, "<script>", "'; drop table audit; --", "\n"]
)
def test_any_text_can_be_recorded_and_stays_short(state, text):
    audit.record("masuk_gagal", name=text, address=text, detail={"kata": text})
    (row,) = audit.rows()
    assert len(row["name"]) <= 300 and len(row["detail"]["kata"]) <= 300
    assert audit.verify().ok


def test_an_overlong_detail_becomes_its_size(state):
    audit.record("lihat", RINA, detail={"isi": list(range(10_000))})
    assert audit.rows()[0]["detail"]["terlalu_panjang"] > 10_000


def test_a_change_and_its_row_are_kept_together_or_not_at_all(state):
    write(1)
    with pytest.raises(RuntimeError), audit.along("akun_diubah", name="kepala") as connection:
        connection.execute("insert into setup (token_hash, ends_at) values (x'00', 1.0)")
        raise RuntimeError
    with store.reading() as connection:
        assert connection.execute("select count(*) from setup").fetchone()[0] == 0
    assert audit.count() == 1 and audit.verify().ok


@pytest.mark.parametrize(
    "statement",
    ["update audit set name = 'x'", "delete from audit", "replace into audit select * from audit"],
)
def test_the_database_refuses_to_change_or_remove_rows(state, statement):
    write(3)
    with pytest.raises(sqlite3.IntegrityError), store.writing() as connection:
        connection.execute(statement)
    assert audit.verify().ok and audit.count() == 3


def test_an_empty_and_a_whole_chain_are_whole(state):
    assert audit.verify().ok and audit.verify().rows == 0
    write(5)
    verdict = audit.verify()
    assert (verdict.ok, verdict.rows, verdict.first_bad) == (True, 5, None)
    assert verdict.sentence == "Rantai utuh: 5 baris." and verdict.head.startswith("5:")


TAMPERING = {
    "name": ("update audit set name = 'lain' where number = 4", 4),
    "time": ("update audit set at = '2020-01-01T00:00:00.000+00:00' where number = 1", 1),
    "detail": ("update audit set detail = '{}' where number = 10", 10),
    "own hash": (f"update audit set hash = '{'0' * 64}' where number = 10", 10),
    "middle gone": ("delete from audit where number = 5", 5),
    "first gone": ("delete from audit where number = 1", 1),
    "tail gone": ("delete from audit where number >= 9", 9),
    "all gone": ("delete from audit", 1),
    "null role": ("update audit set role = null where number = 2", 2),
}


@pytest.mark.parametrize("case", TAMPERING)
def test_tampering_is_found_at_its_first_row(state, case):
    statement, first_bad = TAMPERING[case]
    write(10)
    tamper(statement)
    verdict = audit.verify()
    assert not verdict.ok and verdict.first_bad == first_bad
    assert f"Baris {first_bad} " in verdict.sentence


def test_two_rows_that_changed_places_are_found(state):
    write(10)
    tamper(
        "update audit set number = 99 where number = 3",
        "update audit set number = 3 where number = 7",
        "update audit set number = 7 where number = 99",
    )
    assert audit.verify().first_bad == 3


def test_a_row_put_in_at_the_end_without_the_chain_is_found(state):
    write(3)
    columns = "at, action, name, role, address, detail, previous, hash"
    tamper(f"insert into audit select 4, {columns} from audit where number = 3")
    assert audit.verify().first_bad == 4


def test_a_cut_tail_is_not_covered_up_by_new_rows(state):
    write(10)
    tamper("delete from audit where number > 6")
    write(20)
    verdict = audit.verify()
    assert not verdict.ok and verdict.first_bad == 10
    assert verdict.sentence == "Baris 10 jejak audit tidak cocok dengan berkas kepalanya."


def test_a_new_database_beside_an_old_head_is_found(state):
    write(10)
    store.close()
    for path in state.glob("akses.sqlite*"):
        path.unlink()
    write(2)
    verdict = audit.verify()
    assert not verdict.ok and verdict.sentence == "Baris 3 sampai 10 jejak audit hilang dari ujungnya."


@pytest.mark.parametrize("content", [None, b"", b"rusak", b"x" * 86, b"\xff" * 200])
def test_a_missing_or_damaged_head_is_told_and_does_not_come_back(state, content):
    write(4)
    head.path().unlink() if content is None else head.path().write_bytes(content)
    write(2, first=5)
    verdict = audit.verify()
    assert not verdict.ok and "kepala" in verdict.sentence


def test_a_head_that_stayed_behind_is_no_fault(state):
    write(4)
    behind = head.path().read_bytes()
    write(3, first=5)
    head.path().write_bytes(behind)
    assert audit.verify().ok and audit.verify().rows == 7
    write(1, first=8)
    assert head.read().number == 8


def test_twenty_threads_at_once_keep_the_chain_whole(state):
    threads = [threading.Thread(target=write, args=(10,)) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    verdict = audit.verify()
    assert (verdict.ok, verdict.rows) == (True, 200)
    assert head.read().number == 200


WRITER = "from access import audit\nfor n in range({count}): audit.record('lihat', name='p{name}')"


def writer(name: int, count: int) -> subprocess.Popen:
    command = [sys.executable, "-c", WRITER.format(name=name, count=count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_processes_at_once_keep_the_chain_whole(state):
    started = [writer(number, 40) for number in range(3)]
    write(40)
    assert [process.communicate()[1] for process in started] == [b""] * 3
    verdict = audit.verify()
    assert (verdict.ok, verdict.rows) == (True, 160)
    assert head.read().number == 160


@pytest.mark.kill
@pytest.mark.parametrize("seconds", [0.25, 0.3, 0.35, 0.4, 0.45, 0.5])
def test_a_killed_writer_leaves_a_whole_chain(state, seconds):
    write(1)
    process = writer(0, 100_000)
    time.sleep(seconds)
    process.kill()
    process.communicate()
    write(1)
    verdict = audit.verify()
    assert verdict.ok and verdict.rows == audit.count()


def test_verifying_while_others_write_never_cries_wolf(state):
    write(5)
    done, verdicts = threading.Event(), []

    def look() -> None:
        while not done.is_set():
            verdicts.append(audit.verify().ok)

    watcher = threading.Thread(target=look)
    watcher.start()
    threads = [threading.Thread(target=write, args=(25,)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    done.set()
    watcher.join()
    assert len(verdicts) > 3 and all(verdicts)


DETAILS = st.dictionaries(
    st.text(max_size=8), st.one_of(st.text(max_size=20), st.integers(), st.none()), max_size=3
)
ENTRIES = st.tuples(st.sampled_from(audit.ACTIONS), st.one_of(st.none(), st.text(max_size=12)), DETAILS)
COLUMNS = ("at", "action", "name", "role", "address", "detail", "previous", "hash")


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
@examples(max_examples=25)
def test_any_rows_make_a_whole_chain_and_any_one_changed_cell_breaks_it(entries, data):
    folder, before = tempfile.mkdtemp(), os.environ["CERMIN_DATA"]
    os.environ["CERMIN_DATA"] = folder
    try:
        for action, name, detail in entries:
            audit.record(action, name=name, detail=detail)
        assert audit.verify().ok and audit.verify().rows == len(entries)
        number = data.draw(st.integers(1, len(entries)))
        column = data.draw(st.sampled_from(COLUMNS))
        tamper(f"update audit set {column} = coalesce({column}, '') || 'x' where number = {number}")
        assert audit.verify().first_bad == number
    finally:
        store.close()
        os.environ["CERMIN_DATA"] = before
        shutil.rmtree(folder)


def test_the_csv_of_the_trail_runs_nothing_in_a_spreadsheet(state):
    for name in ("=1+1", "+62", "-cmd", "@sum", "\tx", "\rx", "a;b", 'a"b', "  =1"):
        audit.record("masuk_gagal", name=name, address="=cmd|' /C calc'!A0")
    text = audit_csv.text(audit.rows())
    assert text.startswith("\ufeffnomor;waktu;tindakan;nama;peran;alamat;rincian\r\n")
    cells = [cell for row in csv.reader(io.StringIO(text[1:]), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(audit_csv.DANGEROUS)]


def test_nothing_secret_reaches_the_trail(state):
    accounts.add("kepala", "admin", password="kuda laut biru 77", by="uji")
    one_time = accounts.reset("kepala", "uji")
    told = str(audit.rows())
    assert one_time not in told and "kuda laut" not in told and "argon2" not in told


def test_files_are_for_their_owner_only(state: Path):
    write(1)
    assert oct(state.stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in state.iterdir()} == {"0o600"}


@pytest.fixture(scope="module", autouse=True)
def _no_open_store():
    yield
    store.close()
