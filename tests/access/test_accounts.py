"""Accounts: who can be made, who gets in, and that the right things end when something changes."""

import os
import shutil
import tempfile
import threading

import argon2
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from access import accounts, audit, limits, sessions, store
from pipelines.errors import UserError
from tests.access.conftest import PASSWORD

HERE = {"address": "10.0.0.1", "agent": "peramban"}
NEW = "sungai panjang berkelok"


def enter(name: str, password: str = PASSWORD) -> accounts.Account | None:
    return accounts.authenticate(name, password, "10.0.0.1")


def actions() -> list[str]:
    return [row["action"] for row in reversed(audit.rows())]


@pytest.mark.parametrize(
    ("name", "role", "place", "said"),
    [
        ("ab", "admin", {}, "Nama akun 'ab' tidak dapat dipakai"),
        ("x" * 65, "admin", {}, "tidak dapat dipakai"),
        ("dua kata", "admin", {}, "tidak dapat dipakai"),
        ("riná", "admin", {}, "tidak dapat dipakai"),
        ("rina\n", "raja", {}, "Peran 'raja' tidak dikenal; yang dikenal: admin, petugas, pimpinan, pemda."),
        ("rina", "pemda", {}, "akun pemda memerlukan satu kode wilayah"),
        ("rina", "pemda", {"wilayah": "99.99"}, "Wilayah '99.99' tidak dikenal"),
        ("rina", "pemda", {"wilayah": "Kutai Timur"}, "Wilayah 'Kutai Timur' tidak dikenal"),
        ("rina", "pemda", {"wilayah": "64.08", "provinsi": "64"}, "Akun pemda tidak dibatasi provinsi"),
        ("rina", "petugas", {"provinsi": "64.08"}, "Provinsi '64.08' tidak dikenal; yang dikenal: 63, 64."),
        ("rina", "petugas", {"wilayah": "64.08"}, "Akun petugas tidak memakai wilayah"),
        ("rina", "admin", {"provinsi": "64"}, "Akun admin tidak dibatasi provinsi"),
    ],
)
def test_an_account_that_cannot_be_is_told_why(state, name, role, place, said):
    with pytest.raises(UserError) as refusal:
        accounts.add(name, role, **place, password=PASSWORD, by="uji")
    assert said in str(refusal.value)
    assert accounts.listed() == [] and audit.count() == 0


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("pemda", {"wilayah": "64.08"}),
        ("pemda", {"wilayah": "63"}),
        ("petugas", {"provinsi": "64"}),
        ("pimpinan", {}),
    ],
)
def test_an_account_has_the_place_of_its_role(state, role, place):
    made = accounts.add("rina.ayu@contoh", role, **place, password=PASSWORD, by="uji")
    assert (made.role, made.wilayah, made.provinsi) == (role, place.get("wilayah"), place.get("provinsi"))
    assert accounts.find("RINA.ayu@Contoh") == made == accounts.find_by_id(made.id)
    viewer = sessions.who(sessions.start(made.id, **HERE))
    assert (viewer.wilayah, viewer.provinsi) == (made.wilayah, made.provinsi)


def test_names_are_taken_whatever_their_case(petugas):
    with pytest.raises(UserError, match="Akun 'RINA' sudah ada"):
        accounts.add("RINA", "pimpinan", password=PASSWORD, by="uji")


def test_threads_that_add_the_same_name_make_one_account(state):
    told = []

    def add() -> None:
        try:
            told.append(accounts.add("rina", "petugas", password=PASSWORD, by="uji").name)
        except UserError as refusal:
            told.append(str(refusal))

    threads = [threading.Thread(target=add) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert told.count("rina") == 1 and len(told) == 6 and len(accounts.listed()) == 1


def test_the_right_password_enters_whatever_the_case_of_the_name(petugas):
    assert enter("rina") == enter("Rina") == enter(" RINA ") == petugas


@pytest.mark.parametrize("name", ["", "tidakada", "rina' --", "\udcff", "ｒｉｎａ２", "x" * 100_000, "\0"])
def test_an_unknown_name_gives_nobody(petugas, name):
    assert enter(name) is None


@pytest.mark.parametrize("password", ["", "salah", PASSWORD + " ", PASSWORD.upper(), "\udcff", "x" * 100_000])
def test_a_wrong_password_gives_nobody(petugas, password):
    assert enter("rina", password) is None


def test_unknown_locked_passwordless_expired_and_wrong_cost_one_verification_each(admin, clock, monkeypatch):
    accounts.add("terkunci", "petugas", password=PASSWORD, by="uji")
    accounts.lock("terkunci", "kepala")
    accounts.add("tanpa-sandi", "petugas", password=None, by="uji")
    accounts.add("basi", "petugas", password=None, by="uji")
    one_time = accounts.reset("basi", "kepala")
    clock.move(accounts.TEMPORARY_SECONDS)
    verified, verify = [], argon2.PasswordHasher.verify
    monkeypatch.setattr(argon2.PasswordHasher, "verify", lambda *given: verified.append(1) or verify(*given))
    given = [
        ("tidakada", "x"),
        ("terkunci", PASSWORD),
        ("tanpa-sandi", PASSWORD),
        ("basi", one_time),
        ("kepala", "x"),
    ]
    for name, password in given:
        verified.clear()
        assert enter(name, password) is None
        assert len(verified) == 1, name


def test_a_hash_of_other_parameters_is_renewed_at_sign_in(petugas):
    old = argon2.PasswordHasher(time_cost=2, memory_cost=32, parallelism=1).hash(PASSWORD)
    with store.writing() as connection:
        connection.execute("update account set password = ?", (old,))
    assert enter("rina", "salah sama sekali") is None and kept() == old
    assert enter("rina") and kept() != old and enter("rina")


def kept() -> str:
    with store.reading() as connection:
        return connection.execute("select password from account").fetchone()[0]


def test_a_locked_account_stays_out_until_it_is_unlocked(admin, petugas):
    token = sessions.start(petugas.id, **HERE)
    accounts.lock("Rina", "kepala")
    assert enter("rina") is None and sessions.who(token) is None and accounts.find("rina").is_locked
    accounts.unlock("rina", "kepala")
    assert enter("rina") and sessions.who(token) is None


def test_a_reset_gives_a_one_time_password_that_must_be_changed(admin, petugas, clock):
    token = sessions.start(petugas.id, **HERE)
    one_time = accounts.reset("rina", "kepala")
    assert sessions.who(token) is None and enter("rina") is None
    entered = enter("rina", one_time)
    assert entered.must_change
    viewer = sessions.who(sessions.start(entered.id, **HERE))
    assert viewer.must_change and not viewer.may("unggah")
    with pytest.raises(UserError, match="sama dengan sandi lama"):
        accounts.set_password(petugas.id, one_time, by="rina")
    accounts.set_password(petugas.id, NEW, old=one_time, by="rina")
    assert enter("rina", one_time) is None and not enter("rina", NEW).must_change


def test_a_one_time_password_lasts_three_days(admin, petugas, clock):
    one_time = accounts.reset("rina", "kepala")
    clock.move(accounts.TEMPORARY_SECONDS - 1)
    assert enter("rina", one_time)
    clock.move(1)
    assert enter("rina", one_time) is None


def test_a_new_password_ends_the_other_sessions(petugas):
    here, there = sessions.start(petugas.id, **HERE), sessions.start(petugas.id, **HERE)
    accounts.set_password(petugas.id, NEW, old=PASSWORD, by="rina", keep=sessions.who(here).session)
    assert sessions.who(here) and sessions.who(there) is None
    renewed = sessions.rotate(here)
    assert sessions.who(here) is None and sessions.who(renewed)
    assert enter("rina") is None and enter("rina", NEW)


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        (NEW, "bukan sandinya", "Sandi lama tidak cocok."),
        (PASSWORD, PASSWORD, "Sandi baru sama dengan sandi lama; pilihlah yang lain."),
        ("pendek", PASSWORD, "Sandi terlalu pendek: 6 karakter; pakailah paling sedikit 12 karakter."),
        ("milik rina sendiri", PASSWORD, "Sandi memuat nama akun; pilihlah sandi tanpa nama itu."),
    ],
)
def test_a_refused_change_of_password_changes_nothing(petugas, new, old, said):
    token = sessions.start(petugas.id, **HERE)
    with pytest.raises(UserError) as refusal:
        accounts.set_password(petugas.id, new, old=old, by="rina")
    assert str(refusal.value) == said and enter("rina") and sessions.who(token)


def test_the_old_password_cannot_be_guessed_from_an_open_session(petugas, clock):
    for _ in range(5):
        with pytest.raises(UserError):
            accounts.set_password(petugas.id, NEW, old="tebakan saja", by="rina")
    with pytest.raises(limits.TooMany):
        accounts.set_password(petugas.id, NEW, old=PASSWORD, by="rina")


def test_another_role_or_place_ends_the_sessions_and_holds_at_once(admin, petugas):
    token = sessions.start(petugas.id, **HERE)
    changed = accounts.change("rina", role="pemda", wilayah="64.08", by="kepala")
    assert (changed.role, changed.wilayah, changed.provinsi) == ("pemda", "64.08", None)
    assert sessions.who(token) is None
    assert sessions.who(sessions.start(petugas.id, **HERE)).scope == "pemda:64.08"
    assert accounts.change("rina", wilayah="63.01", by="kepala").wilayah == "63.01"
    assert accounts.change("rina", role="petugas", provinsi="63", by="kepala").provinsi == "63"
    assert accounts.change("rina", role="pimpinan", by="kepala").provinsi is None
    with pytest.raises(UserError, match="memerlukan satu kode wilayah"):
        accounts.change("rina", role="pemda", by="kepala")


def test_the_last_admin_can_be_neither_locked_nor_demoted(admin):
    for take in (
        lambda: accounts.lock("kepala", "kepala"),
        lambda: accounts.change("kepala", role="petugas", by="x"),
    ):
        with pytest.raises(UserError, match="'kepala' adalah admin terakhir yang aktif"):
            take()
    accounts.add("kedua", "admin", password=PASSWORD, by="kepala")
    accounts.lock("kedua", "kepala")
    with pytest.raises(UserError, match="admin terakhir"):
        accounts.lock("kepala", "kepala")
    accounts.unlock("kedua", "kepala")
    accounts.lock("kepala", "kedua")


def test_two_admins_that_lock_each_other_at_once_leave_one(admin):
    accounts.add("kedua", "admin", password=PASSWORD, by="kepala")
    told = []

    def lock(name: str, by: str) -> None:
        try:
            accounts.lock(name, by)
        except UserError as refusal:
            told.append(str(refusal))

    pairs = [("kepala", "kedua"), ("kedua", "kepala")]
    threads = [threading.Thread(target=lock, args=pair) for pair in pairs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(told) == 1 and sum(account.is_locked for account in accounts.listed()) == 1


@pytest.mark.parametrize("verb", [accounts.lock, accounts.unlock, accounts.reset])
def test_an_account_that_is_not_there_is_named(state, verb):
    with pytest.raises(UserError, match="Akun 'tidakada' tidak ada"):
        verb("tidakada", "uji")


def test_every_change_has_its_row_with_the_actor_and_nothing_secret(admin, state):
    made = accounts.add("rina", "petugas", provinsi="64", password=PASSWORD, by="kepala", address="10.0.0.9")
    accounts.lock("rina", "kepala")
    accounts.unlock("rina", "kepala")
    accounts.reset("rina", "kepala")
    accounts.set_password(made.id, NEW, by="rina")
    accounts.change("rina", role="pimpinan", by="kepala")
    expected = "akun_dibuat akun_dibuat akun_dikunci akun_dibuka sandi_direset sandi_diganti akun_diubah"
    assert actions() == expected.split() and audit.verify().ok
    row = audit.rows(name="kepala", action="akun_dibuat")[0]
    assert (row["role"], row["address"]) == ("admin", "10.0.0.9")
    assert row["detail"] == {"akun": "rina", "peran": "petugas", "provinsi": "64"}
    store.close()
    written = b"".join(path.read_bytes() for path in state.iterdir())
    assert PASSWORD.encode() not in written and NEW.encode() not in written


def test_an_outside_identity_belongs_to_one_account_without_a_password(admin):
    made = accounts.add("sari", "pimpinan", password=None, identity="https://sso|42", by="uji")
    assert accounts.find_identity("https://sso|42") == made and not made.has_password
    assert accounts.find_identity("https://sso|43") is None and enter("sari", "") is None
    with pytest.raises(UserError, match="Identitas itu sudah terpasang"):
        accounts.add("lain", "pimpinan", password=None, identity="https://sso|42", by="uji")
    with pytest.raises(UserError, match="penyedia identitas"):
        accounts.reset("sari", "kepala")


NAMES = st.sampled_from(["kepala", "KEPALA", "rina", "budi", "sari"])


class AnySequence(RuleBasedStateMachine):
    """Whatever is done in whatever order: somebody can manage accounts, and every change has its row."""

    def __init__(self) -> None:
        super().__init__()
        self.before = os.environ["CERMIN_DATA"]
        os.environ["CERMIN_DATA"] = self.folder = tempfile.mkdtemp()
        accounts.add("kepala", "admin", password=PASSWORD, by="uji")
        self.done, self.tokens = 1, {}

    def _do(self, act, ended: str) -> None:
        try:
            act()
        except UserError:
            return
        self.done += 1
        for token in self.tokens.pop(ended.casefold(), []):
            assert sessions.who(token) is None

    @rule(name=NAMES, role=st.sampled_from(["admin", "petugas", "pimpinan"]))
    def add(self, name, role):
        self._do(lambda: accounts.add(name, role, password=PASSWORD, by="uji"), "")

    @rule(name=NAMES)
    def lock(self, name):
        self._do(lambda: accounts.lock(name, "uji"), name)

    @rule(name=NAMES)
    def unlock(self, name):
        self._do(lambda: accounts.unlock(name, "uji"), "")

    @rule(name=NAMES)
    def reset(self, name):
        self._do(lambda: accounts.reset(name, "uji"), name)

    @rule(name=NAMES, role=st.sampled_from(["admin", "petugas", "pimpinan"]))
    def change(self, name, role):
        self._do(lambda: accounts.change(name, role=role, by="uji"), name)

    @rule(name=NAMES)
    @precondition(lambda self: len(self.tokens) < 5)
    def start(self, name):
        account = accounts.find(name)
        if account and not account.is_locked:
            self.tokens.setdefault(name.casefold(), []).append(sessions.start(account.id, **HERE))

    @invariant()
    def somebody_can_manage_accounts(self):
        assert any(account.role == "admin" and not account.is_locked for account in accounts.listed())

    @invariant()
    def every_change_has_its_row(self):
        verdict = audit.verify()
        assert verdict.ok and verdict.rows == self.done

    @invariant()
    def the_other_sessions_live(self):
        assert all(sessions.who(token) for tokens in self.tokens.values() for token in tokens)

    def teardown(self) -> None:
        store.close()
        os.environ["CERMIN_DATA"] = self.before
        shutil.rmtree(self.folder)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
