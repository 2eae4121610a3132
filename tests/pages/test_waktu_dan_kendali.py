"""Time to resolution, control charts and before and after, on their pages and in every state of the data."""

from datetime import date

import pytest

from pipelines import langkah
from portal import step_changes
from tests.pages.conftest import MISSING, UNCOVERED, said, titles

SIGHTS = ("waktu", "kendali")
JOINT = "63.71"


@pytest.mark.parametrize("sight", SIGHTS)
def test_one_block_stands_in_the_place_of_the_others(any_data, open_page, sight):
    assert len(titles(open_page("tren", lihat=sight))) == 1


@pytest.mark.parametrize("sight", [*SIGHTS, "payung"])
def test_a_region_is_looked_at_from_close_by_in_every_state(any_data, open_page, sight):
    for kode in (MISSING, UNCOVERED, JOINT):
        assert 1 <= len(titles(open_page("wilayah", kode=kode, dalam=sight))) <= 2


@pytest.mark.parametrize("kelompok", ["provinsi", "wilayah", "substansi", "instansi", "klasifikasi", "tahun"])
@pytest.mark.parametrize("kurva", ["terbuka", "hasil"])
def test_every_grouping_has_curves(sample_data, open_page, kelompok, kurva):
    page = said(open_page("tren", lihat="waktu", kelompok=kelompok, kurva=kurva))
    assert "cermin-bidang" in page and "Mendatar: hari sejak laporan masuk" in page


def test_the_p_value_stands_with_its_caveat(sample_data, open_page):
    page = said(open_page("tren", lihat="waktu"))
    assert "Uji log-rank atas 2 garis" in page and "bukan sebabnya" in page


@pytest.mark.parametrize("bagan", ["masuk", "ditutup", "terbuka", "median_umur", "rasio"])
def test_every_measure_has_a_chart(sample_data, open_page, bagan):
    page = said(open_page("tren", lihat="kendali", bagan=bagan))
    assert "batas kendali" in page and "Per bulan" in page


def test_nothing_is_drawn_where_nothing_is_known(no_reports, open_page):
    for sight in SIGHTS:
        page = open_page("tren", lihat=sight)
        assert "tidak ada data" in titles(page)[0] and "cermin-bidang" not in said(page)


@pytest.mark.parametrize("kurva", ["terbuka", "hasil"])
def test_a_covered_region_without_a_report_is_zero_and_an_uncovered_one_is_no_data(
    one_province, open_page, kurva
):
    for kode, word in ((MISSING, "nol laporan masuk"), (UNCOVERED, "tidak ada data")):
        assert word in titles(open_page("wilayah", kode=kode, dalam="waktu", kurva=kurva))[0]


def test_a_quiet_region_is_charted_by_quarters_or_with_its_province(sample_data, open_page):
    page = said(open_page("wilayah", kode="64.11", dalam="kendali"))
    assert "Per triwulan, karena rata-ratanya hanya" in page or "Angka seluruh" in page


def test_a_signed_region_is_told_before_and_after_with_the_caveat(sample_data, open_page):
    page = open_page("wilayah", kode=JOINT, dalam="payung")
    assert "27 Jan 2026" in titles(page)[0] and "bukan akibat" in said(page)
    assert "Tidak ada payung bertanggal" in titles(open_page("wilayah", kode="64.71", dalam="payung"))[0]


def test_an_account_of_one_region_is_offered_none_of_it(sample_data, open_page):
    own = open_page("wilayah", role="pemda", own="63.71", dalam="payung")
    assert "bukan akibat" not in said(own) and "cermin-bidang" not in said(own)
    assert not [one for one in own.get("button_group") if "payung" in str(one)]
    assert "serentak" not in said(open_page("kerja-sama", role="pemda", own="63.71"))


def test_a_step_that_was_marked_moves_the_limits_and_stands_with_its_reason(sample_copy, open_page):
    langkah.mark("semua", "masuk", date(2025, 3, 1), "Loket daring dibuka", "petugas", date(2026, 10, 31))
    page = said(open_page("tren", lihat="kendali"))
    assert "Mar 2025: Loket daring dibuka (petugas)" in page
    assert "Loket daring" not in said(open_page("tren", lihat="kendali", bagan="ditutup"))


def test_only_those_who_bring_in_data_may_mark(sample_copy, open_page):
    for role, offered in (("admin", True), ("petugas", True), ("pimpinan", False)):
        labels = [button.label for button in open_page("tren", role=role, lihat="kendali").button]
        assert (step_changes.LABEL in labels) is offered


def test_the_form_opens_on_demand_and_lists_what_was_marked(sample_copy, open_page):
    langkah.mark("semua", "masuk", date(2025, 3, 1), "Loket daring dibuka", "petugas", date(2026, 10, 31))
    page = open_page("tren", role="petugas", lihat="kendali")
    assert not page.text_area
    next(button for button in page.button if button.label == step_changes.LABEL).click().run()
    assert [one.label for one in page.text_area] == ["Alasan"]
    assert "Mar 2025: Loket daring dibuka (petugas)" in [one.value for one in page.text]
    assert {"Tandai", "Cabut"} <= {button.label for button in page.button}


def test_the_joint_renewal_is_drawn_beside_a_province_that_did_not_renew(sample_data, open_page):
    page = open_page("kerja-sama")
    assert "serentak" not in said(page)
    page.session_state["serentak"] = True
    page.run()
    assert [one.value for one in (*page.exception, *page.error)] == []
    told = [title for title in titles(page) if "serentak" in title]
    assert told == [told[0]] and "sebelumnya dan" in told[0]
    assert said(page).count("payung serentak di") >= 2 and "bukan akibat" in said(page)
