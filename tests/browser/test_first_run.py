"""The first visit to a server that was started on an empty folder: nothing is empty, everything is said."""

import re

import pytest
from playwright.sync_api import expect


def test_shows_the_banner_of_the_sample_and_five_figures(visit):
    page = visit("/")
    expect(page.get_by_text("Data laporan contoh (sintetis)")).to_be_visible()
    values = page.get_by_test_id("stMetricValue")
    expect(values).to_have_count(5)
    assert all(re.search(r"\d", text) for text in values.all_inner_texts())


def test_shows_all_regions_on_the_map_and_the_gap_of_kutai_timur_with_its_source(visit):
    page = visit("/")
    expect(page.locator("path[data-kode]")).to_have_count(23)
    expect(page.locator("path[data-kode='64.08']")).to_have_attribute("aria-label", re.compile("belum ada"))
    gaps = page.locator(".st-key-blok_celah")
    expect(gaps).to_contain_text("Kabupaten Kutai Timur")
    expect(gaps).to_contain_text("28 November 2025")
    expect(gaps.get_by_role("link", name=re.compile("sumber")).first).to_have_attribute(
        "href", re.compile("^https://")
    )


def test_speaks_indonesian_to_browsers_and_screen_readers(visit):
    page = visit("/")
    assert page.locator("html").get_attribute("lang") == "id"
    expect(page).to_have_title("Ringkasan")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("Peta", "/peta"),
        ("Kerja Sama", "/kerja-sama"),
        ("Tren Penyelesaian", "/tren"),
        ("Deteksi Dini", "/deteksi-dini"),
        ("Perbandingan", "/perbandingan"),
        ("Wilayah", "/wilayah"),
    ],
)
def test_the_menu_leads_to_every_page(visit, settled, link, address):
    page = visit("/")
    page.get_by_role("link", name=link, exact=True).first.click()
    page.wait_for_url(re.compile(re.escape(address)))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_table_downloads_as_a_file_for_an_indonesian_spreadsheet(visit):
    page = visit("/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh CSV").first.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Kabupaten Kutai Timur;belum ada" in content.decode("utf-8-sig")
