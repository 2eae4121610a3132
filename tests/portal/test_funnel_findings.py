"""Sentences about a funnel: signals named by code, few laporan asked about, how wide the limits are."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import formats, funnel_findings
from portal.funnel_blocks import RATE
from tests.pipelines.statistics import boring as estimators
from tests.portal.figures.test_funnel import ALONE, QUIET, SHARE, counted, regions


def title(frame: pl.DataFrame, measure=SHARE) -> str:
    return funnel_findings.title(frame, regions(frame.height), measure)


def notes(frame: pl.DataFrame, measure=SHARE) -> str:
    return funnel_findings.notes(frame, regions(frame.height), measure)


def test_no_signal_is_the_finding():
    assert title(counted(QUIET)) == "Tidak ada wilayah di luar batas 99,8% untuk persen selesai"


def test_one_signal_is_named():
    assert title(counted(ALONE)) == "Satu wilayah di luar batas 99,8% untuk persen selesai: Provinsi 11"


def test_two_signals_are_named_in_the_order_of_their_codes():
    frame = counted([(10, 60), *[(380, 400)] * 12, (9, 60)])
    named = "Dua wilayah di luar batas 99,8% untuk persen selesai: Kabupaten 0 dan Kota 13"
    assert title(frame) == named
    assert title(frame.reverse()) == named


def test_many_signals_are_counted_and_only_some_named():
    frame = counted([(380, 400)] * 12).with_columns(sinyal=pl.lit("bawah"), nilai=pl.arange(12) * 1.0)
    assert title(frame) == (
        "12 wilayah di luar batas 99,8% untuk persen selesai: Kabupaten 0, Kota 1, Provinsi 2, dan 9 lain"
    )


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(None, None)] * 3, f"Persen selesai: {formats.MISSING}"),
        ([(0, 0)] * 3, "Persen selesai: tidak ada laporan masuk"),
        ([(3, 10), (0, 0)], "Persen selesai: hanya satu wilayah yang dapat dihitung"),
        ([(0, 10), (0, 20)], "Persen selesai: 0,0% di semua 2 wilayah"),
    ],
)
def test_what_cannot_be_compared_has_a_title_of_its_own(pairs, words):
    assert title(counted(pairs)).startswith(words)


def test_every_signal_says_its_side_its_counts_and_its_limit():
    frame = counted(ALONE)
    limit = formats.percent(frame["bawah998"][-1])
    said = f">Provinsi 11</a> di bawah batas: 16,7% (10 dari 60 laporan masuk); batas 99,8% {limit}."
    assert said in notes(frame)
    assert "belum tentu mutu pelayanan" in notes(frame)


def test_widened_limits_are_said_with_the_spread():
    frame = counted([(60, 100), (90, 100)] * 6)
    assert frame["dispersi"][0] > 0
    spread = formats.number(frame["dispersi"][0], 1)
    assert (
        f"Batas dilebarkan: sebaran antarwilayah melebihi kebetulan (simpangan baku {spread} poin"
        in notes(frame)
    )


def test_limits_of_chance_alone_are_said():
    frame = counted([(70 + at % 2, 100) for at in range(12)])
    assert frame["dispersi"][0] == 0
    assert "Batas tidak dilebarkan" in notes(frame)


def test_too_few_regions_leave_the_spread_open():
    assert "dengan 3 wilayah belum dapat dinilai" in notes(counted([(3, 10), (5, 10), (6, 10)]))


def test_regions_that_are_not_drawn_are_named_with_the_reason():
    frame = counted([(3, 10), (5, 10), (0, 0), (None, None)])
    assert "Tidak digambar, tanpa laporan masuk: Provinsi 2." in notes(frame)
    assert f"Tidak digambar, {formats.MISSING}: Kabupaten 3." in notes(frame)


def test_a_province_is_left_out_of_rates_with_the_reason():
    frame = counted([(9, 90_000), (8, 80_000), (7, None)], RATE)
    assert "Tidak digambar, penduduknya sudah terhitung di kabupaten/kota: Provinsi 2." in notes(frame, RATE)


def few(pairs: list[tuple[int | None, int | None]]) -> tuple[str, str]:
    frame = counted(pairs, RATE)
    listed = regions(frame.height)
    return (
        funnel_findings.few_title(frame, listed),
        funnel_findings.few_list(frame, listed, RATE),
    )


def test_few_laporan_are_a_question_about_access_and_never_praise():
    told, listed = few([(30, 300_000)] * 11 + [(15, 300_000)])
    assert (
        told
        == "Satu wilayah dengan laporan sangat sedikit untuk penduduknya: apakah warga tahu cara melapor?"
    )
    assert "15 laporan dari 300.000 penduduk dalam 12 bulan, 5,0 per 100.000" in listed
    assert "Pertanyaan, belum sinyal. Apakah warga tahu cara melapor" in listed
    assert "tidak berarti pelayanan baik" in listed
    for praise in ("terbaik", "prestasi", "berhasil", "bagus"):
        assert praise not in (told + listed).lower()


def test_below_the_outer_limit_it_is_a_signal():
    _, listed = few([(60, 300_000)] * 11 + [(5, 300_000)])
    assert "batas bawah 99,8%" in listed and "Sinyal. Apakah warga" in listed


def test_nobody_below_the_limit_is_said_without_praise():
    told, listed = few([(30, 300_000)] * 12)
    assert told.startswith("Tidak ada wilayah")
    assert "tidak berarti semua warga sudah mudah melapor" in listed


@pytest.mark.parametrize("pairs", [[(None, 300_000)] * 5, [(3, 300_000)]])
def test_nothing_to_compare_asks_nothing(pairs):
    told, listed = few(pairs)
    assert formats.MISSING in told and listed == ""


def test_zero_laporan_are_asked_about_where_widening_left_no_lower_limit():
    pairs = [(9, 300_000), (40, 300_000)] * 6 + [(0, 400_000)]
    frame = counted(pairs, RATE)
    assert frame["dispersi"][0] > 0 and frame["bawah95"][-1] == 0
    found = funnel_findings.few(frame, regions(frame.height))
    assert found["kode_wilayah"].to_list() == ["w12"]
    assert "0 laporan dari 400.000 penduduk" in few(pairs)[1]
    assert "batas bawah 99,8% dari kebetulan saja" in few(pairs)[1]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(20_000, 900_000)), min_size=2, max_size=25))
def test_the_question_is_asked_exactly_below_a_lower_limit(pairs):
    frame = counted(pairs, RATE)
    found = funnel_findings.few(frame, regions(frame.height))["kode_wilayah"].to_list()
    mean = sum(count for count, _ in pairs) / sum(size for _, size in pairs)
    expected = []
    for row in frame.to_dicts():
        rare = estimators.poisson_below(row["pembilang"] + 1, mean * row["penyebut"]) < 0.001
        if row["nilai"] < row["bawah95"] or (row["bawah95"] == 0 and rare):
            expected.append(row["kode_wilayah"])
    assert found == expected


def test_numbers_are_words_up_to_ten():
    assert [funnel_findings.numeral(count) for count in (0, 2, 10, 11)] == ["nol", "dua", "sepuluh", "11"]


def test_a_list_of_names_reads_as_a_sentence():
    assert [funnel_findings.listed(list("ABC")[:count]) for count in (1, 2, 3)] == [
        "A",
        "A dan B",
        "A, B, dan C",
    ]


def test_a_signal_leads_to_the_page_of_its_region_and_its_name_stays_text():
    frame = counted(ALONE)
    listed = regions(12).with_columns(nama=pl.lit("<script>"))
    html = funnel_findings.notes(frame, listed, SHARE)
    assert '<a href="/wilayah?kode=w11" target="_self">&lt;script&gt;</a>' in html
    assert "<script" not in html


def test_the_same_figure_everywhere_says_nothing_about_spread():
    assert "dilebarkan" not in notes(counted([(0, 10)] * 12)) and "dinilai" not in notes(
        counted([(0, 10)] * 12)
    )
