"""What is done about a signal: added only, private, whole after a kill, and folded into its state."""

import os
import signal
import stat
import subprocess
import sys
import threading
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import notes, places
from pipelines.errors import UserError
from pipelines.lake import Unavailable
from pipelines.signals import sightings, statements
from pipelines.signals.statements import Statement, standing

TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=10)
ROW = {"id": "a1", "jumlah": 3}
WHY = "menunggu jawaban dinas"


def _now(count: int | None = 3, day: date = TODAY) -> str:
    return standing(statements.of("a1"), day, count).keadaan


def test_a_signal_that_nobody_spoke_about_is_new(cermin_data):
    assert standing(statements.of("a1"), TODAY) == statements.Standing("baru")


def test_taken_up_then_closed_with_what_was_found_then_opened_again(cermin_data):
    statements.state(ROW, "ambil", "rina", TODAY)
    assert _now() == "ditangani"
    statements.state(ROW, "tutup", "budi", TODAY, "tanggal resmon lupa dicatat")
    assert _now() == "ditutup"
    statements.state(ROW, "buka", "rina", TODAY, "ternyata belum selesai")
    assert _now() == "baru"
    assert [(one.langkah, one.oleh) for one in statements.of("a1")] == [
        ("ambil", "rina"), ("tutup", "budi"), ("buka", "rina")
    ]  # fmt: skip


def test_put_off_until_a_day_and_then_as_it_was_before(cermin_data):
    statements.state(ROW, "ambil", "rina", TODAY)
    statements.state(ROW, "tunda", "rina", TODAY, WHY, LATER)
    assert [_now(day=day) for day in (TODAY, LATER - timedelta(1), LATER)] == [
        "ditunda",
        "ditunda",
        "ditangani",
    ]


def test_a_closed_signal_that_grew_is_new_again_and_one_that_shrank_is_not(cermin_data):
    statements.state(ROW, "tutup", "rina", TODAY, "semuanya sudah ditanyakan")
    assert [_now(count) for count in (2, 3, 4, None)] == ["ditutup", "ditutup", "baru", "ditutup"]
    statements.state(ROW | {"jumlah": 4}, "tutup", "rina", TODAY, "yang keempat juga sudah")
    assert [_now(count) for count in (4, 5)] == ["ditutup", "baru"]


@pytest.mark.parametrize(
    ("step", "remark", "until", "told"),
    [
        ("tutup", "", None, "apa yang ditemukan dalam 10 sampai 500 huruf"),
        ("tunda", "sebentar", LATER, "alasannya dalam 10 sampai 500 huruf"),
        ("tunda", WHY, None, "sesudah hari ini"),
        ("tunda", WHY, TODAY, "sesudah hari ini"),
        ("tunda", WHY, TODAY + timedelta(days=400), "paling lama setahun"),
        ("tutup", "hubungi pelapor 081254417788", None, "tampak seperti telepon"),
        ("ambil", "nik 6408015512900003 pelapor", None, "tampak seperti nik"),
        ("buka", "salah pencet tombol", None, "sudah baru"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence_and_nothing_is_kept(
    cermin_data, step, remark, until, told
):
    with pytest.raises(UserError, match=told):
        statements.state(ROW, step, "rina", TODAY, remark, until)
    assert statements.everything() == {}


def test_a_form_that_is_out_of_date_is_refused(cermin_data):
    statements.state(ROW, "ambil", "rina", TODAY)
    with pytest.raises(UserError, match="sudah ditangani"):
        statements.state(ROW, "ambil", "budi", TODAY)


def test_files_are_private_and_numbered(cermin_data):
    for _ in range(3):
        statements.state(ROW, "tunda", "rina", TODAY, WHY, LATER)
    folder = places.state() / "sinyal" / "pernyataan"
    assert sorted(path.name for path in folder.iterdir()) == ["000001.json", "000002.json", "000003.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_of_many_at_once_one_takes_it_up(cermin_data):
    told = []

    def take(name: str) -> None:
        try:
            statements.state(ROW, "ambil", name, TODAY)
            told.append(name)
        except (UserError, Unavailable):
            pass

    threads = [threading.Thread(target=take, args=(f"orang-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1 and [one.oleh for one in statements.of("a1")] == told


KILLED = """
import sys
from datetime import date
from pipelines.signals import statements
from tests.pipelines import killed
killed.die_at(int(sys.argv[1]))
statements.state({"id": "a1", "jumlah": 3}, "ambil", "rina", date(2026, 11, 22))
"""


@pytest.mark.kill
@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_kill_at_any_step_leaves_a_statement_whole_or_not_there(cermin_data, step):
    environment = os.environ | {"PYTHONPATH": str(places.ROOT)}
    command = [sys.executable, "-c", KILLED, str(step)]
    ended = subprocess.run(command, env=environment, cwd=places.ROOT, check=False).returncode
    assert ended == (-signal.SIGKILL if step < 4 else 0)
    assert [one.langkah for one in statements.of("a1")] == (["ambil"] if step > 2 else [])
    if step < 3:
        statements.state(ROW, "ambil", "budi", TODAY)
    folder = places.state() / "sinyal" / "pernyataan"
    assert [path.name for path in folder.iterdir()] == ["000001.json"]


def _boring(steps: list[tuple[str, int, int]], today: date, count: int) -> str:
    """The state by walking backwards, written apart from the fold."""
    kinds = [step for step, _, _ in steps]
    if not kinds:
        return "baru"
    if kinds[-1] == "tunda" and today < TODAY + timedelta(days=steps[-1][1]):
        return "ditunda"
    lasting = [kind for kind in kinds if kind != "tunda"]
    state = {"ambil": "ditangani", "tutup": "ditutup", "buka": "baru"}[lasting[-1]] if lasting else "baru"
    return "baru" if state == "ditutup" and count > steps[-1][2] else state


ONE = st.tuples(st.sampled_from(list(statements.STEPS)), st.integers(1, 30), st.integers(1, 5))


@given(st.lists(ONE, max_size=8), st.integers(0, 40), st.integers(1, 6))
def test_the_state_is_what_the_statements_come_to(steps, days, count):
    said = [
        Statement(n, "a1", step, "x", "2026-11-22T08:00:00", "", TODAY + timedelta(days=delay), held)
        for n, (step, delay, held) in enumerate(steps)
    ]
    today = TODAY + timedelta(days=days)
    assert standing(said, today, count).keadaan == _boring(steps, today, count)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.text(max_size=60))
def test_any_remark_is_kept_as_it_was_written_or_refused(cermin_data, remark):
    try:
        kept = statements.state(ROW | {"id": "teks"}, "tunda", "rina", TODAY, remark, LATER)
    except UserError:
        return
    assert kept.catatan == " ".join(remark.split()) and statements.of("teks")[-1] == kept


def test_a_note_that_cannot_be_written_is_told_and_changes_nothing(cermin_data):
    (places.state() / "sinyal").mkdir(parents=True)
    (places.state() / "sinyal" / "pernyataan").write_text("bukan folder")
    with pytest.raises(Unavailable, match="tidak ada yang berubah"):
        statements.state(ROW, "ambil", "rina", TODAY)
    assert notes.read(sightings.KIND) == []
