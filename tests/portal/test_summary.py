"""The words of the summary: counts in sentences, the unnamed region said, the unknown never a zero."""

from datetime import date

import polars as pl
import pytest

from portal import gaps, headline, sources, sparkline, summary
from portal.ask import about, ask
from portal.filters import Filters

FILTERS = Filters(None, ("64", "63"), date(2026, 10, 31), "12b", date(2025, 11, 1))


def _provinces(**changes) -> pl.DataFrame:
    row = {
        "masuk": 10, "ditutup": 4, "terbuka": 6, "ditutup_tanpa_tanggal": 0, "lewat_tenggat": 1, "kohort": 10,
        "kohort_selesai": 4, "persen_selesai": 40.0, "selesai_bawah": 16.8, "selesai_atas": 68.7,
        "peristiwa": 9,
    } | changes  # fmt: skip
    names = {
        "63": "Kalimantan Selatan",
        "64": "Kalimantan Timur",
        None: "wilayah tidak disebut",
        "semua": "Semua provinsi",
    }
    return pl.DataFrame([{"kode_provinsi": code, "nama": name} | row for code, name in names.items()])


def test_says_what_is_open_and_where():
    said = summary.open_reports(_provinces(), None)
    assert said == "6 laporan belum selesai: 6 di Kalimantan Timur, 6 di Kalimantan Selatan, 6 tanpa wilayah"
    assert summary.open_reports(_provinces(), "64") == "6 laporan belum selesai di Kalimantan Timur"


def test_the_unnamed_region_is_left_out_only_when_it_has_none():
    frame = _provinces().with_columns(
        pl.when(pl.col("kode_provinsi").is_null()).then(0).otherwise("terbuka").alias("terbuka")
    )
    assert "tanpa wilayah" not in summary.open_reports(frame, None)


def test_what_is_not_covered_is_said():
    frame = _provinces(terbuka=None, masuk=None)
    assert summary.open_reports(frame, None) == "Laporan belum selesai di kedua provinsi: tidak ada data"
    assert summary.open_reports(frame, "64") == "Laporan belum selesai di Kalimantan Timur: tidak ada data"
    assert summary.lead(frame, FILTERS).startswith("Tidak ada batch laporan yang mencakup")


def test_the_lead_names_the_period_and_the_basis():
    said = summary.lead(_provinces(), FILTERS)
    assert said.startswith(
        "10 laporan masuk dan 4 ditutup pada 1 Nov 2025 sampai 31 Okt 2026; 1 laporan lewat"
    )
    assert said.endswith("menurut wilayah terlapor.")


def test_headlines_carry_denominators_and_a_course():
    months = pl.DataFrame(
        {"bulan": [date(2026, m, 1) for m in (1, 2, 3)], "masuk": [1, 5, 3], "ditutup": [1, 1, 1],
         "terbuka": [0, 4, 6], "persen_selesai": [50.0, 40.0, None], "lewat_tenggat": [0, 0, 1],
         "lengkap": [True, True, False]}
    )  # fmt: skip
    made = headline.headlines(_provinces(), months, months, months, provinsi=None)
    assert [one.label for one in made] == ["Masuk", "Ditutup", "Terbuka", "Lewat tenggat", "Persen selesai"]
    assert [one.value for one in made] == ["10", "4", "6", "1", "40,0%"]
    assert "9 peristiwa" in made[0].below
    assert "dari 10 laporan; selang 95%: 16,8–68,7%" in made[4].below
    assert "dari Jan 2026 (1) sampai Feb 2026 (5)" in made[0].below


def test_headlines_of_an_uncovered_time_are_dashes():
    frame = _provinces(masuk=None, ditutup=None, terbuka=None, lewat_tenggat=None, persen_selesai=None)
    nothing = pl.DataFrame(
        schema={"bulan": pl.Date, "lengkap": pl.Boolean}
        | dict.fromkeys(("masuk", "ditutup", "terbuka", "persen_selesai", "lewat_tenggat"), pl.Int64)
    )
    made = headline.headlines(frame, nothing, nothing, nothing, provinsi="64")
    assert {one.value for one in made} == {"–"}
    assert all("tidak ada data" in one.below for one in made)


def test_a_course_leaves_incomplete_months_out_and_says_its_ends():
    frame = pl.DataFrame(
        {
            "bulan": [date(2026, 2, 1), date(2026, 1, 1), date(2026, 3, 1)],
            "n": [2, 1, 9],
            "lengkap": [True, True, False],
        }
    )
    points = sparkline.course(frame, "n")
    assert points == ((date(2026, 1, 1), 1), (date(2026, 2, 1), 2))
    assert (
        'alt="Uji per bulan dari Jan 2026 (1) sampai Feb 2026 (2); terendah 1, tertinggi 2"'
        in sparkline.html(points, "Uji", "#000000")
    )
    assert "Belum cukup" in sparkline.html(points[:1], "Uji", "#000000")


@pytest.mark.parametrize("values", [(0, 0), (5, 5), (0, 3), (7.5, 0)])
def test_a_line_stays_inside_its_frame(values):
    for x, y in sparkline._placed(values):
        assert 0 <= x <= sparkline.WIDTH and 0 <= y <= sparkline.HEIGHT


def test_the_gap_that_a_source_states_is_told_with_who_when_and_where(sample_data):
    asked = about("celah_kerja_sama", per_tanggal="2026-03-31")
    ordered = gaps.in_order(ask(asked))
    assert ordered["kode_wilayah"].to_list() == ["64.08"]
    told = gaps.html(ask(asked), ask("tanda_kerja_sama", per_tanggal="2026-03-31"), most=3)
    for words in (
        "Kabupaten Kutai Timur",
        "belum ada",
        "Kepala Perwakilan Ombudsman RI Kalimantan Timur",
        "28 November 2025",
        "harapan, bukan jadwal",
        "https://harianutama.com/?p=37930",
        "Target 2026; batas daftar rencana 31 Desember 2025 (lewat 90 hari)",
        "sebab akibat tidak disimpulkan",
    ):
        assert words in told
    assert (
        summary.lacking(ask(asked)) == "1 wilayah bercelah kerja sama menurut sumber: Kabupaten Kutai Timur"
    )
    assert "tanpa sumber (bukan berarti belum ada)" in gaps.uncertain(ask(asked))


def test_the_gaps_stand_in_the_order_of_their_factors_where_these_are_known(sample_data):
    regions = ask("celah_kerja_sama", per_tanggal="2026-03-31")
    lacking = regions.with_columns(celah=pl.lit("payung"))
    needs = ask("prioritas_celah", per_tanggal="2026-03-31")
    ordered = gaps.in_order(lacking, needs)
    assert ordered["kode_wilayah"].to_list() == needs["kode_wilayah"].to_list()
    assert gaps.in_order(lacking)["kode_wilayah"].to_list() != needs["kode_wilayah"].to_list()
    assert summary.lacking(lacking, needs).startswith("25 wilayah bercelah kerja sama menurut sumber")
    assert gaps.in_order(regions, needs)["kode_wilayah"].to_list() == ["64.08"]


def test_umbrellas_are_counted_by_state(sample_data):
    said = summary.umbrellas(ask("celah_kerja_sama", per_tanggal="2026-03-31"))
    assert said == "14 dari 25 pemerintah daerah memiliki payung; 1 dinyatakan belum ada; 10 tidak diketahui"


def test_before_the_statement_there_is_no_stated_gap(sample_data):
    frame = ask("celah_kerja_sama", per_tanggal="2023-06-30")
    assert summary.lacking(frame) == "Tidak ada celah kerja sama yang dinyatakan sumber"


def test_changes_are_counts():
    changes = pl.DataFrame({"ukuran": ["Laporan masuk", "Laporan ditutup"], "selisih": [60, -10]})
    assert summary.moved(changes, FILTERS.before()) == (
        "Dibanding 1 Nov 2024 sampai 31 Okt 2025: laporan masuk +60 dan laporan ditutup −10"
    )
    unknown = changes.with_columns(pl.lit(None, pl.Int64).alias("selisih"))
    assert summary.moved(unknown, FILTERS.before()).endswith("laporan tidak ada data")


def test_every_question_has_a_source_line(sample_data):
    from pipelines.questions import CATALOGUE

    for name in CATALOGUE:
        assert sources.of(name) and "{" not in sources.of(name)
    assert sources.of("arus_bulanan").startswith("batch 000001-laporan-")
