"""Before and after a signing: what is counted on each side, what is withheld, and what is never concluded."""

import datetime as dt

import polars as pl
import pytest

from pipelines.statistics import survival
from portal import before_after_findings as words
from portal.ask import about, ask
from tests.portal.figures.test_curve import counted
from tests.portal.test_control import CALM, charted

JANUARY = dt.date(2026, 1, 1)
NAMED = (("a", "sebelum"), ("a", "sesudah"))


def told(before: int, after: int) -> words.Told:
    answers = []
    for size, days in ((before, 30), (after, 20)):
        counts = counted(a=[(days, True)] * size)
        answers += [survival.summarise(counts), survival.estimate_curve(counts)]
    return words.told(*answers, named=NAMED, heading="Kota X: payung 27 Jan 2026")


def test_both_medians_stand_in_the_title_and_the_caveat_below():
    said = told(40, 12)
    assert said.title.endswith("; separuh laporan ditutup dalam 30 hari sebelumnya dan 20 hari sesudahnya")
    assert "bukan akibat" in said.html and said.html.count('class="diamati"') == 2


@pytest.mark.parametrize("sides", [(40, 9), (9, 40), (0, 40), (0, 0)])
def test_a_thin_side_withholds_both_and_the_counts_are_told(sides):
    said = told(*sides)
    assert "terlalu sedikit" in said.title
    assert "hari" not in said.title and "cermin-bidang" not in said.html
    told_of = [f"{count} laporan" if count else words.NONE for count in sides]
    assert f"sebelum {told_of[0]}, sesudah {told_of[1]}" in said.html
    assert "bukan akibat" in said.html


def marks(rows: list[tuple]) -> pl.DataFrame:
    schema = {"kode_wilayah": pl.String, "provinsi": pl.String, "keadaan": pl.String, "sejak": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_a_signing_is_joint_when_half_of_the_governments_signed_in_one_month():
    day = dt.date(2026, 1, 27)
    signed = [
        ("1", "a", "berlaku", day),
        ("2", "a", "berlaku", day.replace(day=28)),
        ("3", "a", "tidak diketahui", None),
    ]
    assert words.signed_together(marks(signed)) == (("a", day),)
    assert (
        words.signed_together(marks([*signed, ("4", "a", "belum ada", None), ("5", "a", "belum ada", None)]))
        == ()
    )
    assert words.signed_together(marks([("1", "b", "berlaku", day)])) == ()


def test_a_region_without_a_dated_umbrella_has_no_before_and_after():
    day = dt.date(2026, 1, 27)
    listed = marks([("1", "a", "berlaku", day), ("2", "a", "belum ada", day), ("3", "a", "berlaku", None)])
    assert [words.signed_on(listed, code) for code in "1239"] == [day, None, None, None]


def test_the_joint_renewal_comes_out_of_the_register(sample_data):
    umbrellas = ask(about("tanda_kerja_sama", only={"tanda": "payung"}, per_tanggal="2026-10-31"))
    assert words.signed_together(umbrellas) == (("63", dt.date(2026, 1, 27)),)
    earlier = ask(about("tanda_kerja_sama", only={"tanda": "payung"}, per_tanggal="2023-06-30"))
    assert words.signed_together(earlier) == (("63", dt.date(2022, 11, 30)),)


def test_the_sides_hold_what_came_in_before_and_since_and_nothing_twice(sample_data):
    place = {"kelompok": "provinsi", "provinsi": "63"}
    before = ask(about("waktu_penyelesaian", **place, sejak="2024-01-27", per_tanggal="2026-01-26"))
    since = ask(about("waktu_penyelesaian", **place, sejak="2026-01-27", per_tanggal="2026-10-31"))
    both = ask(about("waktu_penyelesaian", **place, sejak="2024-01-27", per_tanggal="2026-10-31"))
    assert before["jumlah"].sum() + since["jumlah"].sum() == both["jumlah"].sum()
    assert before["terbuka"].sum() > 0, (
        "what was open on the day before counts as open, not as it ended later"
    )


def test_the_chart_writes_a_mean_only_where_both_sides_have_twelve_points():
    month = dt.date(2024, 3, 1)
    both, short = charted([*CALM, *CALM], (month,)), charted([*CALM, 10, 11], (month,))
    place = {"ukuran": "masuk", "place": "Kota X", "month": month}
    assert "rata-rata 10,6 sebelum dan 10,6 sesudah" in words.chart_title(both, **place)
    assert "14 dan 2 titik" in words.chart_title(short, **place)
    assert "①" in words.chart(both, **place, why="payung ditandatangani")


def test_a_place_too_quiet_has_no_chart_of_before_and_after():
    frame = charted(CALM, gabungan=True, rata_bulanan=1.6)
    place = {"ukuran": "masuk", "place": "Kota X", "month": JANUARY}
    assert "terlalu sepi" in words.chart_title(frame, **place)
    assert "rata-rata sebulan 1,6" in words.chart(frame, **place, why="")
