"""Mending, mapping, dates, comparing, the receipt and what waits, on the page."""

import pytest

from access import audit
from pipelines import lake, mendings, sample, titipan
from portal import upload
from tests.pages.conftest import dropped, opened, said

HEAD = "nomor_laporan,tanggal_masuk,wilayah_terlapor\n"
KUTAI = (HEAD + "1/X,31/01/2025,Kutai\n2/X,31/01/2025,KUTAI\n3/X,31/01/2025,Kota Samarinda\n").encode()


pytestmark = pytest.mark.usefixtures("patient")


def _dropped(content: bytes, name: str = "ekstrak.csv", role: str = "admin"):
    dropped(content, name, role=role)
    return opened("unggah", role=role)


def _button(app, words: str):
    return next(button for button in app.button if words in button.label)


def _choice(app, words: str):
    return next(box for box in app.selectbox if words in box.label)


def _counts(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_region_is_mended_for_all_rows_remembered_noted_and_told_in_the_receipt(sample_copy):
    app = _dropped(KUTAI)
    assert "Yang perlu diperbaiki: 2 nama wilayah" in [one.value for one in app.subheader]
    box = _choice(app, "“Kutai”")
    assert box.value is None and "2 baris" in box.label
    box.set_value("64.08")
    _button(app, "Pakai padanan ini").click()
    app.run()
    assert not app.exception and not app.error
    assert (_counts(app)["Diterima"], _counts(app)["Ditolak"]) == ("3", "0")
    assert mendings.known("laporan")["wilayah_terlapor", "kutai"]["by"] == "uji-admin"
    assert audit.rows(action="padanan")[0]["detail"]["padanan"] == [["wilayah_terlapor", "Kutai", "64.08"]]
    _button(app, "Masukkan 3 baris").click()
    app.run()
    assert not app.exception and not app.error
    assert "'Kutai' dibaca Kabupaten Kutai Timur (64.08), di 2 baris" in app.code[0].value
    assert lake.live("laporan")[0].padanan == (("wilayah_terlapor", "Kutai", "64.08"),)


def test_a_remembered_mending_is_offered_to_another_file_and_not_applied(sample_copy):
    settled = mendings.settled({("wilayah_terlapor", "Kutai"): "64.08"}, upload.contracts.load("laporan"))
    mendings.remember("laporan", settled, "budi")
    app = _dropped(KUTAI)
    assert _counts(app)["Ditolak"] == "2"
    assert _choice(app, "“Kutai”").value == "64.08"


def test_a_mending_can_be_taken_back(sample_copy):
    app = _dropped(KUTAI)
    _choice(app, "“Kutai”").set_value("64.08")
    _button(app, "Pakai padanan ini").click()
    app.run()
    _button(app, "Hapus padanan").click()
    app.run()
    assert _counts(app)["Ditolak"] == "2"


def test_an_unknown_heading_is_mapped_after_confirming(sample_copy):
    app = _dropped(KUTAI.replace(b"tanggal_masuk", b"Tgl Masuk Laporan"))
    assert _counts(app)["Diterima"] == "0"
    assert _choice(app, "Tgl Masuk Laporan").value == "tanggal_masuk"
    _button(app, "Pakai pemetaan ini").click()
    app.run()
    assert not app.exception
    assert _counts(app)["Diterima"] == "1"
    again = _dropped(KUTAI.replace(b"tanggal_masuk", b"Tgl Masuk Laporan") + b"4/X,30/01/2025,64.71\n")
    assert "pernah dipetakan oleh uji-admin" in said(again)


def test_the_order_of_dates_is_asked_only_when_the_file_leaves_it_open(sample_copy):
    assert not _dropped(KUTAI).radio
    app = _dropped((HEAD + "1/X,03/04/2025,64.71\n").encode())
    assert "03/04/2025 = 3 April 2025" in said(app)
    app.radio[0].set_value("mdy").run()
    assert not app.exception
    assert "03/04/2025 = 4 Maret 2025" in said(app)


def test_a_file_with_the_month_first_is_put_right_with_one_answer(sample_copy):
    app = _dropped((HEAD + "1/X,12/31/2025,64.71\n").encode())
    assert _counts(app)["Diterima"] == "0"
    app.radio[0].set_value("mdy").run()
    assert _counts(app)["Diterima"] == "1"


def test_what_was_read_waits_after_leaving_and_goes_in(sample_copy):
    _dropped(KUTAI)
    titipan.clear()  # as at the next start of the server
    later = opened("unggah")
    assert "**ekstrak.csv** sudah diperiksa, belum dimasukkan: 1 diterima, 2 ditolak" in said(later)
    _button(later, "Lanjutkan").click()
    later.run()
    assert not later.exception and not later.error
    assert _counts(later)["Ditolak"] == "2" and not later.get("form")
    _button(later, "Masukkan 1 baris").click()
    later.run()
    assert not later.exception and not later.error
    assert "masuk: 1 baris diterima, 2 ditolak" in said(later)
    _button(later, "Tutup hasil").click()
    later.run()
    assert "belum dimasukkan" not in said(later) and "Batch 000002" not in said(later)


def test_what_waits_is_not_offered_to_somebody_else_and_can_be_thrown_away(sample_copy):
    _dropped(KUTAI)
    titipan.clear()
    assert "belum dimasukkan" not in said(opened("unggah", role="petugas"))
    mine = opened("unggah")
    _button(mine, "Buang").click()
    mine.run()
    assert "belum dimasukkan" not in said(mine)


@pytest.fixture
def twice(tmp_path, sample_copy):
    """An extract that is in, and the same with half of its rows."""
    from pipelines import intake

    file = tmp_path / "ekstrak.csv"
    sample.write(file, rows=400, prefix="UJI/", akses=False)
    intake.ingest_file("laporan", file, by="uji")
    lines = file.read_bytes().splitlines(keepends=True)
    return b"".join([lines[0], *lines[1::2]])


def test_what_is_gone_and_what_falls_is_said_before_anything_is_kept(twice):
    app = _dropped(twice)
    assert not app.exception and not app.error
    labels = [one.label for one in app.expander]
    gone = next(label for label in labels if "hilang dibanding kiriman yang berlaku" in label)
    assert 190 <= int(gone.split()[0]) <= 200, "those of the days that both files speak for"
    assert any("jumlah baris turun separuh atau lebih" in one.value for one in app.warning)
    assert any("Jumlah perkara 400 menjadi 400" in label for label in labels)
