"""A cold page in a real Chromium, until its pictures are drawn, beyond an empty Streamlit page."""

import os
import shutil
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from bench.children import served
from bench.report import Measure
from pipelines.places import ROOT

BEYOND_S = 2.5
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
WAITING = "[data-testid=stSkeleton], [data-muat]"
SIZE = {"width": 1280, "height": 900}
EMPTY = "import streamlit as st\n\nst.write('kosong')\n"


def chromium() -> str | None:
    """The Chromium of this machine: $CHROMIUM, else the first that the system knows; None without one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


def measure(data: Path, pages: dict[str, str], repeats: int, scratch: Path) -> list[Measure]:
    """Seconds of each page beyond the empty page; every view starts with an empty browser cache."""
    if chromium() is None:
        raise RuntimeError("Chromium tidak terpasang: sudo apt-get install chromium")
    empty_script = scratch / "kosong.py"
    empty_script.write_text(EMPTY, encoding="utf-8")
    with (
        served(empty_script, data, scratch / "kosong.log") as (empty, _),
        served(ROOT / "app.py", data, scratch / "halaman.log") as (cermin, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        _cold(browser, f"http://{empty}/")
        return [_page(browser, empty, cermin, page, query, repeats) for page, query in pages.items()]


def _page(browser: Browser, empty: str, cermin: str, page: str, query: str, repeats: int) -> Measure:
    address = f"http://{cermin}/{page}?{query}"
    first, bare, drawn = _cold(browser, address), [], []
    for _ in range(repeats):
        bare.append(_cold(browser, f"http://{empty}/"))
        drawn.append(_cold(browser, address))
    beyond = statistics.median(drawn) - statistics.median(bare)
    note = f"halaman {statistics.median(drawn):.2f} s, kosong {statistics.median(bare):.2f} s, "
    note += f"kunjungan pertama ke server {first:.2f} s"
    return Measure(f"/{page}: dingin di Chromium, di luar halaman kosong", beyond, "s", BEYOND_S, note)


def _cold(browser: Browser, address: str) -> float:
    """Seconds until the script has ended and nothing is left to be drawn: no place holders, no empty map."""
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Makassar", viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(60_000)
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("[data-testid=stMain] :is(h1, h2, p)").first.wait_for()
    page.locator(DONE).wait_for()
    expect(page.locator(WAITING)).to_have_count(0, timeout=60_000)
    seconds = time.perf_counter() - start
    context.close()
    return seconds
