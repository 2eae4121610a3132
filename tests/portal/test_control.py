"""Control charts: signs where rules break, sentences to act on, silence where too little is known."""

import datetime as dt
import re
from urllib.parse import unquote

import polars as pl
import pytest

from pipelines.statistics import xmr
from portal import control_findings as words
from portal import theme
from portal.figures import control

ALT = "Bagan kendali"


def months(count: int) -> list[dt.date]:
    return [dt.date(2023 + at // 12, at % 12 + 1, 1) for at in range(count)]


def charted(values: list, steps: tuple = (), **more) -> pl.DataFrame:
    periods = pl.DataFrame({"periode": months(len(values)), "nilai": values, "lengkap": True}, strict=False)
    told = {"butir": "bulan", "gabungan": False, "rata_bulanan": 10.0} | more
    chart = xmr.chart(periods.with_columns(pl.col("nilai").cast(pl.Float64)), steps, floor=0.0)
    return chart.with_columns(pl.lit(value).alias(name) for name, value in told.items())


CALM = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11, 10, 12]
SPIKE = [*CALM, 30, 10, 12, 9]
SHIFT = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 14, 15, 14, 15, 14, 15, 14, 15]


def test_a_calm_chart_says_that_nothing_changed():
    frame = charted(CALM)
    assert words.title(frame, "masuk", "").endswith("tidak ada tanda perubahan")
    assert words.sentences(frame, "masuk") == ""
    assert 'class="tanda"' not in control.kendali(frame, ALT)


def test_a_point_beyond_the_limits_has_a_sign_and_a_sentence():
    frame = charted(SPIKE)
    assert words.title(frame, "masuk", "") == "Laporan masuk: 1 tanda perubahan, yang terbaru Mar 2024"
    assert re.search(
        r"Mar 2024: 30 laporan, di atas batas [\d,]+, di luar kebiasaan", words.sentences(frame, "masuk")
    )
    assert control.kendali(frame, ALT).count('class="tanda"') == 1


def test_a_long_run_is_one_sentence_not_seven():
    frame = charted(SHIFT)
    runs = [run for run in words.runs(frame) if run.rule == "tujuh_satu_sisi"]
    marked = [row for row in frame.to_dicts() if "tujuh_satu_sisi" in (row["aturan"] or "")]
    assert sum(len(run.points) for run in runs) == len(marked)
    assert {row["nilai"] > row["rata"] for row in runs[-1].points} == {True}
    assert f"{len(runs[-1].points)} bulan berturut-turut di atas rata-rata" in words.sentences(frame, "masuk")


def test_every_broken_rule_is_in_exactly_one_run():
    for values in (SPIKE, SHIFT, [*range(10, 24), *SPIKE]):
        frame = charted(values)
        told = sorted((run.rule, row["periode"]) for run in words.runs(frame) for row in run.points)
        broken = sorted(
            (rule, row["periode"])
            for row in frame.to_dicts()
            for rule in (row["aturan"] or "").split(",")
            if rule
        )
        assert told == broken


@pytest.mark.parametrize("rule", xmr.RULES)
def test_every_rule_has_a_sign_of_its_own_and_a_meaning(rule):
    assert words.MEANING[rule]
    assert len({sign for sign, _, _ in control.SIGNS.values()}) == len(xmr.RULES)


def test_below_twelve_points_there_are_no_limits_and_it_is_said():
    frame = charted(CALM[:11])
    assert "belum dapat dibedakan" in words.title(frame, "masuk", "")
    assert "Baru 11 titik lengkap" in words.grain(frame, "masuk", "")
    assert "batas kendali" not in control.kendali(frame, ALT)


def test_a_region_too_quiet_is_read_with_its_province_and_the_title_says_so():
    frame = charted(CALM, gabungan=True, rata_bulanan=1.6)
    assert words.title(frame, "masuk", "Provinsi X").startswith("Laporan masuk, seluruh Provinsi X:")
    assert "hanya 1,6 sebulan" in words.grain(frame, "masuk", "Provinsi X")


def test_quarters_are_named_as_such():
    frame = charted(SPIKE, butir="triwulan", rata_bulanan=2.0)
    assert "triwulan 1 2024" in words.title(frame, "masuk", "")
    assert words.grain(frame, "masuk", "").startswith("Per triwulan, karena rata-ratanya hanya 2,0 sebulan")


def test_a_step_is_drawn_with_its_number_its_month_and_its_reason():
    day = dt.date(2024, 1, 1)
    html = control.kendali(charted([*CALM, *CALM], (day,)), ALT, steps=((day, "Loket <baru>"),))
    assert html.count("①") == 2 and "Jan 2024: Loket &lt;baru&gt;" in html
    assert len(set(charted([*CALM, *[value + 20 for value in CALM]], (day,))["rata"])) == 2


def test_no_figure_is_no_data():
    nothing = charted([None] * 3)
    assert "tidak ada data" in words.title(nothing, "masuk", "")
    assert "cermin-tiada" in control.kendali(nothing, ALT)
    assert words.grain(nothing.clear(), "masuk", "") == ""


def test_a_month_without_a_figure_is_a_gap_in_the_line():
    html = unquote(control.kendali(charted([*CALM, None, *CALM]), ALT))
    assert re.search(rf"d='([^']*)' stroke='{theme.MASUK}' stroke-width='1.75'", html)[1].count("M") == 2
