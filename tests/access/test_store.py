"""The file of the store: what is said when it cannot be used."""

import sqlite3
from contextlib import closing

import pytest

from access import store
from pipelines.errors import UserError


def open_it() -> None:
    with store.writing():
        pass


def test_a_file_that_is_no_database_is_named(state):
    state.mkdir(parents=True)
    store.path().write_bytes(b"bukan basis data " * 500)
    with pytest.raises(UserError, match="berkas akun rusak; pulihkan dari cadangan terakhir"):
        open_it()


def test_a_file_of_a_newer_program_is_left_alone(state):
    open_it()
    store.close()
    with closing(sqlite3.connect(store.path())) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(UserError, match="berversi 99"):
        open_it()


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(state):
    state.parent.mkdir(parents=True)
    state.write_text("sebuah berkas di tempat folder")
    with pytest.raises(UserError) as refusal:
        open_it()
    assert str(store.path()) in str(refusal.value) and str(refusal.value).count(".") <= 3


def test_a_read_only_file_system_is_told_in_one_sentence(cermin_data, monkeypatch):
    monkeypatch.setenv("CERMIN_DATA", "/proc/cermin")
    with pytest.raises(UserError, match="/proc/cermin"):
        open_it()


def test_a_failed_transaction_leaves_the_connection_usable(state):
    for _ in range(3):
        with pytest.raises(RuntimeError), store.writing():
            raise RuntimeError
    open_it()


def test_connections_are_bounded_and_reused(state):
    held = [store.reading() for _ in range(store.KEPT_OPEN + 4)]
    [one.__enter__() for one in held]
    [one.__exit__(None, None, None) for one in held]
    assert len(next(idle for idle in store._open.values() if idle)) == store.KEPT_OPEN
