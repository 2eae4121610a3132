"""Signing in as a person does, on a telephone and at a desk; and that the policy breaks no page."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from access import accounts, sessions
from access.roles import PAGES
from access.rules import SHEETS
from tests.access.serving import COOKIE, OWN, PASSWORDS, Server, serving

OURS = ("/akun", "/akun/kode", "/sandi", "/pengguna", "/jejak-audit")
PORTAL = [f"/{address}" for address in PAGES if address not in SHEETS]


@pytest.fixture(scope="module")
def server(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the sample and one account per role."""
    data = shutil.copytree(sample_folder, tmp_path_factory.mktemp("masuk") / "data")
    with serving(data) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """A tab of a browser in which nobody is signed in."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield context.new_page()
    context.close()


def sign_in(tab: Page, role: str) -> None:
    tab.get_by_label("Nama akun").fill(role)
    tab.get_by_label("Sandi", exact=True).fill(PASSWORDS[role])
    tab.get_by_role("button", name="Masuk").click()


def own(context: BrowserContext, server: Server, role: str) -> None:
    context.add_cookies([{"name": COOKIE, "value": server.token(role), "url": f"http://{server.address}"}])


def test_a_shared_address_leads_through_the_sign_in_to_its_page(tab, server, settled):
    tab.goto(f"http://{server.address}/wilayah?kode={OWN}")
    expect(tab).to_have_title(re.compile("^Masuk"))
    expect(tab.get_by_label("Nama akun")).to_be_focused()
    sign_in(tab, "pimpinan")
    tab.wait_for_url(f"**/wilayah?kode={OWN}*")
    settled(tab)
    expect(tab.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_said_to_eyes_and_screen_readers(tab, server):
    tab.goto(f"http://{server.address}/masuk")
    tab.get_by_label("Nama akun").fill("pimpinan")
    tab.get_by_label("Sandi", exact=True).fill("salah sekali 1")
    tab.get_by_role("button", name="Masuk").click()
    expect(tab.get_by_role("alert")).to_have_text("Nama atau sandi tidak cocok.")
    expect(tab.get_by_label("Sandi", exact=True)).to_have_attribute("aria-describedby", "salah")
    expect(tab.get_by_label("Nama akun")).to_have_value("pimpinan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_pages_fit_a_telephone_and_have_no_barrier(tab, server, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 360, "height": 740})
    for path in ("/masuk", *OURS):
        if path == OURS[0]:
            own(tab.context, server, "admin")
        tab.goto(f"http://{server.address}{path}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
    # The policy lets no foreign script into our pages; the check needs one.
    unbound = tab.context.browser.new_context(bypass_csp=True, color_scheme=scheme)
    own(unbound, server, "admin")
    page = unbound.new_page()
    for path in ("/masuk", *OURS):
        page.goto(f"http://{server.address}{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    unbound.close()


def test_an_open_page_goes_to_the_sign_in_when_its_session_ends(tab, server, settled):
    own(tab.context, server, "petugas")
    tab.goto(f"http://{server.address}/metode")
    settled(tab)
    with server.within():
        sessions.end_all(accounts.find("petugas").id)
    tab.wait_for_url("**/masuk?ke=%2Fmetode*", timeout=15_000)
    sign_in(tab, "petugas")
    tab.wait_for_url("**/metode*")


def test_no_page_breaks_the_policy(tab, server, settled):
    said: list[str] = []
    tab.on(
        "console", lambda message: said.append(message.text) if "Security Policy" in message.text else None
    )
    own(tab.context, server, "admin")
    for path in (*PORTAL, *OURS, "/masuk"):
        tab.goto(f"http://{server.address}{path}")
        if path in PORTAL:
            settled(tab)
    assert said == []
