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
    done = page.get_by_text(re.compile(rf"Batch \d{{6}}-laporan-\w+ masuk: {rows} "))
    expect(done).to_be_visible()
    return re.search(r"\d{6}-laporan-\w+", done.inner_text())[0]


def _discard(page: Page) -> None:
    page.get_by_role("button", name="Buang berkas ini").click()
    expect(page.get_by_role("heading", name=re.compile("Hasil pemeriksaan"))).to_have_count(0)


def _figures(visit, server: str) -> list[str]:
    return visit(WHOLE, server).get_by_test_id("stMetricValue").all_inner_texts()


def test_a_good_file_moves_the_figures_and_undoing_it_moves_them_back(visit, own_server, extract):
    page = visit("/unggah", own_server)
    _drop(page, extract(200, "A/"))
    expect(page.get_by_text("NIK")).to_be_visible()
    _put_in(page, 200)
    expect(page.get_by_test_id("stAlertContentInfo").get_by_text("Batch contoh dibatalkan")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Laporan masuk .*200.*berubah"))).to_be_visible()
    first = _figures(visit, own_server)
    assert first[0] == "200"
    expect(page.get_by_text("Data laporan contoh")).to_have_count(0)

    visit("/unggah", own_server)
    _drop(page, extract(100, "B/"))
    batch = _put_in(page, 100)
    assert _figures(visit, own_server)[0] == "300"

    visit("/unggah", own_server)
    page.get_by_role("button", name="Tutup hasil").click()
    expect(page.get_by_text(batch).first).to_be_visible()
    page.get_by_role("button", name="Batalkan batch ini").click()
    expect(page.get_by_text(f"Batalkan {batch}?")).to_be_visible()
    expect(page.get_by_text("Dari 100 kasus batch ini 100 tidak lagi terhitung.")).to_be_visible()
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
    _discard(page)


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
    _discard(page)


def test_several_files_are_reviewed_one_by_one_and_the_clean_ones_go_in_together(visit, own_server, extract):
    page = visit("/unggah", own_server)
    bad = extract(10, "A/").with_name("buruk.csv")
    bad.write_text(BAD, encoding="utf-8")
    page.locator("input[type=file]").set_input_files([bad, extract(30, "B/"), extract(20, "C/")])
    chosen = page.get_by_role("radiogroup", name=re.compile("3 berkas belum dimasukkan"))
    expect(chosen.get_by_text("buruk.csv: Laporan, 1 diterima, 3 ditolak")).to_be_visible()
    expect(chosen.get_by_text("ekstrak-C.csv: Laporan, 20 diterima, 0 ditolak")).to_be_visible()
    chosen.get_by_text("ekstrak-C.csv").click()
    expect(page.get_by_role("heading", name="Hasil pemeriksaan ekstrak-C.csv")).to_be_visible()
    page.get_by_role("button", name="Masukkan 2 berkas yang bersih").click()
    for rows in (30, 20):
        expect(page.get_by_text(re.compile(rf"masuk: {rows} baris diterima"))).to_be_visible()
    expect(page.get_by_role("heading", name="Hasil pemeriksaan buruk.csv")).to_be_visible()
    assert _figures(visit, own_server)[0] == "50"


def test_a_file_on_its_way_can_be_cancelled_and_leaves_nothing(visit, own_server, data_of, tmp_path):
    page, big = visit("/unggah", own_server), tmp_path / "besar.csv"
    with big.open("wb") as written:
        for _ in range(600):
            written.write(b"nomor_laporan,tanggal_masuk\n" * 40_000)
    page.locator("input[type=file]").set_input_files(big)
    expect(page.get_by_role("progressbar", name="Terkirim dari besar.csv")).to_be_visible()
    page.get_by_role("button", name="Batalkan besar.csv").click()
    expect(page.get_by_text("besar.csv dibatalkan.")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Hasil pemeriksaan"))).to_have_count(0)
    page.wait_for_timeout(500)
    assert [one for one in (data_of(own_server) / "state" / "unggahan").rglob("*") if one.is_file()] == []


def test_what_is_no_table_is_not_even_sent(visit, tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.7")
    page = visit("/unggah")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("Bukan CSV atau lembar kerja (.pdf)")).to_be_visible()
    page.get_by_role("button", name="Singkirkan").or_(page.get_by_role("button", name="surat.pdf")).click()
    expect(page.get_by_text("Bukan CSV atau lembar kerja (.pdf)")).to_have_count(0)


def test_the_drop_area_is_reached_by_keyboard_and_takes_what_is_dropped(visit, tmp_path):
    page = visit("/unggah")
    page.locator("input[type=file]").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    held = page.evaluate_handle(
        """(text) => {
            const held = new DataTransfer();
            held.items.add(new File([text], "jatuh.csv", { type: "text/csv" }));
            return held;
        }""",
        BAD,
    )
    page.locator(".taruh").dispatch_event("drop", {"dataTransfer": held})
    expect(page.get_by_role("heading", name="Hasil pemeriksaan jatuh.csv")).to_be_visible()
    _discard(page)


def test_leaving_the_page_stops_nothing_and_the_receipt_waits(visit, own_server, extract):
    page = visit("/unggah", own_server)
    _drop(page, extract(40, "A/"))
    page.get_by_role("button", name="Masukkan 40 baris").click()
    page.get_by_text(re.compile("Menyimpan baris|masuk: 40 ")).first.wait_for()
    visit(WHOLE, own_server)
    visit("/unggah", own_server)
    expect(page.get_by_text(re.compile("masuk: 40 baris diterima"))).to_be_visible()
    page.get_by_role("button", name="Batalkan kiriman ini").click()
    page.get_by_role("button", name="Ya, batalkan kiriman ini").click()
    expect(page.get_by_text(re.compile("dibatalkan; angka sudah dihitung ulang"))).to_be_visible()
