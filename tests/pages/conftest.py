"""Pages are run whole, through the main script, on three states of the data: sample, none, one province."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from bench import signing
from pipelines import build, intake, lake, sample, titipan
from pipelines.places import ROOT
from pipelines.sample import shape
from portal import giliran, rooms

MISSING = "64.07"  # covered by `one_province`, and nobody reported anything there
UNCOVERED = "63.04"  # in the province that no batch of `one_province` speaks for
STATES = ("sample_data", "no_reports", "one_province")


def _written(folder: Path, write: Callable[[], object]) -> Path:
    """Make a CERMIN_DATA in a folder by running `write` on it, then build."""
    before = os.environ["CERMIN_DATA"]
    os.environ["CERMIN_DATA"] = str(folder)
    try:
        write()
        build.build()
    finally:
        os.environ["CERMIN_DATA"] = before
    return folder


@pytest.fixture(scope="session")
def no_reports_folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped registers, and the sample undone."""
    folder = tmp_path_factory.mktemp("kosong") / "cermin"
    shutil.copytree(sample_folder, folder)
    return _written(folder, lambda: intake.undo_batch(lake.live("laporan")[0].batch, by="uji"))


@pytest.fixture(scope="session")
def one_province_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One province covered and one of its regions without a single report; the other province uncovered."""
    folder = tmp_path_factory.mktemp("kurang")
    file = folder / "laporan.csv"
    code = {way: code for code, ways in shape.spellings().items() for way in ways}
    place = pl.col("wilayah_terlapor").replace_strict(code, default=None, return_dtype=pl.String)
    covered = place.str.starts_with(MISSING[:2]) & (place != MISSING)
    sample.frame().filter(covered).write_csv(file)
    given = {"per_tanggal": shape.LAST, "sejak": shape.FIRST, "cakupan": [MISSING[:2]], "by": "uji"}
    return _written(folder / "cermin", lambda: intake.keep_file("laporan", file, **given))


@pytest.fixture
def no_reports(no_reports_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No live batch of laporan, for tests that only read."""
    monkeypatch.setenv("CERMIN_DATA", str(no_reports_folder))
    return no_reports_folder


@pytest.fixture
def one_province(one_province_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One province uncovered, one region of the other without a report, for tests that only read."""
    monkeypatch.setenv("CERMIN_DATA", str(one_province_folder))
    return one_province_folder


@pytest.fixture(params=STATES)
def any_data(request: pytest.FixtureRequest) -> str:
    """Each of the three states in turn; its name."""
    request.getfixturevalue(request.param)
    return request.param


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Open a page as a viewer does, `open_page("tren", wilayah="64.02")`; no fault may show."""

    def opening(address: str = "", role: str = "admin", own: str | None = None, **query: str) -> AppTest:
        app = opened(address, role, own, **query)
        assert [one.value for one in (*app.exception, *app.error)] == []
        return app

    return opening


def opened(address: str = "", role: str = "admin", own: str | None = None, **query: str) -> AppTest:
    """A page by its address, with what stands behind the question mark, as a signed-in viewer of a role."""
    app = AppTest.from_file(str(ROOT / "portal" / "shell.py"), default_timeout=60)
    app.user = {"sesi": signing.viewer(role, own).session}
    if role == "pemda":
        app.run()  # from the front page on to its own, which empties the address
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(str(rooms.file_of(address))).run() if address else app


def said(app: AppTest) -> str:
    """Everything that is written on a page."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "success",
        "error",
        "html",
    )
    return "\n".join(str(getattr(one, "value", "")) for kind in kinds for one in app.get(kind))


def titles(app: AppTest) -> list[str]:
    """The titles of the figure blocks and cards."""
    return [one.value.lstrip("# ") for one in app.markdown if one.value.startswith("##")]


def dropped(content: bytes, name: str = "ekstrak.csv", kind: str = "laporan", role: str = "admin") -> str:
    """A file as the route of uploads leaves it for a signed-in viewer of a role; its token."""
    account, token = signing.viewer(role).account, secrets.token_hex(16)
    with titipan.begin(account, token, len(content)) as part:
        part.write(content)
    return titipan.keep(account, token, name, kind).token


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work of the queue is waited for, however slow the machine; none of it outlives the test."""
    monkeypatch.setattr(giliran, "PATIENCE_SECONDS", 60.0)
    yield
    for line in giliran.LINES:
        line.settle()
        for job in line.ended():
            line.forget(job)
