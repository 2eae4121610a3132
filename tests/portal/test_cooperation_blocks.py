"""Words of the cooperation page: the planning deadline, the time line, the days to go back to."""

from datetime import date

import polars as pl
import pytest

from portal import cooperation_blocks as blocks


def gaps(*rows: dict) -> pl.DataFrame:
    base = {
        "kode_wilayah": "x.1",
        "nama": "Kabupaten Satu",
        "target_tahun": None,
        "batas_daftar": date(2026, 12, 31),
        "hari_ke_batas": 61,
        "payung": "tidak diketahui",
        "celah": None,
    }
    return pl.DataFrame(
        [base | row for row in rows], schema_overrides={"target_tahun": pl.Int64, "celah": pl.String}
    )


def test_the_deadline_of_the_year_comes_first_then_stated_targets():
    own = {"target_tahun": 2026, "batas_daftar": date(2025, 12, 31), "hari_ke_batas": -304}
    words = blocks.deadline_words(gaps({}, own))
    assert words[0].startswith("**Batas daftar rencana: 31 Desember 2026, 61 hari lagi.**")
    assert "tahun 2027" in words[0]
    assert "sudah lewat 304 hari" in words[1]
    assert "harapan, bukan jadwal" in words[1]


@pytest.mark.parametrize(
    ("days", "words"), [(61, "61 hari lagi"), (0, "hari ini"), (-3, "sudah lewat 3 hari")]
)
def test_days_to_a_deadline_in_words(days, words):
    assert blocks.left(days) == words


def test_regions_to_ascertain_are_named_by_state_and_gaps_are_not_among_them():
    drawn = blocks.to_ascertain(gaps({}, {"nama": "Kota Dua", "celah": "payung"}))
    assert "Kabupaten Satu" in drawn
    assert "Kota Dua" not in drawn
    assert blocks.to_ascertain(gaps({"payung": "berlaku"})) == ""


def signed(*days: date) -> pl.DataFrame:
    renewed = [None, *["KS-0"] * (len(days) - 1)]
    return pl.DataFrame({"tanggal": list(days), "id_pendahulu": renewed, "tanda": ["payung"] * len(days)})


def test_the_time_line_counts_renewals():
    said = blocks.time_line_finding(signed(date(2022, 11, 30), date(2026, 1, 27)))
    assert said == "2 instrumen ditandatangani, 1 di antaranya pembaruan; terbaru 27 Jan 2026"


def test_minutes_of_a_meeting_are_no_agreement():
    minutes = signed(date(2023, 11, 22)).with_columns(tanda=pl.lit("proses"))
    assert blocks.time_line_finding(minutes).startswith("Belum ada instrumen")


def test_one_can_go_back_to_the_end_of_every_year_since_the_first_signing():
    days = blocks.ends_of_years(signed(date(2023, 11, 30), date(2026, 1, 27)), date(2026, 10, 31))
    assert days == [date(2026, 10, 31), date(2025, 12, 31), date(2024, 12, 31), date(2023, 12, 31)]
    assert blocks.ends_of_years(signed(date(2023, 1, 1)).clear(), date(2026, 10, 31)) == [date(2026, 10, 31)]
