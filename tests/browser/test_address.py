"""What stands in the address: shared, followed, and when it is unknown, said in a sentence."""

import re

import pytest
from playwright.sync_api import Browser, expect


def test_a_shared_address_shows_the_same_to_somebody_else(
    visit, settled, signed_in, base_url, browser: Browser, browser_context_args
):
    page = visit("/")
    page.get_by_role("button", name="Kalimantan Selatan").or_(
        page.get_by_role("radio", name="Kalimantan Selatan")
    ).first.click()
    page.wait_for_url(re.compile("provinsi=63"))
    page.get_by_role("button", name="24 bulan").or_(page.get_by_role("radio", name="24 bulan")).first.click()
    page.wait_for_url(re.compile("rentang=24b"))
    settled(page)
    figures = page.get_by_test_id("stMetricValue").all_inner_texts()
    context = browser.new_context(**browser_context_args)
    signed_in(context, base_url, "pimpinan")
    other = context.new_page()
    other.goto(page.url)
    settled(other)
    assert other.get_by_test_id("stMetricValue").all_inner_texts() == figures
    context.close()


def test_the_filters_follow_to_the_next_page_and_back(visit, settled):
    page = visit("/?provinsi=64&per_tanggal=2025-06-30")
    page.get_by_role("link", name="Tren Penyelesaian", exact=True).first.click()
    page.wait_for_url(re.compile("/tren"))
    settled(page)
    assert "provinsi=64" in page.url and "per_tanggal=2025-06-30" in page.url
    page.go_back()
    settled(page)
    assert "provinsi=64" in page.url


def test_clearing_takes_all_filters_out_of_the_address(visit, settled):
    page = visit("/?provinsi=64&per_tanggal=2025-06-30&rentang=24b")
    page.get_by_role("button", name="Hapus semua").click()
    page.wait_for_url(re.compile(r"^[^=]*$"))
    settled(page)


def test_an_earlier_day_recomputes_the_marks(visit):
    page = visit("/peta?ukuran=payung&per_tanggal=2023-06-30")
    expect(page.locator("path[data-kode='64.08']")).to_have_attribute(
        "aria-label", re.compile("tidak diketahui")
    )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/?provinsi=99", "“99” pada alamat tidak dikenal"),
        ("/?provinsi=%3Cscript%3E", "pada alamat tidak dikenal"),
        ("/?rentang=selamanya", "“selamanya” pada alamat tidak dikenal"),
        ("/?per_tanggal=kemarin", "“kemarin” pada alamat tidak dikenal"),
        ("/?per_tanggal=1745-08-17", "“1745-08-17” pada alamat tidak dikenal"),
        ("/peta?ukuran=cuaca", "“cuaca” pada alamat tidak dikenal"),
        ("/peta?wilayah=31.71", "“31.71” pada alamat tidak dikenal"),
        ("/wilayah?kode=Banjar", "“Banjar” pada alamat tidak dikenal"),
        ("/kerja-sama?wilayah=99.99", "“99.99” pada alamat tidak dikenal"),
        ("/tren?wilayah=x", "“x” pada alamat tidak dikenal"),
        ("/unggah?jenis=foto", "“foto” pada alamat tidak dikenal"),
        ("/tidak-ada", "Halaman pada alamat tidak dikenal"),
    ],
)
def test_an_unknown_value_gives_a_sentence_and_a_page(visit, address, sentence):
    page = visit(address)
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Terjadi galat")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
