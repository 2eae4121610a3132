"""Curves over days: what is drawn is what was estimated, and thin groups say that they are thin."""

import re
from urllib.parse import unquote

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics import survival
from portal import duration_findings as words
from portal import theme
from portal.figures import curve, plot

ALT = "Kurva"
durations = st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=40)


def counted(**groups: list[tuple[int, bool]]) -> pl.DataFrame:
    """Laporan as (days, closed) of each group -> counts per day."""
    rows = [(name, day, closed) for name, laporan in groups.items() for day, closed in laporan]
    frame = pl.DataFrame(
        rows, schema={"kelompok": pl.String, "hari": pl.Int64, "c": pl.Boolean}, orient="row"
    )
    return frame.group_by("kelompok", "hari").agg(ditutup=pl.col("c").sum(), disensor=(~pl.col("c")).sum())


def drawn(days: pl.DataFrame) -> str:
    groups = tuple((name, f"Kelompok {name}") for name in days["kelompok"].unique().sort())
    return curve.penyelesaian(survival.estimate_curve(days), survival.summarise(days), groups, ALT)


def still_open(laporan: list[tuple[int, bool]], day: int) -> float:
    """Kaplan-Meier once more, laporan by laporan."""
    share = 1.0
    for at in sorted({days for days, closed in laporan if closed and days <= day}):
        watched = sum(days >= at for days, _ in laporan)
        share *= 1 - sum(days == at and closed for days, closed in laporan) / watched
    return 100 * share


@given(durations)
def test_the_curve_that_is_drawn_is_the_estimate(laporan):
    html = drawn(counted(a=laporan))
    path = re.search(rf"<path d='([^']*)' stroke='{theme.SERIES[0]}' stroke-width='2'", unquote(html))[1]
    last = int(re.findall(r"<s style=\"left:100%\"><b>([\d.]+)</b>", html)[0].replace(".", ""))
    x = y = 0
    for letter, numbers in re.findall(r"([MHV])([\d ]+)", path):
        given_numbers = [int(part) for part in numbers.split()]
        if letter == "M":
            x, y = given_numbers
        elif letter == "H":
            x = given_numbers[0]
        else:
            y = given_numbers[0]
            day = round(x * last / plot.WIDE)
            near = [100 * (1 - y / plot.HIGH) - still_open(laporan, at) for at in (day - 1, day, day + 1)]
            assert min(map(abs, near)) <= 100 / plot.HIGH


@given(durations, durations)
def test_the_number_at_risk_counts_those_who_have_not_left_before(first, second):
    html = drawn(counted(a=first, b=second))
    for laporan, row in zip(
        (first, second), re.findall(r'class="diamati">.*?<em>(.*?)</em>', html), strict=True
    ):
        last = int(re.findall(r"<s style=\"left:100%\"><b>([\d.]+)</b>", html)[0].replace(".", ""))
        for share, shown in re.findall(
            r'left:([\d.e+-]+)%"><?>?([\d.]+)', row.replace("<b style=", "").replace("</b>", "")
        ):
            day = float(share) / 100 * last
            assert int(shown.replace(".", "")) == sum(days >= round(day) for days, _ in laporan)


def test_below_ten_laporan_there_is_no_median_and_the_key_says_so():
    html = drawn(counted(a=[(day, True) for day in range(9)]))
    assert "terlalu sedikit untuk median" in html and 'class="median"' not in html


def test_the_median_is_marked_with_its_interval():
    html = drawn(counted(a=[(10 + at, True) for at in range(20)]))
    assert "median 19 hari (" in html and 'class="median"' in html


def test_at_most_five_curves_differ_by_more_than_colour():
    days = counted(**{name: [(at, True) for at in range(12)] for name in "abcdefg"})
    html = drawn(days)
    assert html.count('class="diamati"') == curve.MOST
    assert len(set(curve.SIGNS)) == len(set(curve.DASHES)) == curve.MOST


def test_bands_are_left_out_when_they_would_cover_each_other_and_it_is_said():
    four = counted(**{name: [(at, True) for at in range(12)] for name in "abcd"})
    summary = survival.summarise(four)
    assert "fill-opacity" not in unquote(drawn(four))
    assert "Pita 95% tidak digambar" in words.left_out(summary, tuple((name, name) for name in "abcd"))


def test_a_group_that_nobody_reported_in_is_not_drawn():
    days = counted(a=[(5, True)] * 12)
    groups = (("a", "A"), ("b", "B"))
    html = curve.penyelesaian(survival.estimate_curve(days), survival.summarise(days), groups, ALT)
    assert html.count('class="diamati"') == 1
    assert "cermin-tiada" in curve.penyelesaian(
        survival.estimate_curve(days), survival.summarise(days), (), ALT
    )


def test_endings_show_as_many_ways_as_there_is_room_for():
    days = pl.DataFrame(
        {
            "kelompok": list("abc") * 4,
            "hari": [1, 1, 1, 5, 5, 5, 9, 9, 9, 30, 30, 30],
            "disensor": [0] * 9 + [9] * 3,
            "terselesaikan": [2] * 12,
            "lainnya": [1] * 12,
        }
    )
    curves = survival.estimate_incidence(days, ["terselesaikan", "lainnya"])
    two, three = (curve.hasil(curves, tuple((name, name) for name in names), ALT) for names in ("ab", "abc"))
    assert "a, lainnya" in two and "a, lainnya" not in three and "c, terselesaikan" in three


def test_a_million_laporan_cost_the_wire_no_more_than_thousands():
    names = "abcde"
    rows = [(name, day, 60, 6) for name in names for day in range(3000)]
    days = pl.DataFrame(rows, schema=["kelompok", "hari", "ditutup", "disensor"], orient="row")
    few, many = (drawn(days.filter(pl.col("kelompok") < end)) for end in ("d", "f"))
    assert len(few) < 60_000 and len(many) < 60_000
