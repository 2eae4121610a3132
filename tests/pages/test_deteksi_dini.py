"""Deteksi Dini as a page: the finding as its title, the list by urgency, and what may be done about it."""

from datetime import timedelta

import polars as pl
import pytest

from access import audit
from bench import signing
from pipelines import dates, questions
from pipelines.errors import UserError
from pipelines.signals import present, statements
from portal import signal_findings, signal_forms, viewer
from tests.pages.conftest import opened, said, titles


def _first() -> dict:
    return questions.answer("sinyal").row(0, named=True)


@pytest.mark.parametrize("role", ["admin", "petugas", "pimpinan"])
def test_the_page_opens_in_every_state(any_data, role):
    app = opened("deteksi-dini", role)
    assert [one.value for one in (*app.exception, *app.error)] == []
    assert len(titles(app)) == 1


def test_the_title_is_the_finding(sample_data, open_page):
    found = questions.answer("sinyal").height
    assert open_page("deteksi-dini").title[0].value == f"{found} sinyal baru di dua provinsi"
    app = open_page("deteksi-dini", provinsi="64")
    count = questions.answer("sinyal", {"provinsi": "64"}).height
    assert app.title[0].value == f"{count} sinyal baru di Kalimantan Timur"


def test_each_card_tells_since_when_value_limit_and_the_next_step(sample_data, open_page):
    told = said(open_page("deteksi-dini", aturan="lewat_tenggat"))
    cards = told[told.index('class="cermin-sinyal"') :]
    for word in ("Sejak", "Nilai", "Batas", "Langkah:", "30 hari kerja", 'href="/wilayah?kode='):
        assert word in cards


def test_the_filters_stand_in_the_address(sample_data, open_page):
    shown = titles(open_page("deteksi-dini", aturan="batas_daftar"))
    assert shown == ["1 sinyal: 1 mendesak"]
    assert titles(open_page("deteksi-dini", keadaan="ditutup")) == ["Tidak ada sinyal untuk pilihan ini"]
    region = _first()["kode_wilayah"]
    count = questions.answer("sinyal", {"wilayah": region}).height
    assert titles(open_page("deteksi-dini", wilayah=region))[0].startswith(f"{count} sinyal")


def test_an_earlier_date_is_answered_with_a_sentence(sample_data, open_page):
    app = open_page("deteksi-dini", per_tanggal="2024-12-31")
    assert any("dihitung pada data terakhir" in one.value for one in app.caption)


def test_who_only_reads_finds_no_buttons(sample_data):
    keys = {one.key for one in opened("deteksi-dini", "pimpinan").button}
    assert not keys & {f"_{step}" for step in signal_forms.NAMES}


def test_a_petugas_of_one_province_is_offered_its_signals_only(sample_copy):
    who = signing.viewer("petugas", provinsi="63")
    rows = questions.answer("sinyal").to_dicts()
    assert {row["kode_provinsi"] for row in rows if signal_forms.may_change(who, row)} == {"63"}


@pytest.fixture
def as_petugas(sample_copy, monkeypatch):
    """as_petugas(row, step, remark) does what the form does, as a petugas."""

    def doing(row: dict, step: str, remark: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(viewer, "enter", lambda: signing.viewer("petugas"))
            patch.setattr(viewer, "whence", lambda: "10.0.0.9")
            signal_forms.state(row, step, dates.today(), remark, None)

    return doing


def test_a_button_opens_the_form_of_the_chosen_signal(sample_data):
    chosen = _first()
    app = opened("deteksi-dini", "petugas", sinyal=chosen["id"])
    assert {one.key: one.disabled for one in app.button if one.key in ("_ambil", "_buka")} == {
        "_ambil": False,
        "_buka": True,
    }
    app.button(key="_tunda").click().run()
    assert chosen["kalimat"] in said(app)
    assert [one.label for one in app.text_area] == ["Alasan menunda"]
    assert [one.value for one in (*app.exception, *app.error)] == []


def test_what_is_done_is_said_on_the_card_and_in_the_audit_trail(as_petugas):
    chosen = _first()
    as_petugas(chosen, "ambil", "saya tanyakan ke dinas")
    row = audit.rows(action="sinyal")[0]
    assert (row["name"], row["address"]) == ("uji-petugas", "10.0.0.9")
    assert (row["detail"]["sinyal"], row["detail"]["langkah"]) == (chosen["id"], "ambil")
    told = said(opened("deteksi-dini", "pimpinan", keadaan="ditangani"))
    assert "Ditangani oleh uji-petugas" in told and "saya tanyakan ke dinas" in told
    count = questions.answer("sinyal").height - 1
    assert opened("deteksi-dini", "pimpinan").title[0].value.startswith(f"{count} sinyal baru")


def test_what_does_not_fit_leaves_no_line_in_the_audit_trail(as_petugas):
    before = audit.count(action="sinyal")
    with pytest.raises(UserError, match="Tulis apa yang ditemukan"):
        as_petugas(_first(), "tutup", "")
    assert audit.count(action="sinyal") == before and statements.everything() == {}


def test_a_reader_who_reaches_the_form_is_refused(sample_copy, monkeypatch):
    monkeypatch.setattr(viewer, "enter", lambda: signing.viewer("pimpinan"))
    with pytest.raises(UserError, match="Peran Anda"):
        signal_forms.state(_first(), "ambil", dates.today(), "", None)
    assert statements.everything() == {}


def test_what_was_put_off_is_shown_with_its_reason_under_that_state(sample_copy):
    row, until = _first(), dates.today() + timedelta(3)
    statements.state(row, "tunda", "rina", dates.today(), "menunggu surat balasan", until)
    assert "menunggu surat balasan" in said(opened("deteksi-dini", "pimpinan", keadaan="ditunda"))
    assert "menunggu surat balasan" not in said(opened("deteksi-dini", "pimpinan"))


def test_the_history_names_what_was_closed_and_what_was_found(sample_copy):
    row = _first()
    statements.state(row, "tutup", "rina", dates.today(), "sudah selesai di lapangan")
    table = signal_findings.past(present.history(questions.answer("sinyal"), dates.today()))
    assert "sudah selesai di lapangan" in table and row["judul"] in table


@pytest.mark.parametrize(("role", "own"), [("pimpinan", None), ("pemda", "64.08")])
def test_the_page_of_a_region_has_the_same_list(sample_data, role, own):
    told = said(opened("wilayah", role, own, **({} if own else {"kode": "64.08"})))
    assert "belum memiliki payung dan pelaksanaan" in told
    part = told[told.index("cermin-sinyal-wilayah") :].split("</ul>")[0]
    assert ("laporan" in part) == (own is None)
    assert ("/deteksi-dini?wilayah=64.08" in told) == (own is None)


def test_the_page_of_a_region_without_a_signal_says_so(sample_data):
    quiet = questions.answer("daftar_wilayah").filter(
        ~pl.col("kode_wilayah").is_in(questions.answer("sinyal")["kode_wilayah"].drop_nulls().implode())
    )
    told = said(opened("wilayah", "pimpinan", kode=quiet["kode_wilayah"][0]))
    assert "Deteksi Dini: tidak ada sinyal pada data terakhir" in told
