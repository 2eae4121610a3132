"""Choosing a region and a filter: by mouse, and by keyboard alone."""

import re

from playwright.sync_api import Page, expect

FOCUSED = """() => {
    let at = document.activeElement;
    while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    return at ? {kode: at.dataset.kode || null, text: (at.innerText || '').trim(), tag: at.tagName} : null;
}"""


def _tab_until(page: Page, wanted, most: int = 120) -> dict:
    """Press Tab until the focused element is the wanted one; what it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused and wanted(focused):
            return focused
    raise AssertionError("Tab never reached it")


def test_a_click_on_a_region_opens_its_card_and_the_way_to_its_page(visit, settled):
    page = visit("/peta")
    page.locator("path[data-kode='64.08']").click()
    page.wait_for_url(re.compile(r"wilayah=64\.08"))
    settled(page)
    card = page.locator(".st-key-kartu_wilayah")
    expect(card).to_contain_text("Kabupaten Kutai Timur")
    card.get_by_role("link", name=re.compile("halaman wilayah")).click()
    page.wait_for_url(re.compile(r"/wilayah\?.*kode=64\.08"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kutai Timur")


def test_choosing_the_chosen_region_again_closes_its_card(visit, settled):
    page = visit("/peta?wilayah=63.71")
    expect(page.locator(".st-key-kartu_wilayah")).to_contain_text("Kota Banjarmasin")
    page.locator("path[data-kode='63.71']").press("Enter")
    settled(page)
    expect(page.locator(".st-key-kartu_wilayah")).to_have_count(0)


def test_the_keyboard_alone_reaches_a_region_and_keeps_its_place(visit, settled):
    page = visit("/peta")
    reached = _tab_until(page, lambda focused: focused["kode"])
    page.keyboard.press("Tab")
    chosen = page.evaluate(FOCUSED)["kode"]
    assert chosen and chosen != reached["kode"]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"wilayah={re.escape(chosen)}"))
    settled(page)
    expect(page.locator(".st-key-kartu_wilayah")).to_be_visible()
    assert page.evaluate(FOCUSED)["kode"] == chosen, "the focus stays where it was"


def test_the_keyboard_alone_changes_a_filter(visit, settled):
    page = visit("/")
    expect(page.locator("path[data-kode][tabindex='0']")).to_have_count(23)
    _tab_until(page, lambda focused: focused["text"] == "Kalimantan Timur" and focused["tag"] != "A")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("provinsi=64"))
    settled(page)
    expect(page.locator("path[data-kode][tabindex='0']")).to_have_count(10)


def test_every_region_says_its_name_and_figure(visit):
    page = visit("/peta?ukuran=terbuka")
    labels = [path.get_attribute("aria-label") for path in page.locator("path[data-kode]").all()]
    assert len(labels) == 23
    assert all(re.match(r"(Kabupaten|Kota) .+", label) for label in labels)
    assert all(re.search(r"\d|tidak ada data|nol", label) for label in labels)
