"""The map in a real Chromium: mouse, keyboard, address, phone, and what goes over the wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bench.children import served
from pipelines.places import ROOT

APP = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from portal import map_assets
app = st.App({script!r}, routes=map_assets.ROUTES)
"""
SCRIPT = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from portal import region_map
from tests.portal.test_region_map import LEGEND, values

st.set_page_config(layout="wide")

def choose(kode):
    st.query_params.from_dict(dict(st.query_params) | {{"wilayah": kode or ""}})

provinces = st.query_params.get("provinsi", "64,63").split(",")
skip, kelas = st.query_params.get("tanpa", ""), st.query_params.get("kelas", "k1")
chosen = region_map.draw(values(skip, kelas), key="peta", measure_label="Laporan masuk", legend=LEGEND,
    selected=st.query_params.get("wilayah"), provinces=provinces, on_select=choose)
st.text(f"dipilih: {{chosen}}")
st.button("ulang")
"""
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.dataset.kode ?? null;
}"""


@pytest.fixture(scope="module")
def map_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that holds nothing but the map."""
    folder: Path = tmp_path_factory.mktemp("peta")
    inner = folder / "isi"
    inner.mkdir()
    (inner / "halaman.py").write_text(SCRIPT.format(root=str(ROOT)), encoding="utf-8")
    app = folder / "app.py"
    app.write_text(APP.format(root=str(ROOT), script=str(inner / "halaman.py")), encoding="utf-8")
    with served(app, folder / "data", folder / "log.txt") as (address, _):
        yield f"http://{address}"


def shape(page: Page, kode: str):
    return page.locator(f"path[data-kode='{kode}']")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(shape(page, "64.08")).to_be_attached()
    expect(page.locator("text.nama").first).to_be_attached()
    return page


def test_a_click_selects_and_moves_the_address(page: Page, map_page: str):
    opened(page, map_page)
    shape(page, "64.08").click()
    expect(page.get_by_text("dipilih: 64.08")).to_be_visible()
    expect(shape(page, "64.08")).to_have_attribute("aria-pressed", "true")
    assert "wilayah=64.08" in page.url
    shape(page, "64.08").click()
    expect(page.get_by_text("dipilih: None")).to_be_visible()


def test_the_address_selects(page: Page, map_page: str):
    opened(page, f"{map_page}/?wilayah=63.02")
    expect(shape(page, "63.02")).to_have_attribute("aria-pressed", "true")


def test_the_keyboard_alone_suffices_and_the_focus_survives_a_rerun(page: Page, map_page: str):
    opened(page, map_page)
    shape(page, "63.01").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "63.02"
    page.keyboard.press("Enter")
    expect(page.get_by_text("dipilih: 63.02")).to_be_visible()
    assert page.evaluate(FOCUSED) == "63.02"
    page.keyboard.press("Tab")
    expect(page.locator(".tip")).to_contain_text("27 laporan")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.get_by_text("dipilih: 63.03")).to_be_visible()


def test_a_provincial_government_is_a_badge_that_can_be_chosen(page: Page, map_page: str):
    opened(page, map_page)
    page.locator("button[data-kode='64']").click()
    expect(page.get_by_text("dipilih: 64", exact=True)).to_be_visible()
    expect(page.locator("button[data-kode='64']")).to_have_attribute("aria-pressed", "true")


def test_one_province_fills_the_map_and_the_other_cannot_be_chosen(page: Page, map_page: str):
    opened(page, f"{map_page}/?provinsi=63")
    assert shape(page, "64.08").get_attribute("tabindex") is None
    assert shape(page, "63.01").get_attribute("tabindex") == "0"
    assert page.locator("button[data-kode]").count() == 1


def test_a_missing_region_is_hatched_and_named(page: Page, map_page: str):
    opened(page, f"{map_page}/?tanpa=64.08")
    assert "url(" in shape(page, "64.08").evaluate("shape => getComputedStyle(shape).fill")
    label = shape(page, "64.08").get_attribute("aria-label")
    assert label.endswith("tidak ada data")


def test_all_zero_is_drawn_as_zero_and_not_as_nothing(page: Page, map_page: str):
    opened(page, f"{map_page}/?kelas=nol")
    fill = shape(page, "64.02").evaluate("shape => getComputedStyle(shape).fill")
    assert "m-nol" in fill
    expect(page.locator("li[data-kelas=nol] .jumlah")).to_have_text("25")


def test_a_run_costs_little_and_nothing_leaves_the_machine(page: Page, map_page: str):
    received, addresses = [], []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    opened(page, map_page)
    received.clear()
    shape(page, "64.08").click()
    expect(page.get_by_text("dipilih: 64.08")).to_be_visible()
    assert sum(received) < 10_000
    assert [url for url in addresses if not url.startswith((map_page, "blob:", "data:"))] == []
    assert len([url for url in addresses if url.endswith("wilayah.js")]) == 1


def test_the_map_has_no_accessibility_findings(page: Page, map_page: str):
    opened(page, map_page)
    found = Axe().run(page, context=".stBidiComponent").response["violations"]
    assert [(finding["id"], len(finding["nodes"])) for finding in found] == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_phone_shows_it_without_scrolling_sideways(page: Page, map_page: str, mode: str):
    page.emulate_media(color_scheme=mode)
    page.set_viewport_size({"width": 360, "height": 780})
    opened(page, map_page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    boxes = page.locator("text.nama").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert apart or one["bottom"] <= other["top"] + 3 or other["bottom"] <= one["top"] + 3
