"""The last steps by themselves: counts in, answers out. Against rows of laporan: test_questions_estimates."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import estimates, questions
from pipelines.statistics import survival
from tests.pipelines import boring_estimates as second
from tests.pipelines.expected import same

FLOW = {"masuk": pl.Int64, "ditutup": pl.Int64, "terbuka": pl.Int64, "median_umur": pl.Float64}
SCHEMA = {"lingkup": pl.String, "bulan": pl.Date, "lengkap": pl.Boolean} | FLOW
COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 14)), max_size=60)
FEW = settings(max_examples=60)


def month(place: int, first: date = date(2020, 2, 1)) -> date:
    """The first day of the month so many months after the first."""
    year, month = divmod(first.month - 1 + place, 12)
    return date(first.year + year, month + 1, 1)


def flow(counts: list[int | None], lingkup: str = "sendiri", **others: list) -> pl.DataFrame:
    """Months with these counts of masuk; None is a month that is not complete."""
    columns = {"masuk": counts, "ditutup": counts, "terbuka": counts, "median_umur": counts} | others
    rows = [
        {"lingkup": lingkup, "bulan": month(place), "lengkap": count is not None}
        | {name: values[place] if count is not None else 3 for name, values in columns.items()}
        for place, count in enumerate(counts)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def trimmed(counts: list[int | None]) -> list[tuple[date, int | None]]:
    values = [(month(place), count) for place, count in enumerate(counts)]
    while values and values[0][1] is None:
        values.pop(0)
    while values and values[-1][1] is None:
        values.pop()
    return values


def drawn(frame: pl.DataFrame) -> list[dict]:
    return frame.select("periode", "nilai", "rata", "batas_bawah", "batas_atas", "aturan").to_dicts()


@FEW
@given(COUNTS, st.sets(st.dates(date(2020, 1, 1), date(2025, 1, 31)), max_size=3))
def test_a_busy_flow_is_charted_by_month_from_the_first_to_the_last_complete_one(counts: list, steps: set):
    busy = [None if count is None else count + 5 for count in counts]
    found = estimates.chart_flow(flow(busy), "masuk", steps)
    same(drawn(found), second.chart(trimmed(busy), [day.replace(day=1) for day in steps]))
    assert set(found["butir"]) <= {"bulan"} and not found["gabungan"].any()


@FEW
@given(st.lists(st.one_of(st.integers(1, 4), st.none()), min_size=30, max_size=60))
def test_quarters_are_whole_calendar_quarters_or_empty(counts: list):
    found = estimates.chart_flow(flow(counts), "ditutup")
    if found.is_empty() or found["butir"][0] == "bulan":
        assert found["rata"].null_count() == found.height
        return
    known = dict(trimmed(counts))
    for row in found.to_dicts():
        parts = [known.get(month(place, row["periode"])) for place in range(3)]
        assert row["periode"].month in (1, 4, 7, 10)
        assert row["nilai"] == (None if None in parts else sum(parts))
    assert found["nilai"].count() >= 12
    same(drawn(found), second.chart([(row["periode"], row["nilai"]) for row in found.to_dicts()]))


@pytest.mark.parametrize(
    ("own", "province", "butir", "pooled", "limits"),
    [
        ([6] * 12, None, "bulan", False, True),
        ([6] * 11, None, "bulan", False, False),
        ([2] * 40, None, "triwulan", False, True),
        ([2] * 38, None, "triwulan", False, True),
        ([2] * 37, None, "bulan", False, False),
        ([1] * 60, None, "bulan", False, False),
        ([1] * 20, [9] * 20, "bulan", True, True),
        ([1] * 40, [2] * 40, "triwulan", True, True),
        ([1] * 20, [2] * 20, "bulan", True, False),
        ([6] * 20, [9] * 20, "bulan", False, True),
    ],
)
def test_the_grain_is_the_finest_that_may_be_judged(own, province, butir, pooled, limits):
    months = flow(own)
    if province:
        months = pl.concat([months, flow(province, "provinsi")])
    found = estimates.chart_flow(months, "masuk")
    assert set(found["butir"]) == {butir} and set(found["gabungan"]) == {pooled}
    assert found["rata"].is_not_null().all() == limits
    assert set(found["rata_bulanan"]) == {sum(own) / len(own)}


@pytest.mark.parametrize("measure", ["terbuka", "median_umur"])
def test_a_stock_is_never_added_up_to_quarters(measure: str):
    found = estimates.chart_flow(flow([3] * 60), measure)
    assert set(found["butir"]) == {"bulan"} and found["rata"].null_count() == 60


def test_the_median_age_needs_ten_open_laporan_in_the_month():
    open_ = [9, 10] * 12
    found = estimates.chart_flow(flow([12] * 24, terbuka=[n + 3 for n in open_]), "median_umur")
    assert found["nilai"].null_count() == 0
    found = estimates.chart_flow(flow([12] * 24, terbuka=[9, 30] * 12), "median_umur")
    assert found["nilai"].null_count() == 12


def test_the_ratio_is_empty_where_nothing_came_in():
    found = estimates.chart_flow(flow([10, 0, 20], ditutup=[5, 4, 30]), "rasio")
    assert found["nilai"].to_list() == [0.5, None, 1.5]


def test_no_month_at_all_is_an_empty_chart():
    for measure in estimates.BASE:
        found = estimates.chart_flow(flow([]), measure)
        assert found.is_empty()
        assert tuple(found.columns) == questions.CATALOGUE["xmr"].columns


def days(**told: list) -> pl.DataFrame:
    whole = {"kelompok": [], "hari": [], "disensor": [], "terselesaikan": [], "lainnya": []}
    schema = {name: pl.String if name == "kelompok" else pl.Int64 for name in [*whole, estimates.UNTOLD]}
    return pl.DataFrame(told, schema=schema)


def test_an_ending_without_a_reason_is_neither_resolved_nor_another_ending():
    told = {"kelompok": ["A"] * 3, "hari": [1, 2, 3], "disensor": [0, 0, 1], "terselesaikan": [1, 0, 0]}
    found = estimates.draw_outcomes(days(**told, lainnya=[0, 0, 0], **{estimates.UNTOLD: [0, 1, 1]}))
    last = {row["hasil"]: row["insidensi"] for row in found.filter(hari=3).to_dicts()}
    assert last == {"terselesaikan": 25.0, "lainnya": 0.0, estimates.UNTOLD: 50.0}
    found = estimates.draw_outcomes(days(**told, lainnya=[0, 1, 1], **{estimates.UNTOLD: [0, 0, 0]}))
    assert set(found["hasil"]) == {"terselesaikan", "lainnya"}


@FEW
@given(st.lists(st.tuples(st.integers(0, 30), *[st.integers(0, 3)] * 4), max_size=20))
def test_the_endings_add_up_to_what_is_no_longer_open(rows: list):
    names = ("hari", "disensor", "terselesaikan", "lainnya", estimates.UNTOLD)
    counts = days(
        kelompok=["A"] * len(rows), **{name: [row[at] for row in rows] for at, name in enumerate(names)}
    )
    ended = estimates.draw_outcomes(counts).group_by("hari").agg(pl.col("insidensi").sum()).sort("hari")
    every = counts.with_columns(ditutup=pl.sum_horizontal(*estimates.OUTCOMES))
    curve = survival.estimate_curve(every)
    assert ended["hari"].to_list() == curve["hari"].to_list()
    assert ended["insidensi"].to_list() == pytest.approx((100 - curve["terbuka_persen"]).to_list())


def test_the_unnamed_group_comes_last():
    counts = pl.DataFrame({"kelompok": ["tidak disebut", "zz", "aa"], "hari": 1, "ditutup": 1, "disensor": 0})
    assert estimates.summarise_times(counts)["kelompok"].to_list() == ["aa", "zz", "tidak disebut"]
    assert estimates.draw_curves(counts)["kelompok"].unique(maintain_order=True).to_list() == [
        "aa",
        "zz",
        "tidak disebut",
    ]
