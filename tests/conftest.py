"""What every test shares: a private CERMIN_DATA, made before any module is imported, and its guard."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipelines import places

REAL = tuple(str(places.ROOT / "data" / name) for name in ("lake", "warehouse", "state"))
PRIVATE = Path(tempfile.mkdtemp(prefix="cermin-tests-"))
os.environ["CERMIN_DATA"] = str(PRIVATE / "session")

settings.register_profile("cermin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cermin")


def _refuse_the_real_data(event: str, args: tuple) -> None:
    """Audit hook: whatever a test opens, lists, makes or moves, it is not in the real data folders."""
    if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.scandir", "os.listdir"):
        for name in args[:2]:
            if isinstance(name, (str, os.PathLike)) and str(name).startswith(REAL):
                raise PermissionError(f"a test touched the real data: {event} {name}")


sys.addaudithook(_refuse_the_real_data)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser last: its driver leaves an event loop running, which no other test may meet."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def pytest_unconfigure() -> None:
    """Take the private folders away again."""
    shutil.rmtree(PRIVATE, ignore_errors=True)


@pytest.fixture(autouse=True)
def _private_data() -> Iterator[None]:
    """Each test ends, as it began, with a CERMIN_DATA outside the tree."""
    yield
    written = os.environ.get("CERMIN_DATA", "")
    assert written and not Path(written).resolve().is_relative_to(places.ROOT), "CERMIN_DATA left its place"


@pytest.fixture(autouse=True)
def _whole_scope() -> Iterator[None]:
    """Tests ask as somebody who may see everything, unless they say otherwise."""
    from portal import ask

    ask.enter("semua")
    yield
    ask.leave()


@pytest.fixture
def cermin_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty CERMIN_DATA for one test."""
    folder = tmp_path / "cermin"
    monkeypatch.setenv("CERMIN_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """A CERMIN_DATA with the shipped registers and the synthetic extract, built once; nobody writes to it."""
    folder = PRIVATE / "sample"
    before = os.environ["CERMIN_DATA"]
    os.environ["CERMIN_DATA"] = str(folder)
    try:
        from pipelines import build, sample

        sample.ensure_loaded()
        build.build()
    finally:
        os.environ["CERMIN_DATA"] = before
    return folder


@pytest.fixture
def sample_data(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The built sample as CERMIN_DATA, for tests that only read."""
    monkeypatch.setenv("CERMIN_DATA", str(sample_folder))
    return sample_folder


@pytest.fixture
def sample_copy(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built sample as CERMIN_DATA, for tests that write."""
    folder = shutil.copytree(sample_folder, tmp_path / "cermin")
    monkeypatch.setenv("CERMIN_DATA", str(folder))
    return folder
