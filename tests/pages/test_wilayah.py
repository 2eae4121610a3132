"""Wilayah: the page of one region in every state; the directory when none is chosen."""

import pytest

from tests.pages.conftest import MISSING, UNCOVERED, said, titles

BLOCKS = 11
KODE = ("64.08", "63.71", "64", MISSING, UNCOVERED)


@pytest.mark.parametrize("kode", KODE)
def test_every_block_stands_in_every_state(any_data, open_page, kode):
    app = open_page("wilayah", kode=kode)
    assert len(titles(app)) == BLOCKS


def test_what_is_agreed_and_lacking_is_told_with_who_said_so(sample_data, open_page):
    told = said(open_page("wilayah", kode="64.08"))
    assert "Kerja sama: payung dan pelaksanaan belum ada; jejaring tidak diketahui" in told
    assert "Kepala Perwakilan Ombudsman RI Kalimantan Timur" in told
    assert "Target 2026 (harapan, bukan jadwal)" in told


def test_the_lateness_of_the_ombudsman_is_not_that_of_the_region(sample_data, open_page):
    told = said(open_page("wilayah", kode="64.02"))
    assert "tanggung jawab Terlapor" in told
    assert "Keterlambatan siapa" in told
    assert "belum dikonfirmasi" in told


def test_peers_are_never_named(sample_data, open_page):
    told = "\n".join(title for title in titles(open_page("wilayah", kode="64.08")) if "kisaran" in title)
    assert "17 kabupaten lain" in told
    assert "Kabupaten " not in told


def test_too_few_peers_are_withheld(sample_data, open_page):
    assert any("Tanpa pembanding" in title for title in titles(open_page("wilayah", kode="64")))


def test_the_charter_stands_with_the_comparison(sample_data, open_page):
    told = said(open_page("wilayah", kode="64.08"))
    assert "Banyaknya laporan tidak membuktikan pelayanan buruk" in told


def test_zero_reports_and_no_data_read_differently(one_province, open_page):
    assert titles(open_page("wilayah", kode=MISSING))[0].startswith("0 laporan masuk")
    assert "tidak ada data" in titles(open_page("wilayah", kode=UNCOVERED))[0]


def test_the_registers_stand_without_any_report(no_reports, open_page):
    app = open_page("wilayah", kode="64.08")
    assert "tidak ada data" in titles(app)[0]
    assert any("payung dan pelaksanaan belum ada" in title for title in titles(app))


def test_no_region_in_the_address_shows_all_of_them(any_data, open_page):
    app = open_page("wilayah")
    assert {"Kalimantan Timur", "Kalimantan Selatan"} <= {one.value for one in app.subheader}


@pytest.mark.parametrize("foreign", ["00.00", "Kota Surabaya", "64.8"])
def test_an_unknown_region_gives_a_sentence_and_the_directory(sample_data, open_page, foreign):
    app = open_page("wilayah", kode=foreign)
    assert any(foreign in one.value for one in app.warning)
    assert len(app.subheader) == 2
