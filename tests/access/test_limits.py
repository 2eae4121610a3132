"""Guessing gets slower and slower, whoever guesses, and the owner is not shut out for it."""

import secrets
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access import accounts, limits, store
from tests.access.conftest import PASSWORD

DAY = 24 * 3600.0


def admitted(name: str, address: str) -> bool:
    try:
        limits.admit(name, address)
    except limits.TooMany:
        return False
    return True


def rows() -> int:
    with store.reading() as connection:
        return connection.execute("select count(*) from attempt").fetchone()[0]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (4, 0), (5, 2), (6, 4), (7, 8), (13, 512), (14, 900), (9_999, 900)],
)
def test_the_wait_doubles_after_five_up_to_a_quarter_of_an_hour(failures, seconds):
    assert limits.wait_after(failures, limits.ACCOUNT) == seconds


def test_five_wrong_passwords_are_free_and_the_sixth_waits(admin, clock):
    for _ in range(5):
        assert accounts.authenticate("kepala", "salah sama sekali", "10.0.0.1") is None
    with pytest.raises(limits.TooMany) as refusal:
        accounts.authenticate("kepala", PASSWORD, "10.0.0.1")
    assert refusal.value.seconds == 2
    assert str(refusal.value) == "Terlalu banyak percobaan; coba lagi dalam 2 detik."
    clock.move(2)
    assert accounts.authenticate("kepala", PASSWORD, "10.0.0.1")


def test_a_right_password_forgets_the_wrong_ones(admin, clock):
    for _ in range(3):
        for _ in range(4):
            accounts.authenticate("kepala", "salah sama sekali", "10.0.0.1")
        assert accounts.authenticate("kepala", PASSWORD, "10.0.0.1")


def test_of_1000_wrong_passwords_at_once_five_are_looked_at(admin, clock):
    looked = refused = 0
    for number in range(1_000):
        try:
            assert accounts.authenticate("kepala", f"tebakan nomor {number}", "10.0.0.1") is None
            looked += 1
        except limits.TooMany:
            refused += 1
    assert (looked, refused) == (5, 995)


def test_of_1000_wrong_passwords_in_a_day_a_hundred_odd_are_looked_at(admin, clock):
    looked = 0
    for number in range(1_000):
        clock.move(DAY / 1_000)
        try:
            accounts.authenticate("kepala", f"tebakan nomor {number}", "10.0.0.1")
            looked += 1
        except limits.TooMany:
            pass
    assert looked < 5 + 10 + DAY / limits.LONGEST_WAIT


def test_the_refusal_comes_before_any_hashing(admin, clock, monkeypatch):
    for _ in range(5):
        accounts.authenticate("kepala", "salah sama sekali", "10.0.0.1")
    monkeypatch.setattr("access.passwords.matches", lambda *_: pytest.fail("a password was hashed"))
    with pytest.raises(limits.TooMany):
        accounts.authenticate("kepala", PASSWORD, "10.0.0.1")


def test_many_at_once_get_no_more_guesses_than_one_after_another(admin):
    told = []

    def guess(number: int) -> None:
        try:
            told.append(accounts.authenticate("kepala", f"tebakan nomor {number}", "10.0.0.1"))
        except limits.TooMany:
            told.append("menunggu")

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(30)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(told) == 30 and told.count(None) == 5


def test_a_restart_forgets_nothing(state, clock):
    assert [admitted("x", "10.0.0.1") for _ in range(6)] == [True] * 5 + [False]
    store.close()
    assert not admitted("x", "10.0.0.1")


def test_unknown_names_wait_like_known_ones(admin, clock):
    for name in ("kepala", "tidakada"):
        told = []
        for _ in range(6):
            try:
                told.append(accounts.authenticate(name, "salah sama sekali", f"10.0.0.{len(name)}"))
            except limits.TooMany as wait:
                told.append(wait.seconds)
        assert told == [None] * 5 + [2]


def test_an_address_that_tries_many_names_waits(state, clock):
    told = [admitted(f"nama{number}", "10.0.0.1") for number in range(40)]
    assert told == [True] * limits.ADDRESS.free + [False] * (40 - limits.ADDRESS.free)
    assert admitted("nama99", "10.0.0.2")


def test_an_account_that_is_tried_from_many_addresses_waits(state, clock):
    told = [admitted("kepala", f"10.0.{number}.1") for number in range(40)]
    assert told.count(True) == limits.ACCOUNT.free


def test_the_owner_still_enters_from_where_it_is_known(admin, clock):
    assert accounts.authenticate("kepala", PASSWORD, "10.0.0.1")
    for number in range(200):
        admitted("kepala", f"10.1.{number}.1")
    with pytest.raises(limits.TooMany):
        accounts.authenticate("kepala", PASSWORD, "10.9.9.9")
    assert accounts.authenticate("kepala", PASSWORD, "10.0.0.1")
    clock.move(limits.FAMILIAR_SECONDS + 1)
    [admitted("kepala", f"10.2.{number}.1") for number in range(10)]
    with pytest.raises(limits.TooMany):
        accounts.authenticate("kepala", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("", "bukan alamat", False),
    ],
)
def test_an_ipv6_customer_counts_as_one_address(one, other, is_same):
    assert (limits.place_of(one) == limits.place_of(other)) == is_same


def test_noise_fills_no_disk_and_pushes_out_no_key_under_attack(state, clock, monkeypatch):
    monkeypatch.setattr(limits, "ROWS_KEPT", 50)
    [admitted("kepala", "10.0.0.1") for _ in range(5)]
    for number in range(300):
        clock.move(0.001)
        admitted(f"bising{number}", f"10.{number}.0.1")
        assert rows() <= 50
    assert not admitted("kepala", "10.0.0.9")


def test_old_counts_are_forgotten_and_removed(state, clock):
    [admitted("kepala", "10.0.0.1") for _ in range(6)]
    clock.move(DAY + 1)
    assert admitted("lain", "10.0.0.2") and rows() == 2
    assert [admitted("kepala", "10.0.0.1") for _ in range(6)] == [True] * 5 + [False]


def test_what_was_typed_as_a_name_is_not_written_down(state):
    admitted("sandiku yang salah kolom", "10.0.0.1")
    store.close()
    assert not any(b"salah kolom" in path.read_bytes() for path in state.iterdir())


@given(st.lists(st.tuples(st.floats(0, 2_000), st.booleans()), max_size=60))
@settings(max_examples=30)
def test_any_sequence_of_attempts_waits_as_a_boring_reckoning_says(steps):
    name, address = (
        secrets.token_hex(8),
        f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}",
    )
    now, store_now = 1_780_000_000.0, store.now
    failures, blocked, last = 0, 0.0, now
    try:
        store.now = lambda: now
        with store.writing() as connection:
            connection.execute("delete from attempt")
        for seconds, is_right in steps:
            now += seconds
            assert now - last <= DAY
            try:
                limits.admit(name, address)
                assert now >= blocked
            except limits.TooMany as wait:
                assert now < blocked and 1 <= wait.seconds <= 900
                continue
            failures, last = failures + 1, now
            blocked = now + (0 if failures < 5 else min(2 ** (failures - 4), 900))
            if is_right:
                limits.forgive(name, address)
                failures, blocked = 0, 0.0
            with store.writing() as connection:
                connection.execute("delete from attempt where key like 'alamat:%'")
    finally:
        store.now = store_now


@pytest.fixture(scope="module", autouse=True)
def _no_open_store():
    yield
    store.close()
