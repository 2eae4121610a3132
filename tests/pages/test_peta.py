"""Peta: every measure in every state of the data; the card of the region in the address."""

import pytest

from portal import map_measures
from tests.pages.conftest import MISSING, UNCOVERED, said, titles

MEASURES = ("payung", "pelaksanaan", "jejaring", "masuk", "terbuka", "lewat_tenggat", "persen_selesai")
MEASURES += ("tingkat_100k", "penilaian")


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_drawn_in_every_state(any_data, open_page, measure):
    app = open_page("peta", ukuran=measure)
    assert len(titles(app)) == 1
    assert len(app.dataframe) == 1


def test_every_measure_of_the_page_is_offered(sample_data):
    assert set(MEASURES) <= set(map_measures.names())


def test_a_region_in_the_address_opens_its_card(sample_data, open_page):
    app = open_page("peta", wilayah="64.08", ukuran="masuk")
    assert "Kabupaten Kutai Timur" in titles(app)
    assert "cermin-angka" in said(app)


def test_a_chosen_list_entry_opens_its_card_and_stands_in_the_address(sample_data, open_page):
    app = open_page("peta")
    app.selectbox[0].select("64.74").run()
    assert app.query_params["wilayah"] == "64.74"
    assert "Kota Bontang" in titles(app)


def test_zero_and_no_data_are_two_different_marks(one_province, open_page):
    table = open_page("peta", ukuran="masuk").dataframe[0].value
    said = dict(zip(table["nama"], table["text"], strict=True))
    from portal import regions

    names = regions.known()
    assert said[names[MISSING]] == "0 laporan"
    assert said[names[UNCOVERED]] == "tidak ada data"


def test_without_reports_the_map_says_no_data_and_the_marks_still_stand(no_reports, open_page):
    assert "tidak ada data" in titles(open_page("peta", ukuran="terbuka"))[0]
    assert "1 belum ada" in titles(open_page("peta", ukuran="payung"))[0]


def test_an_unknown_measure_gives_a_sentence_and_the_first_one(sample_data, open_page):
    app = open_page("peta", ukuran="cuaca")
    assert any("cuaca" in one.value for one in app.warning)
    assert titles(app)[0].startswith("Payung")


def test_a_region_outside_the_chosen_province_gives_a_sentence(sample_data, open_page):
    app = open_page("peta", provinsi="63", wilayah="64.08")
    assert any("64.08" in one.value for one in app.warning)
