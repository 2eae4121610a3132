"""Published figures that disagree: cards with both values, the rule and the sources; nothing is mended."""

import polars as pl
import pytest

from portal import formats
from portal.ask import ask
from portal.figures import reconciliation

NAMES = {"x": "Provinsi Satu", "x.1": "Kota Satu"}


def row(**told) -> dict:
    base = {
        "indikator": "akses_total",
        "rincian": None,
        "periode": "2025",
        "kode_wilayah": "x",
        "terbit": 253.0,
        "bagian": 265.0,
        "hitungan_kita": None,
        "selisih": 12.0,
        "aturan": "jumlah_tipe",
        "keadaan": "bertentangan",
        "penjelasan": "Jumlah akses & tipenya.",
        "periode_pembanding": None,
        "sumber_alamat": "https://satu.id/a",
        "alamat_pembanding": None,
    }
    return base | told


def test_a_card_has_both_values_the_difference_the_rule_and_the_source():
    card = reconciliation.card(row(), NAMES)
    for words in ("Akses total, Provinsi Satu, 2025", "terbit 253; jumlah bagian 265", "Selisih +12."):
        assert words in card
    assert "Bertentangan: Jumlah akses &amp; tipenya." in card
    assert 'href="https://satu.id/a"' in card
    assert "--p:0.9547" in card and "--p:1;" in card


def test_a_figure_of_no_province_is_of_the_nation_and_a_detail_is_named():
    card = reconciliation.card(row(kode_wilayah="ID", rincian="x.1", indikator="per_wilayah"), NAMES)
    assert "Per wilayah (Kota Satu), Indonesia, 2025" in card


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"aturan": "publikasi_lain", "periode_pembanding": "2025"}, "terbitan lain"),
        ({"aturan": "publikasi_lain", "periode_pembanding": "2024"}, "terbitan lain, 2024"),
        ({"aturan": "hitung_persen"}, "hitungan ulang"),
        ({"aturan": "jumlah_wilayah"}, "jumlah bagian"),
    ],
)
def test_what_stands_beside_is_told_in_a_few_words(told, words):
    assert reconciliation.against(row(**told)) == words


def test_dates_of_a_period_are_written_as_a_reader_writes_them():
    assert formats.dated("2025-01-01 sampai 2025-12-22") == "1 Jan 2025 sampai 22 Des 2025"
    assert formats.dated("2023, akhir tidak disebut") == "2023, akhir tidak disebut"


def test_two_zeros_are_drawn_and_our_own_count_may_stand_beside():
    card = reconciliation.card(row(terbit=0.0, bagian=None, hitungan_kita=0, selisih=0.0), NAMES)
    assert "Selisih" not in card and 'aria-label="terbit 0; jumlah bagian 0"' in card


def test_no_contradiction_says_so(sample_data):
    none = ask("rekonsiliasi").filter(keadaan="cocok")
    assert "tidak ada angka terbit yang bertentangan" in reconciliation.html(none, ask("daftar_wilayah"))
    assert reconciliation.title(none).startswith("Tidak ada pertentangan")


def test_every_contradiction_of_the_register_is_drawn_light_enough(sample_data):
    drawn = reconciliation.html(ask("rekonsiliasi"), ask("daftar_wilayah"))
    hard = ask("rekonsiliasi").filter(pl.col("keadaan").is_in(reconciliation.HARD))
    assert drawn.count("<li>") == hard.height
    assert len(drawn) < 25_000
