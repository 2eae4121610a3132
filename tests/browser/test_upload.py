"""The way of a file through the page: checked, confirmed, figures moved, undone; and files that are bad."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipelines import sample

WHOLE = "/?rentang=semua"


@pytest.fixture
def extract(tmp_path: Path):
    """extract(rows, prefix) writes a file of real numbers and gives its path."""

    def write(rows: int, prefix: str) -> Path:
        path = tmp_path / f"ekstrak-{prefix.strip('/')}.csv"
        sample.write(path, rows=rows, prefix=prefix, akses=False, with_free_text=True)
        return path

    return write


def _drop(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_role("heading", name=re.compile("Hasil pemeriksaan"))).to_be_visible()


def _put_in(page: Page, rows: int) -> str:
    """Confirm, wait for the end, and give the batch."""
    page.get_by_role("button", name=f"Masukkan {rows} baris").click()
    done = page.get_by_text(re.compile(r"Batch \d{6}-laporan-\w+ masuk"))
    expect(done).to_be_visible()
    return re.search(r"\d{6}-laporan-\w+", done.inner_text())[0]


def _figures(visit, server: str) -> list[str]:
    return visit(WHOLE, server).get_by_test_id("stMetricValue").all_inner_texts()


def test_a_good_file_moves_the_figures_and_undoing_it_moves_them_back(visit, own_server, extract):
    page = visit("/unggah", own_server)
    _drop(page, extract(200, "A/"))
    expect(page.get_by_text("NIK")).to_be_visible()
    _put_in(page, 200)
    expect(page.get_by_text("Batch contoh dibatalkan")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Laporan masuk .*200.*berubah"))).to_be_visible()
    first = _figures(visit, own_server)
    assert first[0] == "200"
    expect(page.get_by_text("Data laporan contoh")).to_have_count(0)

    visit("/unggah", own_server)
    _drop(page, extract(100, "B/"))
    batch = _put_in(page, 100)
    assert _figures(visit, own_server)[0] == "300"

    visit("/unggah", own_server)
    expect(page.get_by_text(batch).first).to_be_visible()
    page.get_by_role("button", name="Batalkan batch ini").click()
    expect(page.get_by_text(f"Batalkan {batch}?")).to_be_visible()
    page.get_by_role("button", name="Ya, batalkan").click()
    expect(page.get_by_text(f"Batch {batch} dibatalkan")).to_be_visible()
    assert _figures(visit, own_server) == first


def test_the_same_file_again_adds_nothing(visit, own_server, extract):
    page = visit("/unggah", own_server)
    path = extract(50, "A/")
    _drop(page, path)
    batch = _put_in(page, 50)
    visit("/unggah", own_server)
    _drop(page, path)
    expect(page.get_by_text(f"Berkas ini sudah ada sebagai batch {batch}")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Masukkan"))).to_have_count(0)


BAD = """nomor_laporan,tanggal_masuk,wilayah_terlapor,kronologi
1/LM/2025/SMD,03/02/2025,Kota Samarinda,rahasia
2/LM/2025/SMD,31/02/2025,Kota Samarinda,rahasia
3/LM/2025/BJM,03/02/2025,Banjar,rahasia
4/LM/2025/SBY,03/02/2025,Kota Surabaya,rahasia
"""


def test_bad_rows_are_shown_with_the_reason_and_do_not_stop_the_good_ones(visit, tmp_path):
    path = tmp_path / "campuran.csv"
    path.write_text(BAD, encoding="utf-8")
    page = visit("/unggah")
    _drop(page, path)
    for name, count in (("Diterima", "1"), ("Ditolak", "3")):
        metric = page.get_by_test_id("stMetric").filter(has=page.get_by_text(name, exact=True))
        expect(metric.get_by_test_id("stMetricValue")).to_have_text(count)
    rows = page.get_by_role("table", name="Masalah menurut baris")
    for value in ("31/02/2025", "Banjar", "Kota Surabaya"):
        expect(rows).to_contain_text(value)
    expect(page.get_by_role("button", name="Masukkan 1 baris")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Unduh 3 baris yang ditolak.*CSV")).click()
    refused = download.value.path().read_text(encoding="utf-8-sig")
    assert "alasan" in refused and "rahasia" not in refused


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bukan-laporan.csv", b"judul,isi\nsatu,dua\n"),
        ("kosong.csv", b""),
        ("gambar.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("judul-saja.csv", b"nomor_laporan,tanggal_masuk,wilayah_terlapor\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(visit, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    page = visit("/unggah")
    _drop(page, path)
    expect(page.get_by_text("Tidak ada baris yang dapat diterima")).to_be_visible()
    expect(page.get_by_role("table", name="Masalah menurut baris")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Masukkan"))).to_have_count(0)
    expect(page.get_by_text("Terjadi galat")).to_have_count(0)
