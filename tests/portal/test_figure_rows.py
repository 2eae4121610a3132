"""Figures made of rows: the same honesty as the others, as HTML that a page can show without a library."""

import datetime as dt
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import figures, formats, theme
from portal.figures.rows import Segment
from portal.figures.timeline import Span

ALT = "Batang <laporan>"


def ages() -> pl.DataFrame:
    rows = [
        {"tahap": stage, "urutan_tahap": at, "umur": age, "urutan_umur": step, "jumlah": at + step}
        for at, stage in enumerate(["Registrasi", "LHP"])
        for step, age in enumerate(["0-14", "15-30", ">180"])
    ]
    return pl.DataFrame(rows)


def groups(names: list[str], counts: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "kelompok": names,
            "masuk": counts,
            "ditutup": counts,
            "terbuka": counts,
            "penyebut": [100] * len(names),
            "persen": [None if count is None else float(count) for count in counts],
        }
    )


def agreements() -> pl.DataFrame:
    first, second = dt.date(2022, 11, 30), dt.date(2026, 1, 27)
    rows = [
        ("Kabupaten Satu", first, "payung", None, False),
        ("Kabupaten Satu", second, "payung", first, True),
        ("Kota Dua", second, "jejaring", None, False),
        ("Kota Tiga", None, "payung", None, False),
        ("Kota Empat", second, "keadaan", None, False),
    ]
    names = ("nama", "tanggal", "tanda", "tanggal_pendahulu", "konflik")
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    return frame.with_columns(kode_wilayah=pl.col("nama"), instrumen=pl.lit("Nota Kesepakatan"))


def leftovers() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "tahun": [2024, 2025],
            "masuk": [100, None],
            "ditutup": [90, None],
            "ditutup_tanpa_tanggal": [4, None],
            "terbuka": [6, None],
        }
    )


ROWS = {
    "umur": lambda: figures.umur(ages(), ALT),
    "sisa": lambda: figures.sisa(leftovers(), ALT),
    "bars": lambda: figures.bars(groups(["satu", "dua"], [30, 10]), "Substansi", ALT),
    "linimasa": lambda: figures.linimasa(agreements(), ALT),
}


def names(drawn: str) -> list[str]:
    return re.findall(r"<div[^>]*><span>([^<]*)</span>", drawn)


def words(drawn: str) -> list[str]:
    return re.findall(r"<b>([^<]*)</b></div>", drawn)


def lengths(drawn: str) -> list[float]:
    return [float(found) for found in re.findall(r"--p:([0-9.e-]+);", drawn)]


@pytest.mark.parametrize("name", ROWS)
def test_a_figure_is_one_picture_with_words_for_who_does_not_see_it(name):
    drawn = ROWS[name]()
    assert drawn.count('role="img"') == 1
    assert 'aria-label="Batang &lt;laporan&gt;"' in drawn
    assert len(drawn) < 6_000
    assert ROWS[name]() == drawn


@pytest.mark.parametrize(
    "drawn",
    [
        figures.sisa(leftovers().filter(pl.col("masuk").is_null()), ALT),
        figures.bars(groups(["satu"], [None]), "Substansi", ALT),
        figures.umur(ages().with_columns(jumlah=pl.lit(None, pl.Int64)), ALT),
    ],
)
def test_nothing_known_is_said_in_words(drawn):
    assert re.sub(r"<[^>]+>", "", drawn) == formats.MISSING


def test_no_open_laporan_is_a_counted_zero_and_not_a_gap():
    assert "nol laporan terbuka" in figures.umur(ages().with_columns(jumlah=pl.lit(0)), ALT)


def test_bars_come_largest_first_the_rest_together_and_the_unnamed_last():
    called = [f"kelompok {at}" for at in range(6)] + ["tidak disebut"]
    drawn = figures.bars(groups(called, [1, 6, 3, 5, 4, 2, 50]), "Substansi", ALT, most=3)
    assert names(drawn) == ["kelompok 1", "kelompok 3", "kelompok 4", "lainnya (3 kelompok)", "tidak disebut"]
    assert lengths(drawn) == [0.12, 0.1, 0.08, 0.12, 1]
    assert words(drawn)[0] == "6 (6%)"
    assert drawn.count("arsir") == 1 and drawn.index("arsir") > drawn.index("lainnya")


def test_a_bar_says_more_when_pointed_at():
    drawn = figures.bars(groups(["Air"], [3]), "Substansi", ALT)
    assert 'title="Substansi: Air\nmasuk: 3 laporan\n3,0% dari 100 laporan\nditutup: 3' in drawn


def test_names_from_files_stay_text():
    drawn = figures.bars(groups(["<script>alert(1)</script>"], [3]), '"><b>', ALT)
    assert "<script" not in drawn and '"><b>' not in drawn.replace('"><b>3', "")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_every_bar_is_as_long_as_its_count(counts):
    drawn = figures.bars(groups([f"k{at}" for at in range(len(counts))], counts), "Substansi", ALT, most=30)
    expected = [count / max(counts) for count in sorted(counts, reverse=True) if count]
    assert lengths(drawn) == pytest.approx(expected, abs=1e-3)
    assert len(words(drawn)) == len(counts)


def test_a_year_that_is_not_covered_says_so_beside_its_row():
    drawn = figures.sisa(leftovers(), ALT)
    assert list(zip(names(drawn), words(drawn), strict=True)) == [
        ("2024", "6 dari 100"),
        ("2025", formats.MISSING),
    ]


def test_ages_grow_stronger_and_the_oldest_is_hatched():
    drawn = figures.umur(ages(), ALT)
    key = drawn[: drawn.index("role=")]
    assert re.findall(r"--w:([^\"]+)\"", key) == theme.ramp(3)
    assert re.findall(r"</i>([^<]+)</span>", key) == ["0-14", "15-30", "&gt;180"]
    assert key.count("arsir") == 1 and key.index("arsir") > key.index("15-30")
    assert names(drawn) == ["Registrasi", "LHP"] and words(drawn) == ["3", "6"]
    assert "LHP, 15-30 hari kerja: 2 laporan" in drawn


def test_a_segment_without_length_is_left_out_of_a_bar():
    drawn = figures.umur(ages(), ALT)
    assert "Registrasi, 0-14" not in drawn
    assert Segment(0.5, "red").html() == '<i style="--p:0.5;--w:red"></i>'


def test_a_renewal_is_joined_and_a_conflict_is_ringed():
    drawn = figures.linimasa(agreements(), ALT, dt.date(2026, 3, 31))
    picture = drawn[drawn.index("role=") :]
    span = Span.around(dt.date(2022, 11, 30), dt.date(2026, 3, 31))
    start, end = (span.at(day) for day in (dt.date(2022, 11, 30), dt.date(2026, 1, 27)))
    assert f'<s style="left:{start:.4g}%;width:{end - start:.4g}%"></s>' in picture
    assert picture.count("lingkar") == 1 and f'<i class="lingkar" style="left:{end:.4g}%"></i>' in picture
    assert names(picture) == ["Kab. Satu", "Kota Dua", "Kota Empat"]
    assert "memperbarui yang 30 Nov 2022\nsumber berbeda soal ini" in picture
    assert picture.count("●") == 2 and picture.count("■") == 1 and picture.count("✕") == 1


def test_the_key_names_only_what_is_drawn():
    key = figures.linimasa(agreements(), ALT).split("</p>")[0]
    said = [part.strip() for part in re.sub(r"<[^>]+>", "|", key).split("|") if part.strip()]
    assert said == [
        "●",
        "payung",
        "■",
        "jejaring",
        "✕",
        "dinyatakan belum ada",
        "pembaruan",
        "sumber berbeda",
    ]


def test_no_agreement_is_said_in_words():
    assert "belum ada perjanjian bertanggal yang tercatat" in figures.linimasa(agreements().clear(), ALT)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2035, 12, 31)), st.integers(0, 9000))
def test_a_span_holds_its_days_and_few_years(first, length):
    last = first + dt.timedelta(days=length)
    span = Span.around(first, last)
    assert 0 < span.at(first) <= span.at(last) < 100
    assert len(span.years()) <= 6
