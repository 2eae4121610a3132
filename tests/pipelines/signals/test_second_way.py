"""Signals on the sample, found a second time in a boring way, and the same again after a rebuild."""

from collections import defaultdict
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from pipelines import build, questions, warehouse
from pipelines.signals import clusters, find
from pipelines.signals.flow import broken
from pipelines.statistics import clusters as statistics
from pipelines.statistics import xmr

UNTIL = date(2026, 10, 31)
PROVINCES = ("63", "64")


def _held() -> pl.DataFrame:
    return warehouse.connect().ask("from sinyal")


def test_a_signal_is_an_xmr_chart_whose_last_complete_period_is_marked(sample_data):
    expected = set()
    for kode in questions.answer("daftar_wilayah")["kode_wilayah"]:
        for measure in ("masuk", "ditutup"):
            chart = questions.answer("xmr", {"wilayah": kode, "ukuran": measure})
            if chart.height and not chart["gabungan"][-1] and chart["aturan"][-1]:
                expected.add((f"xmr_{measure}", kode))
    found = _held().filter(pl.col("aturan").str.starts_with("xmr_"), pl.col("kode_wilayah").is_not_null())
    assert set(found.select("aturan", "pokok").iter_rows()) == expected


def _nine_in_ten(days: list[int], closed: list[bool]) -> float:
    """The first day on which the curve of lifelines is at a tenth or below."""
    curve = KaplanMeierFitter().fit(days, closed).survival_function_["KM_estimate"]
    return min((day for day, share in curve.items() if share <= 0.1 + 1e-12), default=float("inf"))


def test_what_is_older_than_nine_in_ten_is_what_lifelines_says(sample_data):
    rows = (
        warehouse.connect()
        .ask("from laporan")
        .filter(
            pl.col("is_laporan"), ~pl.col("is_ditutup_tanpa_tanggal"), pl.col("kode_wilayah").is_not_null()
        )
    )
    by_region = defaultdict(list)
    for row in rows.iter_rows(named=True):
        closed = row["tanggal_tutup"] is not None and row["tanggal_tutup"] <= UNTIL
        end = row["tanggal_tutup"] if closed else UNTIL
        if row["tanggal_masuk"] <= UNTIL and end >= row["tanggal_masuk"]:
            for place in (row["kode_wilayah"], f"provinsi {row['kode_provinsi']}"):
                by_region[place].append(((end - row["tanggal_masuk"]).days, closed, row["kode_provinsi"]))
    limits = {
        place: _nine_in_ten([t for t, *_ in held], [c for _, c, _ in held])
        for place, held in by_region.items()
        if len(held) >= 50
    }
    expected = {}
    for place, held in by_region.items():
        limit = limits.get(place, float("inf"))
        limit = limits[f"provinsi {held[0][2]}"] if limit == float("inf") else limit
        old = [t for t, closed, _ in held if not closed and t > limit]
        if old and not place.startswith("provinsi"):
            expected[place] = (len(old), max(old), limit)
    found = _held().filter(aturan="umur_p90").select("pokok", "jumlah", "nilai", "batas")
    assert {row[0]: row[1:] for row in found.iter_rows()} == expected


def test_a_rebuild_gives_the_same_signals_bit_for_bit(sample_copy):
    before = _held()
    build.build(force=True)
    assert _held().equals(before) and before["id"].n_unique() == before.height


def test_the_identity_is_rule_subject_and_period_alone():
    row = {"aturan": "klaster", "pokok": "64.08:A:B", "periode": "2026-07"}
    assert find.identity(row) == find.identity(row | {"nilai": 9, "sejak": UNTIL})
    others = [row | {name: "x"} for name in row]
    assert len({find.identity(one) for one in (row, *others)}) == 4
    assert find.identity(row, is_sample=True) != find.identity(row)


@given(history=st.integers(0, 300), looks=st.sampled_from([31, 62]))
def test_the_limit_of_a_cluster_is_the_smallest_count_that_is_called(history, looks):
    share, threshold = 14 / (14 + 730), statistics.ERROR_PER_MONTH / looks
    least = clusters._least(history, share, threshold)
    below, at = (float(statistics.tail_chance(n, n + history, share)) for n in (least - 1, least))
    assert at <= threshold and (least == statistics.LEAST_REPORTS or below > threshold)


def _months(counts: list[int], start: date = date(2022, 1, 1)) -> pl.DataFrame:
    days = pl.date_range(start, start + timedelta(31 * len(counts)), "1mo", eager=True).head(len(counts))
    told = {"kode_wilayah": PROVINCES[0], "kode_provinsi": PROVINCES[0], "nama": "Provinsi"}
    return pl.DataFrame({"bulan": days, "masuk": counts, "ditutup": 0}).with_columns(
        pl.lit(value).alias(name) for name, value in told.items()
    )


COUNTS = st.lists(st.integers(6, 30), min_size=12, max_size=40)


@given(COUNTS)
def test_a_series_is_judged_as_its_chart_marks_it(counts):
    months = _months(counts)
    periods = months.select(pl.col("bulan").alias("periode"), pl.col("masuk").alias("nilai"), lengkap=True)
    mark = xmr.chart(periods)["aturan"][-1]
    found = broken(months).filter(aturan="xmr_masuk")
    assert found.height == (mark is not None)
    if mark:
        assert found["sejak"].item() <= date(
            2022 + (len(counts) - 1) // 12, (len(counts) - 1) % 12 + 1, 31 - 3
        ) + timedelta(3)


def test_a_run_that_goes_on_stays_one_signal_since_the_day_of_its_seventh_point():
    level = [10, 12, 8, 11, 9, 12, 8, 10, 11, 9, 12, 8, 10, 11, 9, 8]
    ids, days = set(), set()
    for length in (7, 8, 9):
        found = broken(_months(level + [11, 12] * 2 + [13, 12, 13, 12, 13][: length - 4])).filter(
            aturan="xmr_masuk"
        )
        row = found.row(0, named=True)
        if "satu sisi" in row["hal"] or "berturut-turut" in row["hal"]:
            ids.add(row["periode"])
            days.add(row["sejak"])
    assert ids == {"2023-05"} and days == {date(2023, 11, 30)}


def test_a_marked_step_change_starts_a_new_stretch():
    counts = [10, 12, 8, 11, 9, 12] * 3 + [30, 28, 33, 31, 29, 32] * 2 + [30, 31]
    assert broken(_months(counts)).filter(aturan="xmr_masuk").height == 1
    step = {(PROVINCES[0], "masuk"): [date(2023, 7, 1)]}
    marked = broken(_months(counts), lambda place, measure: step.get((place["kode_wilayah"], measure), ()))
    assert marked.filter(aturan="xmr_masuk").is_empty()


@pytest.mark.parametrize("gap", [3, 20])
def test_a_chart_never_reaches_across_a_gap(gap):
    months = _months([10, 12] * 20)
    holed = months.filter(pl.int_range(pl.len()) != 40 - gap)
    assert broken(holed).equals(broken(months.tail(gap - 1)))
