"""What the tests of access share: cheap hashes, an empty store, a clock that moves when it is told to."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from access import accounts, passwords, settings, store

PASSWORD = "kuda laut biru 77"


class Clock:
    """Seconds since 1970 as the store sees them; stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_780_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """Also for the processes that tests start; it works on folders below the temporary one only."""
    name, text = passwords.REHEARSAL
    os.environ[name] = text
    yield
    del os.environ[name]


@pytest.fixture
def state(cermin_data: Path) -> Iterator[Path]:
    """The state folder of an empty store, with no connection left open afterwards."""
    settings.forget()
    yield cermin_data / "state"
    store.close()
    settings.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The store's clock in the test's hands."""
    hand = Clock()
    monkeypatch.setattr(store, "now", hand)
    return hand


@pytest.fixture
def admin(state: Path) -> accounts.Account:
    """An admin called kepala whose password is PASSWORD."""
    return accounts.add("kepala", "admin", password=PASSWORD, by="uji")


@pytest.fixture
def petugas(state: Path) -> accounts.Account:
    """A petugas called rina whose password is PASSWORD."""
    return accounts.add("rina", "petugas", password=PASSWORD, by="uji")
