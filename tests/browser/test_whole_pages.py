"""Every page as a whole: nothing leaves the machine or breaks, a screen reader can use it, it fits."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = [
    "/",
    "/peta?wilayah=64.08",
    "/kerja-sama",
    "/tren",
    "/deteksi-dini",
    "/perbandingan?banding=tingkat&wilayah=64.02",
    "/wilayah",
    "/wilayah?kode=64.08",
    "/unggah",
    "/register",
    "/register?jenis=kerja_sama&kunci=KS-64.08-20251128-BELUM",
    "/metode",
]

# Findings in Streamlit's own elements, which we cannot change: rule -> a part of the element's HTML.
STREAMLITS_OWN: dict[str, tuple[str, ...]] = {}


def _watch(page: Page, base_url: str) -> list[str]:
    """Addresses outside the server that the page asks for from now on."""
    outside: list[str] = []
    own = urlsplit(base_url).netloc

    def look(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != own:
            outside.append(request.url)

    page.on("request", look)
    page.on(
        "websocket", lambda socket: None if urlsplit(socket.url).netloc == own else outside.append(socket.url)
    )
    return outside


def _is_streamlits_own(rule: str, html: str) -> bool:
    return any(part in html for part in STREAMLITS_OWN.get(rule, ()))


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not _is_streamlits_own(rule["id"], node["html"])
    ]


@pytest.fixture(scope="module", params=PAGES)
def whole(request, viewer, base_url, settled, signed_in):
    """One visit to a page: the tab, the addresses outside that it asked for, the faults of its scripts."""
    signed_in(viewer, base_url)
    page = viewer.new_page()
    outside, faults = _watch(page, base_url), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(base_url + request.param)
    settled(page)
    yield page, outside, faults
    page.close()


def test_nothing_leaves_the_machine_and_nothing_breaks(whole):
    page, outside, faults = whole
    page.wait_for_timeout(500)
    assert outside == []
    assert faults == []
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Terjadi galat")).to_have_count(0)


def test_one_heading_names_the_page(whole):
    expect(whole[0].get_by_role("heading", level=1)).to_have_count(1)


def test_a_screen_reader_finds_nothing_serious(whole):
    assert _serious(whole[0]) == []


@pytest.mark.parametrize("path", PAGES)
def test_colours_hold_in_the_dark(visit, page, path):
    page.emulate_media(color_scheme="dark")
    assert _serious(visit(path)) == []


@pytest.mark.parametrize("path", PAGES)
def test_fits_a_phone_without_sideways_scroll(visit, page, path):
    page.set_viewport_size({"width": 360, "height": 780})
    visit(path)
    wide = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return [document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth];
        }"""
    )
    assert max(wide) <= 0
