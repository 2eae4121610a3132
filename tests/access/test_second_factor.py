"""The second factor: which codes count, how often, and how it goes away."""

import threading

import pyotp
import pytest

from access import accounts, audit, limits, second_factor
from pipelines.errors import UserError
from tests.access.conftest import PASSWORD


def with_code(account: accounts.Account, clock) -> pyotp.TOTP:
    totp = pyotp.TOTP(accounts.start_totp(account.id))
    assert accounts.confirm_totp(account.id, totp.at(clock.seconds))
    clock.move(30)
    return totp


def test_a_second_factor_counts_once_a_code_was_seen(petugas, clock):
    secret = accounts.start_totp(petugas.id)
    assert not accounts.find("rina").has_totp
    with pytest.raises(UserError, match="Kode tidak cocok"):
        accounts.confirm_totp(petugas.id, "000000")
    accounts.confirm_totp(petugas.id, pyotp.TOTP(secret).at(clock.seconds))
    assert accounts.find("rina").has_totp and audit.rows(limit=1)[0]["action"] == "kode_dipasang"
    assert second_factor.address_of(petugas.id, secret).startswith("otpauth://totp/Cermin:rina?secret=")


def test_each_code_is_accepted_once(petugas, clock):
    totp = with_code(petugas, clock)
    code = totp.at(clock.seconds)
    assert accounts.check_code(petugas.id, f" {code[:3]} {code[3:]} ")
    assert not accounts.check_code(petugas.id, code)
    assert not accounts.check_code(petugas.id, totp.at(clock.seconds - 30)), (
        "an earlier one after a later one"
    )
    assert accounts.check_code(petugas.id, totp.at(clock.seconds + 30))


def test_the_code_of_the_confirmation_is_used_up(petugas, clock):
    totp = pyotp.TOTP(accounts.start_totp(petugas.id))
    code = totp.at(clock.seconds)
    accounts.confirm_totp(petugas.id, code)
    assert not accounts.check_code(petugas.id, code)


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(petugas, clock, steps, is_right):
    totp = with_code(petugas, clock)
    clock.move(300)
    assert accounts.check_code(petugas.id, totp.at(clock.seconds + 30 * steps)) == is_right


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "\udcff", "0" * 10_000])
def test_what_is_no_code_is_refused(petugas, clock, code):
    with_code(petugas, clock)
    assert not accounts.check_code(petugas.id, code)


def test_one_code_in_many_threads_is_accepted_once(petugas, clock):
    totp, told = with_code(petugas, clock), []
    code = totp.at(clock.seconds)
    threads = [
        threading.Thread(target=lambda: told.append(accounts.check_code(petugas.id, code))) for _ in range(4)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(told) == [False, False, False, True]


def test_codes_cannot_be_guessed(petugas, clock):
    totp = with_code(petugas, clock)
    wrong = f"{(int(totp.at(clock.seconds)) + 7) % 1_000_000:06}"
    for _ in range(5):
        assert not accounts.check_code(petugas.id, wrong)
    with pytest.raises(limits.TooMany):
        accounts.check_code(petugas.id, totp.at(clock.seconds))


def test_an_account_without_a_second_factor_has_no_right_code(petugas, clock):
    secret = accounts.start_totp(petugas.id)
    assert not accounts.check_code(petugas.id, pyotp.TOTP(secret).at(clock.seconds))


def test_only_admin_and_petugas_have_a_second_factor(admin):
    made = accounts.add("tamu", "pimpinan", password=PASSWORD, by="kepala")
    with pytest.raises(UserError, match="admin dan petugas"):
        accounts.start_totp(made.id)


def test_the_second_factor_goes_with_the_password_or_a_reset(admin, petugas, clock):
    with_code(petugas, clock)
    with pytest.raises(UserError, match="Sandi tidak cocok"):
        accounts.drop_totp(petugas.id, "bukan sandinya")
    assert accounts.find("rina").has_totp
    accounts.drop_totp(petugas.id, PASSWORD)
    assert not accounts.find("rina").has_totp and audit.rows(limit=1)[0]["action"] == "kode_dilepas"
    clock.move(30)
    with_code(petugas, clock)
    accounts.reset("rina", "kepala")
    assert not accounts.find("rina").has_totp
