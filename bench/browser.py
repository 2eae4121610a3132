"""A cold page in a real Chromium, until its pictures are drawn, beyond an empty Streamlit page."""

import os
import re
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.children import served
from bench.report import Measure, number
from bench.signing import cookie
from pipelines.errors import UserError
from pipelines.places import ROOT

BEYOND_S, UPLOAD_S = 2.5, 2
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
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
    empty_script = scratch / "kosong.py"
    empty_script.write_text(EMPTY, encoding="utf-8")
    with (
        served(empty_script, data, scratch / "kosong.log") as (empty, _),
        served(ROOT / "app.py", data, scratch / "halaman.log") as (cermin, _),
        launched() as browser,
    ):
        _cold(browser, f"http://{empty}/")
        signed = cookie(cermin, data)
        return [_page(browser, empty, cermin, signed, page, query, repeats) for page, query in pages.items()]


def measure_upload(data: Path, files: list[Path], scratch: Path) -> list[Measure]:
    """Seconds from the click that confirms a small file until the page shows the figures after it."""
    with served(ROOT / "app.py", data, scratch / "unggah.log") as (cermin, _), launched() as browser:
        seconds = [_upload(browser, cermin, cookie(cermin, data), file) for file in files]
    note = f"peramban: dari klik Masukkan sampai angka sesudahnya tampak; pertama {number(seconds[0])} s"
    return [
        Measure(
            "500 baris, dari konfirmasi sampai angka bergerak",
            statistics.median(seconds),
            "s",
            UPLOAD_S,
            note,
        )
    ]


def _upload(browser: Browser, cermin: str, signed: dict[str, str], file: Path) -> float:
    context = browser.new_context(locale="id-ID", viewport=SIZE)
    context.add_cookies([signed])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"http://{cermin}/unggah")
    page.locator("input[type=file]").wait_for(state="attached")
    earlier = page.get_by_role("button", name="Tutup hasil")
    if earlier.count():
        earlier.click()
        earlier.wait_for(state="hidden")
    page.locator("input[type=file]").set_input_files(file)
    confirm = page.get_by_role("button", name=re.compile("^Masukkan"))
    confirm.wait_for()
    start = time.perf_counter()
    confirm.click()
    page.get_by_role("table", name="Angka sebelum dan sesudah").wait_for()
    seconds = time.perf_counter() - start
    context.close()
    return seconds


@contextmanager
def launched() -> Iterator[Browser]:
    """The system's Chromium; UserError without one."""
    if chromium() is None:
        raise UserError("Chromium tidak terpasang: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def _page(
    browser: Browser,
    empty: str,
    cermin: str,
    signed: dict[str, str],
    page: str,
    query: str,
    repeats: int,
) -> Measure:
    address = f"http://{cermin}/{page}?{query}"
    first, bare, drawn = _cold(browser, address, signed), [], []
    for _ in range(repeats):
        bare.append(_cold(browser, f"http://{empty}/"))
        drawn.append(_cold(browser, address, signed))
    beyond = statistics.median(drawn) - statistics.median(bare)
    note = f"halaman {number(statistics.median(drawn))} s, kosong {number(statistics.median(bare))} s, "
    note += f"pertama sejak server menyala {number(first)} s"
    return Measure(f"/{page}: dingin di Chromium, di luar halaman kosong", beyond, "s", BEYOND_S, note)


def _cold(browser: Browser, address: str, signed: dict[str, str] | None = None) -> float:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Makassar", viewport=SIZE)
    context.add_cookies([signed] if signed else [])
    page = context.new_page()
    start = time.perf_counter()
    open_whole(page, address)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def open_whole(page: Page, address: str) -> None:
    """Go there and wait until the script has ended and nothing is left to be drawn, the map included."""
    page.set_default_timeout(60_000)
    page.goto(address, wait_until="commit")
    page.locator("[data-testid=stMain] :is(h1, h2, p)").first.wait_for()
    page.locator(DONE).wait_for()
    expect(page.locator(WAITING)).to_have_count(0, timeout=60_000)
