"""Sessions: what a token is worth, for how long, and that it is worth nothing from one moment to the next."""

import os
import secrets
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from access import accounts, sessions, settings, store
from pipelines.places import ROOT
from tests.access.conftest import PASSWORD

HERE = {"address": "10.0.0.1", "agent": "peramban"}
HOUR = 3600.0


def test_a_token_tells_who_it_is(admin):
    token = sessions.start(admin.id, **HERE)
    viewer = sessions.who(token)
    assert (viewer.account, viewer.name, viewer.role, viewer.awaits_code) == (
        admin.id,
        "kepala",
        "admin",
        False,
    )
    assert len(viewer.session) == 32 and viewer.session not in token
    assert sessions.find(viewer.session) == viewer


def test_two_sessions_share_nothing(admin):
    one, two = (sessions.who(sessions.start(admin.id, **HERE)) for _ in range(2))
    assert one.session != two.session and one.csrf != two.csrf


@pytest.mark.parametrize("token", ["", "x", "\udcff", "' or 1=1 --", "a" * 100_000, "0" * 32])
def test_a_token_that_was_never_given_is_nobodys(admin, token):
    sessions.start(admin.id, **HERE)
    assert sessions.who(token) is None
    assert sessions.find("' or 1=1 --") is None


def test_the_public_id_is_no_token_and_the_token_no_public_id(admin):
    token = sessions.start(admin.id, **HERE)
    assert sessions.who(sessions.who(token).session) is None
    assert sessions.find(token) is None


def test_the_token_itself_is_not_written_anywhere(admin, state):
    token = sessions.start(admin.id, **HERE)
    store.close()
    assert not any(token.encode() in path.read_bytes() for path in state.iterdir())


def test_nobody_can_choose_the_token_of_a_session(admin):
    chosen = secrets.token_urlsafe(32)
    token = sessions.start(admin.id, **HERE)
    assert token != chosen and sessions.who(chosen) is None
    renewed = sessions.rotate(token)
    assert renewed != token and sessions.who(token) is None
    assert sessions.who(renewed).account == admin.id


def test_rotation_gives_new_id_and_csrf_and_keeps_the_end(admin, clock):
    token = sessions.start(admin.id, **HERE)
    before = sessions.who(token)
    for _ in range(25):
        clock.move(29 * 60)
        token = sessions.rotate(token)
        if clock.seconds - 1_780_000_000 > 12 * HOUR - 30 * 60:
            break
    after = sessions.who(token)
    assert (after.session, after.csrf) != (before.session, before.csrf) and sessions.find(
        before.session
    ) is None
    clock.move(30 * 60)
    assert sessions.who(token) is None


def test_an_ended_session_cannot_be_rotated_back_to_life(admin):
    token = sessions.start(admin.id, **HERE)
    sessions.end(token)
    for renew in (sessions.rotate, sessions.settle_code):
        with pytest.raises(sessions.Ended, match="sudah berakhir"):
            renew(token)


def test_an_idle_hour_ends_a_session(admin, clock):
    token = sessions.start(admin.id, **HERE)
    clock.move(HOUR - 1)
    assert sessions.who(token)
    clock.move(1)
    assert sessions.who(token) is None and sessions.listed(admin.id) == []
    with pytest.raises(sessions.Ended):
        sessions.rotate(token)


def test_only_activity_keeps_a_session_and_at_most_once_a_minute(admin, clock):
    token = sessions.start(admin.id, **HERE)
    began = clock.seconds
    clock.move(59)
    sessions.who(token, touch=True)
    assert sessions.listed(admin.id)[0].seen_at == began
    clock.move(1)
    sessions.who(token)
    assert sessions.listed(admin.id)[0].seen_at == began
    sessions.who(token, touch=True)
    assert sessions.listed(admin.id)[0].seen_at == began + 60


def test_twelve_hours_end_every_session(admin, clock):
    token = sessions.start(admin.id, **HERE)
    for _ in range(71):
        clock.move(600)
        assert sessions.who(token, touch=True)
    clock.move(600)
    assert sessions.who(token, touch=True) is None


def test_the_limits_are_settings(admin, clock, cermin_data):
    (cermin_data / "pengaturan.toml").write_text("[sesi]\nidle_menit = 5\nabsolut_jam = 1\n")
    settings.forget()
    token = sessions.start(admin.id, **HERE)
    clock.move(299)
    assert sessions.who(token)
    clock.move(1)
    assert sessions.who(token) is None


def test_a_half_session_is_good_for_the_code_and_five_minutes_only(petugas, clock):
    token = sessions.start(petugas.id, **HERE, awaits_code=True)
    half = sessions.who(token, touch=True)
    assert half.awaits_code and not half.may("lihat_semua")
    assert sessions.find(half.session) is None and sessions.listed(petugas.id) == []
    with pytest.raises(sessions.Ended):
        sessions.rotate(token)
    clock.move(300)
    assert sessions.who(token) is None
    with pytest.raises(sessions.Ended):
        sessions.settle_code(token)


def test_the_code_turns_a_half_session_into_a_whole_one_under_a_new_token(petugas, clock):
    half = sessions.start(petugas.id, **HERE, awaits_code=True)
    clock.move(299)
    token = sessions.settle_code(half)
    assert sessions.who(half) is None and not sessions.who(token).awaits_code
    clock.move(HOUR - 1)
    assert sessions.who(token)
    with pytest.raises(sessions.Ended):
        sessions.settle_code(token)


def test_one_ends_own_sessions_and_nobody_elses(admin, petugas):
    mine, others = sessions.start(admin.id, **HERE), sessions.start(petugas.id, **HERE)
    assert not sessions.end_public(sessions.who(others).session, admin.id)
    assert sessions.who(others)
    assert sessions.end_public(sessions.who(mine).session, admin.id)
    assert sessions.who(mine) is None


def test_all_sessions_end_but_the_one_that_is_kept(admin, petugas):
    tokens = [sessions.start(admin.id, **HERE) for _ in range(4)]
    other = sessions.start(petugas.id, **HERE)
    assert sessions.end_all(admin.id, but=sessions.who(tokens[2]).session) == 3
    assert [sessions.who(token) is not None for token in tokens] == [False, False, True, False]
    assert sessions.end_all(admin.id) == 1 and sessions.who(other)


def test_a_locked_account_starts_no_session(admin, petugas):
    accounts.lock("rina", "kepala")
    with pytest.raises(sessions.Ended):
        sessions.start(petugas.id, **HERE)


def test_an_account_keeps_its_newest_fifty_sessions(admin, clock):
    tokens = []
    for _ in range(sessions.PER_ACCOUNT + 5):
        clock.move(1)
        tokens.append(sessions.start(admin.id, **HERE))
    living = [token for token in tokens if sessions.who(token)]
    assert living == tokens[5:]


def test_what_a_client_says_of_itself_is_kept_short_and_plain(admin):
    sessions.start(admin.id, address="\udcff", agent="x" * 10_000 + "\udcff")
    kept = sessions.listed(admin.id)[0]
    assert len(kept.agent) == 200 and kept.address == "?"


@pytest.mark.parametrize("way", ["lock", "reset", "change", "set_password", "end"])
def test_another_thread_sees_the_end_at_once(admin, petugas, way):
    token, ended, seen = sessions.start(petugas.id, **HERE), threading.Event(), []
    assert sessions.who(token)

    def look() -> None:
        ended.wait()
        seen.append(sessions.who(token))

    thread = threading.Thread(target=look)
    thread.start()
    {
        "lock": lambda: accounts.lock("rina", "kepala"),
        "reset": lambda: accounts.reset("rina", "kepala"),
        "change": lambda: accounts.change("rina", role="pimpinan", by="kepala"),
        "set_password": lambda: accounts.set_password(petugas.id, "sandi lain yang panjang", by="rina"),
        "end": lambda: sessions.end(token),
    }[way]()
    ended.set()
    thread.join()
    assert seen == [None]


def test_another_process_ends_it_at_once(admin, petugas):
    token = sessions.start(petugas.id, **HERE)
    assert sessions.who(token)
    subprocess.run(
        [sys.executable, "-m", "access", "lock", "rina"], cwd=ROOT, check=True, capture_output=True
    )
    assert sessions.who(token) is None


def test_many_threads_start_ask_and_end_at_once(admin):
    faults, living = [], []

    def live(number: int) -> None:
        try:
            for _ in range(5):
                token = sessions.start(admin.id, **HERE)
                assert sessions.who(token, touch=True)
                token = sessions.rotate(token)
                assert sessions.who(token)
                (sessions.end if number % 2 else living.append)(token)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=live, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert faults == [] and len(living) == 20
    assert all(sessions.who(token) for token in living)


def test_two_processes_make_the_store_at_once(state):
    command = [sys.executable, "-m", "access", "list", "--json"]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "1234"
    ]
    told = [process.communicate() for process in started]
    assert [out.strip() for out, _ in told] == [b"[]"] * 4, told


def test_asking_costs_well_under_a_fifth_of_a_millisecond(admin):
    token = sessions.start(admin.id, **HERE)
    sessions.who(token)
    before = time.process_time()
    for _ in range(2_000):
        sessions.who(token, touch=True)
    assert (time.process_time() - before) / 2_000 < 0.000_2


STEPS = st.lists(
    st.tuples(st.sampled_from(("wait", "touch", "look", "rotate")), st.floats(0, 4_000)), max_size=25
)


@given(STEPS)
@examples(max_examples=25)
def test_a_session_lives_exactly_as_long_as_a_boring_reckoning_says(steps):
    data = os.environ["CERMIN_DATA"]
    name = f"x{secrets.token_hex(8)}"
    account = accounts.add(name, "petugas", password=PASSWORD, by="uji")
    now, store_now = 1_780_000_000.0, store.now
    try:
        store.now = lambda: now
        token = sessions.start(account.id, **HERE)
        end, seen = now + 12 * HOUR, now
        for verb, seconds in steps:
            now += seconds
            lives = now < end and now - seen < HOUR
            if verb == "rotate" and lives:
                token, seen = sessions.rotate(token), now
            assert (sessions.who(token, touch=verb == "touch") is not None) == lives
            if lives and verb == "touch" and now - seen >= 60:
                seen = now
    finally:
        store.now = store_now
        assert os.environ["CERMIN_DATA"] == data


@pytest.fixture(scope="module", autouse=True)
def _no_open_store():
    yield
    store.close()
