"""The way of a file: checked, confirmed, figures moved, the same file again, undone; and bad files."""

import pytest

from pipelines import lake, sample
from portal.ask import ask
from tests.pages.conftest import dropped, opened, said

BAD = b"nomor_laporan,tanggal_masuk,wilayah_terlapor\n1/X,31/02/2025,Kota Samarinda\n2/X,03/02/2025,Banjar\n"


@pytest.fixture
def extract(tmp_path):
    file = tmp_path / "ekstrak.csv"
    sample.write(file, rows=40, prefix="UJI/", akses=False, with_free_text=True)
    return file.read_bytes()


pytestmark = pytest.mark.usefixtures("patient")


def _dropped(content: bytes, name: str = "ekstrak.csv", jenis: str = "laporan"):
    dropped(content, name, jenis)
    return opened("unggah", jenis=jenis)


def _button(app, words: str):
    return next(button for button in app.button if words in button.label)


def test_a_file_is_checked_before_anything_is_kept(sample_copy, extract):
    app = _dropped(extract)
    assert not app.exception and not app.error
    counts = {metric.label: metric.value for metric in app.metric}
    assert (counts["Baris"], counts["Diterima"], counts["Ditolak"]) == ("40", "40", "0")
    assert "Tidak disimpan" in said(app)
    assert ask("batch_data").height == 1


def test_a_confirmed_file_moves_the_figures_and_retires_the_sample(sample_copy, extract):
    app = _dropped(extract)
    _button(app, "Masukkan 40 baris").click()
    app.run()
    assert not app.exception and not app.error
    told = said(app)
    assert "masuk: 40 baris diterima, 0 ditolak" in told
    assert "Batch contoh dibatalkan" in told
    assert "berubah" in told and "Data laporan contoh" not in told
    assert [batch.by for batch in lake.live("laporan")] == ["uji-admin"]


def test_the_same_file_again_adds_nothing(sample_copy, extract):
    first = _dropped(extract)
    _button(first, "Masukkan").click()
    first.run()
    again = _dropped(extract)
    assert "Berkas ini sudah ada sebagai batch 000002-laporan-" in said(again)
    assert not [button for button in again.button if "Masukkan" in button.label]


def test_undoing_needs_a_second_word_and_brings_the_figures_back(sample_copy):
    app = opened("unggah")
    app.button(key="_ya_batalkan").click().run()
    assert not app.exception and not app.error
    assert "dibatalkan; angka sudah dihitung ulang" in said(app)
    assert lake.live("laporan") == []


def test_bad_rows_show_their_cell_and_nothing_can_be_confirmed(sample_copy):
    app = _dropped(BAD)
    told = said(app)
    assert '<td class="salah">31/02/2025</td>' in told
    assert '<td class="salah">Banjar</td>' in told
    assert "Tidak ada baris yang dapat diterima" in told
    assert not [button for button in app.button if "Masukkan" in button.label]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"judul,isi\nsatu,dua\n"])
def test_a_file_that_is_no_extract_is_refused_without_a_fault_of_ours(sample_copy, content):
    app = _dropped(content)
    assert not app.exception
    assert not [alert.value for alert in app.error if "galat" in alert.value]


@pytest.mark.parametrize("kind", ["kerja_sama", "penilaian", "kegiatan", "narahubung", "produk", "sp4n"])
def test_the_template_of_each_kind_is_accepted(sample_copy, kind):
    from pipelines.places import TEMPLATES

    app = _dropped((TEMPLATES / f"{kind}.csv").read_bytes(), f"{kind}.csv", jenis=kind)
    assert not app.exception and not app.error
    counts = {metric.label: metric.value for metric in app.metric}
    assert counts["Ditolak"] == "0" and int(counts["Diterima"]) > 0


def test_without_reports_the_page_works(no_reports, open_page):
    assert "0 batch berlaku" in said(open_page("unggah"))


def test_with_one_province_the_page_works(one_province, open_page):
    assert "1 batch berlaku" in said(open_page("unggah"))


def test_a_foreign_kind_is_said(sample_data, open_page):
    assert "“foto” pada alamat tidak dikenal" in said(open_page("unggah", jenis="foto"))
