"""Several files, the queue, what is offered, stopped, thrown away, undone, and who wrote it down."""

import threading

import pytest

from access import audit
from bench import signing
from pipelines import lake, titipan
from pipelines.antrean import Job
from pipelines.places import TEMPLATES
from portal import giliran
from tests.pages.conftest import dropped, opened, said

HEAD = "nomor_laporan,tanggal_masuk,wilayah_terlapor\n"
GOOD = (HEAD + "1/X,31/01/2025,Kota Samarinda\n").encode()
OTHER = (HEAD + "2/X,31/01/2025,Kota Samarinda\n3/X,31/01/2025,Kota Samarinda\n").encode()
BAD = (HEAD + "4/X,31/02/2025,Kota Samarinda\n5/X,31/01/2025,Kota Samarinda\n").encode()

pytestmark = pytest.mark.usefixtures("patient", "sample_copy")


def _button(app, words: str):
    return next(button for button in app.button if words in button.label)


def _settle() -> None:
    for line in giliran.LINES:
        line.settle()


@pytest.fixture
def busy():
    """Somebody else's file is being put in until the event is set."""
    gate = threading.Event()
    giliran.WRITES.submit(
        Job(999, "budi", "memasukkan besar.csv", lambda job: gate.wait(60), ("masukkan", ""))
    )
    yield gate
    gate.set()
    _settle()


def test_each_file_has_its_own_verdict_and_is_reviewed_alone():
    for content, name in ((BAD, "buruk.csv"), (GOOD, "baik.csv")):
        dropped(content, name)
    opened("unggah")
    _settle()
    app = opened("unggah")
    assert not app.exception and not app.error
    listed = next(radio for radio in app.radio if "2 berkas belum dimasukkan" in radio.label)
    assert listed.options == [
        "buruk.csv: Laporan, 1 diterima, 1 ditolak",
        "baik.csv: Laporan, 1 diterima, 0 ditolak",
    ]
    assert "Hasil pemeriksaan buruk.csv" in said(app)
    listed.set_value(titipan.listed(signing.viewer("admin").account)[1].token).run()
    assert "Hasil pemeriksaan baik.csv" in said(app)


def test_all_clean_files_go_in_together_and_the_others_stay():
    for content, name in ((BAD, "buruk.csv"), (GOOD, "baik.csv"), (OTHER, "lain.csv")):
        dropped(content, name)
    opened("unggah")
    _settle()
    app = opened("unggah")
    _button(app, "Masukkan 2 berkas yang bersih").click()
    app.run()
    _settle()
    app = opened("unggah")
    told = said(app)
    assert "masuk: 1 baris diterima" in told and "masuk: 2 baris diterima" in told
    assert "Hasil pemeriksaan buruk.csv" in told
    assert [batch.file for batch in lake.live("laporan")] == ["baik.csv", "lain.csv"]
    assert [one.name for one in titipan.listed(signing.viewer("admin").account)] == ["buruk.csv"]


def test_the_raw_file_goes_as_soon_as_its_rows_are_in():
    dropped(GOOD)
    app = opened("unggah")
    _button(app, "Masukkan 1 baris").click()
    app.run()
    assert titipan.listed(signing.viewer("admin").account) == []
    assert "masuk: 1 baris diterima" in said(app)


def test_a_file_that_is_thrown_away_is_gone_with_what_waits_of_it():
    dropped(GOOD)
    app = opened("unggah")
    _button(app, "Buang berkas ini").click()
    app.run()
    assert "Hasil pemeriksaan" not in said(app) and "belum dimasukkan" not in said(opened("unggah"))
    assert titipan.listed(signing.viewer("admin").account) == []


def test_a_file_of_somebody_else_is_not_seen():
    dropped(GOOD)
    assert "Hasil pemeriksaan" not in said(opened("unggah", role="petugas"))


def test_the_kind_that_the_headings_tell_is_offered_and_not_assumed():
    dropped((TEMPLATES / "kerja_sama.csv").read_bytes(), "daftar.csv")
    app = opened("unggah")
    assert "judul kolomnya cocok dengan **kerja sama**" in said(app)
    assert titipan.listed(signing.viewer("admin").account)[0].kind == "laporan"
    _button(app, "Periksa sebagai kerja sama").click()
    app.run()
    assert not app.exception and not app.error
    assert {one.label: one.value for one in app.metric}["Ditolak"] == "0"


def _put_in_behind_another(monkeypatch):
    """The page after its file was put in line behind work that is held up."""
    monkeypatch.setattr(giliran, "PATIENCE_SECONDS", 0.05)
    dropped(GOOD)
    opened("unggah")
    giliran.CHECKS.settle()
    app = opened("unggah")
    _button(app, "Masukkan 1 baris").click()
    app.run()
    return app


def test_the_queue_is_seen_by_everybody_and_a_place_in_it_can_be_given_up(busy, monkeypatch):
    app = _put_in_behind_another(monkeypatch)
    told = said(app)
    assert "<b>budi</b> memasukkan besar.csv" in told
    assert "<b>Anda</b> memasukkan ekstrak.csv: menunggu giliran" in told
    assert "Hasil pemeriksaan" not in told, "it is on its way"
    assert "memasukkan ekstrak.csv: menunggu giliran" in said(opened("unggah", role="petugas"))
    _button(app, "Hentikan").click()
    app.run()
    told = said(app)
    assert "Dihentikan sebelum ada yang disimpan: ekstrak.csv" in told
    assert "Hasil pemeriksaan ekstrak.csv" in told, "it can still be put in"
    assert not lake.live("laporan")[0].file.startswith("ekstrak")


def test_leaving_the_page_stops_nothing_and_the_receipt_waits(busy, monkeypatch):
    _put_in_behind_another(monkeypatch)
    busy.set()
    _settle()
    later = opened("unggah")
    assert "masuk: 1 baris diterima" in said(later)
    assert "Angka sebelum dan sesudah" in said(later)


def test_a_fault_of_ours_is_told_by_its_id_and_the_queue_goes_on():
    def fail(job):
        raise ZeroDivisionError("di dalam")

    account = signing.viewer("admin").account
    job = giliran.WRITES.submit(
        Job(account, "uji-admin", "memasukkan a.csv", fail, ("masukkan", "", "a.csv"))
    )
    job.wait(60)
    app = opened("unggah")
    assert [one.value for one in app.error] == [
        f"a.csv: Terjadi galat pada sistem kami dan sudah dicatat. Sebutkan kode {job.fault} "
        "kepada pengelola bila berulang."
    ]


def test_the_receipt_has_the_way_back():
    dropped(GOOD)
    app = opened("unggah")
    _button(app, "Masukkan 1 baris").click()
    app.run()
    batch = lake.live("laporan")[0].batch
    assert "dimasukkan uji-admin, " in app.code[0].value and " WITA" in app.code[0].value
    _button(app, "Ya, batalkan kiriman ini").click()
    app.run()
    assert not app.exception and not app.error
    assert f"Batch {batch} dibatalkan; angka sudah dihitung ulang." in said(app)
    assert not [one for one in lake.live("laporan") if one.batch == batch]
    assert not [one for one in app.button if "Ya, batalkan kiriman ini" in one.label]


def test_a_mapping_and_the_order_of_dates_are_on_record_like_a_mending():
    content = (
        HEAD.replace("tanggal_masuk", "Tgl Masuk Laporan") + "1/X,03/04/2025,Kota Samarinda\n"
    ).encode()
    dropped(content)
    app = opened("unggah")
    _button(app, "Pakai pemetaan ini").click()
    app.run()
    next(radio for radio in app.radio if "03/04/2025" in radio.label).set_value("mdy").run()
    noted = [one["detail"] for one in audit.rows(action="padanan")]
    assert noted[0]["urutan_tanggal"] == "mdy" and noted[0]["berkas"] == "ekstrak.csv"
    assert noted[1]["kolom"] == [["Tgl Masuk Laporan", "tanggal_masuk"]]
    _button(app, "Masukkan 1 baris").click()
    app.run()
    kept = audit.rows(action="unggah")[0]["detail"]
    assert kept["kolom"] == [["Tgl Masuk Laporan", "tanggal_masuk"]] and kept["urutan_tanggal"] == "mdy"


def test_what_was_stated_is_checked_anew_and_stays_when_the_part_is_shut():
    token = dropped(GOOD)
    app = opened("unggah")
    app.session_state["_pernyataan"][token]["cakupan"] = ("64", "63")
    app.run()
    assert not app.exception and not app.error
    assert "mencakup **Kalimantan Selatan, Kalimantan Timur**" in said(app)
    assert any(one.label == "Pilihan: 1 dinyatakan" for one in app.expander)
