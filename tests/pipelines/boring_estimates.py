"""Durations, funnels and XmR charts a second time, from rows of laporan: plain Python, no SQL, no frames."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import mean, median
from typing import Any

from scipy.stats import binom, poisson

from tests.pipelines import boring
from tests.pipelines.boring import Figures, Row
from tests.pipelines.expected import region_row
from tests.pipelines.statistics import boring as estimators

COLUMNS = {
    "substansi": "substansi",
    "instansi": "instansi_terlapor",
    "klasifikasi": "klasifikasi",
    "wilayah": "wilayah_terlapor",
}
Month = tuple[date, date, list[Row] | None]


def group_of(case: Row, by: str) -> str:
    """The readable name of a case's group."""
    if by == "tahun":
        return str(case["tanggal_masuk"].year)
    if by != "provinsi":
        return case[COLUMNS[by]] or "tidak disebut"
    known = {row["kode_wilayah"]: row for row in boring.reference("wilayah")}
    region = known.get(case["wilayah_terlapor"])
    return known[region["kode_provinsi"]]["nama"] if region else "tidak disebut"


def durations(
    figures: Figures, by: str, t: date, s: date | None, place: dict[str, str]
) -> dict[str, list[estimators.Case]]:
    """(days, how it ended or None) of every timed laporan by group: in order of names, the unnamed last."""
    results = {row["istilah"]: row["hasil"] for row in boring.reference("alasan_tutup")}
    found: dict[str, list[estimators.Case]] = {}
    for case in figures.among(t, **place):
        shut = case["tanggal_tutup"]
        if case["tanpa_tanggal"] or (shut and shut < case["tanggal_masuk"]):
            continue
        if boring.received(case, t, s):
            reason = case["alasan_tutup"]
            named = "terselesaikan" if results.get(reason) == "terselesaikan" else "lainnya"
            ending = (named if reason else "alasan tidak disebut") if boring.closed(case, t) else None
            days = ((shut if ending else t) - case["tanggal_masuk"]).days
            found.setdefault(group_of(case, by), []).append((days, ending))
    return dict(sorted(found.items(), key=lambda item: (item[0] == "tidak disebut", item[0])))


def percent(limits: tuple[float, float] | None) -> dict[str, float | None]:
    """bawah and atas in percent."""
    low, high = limits or (None, None)
    return {"bawah": low and 100 * low, "atas": high and 100 * high}


def first_half(rows: list[tuple], place: int) -> int | None:
    """The first day on which the lower (0) or upper (1) limit of a curve is at most half."""
    return next((row[0] for row in rows if row[4] and row[4][place] <= 0.5 + 1e-12), None)


def counts(figures: Figures, measure: str, region: Row, t: date, s: date | None) -> tuple:
    """Pembilang and penyebut of a region in a funnel."""
    told = region_row(figures, region, t, s)
    if measure == "terbukti":
        if told["masuk"] is None:
            return None, None
        dated = [c for c in figures.of(region) if c["tanggal_lhp"]]
        dated = [c for c in dated if (s or boring.START) <= c["tanggal_lhp"] <= t]
        return sum(c["kesimpulan_lhp"] == "ditemukan Maladministrasi" for c in dated), len(dated)
    people = None if region["jenis"] == "Provinsi" else region["penduduk"]
    return {
        "persen_selesai": (told["selesai"], told["masuk"]),
        "lewat_tenggat": (told["lewat"], told["terbuka"]),
        "tingkat": (told["setahun"], people),
    }[measure]


def exact_limits(measure: str, target: float, size: int) -> list[float]:
    """The limits of chance alone: 95% lower and upper, 99.8% lower and upper, as shares or rates."""
    spread = poisson(target * size) if measure == "tingkat" else binom(size, target)
    return [spread.ppf(tail) / size for tail in (0.025, 0.975, 0.001, 0.999)]


def flow(figures: Figures, t: date, s: date | None, **place: str) -> list[Month]:
    """The complete months, from the first to the last; None in the place of one between that is not."""
    chosen = figures.chosen(**place)
    months: list[Month] = []
    for first, last in figures.months(t, s):
        covered = [r for r in chosen if figures.month_covered(r["provinsi"], first, last, t)]
        codes = {r["kode_wilayah"] for r in covered}
        cases = [c for c in figures.laporan if c["wilayah_terlapor"] in codes]
        is_whole = covered and figures.complete(chosen, first, last, t, s)
        months.append((first, last, cases if is_whole else None))
    while months and months[0][2] is None:
        months.pop(0)
    while months and months[-1][2] is None:
        months.pop()
    return months


def counted(measure: str, month: Month) -> int | None:
    """masuk, ditutup or terbuka of a month."""
    first, last, cases = month
    if cases is None:
        return None
    tests = {
        "masuk": lambda c: boring.received(c, last, first),
        "ditutup": lambda c: boring.closed(c, last, first),
        "terbuka": lambda c: boring.is_open(c, last) and not _never_open(c),
    }
    return sum(tests[measure](c) for c in cases)


def median_age(month: Month) -> float | None:
    """The median age in working days of what is open on the last day; nothing below 10."""
    _, last, cases = month
    standing = [c for c in cases or [] if boring.is_open(c, last) and not _never_open(c)]
    ages = [boring.working_days(c["tanggal_masuk"], last) for c in standing]
    return median(ages) if len(ages) >= 10 else None


def _never_open(case: Row) -> bool:
    return bool(case["tanggal_tutup"]) and case["tanggal_tutup"] < case["tanggal_masuk"]


def quarters(months: list[Month]) -> list[list[Month]]:
    """The months by calendar quarter, whole quarters only."""
    named: dict[tuple, list[Month]] = {}
    for month in months:
        named.setdefault((month[0].year, (month[0].month - 1) // 3), []).append(month)
    return [found for found in named.values() if len(found) == 3 and all(m[2] is not None for m in found)]


def chart(values: list[tuple[date, float | None]], steps: Iterable[date] = ()) -> list[Row]:
    """periode, nilai, rata, batas_bawah, batas_atas, aturan of every period, stretch by stretch."""
    stretches: list[list[tuple[date, float | None]]] = [[]]
    for period, value in values:
        if period in steps:
            stretches.append([])
        stretches[-1].append((period, value))
    return [row for stretch in stretches for row in _stretch(stretch)]


def _stretch(stretch: list[tuple[date, float | None]]) -> list[Row]:
    values = [value for _, value in stretch]
    known = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    told: dict[str, Any] = dict.fromkeys(("rata", "batas_bawah", "batas_atas"))
    broken: list[set[str]] = [set() for _ in values]
    if len(known) >= 12 and ranges:
        middle, half = mean(known), 2.66 * mean(ranges)
        told = {"rata": middle, "batas_bawah": max(middle - half, 0.0), "batas_atas": middle + half}
        broken = estimators.broken_rules(values, middle, half)
    order = ("luar_batas", "dua_dari_tiga", "tujuh_satu_sisi", "tujuh_searah")
    return [
        {"periode": period, "nilai": value}
        | told
        | {"aturan": ",".join(rule for rule in order if rule in rules) or None}
        for (period, value), rules in zip(stretch, broken, strict=True)
    ]
