"""Published worked examples, to the printed digit. Sources and data: README.md beside this file."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.special import pdtr, pdtrc

from pipelines import intervals
from pipelines.statistics import funnel, survival, xmr

HERE = Path(__file__).parent


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(HERE / f"{name}.csv")


def _errors(curve: pl.DataFrame, share: str = "terbuka_persen") -> np.ndarray:
    """The standard errors behind log(-log) limits, as shares."""
    value, lower = (curve[name].to_numpy() / 100 for name in (share, "bawah"))
    return np.abs(np.log(np.log(lower) / np.log(value)) / survival.Z * value * np.log(value))


def _closings(curve: pl.DataFrame, group: str) -> pl.DataFrame:
    return curve.filter(pl.col("kelompok") == group, pl.col("ditutup") > 0, pl.col("terbuka_persen") > 0)


def test_kaplan_meier_of_the_6mp_trial_with_greenwoods_errors():
    curve = _closings(survival.estimate_curve(_read("remisi_6mp")), "6-MP")
    assert curve["hari"].to_list() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["berisiko"].to_list() == [21, 17, 15, 12, 11, 7, 6]
    printed = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert np.round(curve["terbuka_persen"].to_numpy() / 100, 3).tolist() == printed
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert np.round(_errors(curve), 4).tolist() == errors


def test_medians_and_log_rank_of_the_6mp_trial():
    found = survival.summarise(_read("remisi_6mp"))
    assert found.select("kelompok", "median").rows() == [("6-MP", 23), ("plasebo", 8)]
    test = survival.compare(_read("remisi_6mp"))
    assert (round(test.khi_kuadrat, 2), test.derajat_bebas) == (16.79, 1)


def test_kaplan_meier_of_the_bone_marrow_transplants():
    printed = _read("sumsum_tulang_lifetest")
    curve = _closings(survival.estimate_curve(_read("sumsum_tulang")), "ALL")
    assert curve["hari"].to_list() == printed["hari"].to_list()
    half_a_digit = 0.51e-5
    share = curve["terbuka_persen"].to_numpy() / 100
    assert np.abs(share - printed["terbuka"].to_numpy()).max() < half_a_digit
    assert np.abs(_errors(curve) - printed["galat"].to_numpy()).max() < half_a_digit


def test_limits_of_the_first_quartile_of_the_bone_marrow_transplants():
    curve = survival.estimate_curve(_read("sumsum_tulang")).filter(pl.col("kelompok") == "ALL")
    reached = [curve.filter(pl.col(name) <= 75)["hari"].min() for name in ("bawah", "atas")]
    assert reached == [86, 230]


def test_log_rank_of_the_bone_marrow_transplants():
    days = _read("sumsum_tulang")
    three = survival.compare(days)
    assert (round(three.khi_kuadrat, 4), three.derajat_bebas, round(three.p, 4)) == (13.8037, 2, 0.0010)
    two = survival.compare(days.filter(pl.col("kelompok") != "ALL"))
    assert round(two.khi_kuadrat, 5) == 13.44556


INCIDENCE = {
    ("ALL", "kambuh"): {0: 0.05882353, 1: 0.11764706, 9: 0.11764706, 12: 0.17647059, 72: 0.17647059},
    ("ALL", "meninggal"): {0: 0.05882353, 3: 0.17647059, 9: 0.47058824, 14: 0.58823529, 26: 0.70588235},
    ("AML", "kambuh"): {2: 0.0, 3: 0.17708333, 4: 0.29513889, 8: 0.36818576, 70: 0.36818576},
    ("AML", "meninggal"): {2: 0.05555556, 7: 0.12048611, 8: 0.12048611, 10: 0.20570747, 70: 0.20570747},
    ("semua", "kambuh"): {1: 0.05714286, 4: 0.20492611, 8: 0.23771164, 12: 0.27283899, 72: 0.27283899},
    ("semua", "meninggal"): {1: 0.05714286, 5: 0.1757917, 8: 0.27050544, 22: 0.4461422, 72: 0.48126955},
}


@pytest.mark.parametrize(("group", "cause"), INCIDENCE)
def test_cumulative_incidence_of_relapse_and_death(group: str, cause: str):
    days = _read("transplantasi")
    days = pl.concat([days, days.with_columns(kelompok=pl.lit("semua"))])
    found = survival.estimate_incidence(days, ["kambuh", "meninggal"])
    found = found.filter(pl.col("kelompok") == group, pl.col("hasil") == cause)
    values = dict(found.select("hari", (pl.col("insidensi") / 100).round(8)).rows())
    assert {day: values[day] for day in INCIDENCE[group, cause]} == pytest.approx(
        INCIDENCE[group, cause], abs=1e-8
    )


def test_errors_of_cumulative_incidence_are_those_of_stcompet():
    ends = [0.07407407, 0.08976251], [0.10610391], [0.11196147, 0.12787781]
    times = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    kinds = [1, 1, 1, 2, 2, 2, 3, 3, 3, *[0] * 9]
    names = {0: "disensor", 1: "a", 2: "b", 3: "c"}
    days = pl.DataFrame(
        {"kelompok": "x", "hari": times}
        | {name: [int(kind == number) for kind in kinds] for number, name in names.items()}
    )
    found = survival.estimate_incidence(days, ["a", "b", "c"])
    for cause, printed in zip("abc", ends, strict=True):
        rows = found.filter(pl.col("hasil") == cause, pl.col("bawah").is_not_null())
        errors = np.round(_errors(rows, "insidensi"), 8)
        assert errors[np.insert(np.diff(errors) != 0, 0, True)].tolist() == pytest.approx(printed, abs=1e-8)


NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123,
    -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314,
    0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip


def _three_digits(*values: np.ndarray) -> list[float]:
    return [float(f"{float(value[0]):.3g}") for value in values]


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        (NORMAL, [0.142, -3.01, 3.29]),
        (NORMAL[:10], [0.0746, -2.60, 2.75]),
        (NORMAL[10:], [0.209, -3.28, 3.70]),
    ],
)
def test_plot_the_dots_of_the_nhs(values: list[float], printed: list[float], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xmr, "LEAST_POINTS", 10)
    mean, half = xmr.limits(np.array([values]))
    assert _three_digits(mean, mean - half, mean + half) == printed
    assert not any(marks.any() for marks in xmr.break_rules(np.array([values]), mean, half).values())


def test_individuals_chart_of_the_nist_handbook(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xmr, "LEAST_POINTS", 10)
    mean, half = xmr.limits(np.array([[49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]]))
    ranges = half[0] / xmr.FACTOR
    assert (round(mean[0], 2), round(ranges, 4)) == (50.81, 1.8778)
    # The handbook divides by 1.128, of which 2.66 is the rounded reciprocal times three.
    ends = [round(mean[0] + sign * 3 * ranges / 1.128, 4) for sign in (1, -1)]
    assert ends == [55.8041, 45.8159]
    assert np.round([mean[0] + half[0], mean[0] - half[0]], 2).tolist() == [55.80, 45.82]


def _rule(rule: str, values: list[float], half: float) -> list[int]:
    """Which points break a rule on a chart with mean 0 and these limits."""
    marks = xmr.break_rules(np.array([values], float), np.array([0.0]), np.array([half]))[rule]
    return marks[0].astype(int).tolist()


def test_seven_on_one_side_as_the_nhs_counts_them():
    assert _rule("tujuh_satu_sisi", [1] * 6, 9) == [0] * 6
    assert _rule("tujuh_satu_sisi", [1] * 6 + [-1], 9) == [0] * 7
    assert _rule("tujuh_satu_sisi", [-1] + [1] * 8 + [-1], 9) == [0] + [1] * 8 + [0]


def test_seven_in_one_direction_as_the_nhs_counts_them():
    assert _rule("tujuh_searah", [1, 2, 3, 3, 4, 5, 6], 99) == [0] * 7
    assert _rule("tujuh_searah", [2, 1, 2, 3, 4, 5, 6, 7, 3], 99) == [0, 1, 1, 1, 1, 1, 1, 1, 0]
    assert _rule("tujuh_searah", [2, 7, 6, 5, 4, 3, 2, 1, 3], 99) == [0, 1, 1, 1, 1, 1, 1, 1, 0]


def test_two_of_three_close_to_a_limit_as_the_nhs_counts_them():
    close, near = 8, 1
    assert _rule("dua_dari_tiga", [near, near, close, near, close, near, near], 9) == [0, 0, 1, 0, 1, 0, 0]
    assert _rule("dua_dari_tiga", [near, near, close, close, near, near, near], 9) == [0, 0, 1, 1, 0, 0, 0]
    assert _rule("dua_dari_tiga", [close, near, near, close], 9) == [0, 0, 0, 0]
    assert _rule("dua_dari_tiga", [close, near, near, close, close], 9) == [0, 0, 0, 1, 1]


OUTSIDE = {
    (1, 50): ((0.0186, 0.0, 0.0250), (0.0201, 0.0052, 0.0250)),
    (50, 100): ((0.0215, 0.0172, 0.0250), None),
    (100, 500): ((0.0233, 0.0194, 0.0250), None),
    (500, 1000): ((0.0239, 0.0224, 0.0250), None),
    (1000, 10000): ((0.0246, 0.0232, 0.0250), None),
}


@pytest.mark.parametrize(("low", "high"), OUTSIDE)
def test_chance_outside_the_funnels_of_seaton_and_manktelow(low: int, high: int):
    parts = 100 if high <= 1000 else 10
    mean = np.arange(parts * low + (low > 1), parts * high + 1) / parts
    lower, upper = funnel.expected_counts(mean, 0.025)
    below = np.where(lower > 0, pdtr(np.maximum(lower - 1, 0), mean), 0)
    for chance, printed in zip((below, pdtrc(upper, mean)), OUTSIDE[low, high], strict=True):
        found = tuple(round(float(value), 4) for value in (np.median(chance), chance.min(), chance.max()))
        assert printed is None or found == printed


BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def test_spread_between_the_bcg_trials_without_winsorising():
    ill, well, ill_without, well_without = np.array(BCG, float).T
    value = np.log(ill / (ill + well)) - np.log(ill_without / (ill_without + well_without))
    variance = 1 / ill - 1 / (ill + well) + 1 / ill_without - 1 / (ill_without + well_without)
    target = (value / variance).sum() / (1 / variance).sum()
    assert round(((value - target) ** 2 / variance).sum(), 3) == 152.233
    assert round(funnel.spread_between(value, np.sqrt(variance), target, winsor=0) ** 2, 4) == 0.3088


@pytest.mark.parametrize(
    ("confidence", "low", "high"), [(0.90, 17.38, 34.92), (0.95, 16.18, 36.90), (0.99, 14.00, 41.00)]
)
def test_exact_limits_of_a_count_of_25(confidence: float, low: float, high: float):
    found = intervals.poisson(np.array([25]), confidence)
    assert [round(float(end[0]), 2) for end in found] == [low, high]


@pytest.mark.parametrize(
    ("count", "size", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_limits_of_newcombe(count: int, size: int, low: float, high: float):
    found = intervals.wilson(np.array([count]), np.array([size]))
    assert [round(float(end[0]), 4) for end in found] == [low, high]
