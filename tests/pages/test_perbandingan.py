"""Perbandingan: every measure in every state of the data, one clustered incident, and what is never said."""

import re

import pytest

from portal import filters, funnel_blocks
from tests.pages.conftest import MISSING, UNCOVERED, opened, said, titles

CLUSTER = "2025-06-30"  # twelve months that hold the sample's one incident of sixty laporan
MEASURES = list(funnel_blocks.CHOICES)


@pytest.mark.parametrize("banding", MEASURES)
def test_every_block_stands_for_every_measure_in_every_state(any_data, open_page, banding):
    app = open_page("perbandingan", banding=banding)
    assert len(titles(app)) == 3
    assert not app.warning


def test_the_title_says_the_finding(sample_data, open_page):
    told = titles(open_page("perbandingan"))
    assert told[0] == "Tidak ada wilayah di luar batas 99,8% untuk persen selesai"


def test_a_signal_is_named_in_the_title_and_explained_below(sample_data, open_page):
    app = open_page("perbandingan", banding="tingkat")
    assert re.match(r"Satu wilayah di luar batas 99,8% untuk .*: Kabupaten ", titles(app)[0])
    assert "Batas dilebarkan" in said(app) and "di atas batas" in said(app)


def test_one_clustered_incident_is_seen_for_what_it_is(sample_data, open_page):
    app = open_page("perbandingan", banding="tingkat", per_tanggal=CLUSTER)
    assert titles(app)[0].startswith("Dua wilayah di luar batas")
    assert re.match(r"Sinyal Kabupaten .* hilang bila dihitung per peristiwa: 76 laporan, 17", titles(app)[1])
    assert "per laporan sinyal di atas, per peristiwa dalam batas" in said(app)


def test_few_laporan_are_asked_about(sample_data, open_page):
    app = open_page("perbandingan")
    assert titles(app)[2].endswith("apakah warga tahu cara melapor?")
    assert "Sedikit laporan tidak berarti pelayanan baik" in said(app)


def test_the_sentence_on_comparison_and_the_guide_stand_on_the_page(sample_data, open_page):
    app = open_page("perbandingan")
    assert "wilayah tidak diperingkat" in said(app)
    assert "cermin-contoh" in said(app)


def test_there_is_no_rank_and_the_table_is_in_the_order_of_the_codes(sample_data, open_page):
    html = said(open_page("perbandingan"))
    table = html.split("<table")[1]
    codes = re.findall(r"<td>(\d\d(?:\.\d\d)?)</td>", table)
    assert len(codes) == 25 and codes == sorted(codes)
    heads = re.findall(r"<th[^>]*>([^<]+)</th>", html)
    assert not {"Peringkat", "Ranking", "Urutan", "No", "No."} & set(heads)


def test_whose_lateness_it_is_stands_beside_it(sample_data, open_page):
    html = said(open_page("perbandingan", banding="lewat_tenggat"))
    assert "keterlambatan Terlapor" in html
    assert "waktu pemeriksaan Ombudsman sendiri tidak termasuk" in html


def test_the_year_and_the_source_of_the_population_are_printed(sample_data, open_page):
    assert "penduduk 2024 (Kemendagri" in said(open_page("perbandingan", banding="tingkat"))


def test_the_chosen_region_is_marked(sample_data, open_page):
    html = said(open_page("perbandingan", wilayah="64.08"))
    assert html.count('class="dipilih"') == 1 and "Kab. Kutai Timur</em>" in html


def test_without_coverage_no_figure_is_drawn(no_reports, open_page):
    app = open_page("perbandingan", banding="tingkat")
    assert all("tidak ada data" in title for title in titles(app))
    assert "cermin-corong" not in said(app) and len(app.info) == 3


def test_a_region_without_a_report_and_an_uncovered_one_are_told_apart(one_province, open_page):
    html = said(open_page("perbandingan"))
    assert re.search(r"Tidak digambar, tidak ada data: [^<]*Kabupaten Barito Kuala", html)
    assert re.search(r"Tidak digambar, tanpa laporan masuk: [^<]*Kabupaten Kutai Barat", html)
    assert (MISSING, UNCOVERED) == ("64.07", "63.04")


def test_before_any_lhp_the_share_of_findings_is_unknown(sample_data, open_page):
    app = open_page("perbandingan", banding="terbukti", per_tanggal="2021-01-04")
    assert titles(app)[0] == "Bagian yang terbukti: tidak ada laporan ber-LHP pada rentang ini"


def test_a_measure_that_is_not_known_gives_a_sentence_and_the_first_one(sample_data, open_page):
    app = open_page("perbandingan", banding="peringkat")
    assert any("peringkat" in one.value for one in app.warning)
    assert titles(app)[0].endswith("untuk persen selesai")


def test_the_choice_stands_in_the_address(sample_data, open_page):
    assert "banding" not in filters.NAMES
    app = open_page("perbandingan", banding="terbukti")
    assert app.query_params["banding"] in ("terbukti", ["terbukti"])


def test_a_pemda_account_has_no_such_page(sample_data):
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        opened("perbandingan", role="pemda", own="64.08")
