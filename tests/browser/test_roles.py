"""What each role sees in a real browser, and what text from a hostile file can do there: nothing."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

OWN, OTHER = "64.08", "64.72"
HOSTILE = '<img src=x onerror="window.kena=1"><script>window.kena=1</script>'
FORMULA = '=HYPERLINK("http://jahat.contoh";"klik")'
HEAD = ("nomor_laporan", "tanggal_masuk", "wilayah_terlapor", "instansi_terlapor", "klasifikasi")


@pytest.mark.parametrize(
    ("role", "own", "menu"),
    [
        ("admin", None, ["Ringkasan", "Peta", "Kerja Sama", "Tren Penyelesaian", "Wilayah", "Unggah"]),
        ("petugas", None, ["Ringkasan", "Unggah"]),
        ("pimpinan", None, ["Ringkasan", "Tren Penyelesaian"]),
        ("pemda", OWN, ["Peta", "Kerja Sama", "Wilayah", "Data & Metode"]),
    ],
)
def test_the_menu_of_each_role(visit, role, own, menu):
    page = visit("/", role=role, wilayah=own)
    for name in menu:
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    for name in {"Ringkasan", "Unggah", "Tren Penyelesaian"} - set(menu) if role in ("pemda",) else ():
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Pengguna")).to_have_count(1 if role == "admin" else 0)


def test_an_account_of_one_region_lands_on_its_page_and_stays_there(visit):
    page = visit("/", role="pemda", wilayah=OWN)
    expect(page).to_have_url(re.compile(rf"/wilayah\?kode={re.escape(OWN)}"))
    expect(page.get_by_role("heading", level=1, name="Kabupaten Kutai Timur")).to_be_visible()
    page = visit(f"/wilayah?kode={OTHER}", role="pemda", wilayah=OWN)
    expect(page.get_by_text("Akun ini hanya untuk Kabupaten Kutai Timur")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Kutai Timur")


def test_small_counts_are_withheld_on_map_table_and_file(visit, base_url):
    page = visit("/peta?ukuran=terbuka", role="pemda", wilayah=OWN)
    labels = [path.get_attribute("aria-label") for path in page.locator("path[data-kode]").all()]
    assert any("<5" in label or "disamarkan" in label for label in labels)
    assert not [label for label in labels if re.search(r": [1-4] laporan", label)]
    answer = page.request.get(f"{base_url}/ekspor/ringkasan_wilayah.csv?kolom=nama,terbuka")
    counts = re.findall(r";(\d+)\r?$", answer.text(), re.MULTILINE)
    assert counts and not [count for count in counts if 1 <= int(count) <= 4]


def test_an_address_of_somebody_else_does_not_open_more(visit, base_url):
    page = visit("/", role="pemda", wilayah=OWN)
    for address, status in (
        (f"/ekspor/per_substansi.csv?wilayah={OTHER}", 403),
        ("/ekspor/batch_data.csv", 403),
        ("/unggah", 403),
        ("/tren", 403),
        ("/deteksi-dini", 403),
        ("/perbandingan", 403),
        ("/pengguna", 403),
    ):
        assert page.request.get(base_url + address).status == status, address


def test_signing_out_ends_the_other_tab_too(visit, page: Page):
    visit("/", role="pimpinan")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Keluar").click()
    expect(page).to_have_url(re.compile("/masuk"))
    other.wait_for_url(re.compile("/masuk"), timeout=40_000)
    other.close()


def test_html_and_formulas_from_a_file_stay_text(visit, own_server, tmp_path: Path):
    file = tmp_path / "bahaya.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        lines = csv.writer(written)
        lines.writerow([*HEAD, "<b onclick=window.kena=1>x</b>"])
        lines.writerows([f"{n}/X", f"0{n}/02/2026", OWN, HOSTILE, FORMULA, HOSTILE] for n in range(1, 8))
    page = visit("/unggah", own_server)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Masukkan 7 baris").click()
    expect(page.get_by_text(re.compile(r"Batch \d{6}-laporan-\w+ masuk"))).to_be_visible()
    for address in ("/unggah", "/tren?rentang=semua", f"/wilayah?kode={OWN}&rentang=semua", "/"):
        visit(address, own_server)
        assert page.evaluate("window.kena") is None, address
        assert page.locator("img[src='x']").count() == 0, address
    visit(f"/wilayah?kode={OWN}&rentang=semua", own_server)
    expect(page.get_by_text("onerror").first).to_be_attached()
    sent = page.request.get(f"{own_server}/ekspor/per_instansi.csv?wilayah={OWN}").text()
    assert "<img" in sent
    texts = page.request.get(f"{own_server}/ekspor/per_klasifikasi.csv?wilayah={OWN}").text()
    assert "'=HYPERLINK" in texts and not re.search(r"(^|;)\"?=", texts, re.MULTILINE)
