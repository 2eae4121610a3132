"""A real server and a real Chromium: one server with the sample to read, one of its own to write."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench import signing
from bench.browser import DONE, WAITING, chromium
from bench.children import served
from pipelines.places import ROOT

PATIENCE_MS = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium: without one, skipped with the reason; in CI that is a failure."""
    skip = pytest.mark.skip(reason="Chromium tidak terpasang (sudo apt-get install chromium)")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium() is None and not os.environ.get("CERMIN_CI"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """The system's Chromium; no sandbox, since CI runs as root."""
    if chromium() is None:
        pytest.fail("CERMIN_CI is set, and no Chromium is installed")
    return {"executable_path": chromium(), "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    """A viewer in Kalimantan at a desk."""
    return {
        "locale": "id-ID",
        "timezone_id": "Asia/Makassar",
        "viewport": {"width": 1280, "height": 900},
        "accept_downloads": True,
    }


_data: dict[str, Path] = {}


def known(address: str, data: Path) -> str:
    """The address of a server whose CERMIN_DATA is known, so that somebody can be signed in there."""
    _data[f"http://{address}"] = data
    return f"http://{address}"


def sign_in(context: BrowserContext, server: str, role: str = "admin", wilayah: str | None = None) -> None:
    """Give a browser the session cookie of such a viewer; the ports of one host share their cookies."""
    context.add_cookies([signing.cookie(server.removeprefix("http://"), _data[server], role, wilayah)])


@pytest.fixture(scope="session")
def data_of() -> Callable[[str], Path]:
    """data_of(server) is the CERMIN_DATA of a server of these fixtures."""
    return _data.__getitem__


@pytest.fixture(scope="session")
def signed_in() -> Callable[..., None]:
    """signed_in(context, server, "pemda", "64.08") signs a viewer in at a server of these fixtures."""
    return sign_in


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that was started on an empty CERMIN_DATA; tests on it only read."""
    folder = tmp_path_factory.mktemp("server")
    with served(ROOT / "app.py", folder / "data", folder / "log.txt") as (address, _):
        yield known(address, folder / "data")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """The address of a server with a fresh CERMIN_DATA for one test that writes."""
    with served(ROOT / "app.py", tmp_path / "data", tmp_path / "log.txt") as (address, _):
        yield known(address, tmp_path / "data")


@pytest.fixture(scope="session")
def viewer(browser: Browser, browser_context_args: dict) -> Iterator[BrowserContext]:
    """One viewer for all tests: the server's files are fetched once and kept by the browser."""
    context = browser.new_context(**browser_context_args)
    expect.set_options(timeout=PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(viewer: BrowserContext) -> Iterator[Page]:
    """A new tab that waits up to thirty seconds for what a page has to show: CI has two slow cores."""
    tab = viewer.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    yield tab
    tab.close()


@pytest.fixture
def visit(page: Page, base_url: str) -> Callable[..., Page]:
    """visit("/peta?ukuran=jejaring") opens an address of the reading server and waits for the whole page.

    The viewer is an admin unless another role is named.
    """

    def open_and_wait(
        path: str, server: str = base_url, role: str = "admin", wilayah: str | None = None
    ) -> Page:
        sign_in(page.context, server, role, wilayah)
        page.goto(server + path)
        settle(page)
        return page

    return open_and_wait


@pytest.fixture(scope="session")
def settled() -> Callable[[Page], None]:
    """Waits until a page that was touched is whole again."""
    return settle


def settle(page: Page) -> None:
    """Wait for the first text, the end of the run and the last picture; twice, for a run about to begin."""
    page.locator("[data-testid=stMain] :is(h1, h2, p):visible").first.wait_for()
    for _ in range(2):
        page.locator(DONE).wait_for()
        expect(page.locator(WAITING)).to_have_count(0)
        page.wait_for_timeout(250)
