"""Data & Metode, in three states: definitions, sources, freshness, limits, published figures beside ours."""

import polars as pl

from pipelines.questions import CATALOGUE
from portal.ask import ask
from portal.figures import reconciliation
from tests.pages.conftest import said


def test_shows_every_indicator_from_the_table_that_drives_it(sample_data, open_page):
    told = said(open_page("metode"))
    for row in ask("daftar_indikator").iter_rows(named=True):
        assert row["nama"] in told
        assert row["definisi"][:60] in told


def test_shows_deadlines_with_their_verification_and_whose_they_are(sample_data, open_page):
    told = said(open_page("metode"))
    for words in (
        "1 dari 11 tenggat terverifikasi",
        "belum dikonfirmasi",
        "Terlapor",
        "Perori 58/2023 Ps 54(1)",
    ):
        assert words in told


def test_shows_published_figures_beside_ours(sample_data, open_page):
    told = said(open_page("metode"))
    assert "sama dengan hitungan Cermin" in told
    assert f"{ask('angka_publikasi').height} angka publikasi" in told


def test_contradictions_of_published_figures_are_drawn_and_explained(sample_data, open_page):
    told = said(open_page("metode"))
    hard = ask("rekonsiliasi").filter(pl.col("keadaan").is_in(reconciliation.HARD))
    assert told.count('<li><p class="cermin-judul">') == hard.height == 14
    assert "14 pertentangan di antara angka yang terbit" in told
    for words in ("85,64", "85,54", "jumlah bagian 265", "Definisi berdampingan: 28 pasangan"):
        assert words in told


def test_what_the_simulation_found_is_told_in_words(sample_data, open_page):
    told = said(open_page("metode"))
    assert "3 dari 4 janji ketelitian terpenuhi sepenuhnya" in told
    assert "lebih hati-hati daripada janji" in told
    assert "tidak memakai pustaka lifelines" in told
    assert "tidak ada sinyal bukan berarti tidak ada perubahan" in told


def test_a_pemda_account_sees_what_was_printed_and_no_count_of_ours(sample_data, open_page):
    told = said(open_page("metode", role="pemda", own="64.08"))
    assert f"{ask('angka_publikasi').height} angka publikasi" in told
    assert "pertentangan di antara angka" not in told
    assert "janji ketelitian" not in told


def test_lists_every_question(sample_data, open_page):
    told = said(open_page("metode"))
    assert [name for name in CATALOGUE if name not in told] == []


def test_names_sources_batches_and_limits(sample_data, open_page):
    told = said(open_page("metode"))
    for words in ("1 batch berlaku", "sumber dikutip", "Batas yang diketahui", "wilayah tidak disebut"):
        assert words in told


def test_without_reports_nothing_of_ours_stands_beside_the_published(no_reports, open_page):
    told = said(open_page("metode"))
    assert "Belum ada batch" in told
    assert "tidak satu pun tercakup" in told


def test_a_province_without_data_has_no_count_beside_the_published(one_province, open_page):
    open_page("metode")
    beside = ask("rekonsiliasi_publikasi").filter(pl.col("kode_wilayah").str.starts_with("63"))
    assert beside["hitungan_kita"].null_count() == beside.height
