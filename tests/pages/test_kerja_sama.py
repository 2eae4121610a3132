"""Kerja Sama: deadline, gaps, matrix, time line and history, now and at an earlier date."""

import pytest

from pipelines import reference
from tests.pages.conftest import said, titles


def test_every_block_stands_in_every_state(any_data, open_page):
    app = open_page("kerja-sama", wilayah="64.08")
    assert len(titles(app)) == 5


def test_the_gap_that_was_stated_is_shown_with_who_said_so_and_the_rule(sample_data, open_page):
    told = said(open_page("kerja-sama"))
    assert "1 dari 25 wilayah dinyatakan memiliki celah" in told
    assert "Kepala Perwakilan Ombudsman RI Kalimantan Timur" in told
    assert "Aturan urutan" in told


def test_each_factor_of_the_order_is_a_column_and_its_rule_stands_beside(sample_data, open_page):
    app = open_page("kerja-sama")
    assert titles(app)[1] == "1 bercelah, 24 perlu dipastikan: tiap faktor urutannya satu kolom"
    told = said(app)
    for row in reference.read("prioritas_celah").iter_rows(named=True):
        assert f"<b>{row['nama']}</b>: {row['arti']}" in told
    for heading in ("Hari ke batas", "Target tahun", "Lewat tenggat", "Terbuka", "Sinyal tren", "Pembeda"):
        assert f">{heading}</th>" in told
    assert "tanpa bobot dan tanpa skor gabungan" in told


def test_a_pemda_account_sees_its_gap_without_the_factors_of_others(sample_data, open_page):
    told = said(open_page("kerja-sama", role="pemda", own="64.08"))
    assert "1 celah dinyatakan, menurut urutan kebutuhan" in told
    assert "Sinyal tren" not in told


def test_the_planning_deadline_is_told(sample_data, open_page):
    told = open_page("kerja-sama").info[0].value
    assert "Batas daftar rencana: 31 Desember 2026, 61 hari lagi" in told
    assert "sudah lewat 304 hari" in told


def test_the_matrix_has_a_row_for_each_government_and_links_it(sample_data, open_page):
    told = said(open_page("kerja-sama"))
    matrix = told[told.index('class="cermin-matriks"') :]
    assert matrix.count('<th scope="row">') == 25
    assert 'href="/wilayah?kode=64.08"' in matrix


def test_one_province_has_its_own_rows_only(sample_data, open_page):
    told = said(open_page("kerja-sama", provinsi="64"))
    matrix = told[told.index('class="cermin-matriks"') :]
    assert matrix.count('<th scope="row">') == 11


def test_at_an_earlier_date_nothing_was_stated_yet(sample_data, open_page):
    app = open_page("kerja-sama", per_tanggal="2023-06-30")
    assert titles(app)[1].startswith("0 bercelah, 25 perlu dipastikan")
    assert titles(app)[2].startswith("0 dari 25 wilayah")
    assert "Tidak ada celah yang dinyatakan" in said(app)


def test_a_button_leads_to_the_end_of_an_earlier_year(sample_data, open_page):
    app = open_page("kerja-sama")
    app.button(key="_hari_2022-12-31").click().run()
    assert app.query_params["per_tanggal"] == "2022-12-31"
    assert "31 Desember 2022" in said(app)


def test_the_history_shows_each_statement_and_the_conflict(sample_data, open_page):
    app = open_page("kerja-sama", wilayah="63.02")
    assert "versi yang bertentangan" in titles(app)[-1]
    assert "tidak dihitung" in said(app)


def test_the_day_before_anything_was_signed_has_an_empty_time_line(sample_data, open_page):
    app = open_page("kerja-sama", per_tanggal="2020-12-31", wilayah="64.08")
    assert any("Belum ada instrumen" in title for title in titles(app))


@pytest.mark.parametrize("foreign", ["99.99", "<b>"])
def test_a_region_that_is_not_known_gives_a_sentence(sample_data, open_page, foreign):
    app = open_page("kerja-sama", wilayah=foreign)
    assert any("tidak dikenal" in one.value for one in app.warning)
