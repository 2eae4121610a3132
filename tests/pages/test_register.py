"""The register page: find a row, correct it or add one in the form, keep it as a statement, undo it."""

import unicodedata
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access import audit
from bench import signing
from pipelines import comparison, contracts, intake, lake, questions, read, repairs, statements
from pipelines.errors import NotYours
from portal import ask, register_check, register_edit, register_rows
from portal.register_form import Form
from portal.register_words import KINDS
from tests.pages.conftest import opened, said

SIGNED = "KS-64.02-20220518-FP"
NONE_YET = "KS-64.08-20251128-BELUM"
DAY = date(2026, 2, 1)


def _open(code: str = "", kind: str = "kerja_sama", role: str = "admin", **query: str):
    app = opened("register", role, jenis=kind, **({"kunci": code} if code else {}), **query)
    assert [one.value for one in (*app.exception, *app.error)] == []
    return app


def _field(app, name: str):
    kinds = ("text_input", "text_area", "selectbox", "date_input", "checkbox")
    fields = (one for kind in kinds for one in app.get(kind))
    return next(one for one in fields if one.key.startswith("isi_") and one.key.endswith(f"_{name}"))


def _fill(app, **values):
    for name, value in values.items():
        _field(app, name).set_value(value)
    return _press(app, "Periksa")


def _press(app, words: str):
    next(button for button in app.button if words in button.label).click()
    app.run()
    assert not app.exception
    return app


def _figures() -> dict[str, list]:
    """Answers of every question that reads a register, on two days."""
    days = ("2025-12-31", "2026-10-31")
    names = (
        "tanda_kerja_sama",
        "celah_kerja_sama",
        "kegiatan_wilayah",
        "narahubung_wilayah",
        "penilaian_wilayah",
    )
    told = {
        (name, day): questions.answer(name, {"per_tanggal": day}).rows() for name in names for day in days
    }
    told |= {
        (name, day): questions.answer(name, {"per_tanggal": day, "wilayah": "64.02"}).rows()
        for name in ("riwayat_kerja_sama", "riwayat_produk", "produk_wilayah")
        for day in days
    }
    return told


def test_a_row_is_found_by_region_and_by_words(sample_data):
    app = _open(wilayah="64.02")
    told = said(app)
    assert SIGNED in told and "KS-63.02-20260127-NK" not in told
    app.text_input(key="_cari_register").set_value("FOCAL POINT 2022 05 18").run()
    assert "1 baris di register kerja sama" in said(app)
    app.text_input(key="_cari_register").set_value("tidak ada yang begini").run()
    assert "Tidak ada baris yang cocok" in said(app)


def _names(app) -> set[str]:
    kinds = ("text_input", "text_area", "selectbox", "date_input", "checkbox")
    keys = (one.key or "" for kind in kinds for one in app.get(kind))
    return {key.split("_", 2)[2] for key in keys if key.startswith("isi_")}


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_rows_read_the_same(sample_data, kind):
    assert register_rows.known(kind)["label"].is_unique().all()


@pytest.mark.parametrize("kind", KINDS)
def test_every_register_has_a_form_with_every_column(sample_data, kind):
    app = _open("baru", kind)
    if more := [button for button in app.button if "isian lagi" in button.label]:
        more[0].click().run()
    assert _names(app) == {*contracts.load(kind).names, "per_tanggal"}
    rows = register_rows.known(kind)
    if rows.is_empty():
        assert "belum berisi baris" in said(_open(kind=kind))
    else:
        assert rows["label"][0] in said(_open(rows["kunci"][0], kind))


def test_the_key_of_a_corrected_row_is_shown_and_fixed(sample_data):
    app = _open(SIGNED)
    assert "Tetap** (kunci baris): Kunci: KS" in said(app) and "id" not in _names(app)
    assert "id" in _names(_open("baru"))


def test_fields_that_are_not_shown_keep_what_they_hold(sample_data):
    app = _open(SIGNED)
    hidden = {*contracts.load("kerja_sama").names} - _names(app) - {"id"}
    row = register_rows.row_of("kerja_sama", SIGNED)
    assert hidden and all(row[name] is None for name in hidden)


def test_what_lacks_is_said_at_its_field_and_nothing_can_be_saved(sample_data):
    app = _fill(_open("baru"), kode_wilayah="64.02")
    told = said(app)
    assert "isian perlu diperbaiki" in told
    for sentence in ("Instrumen wajib diisi", "Sumber wajib diisi", "Per tanggal wajib diisi"):
        assert sentence in told
    assert not [button for button in app.button if "Simpan" in button.label]


def test_the_judge_of_files_judges_the_form(sample_data):
    text = {"catatan": "hubungi 0812-3456-7890", "jumlah_dokumen": "banyak", "sumber_alamat": "surat 1"}
    app = _fill(_open(SIGNED), **text, berakhir=date(2020, 1, 1), mulai=date(2022, 5, 18))
    told = said(app)
    assert "tampak seperti nomor telepon" in told
    assert "Berakhir sebelum mulai" in told
    assert "3 isian perlu diperbaiki" in told


def test_a_correction_is_previewed_saved_told_and_undone_to_the_digit(sample_copy):
    before = _figures()
    app = _fill(_open(SIGNED), berakhir=date(2024, 5, 18), sumber_alamat="https://contoh.go.id/naskah")
    table = said(app)
    assert "<td>Berakhir</td><td>(kosong)</td><td>18 Mei 2024</td>" in table
    _press(app, "Simpan pernyataan")
    kept = lake.live("kerja_sama")[-1]
    assert (kept.by, kept.rows, kept.file) == ("uji-admin", 1, f"formulir-kerja_sama-{SIGNED}.csv")
    assert f"sebagai batch {kept.batch}" in said(app) and "Riwayat: 2 pernyataan" in said(app)
    assert "Berakhir: (kosong) menjadi 18 Mei 2024" in said(app)
    marks = questions.answer("tanda_kerja_sama", {"per_tanggal": "2026-10-31"})
    assert marks.filter(kode_wilayah="64.02", tanda="jejaring")["keadaan"].item() == "berakhir"
    detail = audit.rows(action="unggah")[0]["detail"]
    assert (detail["batch"], detail["kunci"]) == (kept.batch, SIGNED)
    intake.undo_batch(kept.batch)
    assert _figures() == before
    again = said(_open(SIGNED))
    assert "Riwayat: 1 pernyataan, 1 dibatalkan" in again and "dibatalkan, tidak dihitung" in again


def test_a_new_row_gets_a_key_and_is_chosen_once_it_is_saved(sample_copy):
    app = _fill(
        _open("baru"),
        kode_wilayah="64.08",
        instrumen="Perjanjian Kerja Sama (PKS)",
        tanggal_tanda_tangan=date(2026, 1, 15),
        berakhir_terbuka=True,
        sumber_alamat="surat 12/2026",
        per_tanggal=DAY,
    )
    assert "KS-64.08-20260115-perjanjian-kerja-sama-pks" in said(app)
    _press(app, "Simpan pernyataan")
    assert "Riwayat: 1 pernyataan" in said(app)
    assert app.query_params["kunci"] == "KS-64.08-20260115-perjanjian-kerja-sama-pks"
    marks = questions.answer("tanda_kerja_sama", {"per_tanggal": "2026-10-31"})
    assert marks.filter(kode_wilayah="64.08", tanda="pelaksanaan")["keadaan"].item() == "berlaku"


def test_a_new_row_with_a_key_that_stands_is_no_correction_in_disguise(sample_data):
    given = {"kode_wilayah": "64.08", "instrumen": "Belum ada", "per_tanggal": DAY, "sumber_alamat": "x"}
    assert f"Kunci {NONE_YET} sudah ada" in said(_fill(_open("baru"), id=NONE_YET, **given))


def test_saying_the_same_again_changes_nothing(sample_data):
    assert "Tidak ada yang berubah" in said(_press(_open(NONE_YET), "Periksa"))


def test_an_emptied_field_is_cleared_and_an_earlier_state_can_be_stated_again(sample_copy):
    for catatan in ("", "kembali", ""):
        app = _fill(_open(NONE_YET), catatan=catatan)
        _press(app, "Simpan pernyataan")
        row = register_rows.row_of("kerja_sama", NONE_YET)
        assert (row["catatan"] or "") == catatan
    assert len(lake.live("kerja_sama")) == 3


def test_a_correction_with_an_old_source_still_counts_after_what_it_corrects(sample_copy):
    app = _fill(_open(NONE_YET), target_tahun="2027", per_tanggal=date(2026, 5, 1))
    _press(app, "Simpan pernyataan")
    app = _fill(_open(NONE_YET), target_tahun="2028", per_tanggal=date(2025, 11, 28))
    _press(app, "Simpan pernyataan")
    assert register_rows.row_of("kerja_sama", NONE_YET)["target_tahun"] == 2028
    assert lake.live("kerja_sama")[-1].per_tanggal == date(2026, 5, 1)


def test_what_changed_meanwhile_is_shown_again_before_it_is_saved(sample_copy):
    app = _fill(_open(NONE_YET), target_tahun="2027")
    head = "id,kode_wilayah,instrumen,target_tahun,per_tanggal\n"
    text = f"{head}{NONE_YET},64.08,Belum ada,2029,01/01/2026\n"
    intake.ingest_file("kerja_sama", text.encode(), "lain.csv", by="lain")
    _press(app, "Simpan pernyataan")
    assert "Register berubah sejak isian ini diperiksa" in said(app)
    assert "<td>2029</td><td>2027</td>" in said(app)
    assert [batch.by for batch in lake.live("kerja_sama")] == ["lain"]
    _press(app, "Simpan pernyataan")
    assert register_rows.row_of("kerja_sama", NONE_YET)["target_tahun"] == 2027


def test_the_history_of_an_obligation_keeps_its_earlier_status(sample_copy):
    given = {"nomor": "P/1", "jenis": "saran perbaikan", "tanggal": date(2026, 1, 5), "kode_wilayah": "64.02"}
    given |= {"sumber_alamat": "surat 1", "status_tindak_lanjut": "belum", "per_tanggal": date(2026, 1, 6)}
    _press(_fill(_open("baru", "produk"), **given), "Simpan pernyataan")
    app = _fill(_open("P/1", "produk"), status_tindak_lanjut="dilaksanakan", per_tanggal=date(2026, 3, 1))
    _press(app, "Simpan pernyataan")
    told = questions.answer("riwayat_produk", {"wilayah": "64.02", "per_tanggal": "2026-10-31"})
    assert told["status_tindak_lanjut"].to_list() == ["belum", "dilaksanakan"]
    intake.undo_batch(lake.live("produk")[-1].batch)
    told = questions.answer("riwayat_produk", {"wilayah": "64.02", "per_tanggal": "2026-10-31"})
    assert told["status_tindak_lanjut"].to_list() == ["belum"]


def test_another_register_or_region_begins_without_a_row(sample_data):
    app = _open(SIGNED)
    app.session_state["jenis"] = "kegiatan"
    app.run()
    assert not app.exception and not app.warning
    assert "baris di register kegiatan" in said(app)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [({"jenis": "sp4n"}, "“sp4n” pada alamat"), ({"kunci": "XX-1"}, "“XX-1” pada alamat")],
)
def test_what_the_address_cannot_mean_is_said(sample_data, query, sentence):
    assert sentence in said(opened("register", **query))


@pytest.mark.parametrize("role", ["pimpinan", "pemda"])
def test_others_have_no_such_page(sample_data, role):
    with pytest.raises(ValueError, match="register"):
        opened("register", role, "64.08" if role == "pemda" else None)


def test_nobody_without_the_right_keeps_a_statement(sample_copy):

    with pytest.raises(NotYours):
        register_check.keep(Form("kerja_sama", "baru"), register_check.Judged(), signing.viewer("pimpinan"))


def test_a_limited_account_reads_the_other_province_and_changes_its_own(sample_data):

    who = signing.viewer("petugas", provinsi="64")
    rows = {code: register_rows.row_of("kerja_sama", code) for code in (SIGNED, "KS-63.02-20260127-NK")}
    assert [register_edit.may_change(row, who) for row in rows.values()] == [True, False]
    form = Form("kerja_sama", "baru", provinsi="64")
    told = {column.name: "" for column in form.columns}
    told |= {
        "kode_wilayah": "63.02",
        "instrumen": "Belum ada",
        "per_tanggal": "2026-02-01",
        "sumber_alamat": "x",
    }
    judged = register_check.judge(form, told, who)
    assert "satu-satunya provinsi akun Anda" in judged.faults["kode_wilayah"]


@pytest.mark.parametrize("kind", KINDS)
def test_stating_a_row_as_it_stands_is_always_accepted_and_changes_nothing(sample_data, kind):
    """The form of every shipped row, sent as it was filled: the same judge finds it the same row."""

    who, contract = signing.viewer("admin"), contracts.load(kind)
    for row in register_rows.known(kind).head(12).iter_rows(named=True):
        form = Form(kind, row["kunci"], row)
        told = {name: _written(row[name]) for name in contract.names}
        told |= {"per_tanggal": told.get("per_tanggal") or "2026-02-01"}
        judged = register_check.judge(form, told, who)
        assert not {*judged.faults} - {"sumber_alamat"}, (row["kunci"], judged.faults)
        assert judged.changes == ()


def _written(value) -> str:
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def test_the_rows_that_stand_are_those_of_the_warehouse(sample_copy):
    """A second way: what the fold of statements gives is what the question about the region tells."""
    _press(_fill(_open(NONE_YET), target_tahun="2027", catatan="baru"), "Simpan pernyataan")
    rows = register_rows.known("kerja_sama").filter(kode_wilayah="64.08")
    told = ask.ask("riwayat_kerja_sama", wilayah="64.08", per_tanggal="2026-10-31")
    columns = ["id", "instrumen", "target_tahun", "sumber_alamat", "catatan"]
    assert rows.select(columns).sort("id").rows() == told.select(columns).sort("id").rows()


def test_a_full_file_after_a_form_is_compared_with_the_file_before(sample_copy):
    head = "id,kode_wilayah,instrumen,per_tanggal\n"
    one, two = "X-1,64.02,Belum ada,01/01/2026\n", "X-2,64.07,Belum ada,01/01/2026\n"
    intake.ingest_file("kerja_sama", (head + one + two).encode(), "daftar.csv", by="lain")
    _press(_fill(_open(NONE_YET), target_tahun="2027", per_tanggal=DAY), "Simpan pernyataan")
    later = intake.look_at("kerja_sama", (head + one).encode(), "daftar2.csv")
    assert comparison.of(later).missing["kunci"].to_list() == ["X-2"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_statement_is_one_row_with_the_words_that_were_typed(judul, catatan):
    content = statements.as_file("kerja_sama", {"judul": judul, "catatan": catatan}, None, 1)
    frame = read.read(content, contracts.load("kerja_sama")).frame
    assert frame.height == 1
    for name, typed in (("judul", judul), ("catatan", catatan)):
        words = " ".join("".join(" " if unicodedata.category(one) == "Cc" else one for one in typed).split())
        assert repairs.mend(frame[name][0] or "") == repairs.mend(words)


def test_a_new_row_of_a_key_of_several_columns_is_refused_where_one_stands(sample_data):
    row = register_rows.known("penilaian").row(0, named=True)
    form = Form("penilaian", "baru")
    told = {name: _written(row[name]) for name in contracts.load("penilaian").names}
    judged = register_check.judge(form, told | {"per_tanggal": "2026-02-01"}, signing.viewer("admin"))
    assert "yang sama sudah ada" in judged.faults["kode_wilayah"]


def test_a_row_whose_key_lacks_a_source_says_what_to_do(sample_copy):
    head, row = "kode_wilayah,tahun,skema,status_lokus", "64.02,2023,Kepatuhan 2022-2024,dinilai"
    intake.ingest_file("penilaian", f"{head}\n{row}\n".encode(), "a.csv", by="lain")
    code = register_rows.known("penilaian").filter(pl.col("sumber_alamat").is_null())["kunci"].item()
    app = _fill(_open(code, "penilaian"), nilai="80,5", per_tanggal=DAY)
    assert "tambahkan baris bersumber" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("page", "query", "kind"),
    [
        ("wilayah", {"kode": "64.02"}, "kerja_sama"),
        ("wilayah", {"kode": "64.02"}, "penilaian"),
        ("wilayah", {"kode": "64.02"}, "kegiatan"),
        ("wilayah", {"kode": "64.02"}, "produk"),
        ("kerja-sama", {"wilayah": "64.02"}, "kerja_sama"),
    ],
)
def test_pages_lead_those_who_may_to_the_form(sample_data, page, query, kind):
    wanted = f'href="/register?jenis={kind}&amp;'
    assert wanted in said(opened(page, "petugas", **query))
    assert wanted not in said(opened(page, "pimpinan", **query))


def test_the_link_of_a_row_carries_its_key(sample_data):
    told = said(opened("wilayah", kode="64.02"))
    assert f"/register?jenis=kerja_sama&amp;kunci={SIGNED}" in told
