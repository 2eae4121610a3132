"""The one-time address that makes the first admin."""

import threading

import pytest

from access import accounts, audit, setup, store
from pipelines.errors import UserError
from tests.access.conftest import PASSWORD

BASE = "http://127.0.0.1:8501"


def token_of(address: str) -> str:
    return address.removeprefix(f"{BASE}/siapkan/")


def test_an_empty_store_needs_its_first_admin(state):
    assert setup.needed()
    address = setup.address(f"{BASE}/")
    assert address.startswith(f"{BASE}/siapkan/") and len(token_of(address)) >= 43
    made = setup.redeem(token_of(address), "kepala", PASSWORD, "127.0.0.1")
    assert (made.name, made.role) == ("kepala", "admin")
    assert not setup.needed()
    assert accounts.authenticate("kepala", PASSWORD, "127.0.0.1") == made


def test_the_address_works_once(state):
    token = token_of(setup.address(BASE))
    setup.redeem(token, "kepala", PASSWORD, "127.0.0.1")
    with pytest.raises(UserError, match="tidak berlaku lagi"):
        setup.redeem(token, "kedua", PASSWORD, "127.0.0.1")
    with pytest.raises(UserError, match="sudah disiapkan"):
        setup.address(BASE)
    assert [account.name for account in accounts.listed()] == ["kepala"]


def test_the_address_expires_after_half_an_hour(state, clock):
    token = token_of(setup.address(BASE))
    clock.move(30 * 60 - 1)
    assert setup.is_valid(token)
    clock.move(1)
    assert not setup.is_valid(token)
    with pytest.raises(UserError, match="tidak berlaku lagi"):
        setup.redeem(token, "kepala", PASSWORD, "127.0.0.1")


def test_a_new_start_offers_a_new_address_and_forgets_the_old_one(state):
    first, second = token_of(setup.address(BASE)), token_of(setup.address(BASE))
    assert not setup.is_valid(first) and setup.is_valid(second)


@pytest.mark.parametrize("token", ["", "x", "\udcff", "' or 1=1 --", "a" * 10_000])
def test_a_guessed_token_is_worth_nothing(state, token):
    setup.address(BASE)
    assert not setup.is_valid(token)


def test_a_refused_password_leaves_the_address_good(state):
    token = token_of(setup.address(BASE))
    with pytest.raises(UserError, match="terlalu pendek"):
        setup.redeem(token, "kepala", "pendek", "127.0.0.1")
    assert setup.is_valid(token)


def test_two_at_once_make_one_admin(state):
    token, told = token_of(setup.address(BASE)), []

    def redeem(name: str) -> None:
        try:
            told.append(setup.redeem(token, name, PASSWORD, "127.0.0.1").name)
        except UserError as refusal:
            told.append(str(refusal))

    threads = [threading.Thread(target=redeem, args=(f"admin{number}",)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(accounts.listed()) == 1 and len(told) == 6
    assert sum("tidak berlaku" in one for one in told) == 5


def test_neither_token_nor_password_is_written_anywhere(state):
    token = token_of(setup.address(BASE))
    setup.redeem(token, "kepala", PASSWORD, "127.0.0.1")
    assert [row["action"] for row in audit.rows()] == ["siapkan"]
    store.close()
    written = b"".join(path.read_bytes() for path in state.iterdir())
    assert token.encode() not in written and PASSWORD.encode() not in written
