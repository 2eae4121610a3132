"""Tren: every block in every state of the data, one region or all, and an address that is not known."""

import pytest

from tests.pages.conftest import MISSING, UNCOVERED, said, titles

BLOCKS = 11


def test_every_block_stands_in_every_state(any_data, open_page):
    app = open_page("tren")
    assert len(titles(app)) == BLOCKS


def test_titles_state_the_finding(sample_data, open_page):
    told = titles(open_page("tren"))
    assert told[0].split()[1:3] == ["laporan", "masuk"]
    assert any("bulan lengkap" in title for title in told)
    assert any("berarti terselesaikan" in title for title in told)


def test_nothing_is_counted_where_nothing_is_covered(no_reports, open_page):
    told = titles(open_page("tren"))
    assert all("tidak ada data" in title or "belum ada bulan lengkap" in title for title in told)


def test_a_region_without_a_report_is_zero_and_an_uncovered_one_is_no_data(one_province, open_page):
    assert titles(open_page("tren", wilayah=MISSING))[0].startswith("0 laporan masuk")
    assert "tidak ada data" in titles(open_page("tren", wilayah=UNCOVERED))[0]


def test_the_region_of_the_address_is_looked_at(sample_data, open_page):
    app = open_page("tren", wilayah="64.08", rentang="semua")
    assert app.selectbox[0].value == "64.08"
    assert len(titles(app)) == BLOCKS


@pytest.mark.parametrize("foreign", ["99.99", "Surabaya", "63.71"])
def test_a_region_that_is_not_offered_gives_a_sentence_and_all_regions(sample_data, open_page, foreign):
    app = open_page("tren", wilayah=foreign, provinsi="64")
    assert any(foreign in one.value for one in app.warning)
    assert len(titles(app)) == BLOCKS


def test_the_sentence_on_comparison_stands_on_the_page(sample_data, open_page):
    assert "tidak membuktikan pelayanan buruk" in said(open_page("tren"))
