"""The funnel as a picture: dots at their figures, limits that agree with the signals, words for all."""

import itertools
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.statistics import funnel as statistics
from portal import formats, theme
from portal.figures import funnel
from portal.figures.funnel import Measure

SHARE = Measure("persen selesai", "laporan masuk", "tidak ada laporan masuk")
RATE = Measure("laporan per 100.000 penduduk", "penduduk", is_rate=True)
KINDS = ("Kabupaten", "Kota", "Provinsi")
ALT = "Gambar <corong>"


def regions(count: int) -> pl.DataFrame:
    names = [f"{KINDS[at % 3]} {at}" for at in range(count)]
    return pl.DataFrame(
        {
            "kode_wilayah": [f"w{at:02}" for at in range(count)],
            "nama": names,
            "jenis": [KINDS[at % 3] for at in range(count)],
        }
    )


def counted(pairs: list[tuple[int | None, int | None]], measure: Measure = SHARE) -> pl.DataFrame:
    schema = {"pembilang": pl.Int64, "penyebut": pl.Int64}
    frame = pl.DataFrame(pairs, schema=schema, orient="row")
    frame = frame.with_columns(regions(len(pairs))["kode_wilayah"])
    made = statistics.compare_rates(frame) if measure.is_rate else statistics.compare_shares(frame)
    return made.with_columns(regions(len(pairs))["nama"])


def drawn(frame: pl.DataFrame, measure: Measure = SHARE, chosen: str | None = None) -> str:
    return funnel.corong(frame, regions(frame.height), measure, ALT, chosen)


def dots(html: str) -> list[tuple[float, float]]:
    found = re.findall(r"<i[^>]*style=\"left:([\d.]+)%;bottom:([\d.]+)%", html)
    return [(float(left), float(bottom)) for left, bottom in found]


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", "|", html)


QUIET = [(8, 10), (15, 20), (21, 30), (30, 40), (3, 5), (12, 15), (18, 25), (26, 35), (7, 10), (9, 12)]
ALONE = [(380, 400)] * 11 + [(10, 60)]


@st.composite
def shares(draw: st.DrawFn) -> list[tuple[int, int]]:
    sizes = draw(st.lists(st.integers(0, 300), min_size=2, max_size=14))
    return [(draw(st.integers(0, size)), size) for size in sizes]


@st.composite
def rates(draw: st.DrawFn) -> list[tuple[int, int]]:
    sizes = draw(st.lists(st.integers(10_000, 900_000), min_size=2, max_size=14))
    return [(draw(st.integers(0, 90)), size) for size in sizes]


def known(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop_nulls("nilai")


@settings(max_examples=40)
@given(st.one_of(st.tuples(shares(), st.just(SHARE)), st.tuples(rates(), st.just(RATE))))
def test_the_drawn_limits_pass_through_the_limits_of_every_region(made):
    pairs, measure = made
    frame = known(counted(pairs, measure))
    if frame.is_empty():
        return
    sizes, ends = funnel.curves(frame, measure)
    assert (np.diff(sizes) >= 0).all()
    for row in frame.iter_rows(named=True):
        left = np.flatnonzero(sizes <= row["penyebut"])[-1]
        right = np.flatnonzero(sizes >= row["penyebut"])[0]
        for name in statistics.LIMITS:
            assert row[name] in (pytest.approx(ends[name][left]), pytest.approx(ends[name][right]))


@settings(max_examples=40)
@given(st.one_of(st.tuples(shares(), st.just(SHARE)), st.tuples(rates(), st.just(RATE))))
def test_every_region_with_a_figure_stands_at_its_figure(made):
    pairs, measure = made
    frame = counted(pairs, measure)
    html, shown = drawn(frame, measure), known(frame)
    placed = dots(html)
    if not placed:
        assert shown.height < 2 or shown["nilai"].n_unique() == 1
        return
    widest = shown["penyebut"].max() * funnel.MARGIN
    expected = {round(100 * (row["penyebut"] / widest) ** 0.5, 1) for row in shown.iter_rows(named=True)}
    assert len(placed) == shown.height
    assert {round(left, 1) for left, _ in placed} <= {
        round(one + off, 1) for one in expected for off in (-0.1, 0, 0.1)
    }
    assert all(0 <= bottom <= 100 for _, bottom in placed)


def test_a_higher_figure_stands_higher_and_a_larger_denominator_further_right():
    placed = dict(zip([0, 1, 2], dots(drawn(counted([(1, 10), (5, 20), (30, 40)]))), strict=True))
    assert placed[0][0] < placed[1][0] < placed[2][0]
    assert placed[0][1] < placed[1][1] < placed[2][1]


def test_a_signal_is_named_and_ringed_and_the_others_speak_when_pointed_at():
    frame = counted(ALONE)
    html = drawn(frame)
    assert frame["sinyal"].to_list() == [None] * 11 + ["bawah"]
    assert html.count('class="sinyal" style="left') == 1
    assert re.findall(r"<em[^>]*>([^<]+)</em>", html) == ["Prov. 11"]
    assert "Kota 1\n95,0% (380 dari 400 laporan masuk)\nbatas 95%: " in html
    assert "sinyal, bernama" in html


def test_without_a_signal_no_region_is_named():
    html = drawn(counted(QUIET))
    assert "<em" not in html and "sinyal, bernama" not in html


def test_the_chosen_region_is_named_wherever_it_stands():
    html = drawn(counted(QUIET), chosen="w03")
    assert re.findall(r'<em class="nama kiri"[^>]*>([^<]+)</em>', html) == ["Kab. 3"]
    assert html.count('class="dipilih"') == 1


def test_names_close_to_each_other_are_moved_apart():
    html = drawn(counted([(380, 400)] * 11 + [(10, 60), (10, 61), (9, 59)]))
    levels = sorted(float(found) for found in re.findall(r"<em[^>]*bottom:([\d.]+)%", html))
    assert len(levels) == 3
    assert all(
        after - before >= 100 * funnel.LABEL_GAP - 0.01 for before, after in itertools.pairwise(levels)
    )


def test_regions_at_one_place_say_all_their_names():
    html = drawn(counted([(0, 9), (0, 9), (3, 9), (2, 8)]))
    assert html.count("Kabupaten 0\n0,0%") == 2 and html.count("Kota 1\n0,0%") == 2


def test_each_kind_of_region_has_a_sign_of_its_own():
    key = drawn(counted(QUIET)).split("</p>")[0]
    assert re.findall(r"<i[^>]*>(.)</i>([^<]+)", key) == [
        (theme.GLYPHS["circle"], "kabupaten"),
        (theme.GLYPHS["diamond"], "kota"),
        (theme.GLYPHS["square"], "pemerintah provinsi"),
    ]
    assert "gabungan 73,8%" in key


def test_the_key_names_only_the_kinds_that_are_drawn():
    frame = counted(QUIET)
    one_kind = regions(frame.height).with_columns(jenis=pl.lit("Kota"))
    key = funnel.corong(frame, one_kind, SHARE, ALT).split("</p>")[0]
    assert "kabupaten" not in key and "kota" in key


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(None, None)] * 3, formats.MISSING),
        ([(0, 0)] * 3, "tidak ada laporan masuk"),
        ([(3, 10), (0, 0)], "hanya satu wilayah yang dapat dihitung"),
        ([(0, 10), (0, 20)], "0,0% di semua 2 wilayah"),
        ([(10, 10), (20, 20)], "100,0% di semua 2 wilayah"),
    ],
)
def test_what_cannot_be_compared_is_said_in_words(pairs, words):
    assert text(drawn(counted(pairs))).strip("|") == words


def test_a_rate_of_zero_everywhere_is_said_in_words():
    assert "0,0 di semua 3 wilayah" in drawn(counted([(0, 50_000), (0, 90_000), (0, 10_000)], RATE), RATE)


def test_a_rate_without_coverage_is_no_data():
    assert text(drawn(counted([(None, 50_000)] * 3, RATE), RATE)).strip("|") == formats.MISSING


def test_the_picture_has_words_for_who_does_not_see_it_and_is_small():
    frame = counted([(40 + at, 60 + 3 * at) for at in range(25)])
    html = drawn(frame)
    assert html.count('role="img"') == 1 and 'aria-label="Gambar &lt;corong&gt;"' in html
    assert len(html) < 25_000
    assert drawn(frame) == html


def test_names_from_files_stay_text():
    listed = regions(12).with_columns(nama=pl.lit('<script>"a"'))
    html = funnel.corong(counted(ALONE), listed, SHARE, ALT)
    assert "<script" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("most", [3, 40, 150, 151, 4000])
def test_limits_of_a_share_are_drawn_from_the_smallest_denominator_to_beyond_the_largest(most):
    frame = known(counted([(1, 3), (most // 2, most)]))
    sizes, _ = funnel.curves(frame, SHARE)
    assert sizes[0] <= 1 and sizes[-1] >= most
    assert len(sizes) <= 2 * (funnel.SAMPLES + 12)


def test_a_share_is_a_level_around_each_whole_number():
    sizes, ends = funnel.curves(known(counted([(3, 9), (2, 8)])), SHARE)
    assert sizes[:4].tolist() == [0.5, 1.5, 1.5, 2.5]
    assert ends["atas95"][0] == ends["atas95"][1]


@given(st.integers(1, 10**7))
def test_ticks_lie_on_the_axis_and_never_run_into_each_other(most):
    scale = funnel.Root(0, most)
    kept = funnel._ticks(scale, [one for one in funnel.NICE if one >= 1], 0.04, funnel._size)
    assert kept and kept[-1] <= most
    shares_of = [scale.share(one) for one in kept]
    assert all(b - a >= 0.04 for a, b in itertools.pairwise(shares_of))
