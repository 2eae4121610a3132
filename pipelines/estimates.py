"""The last step of a question that SQL cannot answer alone: counts per day or month in, estimates out.

Each step is pure: the rows of the question's SQL and the checked parameters in, the answer's columns out. The
estimators are those of `pipelines.statistics`; only what is asked of them stands here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from pipelines import dates
from pipelines.signals import present
from pipelines.statistics import funnel, survival, xmr

UNNAMED = "tidak disebut"
UNTOLD = "alasan tidak disebut"
OUTCOMES = ("terselesaikan", "lainnya", UNTOLD)
BASE = {
    "masuk": "masuk",
    "ditutup": "ditutup",
    "rasio": "masuk",
    "terbuka": "terbuka",
    "median_umur": "terbuka",
}
LEAST_OPEN = {"terbuka": xmr.LEAST_MEAN, "median_umur": survival.LEAST_CASES_FOR_A_MEDIAN}
FLOWS = ("masuk", "ditutup")
JUDGED = ("rata", "batas_bawah", "batas_atas", "aturan")


def finish(estimate: str, counts: pl.DataFrame, asked: Mapping[str, Any]) -> pl.DataFrame:
    """The answer of a question: its step (`hitungan` in the catalogue) on the rows of its SQL."""
    return STEPS[estimate](counts, asked)


def summarise_times(days: pl.DataFrame) -> pl.DataFrame:
    """Median and shares still open by kelompok (`survival.summarise`), the unnamed group last."""
    return _named_first(survival.summarise(days))


def draw_curves(days: pl.DataFrame) -> pl.DataFrame:
    """The Kaplan-Meier curve of each kelompok (`survival.estimate_curve`), the unnamed group last."""
    return _named_first(survival.estimate_curve(days))


def draw_outcomes(days: pl.DataFrame) -> pl.DataFrame:
    """The Aalen-Johansen curves of each kelompok by hasil (`survival.estimate_incidence`).

    A laporan closed without a reason is an ending of its own: nobody knows whether it was resolved.
    """
    causes = [name for name in OUTCOMES if name != UNTOLD or days[name].sum()]
    return _named_first(survival.estimate_incidence(days, causes))


def compare_regions(regions: pl.DataFrame, measure: str) -> pl.DataFrame:
    """The funnel of a measure: kode_wilayah, nama, pembilang, penyebut in; `funnel.FUNNEL` and nama out."""
    found = funnel.compare_rates(regions) if measure == "tingkat" else funnel.compare_shares(regions)
    return found.with_columns(regions["nama"])


def compare_incidents(regions: pl.DataFrame) -> pl.DataFrame:
    """The funnel of rates twice: counting laporan, and counting the incidents (peristiwa) behind them.

    `regions`: kode_wilayah, penduduk, laporan, peristiwa. Adds tingkat_ and sinyal_ of both counts.
    """
    for count in ("laporan", "peristiwa"):
        found = funnel.compare_rates(regions.select("kode_wilayah", pembilang=count, penyebut="penduduk"))
        regions = regions.with_columns(
            found["nilai"].alias(f"tingkat_{count}"), found["sinyal"].alias(f"sinyal_{count}")
        )
    return regions


def chart_flow(months: pl.DataFrame, measure: str, steps: Iterable[date] = ()) -> pl.DataFrame:
    """The XmR chart of a measure at the grain at which it may be judged.

    `months`: lingkup (`sendiri`; for a region also `provinsi`), bulan, lengkap, masuk, ditutup, terbuka,
    median_umur. Gives periode (the first day of the month or quarter), nilai, rata, batas_bawah, batas_atas,
    aturan, butir (bulan or triwulan), gabungan (true: the figures of the whole province, because the region
    is too quiet), rata_bulanan (the mean per month that decided it). A period that is not complete is left
    out, or empty between complete ones. Where nothing wider is left and it is too quiet, there are no limits.
    `steps`: days of marked step changes of what was asked; they do not apply to the province in its place.
    """
    own, province = (_complete(months.filter(pl.col("lingkup") == name)) for name in ("sendiri", "provinsi"))
    grain = _grain(own, measure)
    is_pooled = grain == "gabung" and not province.is_empty()
    shown = province if is_pooled else own
    grain = _grain(shown, measure)
    periods = _quarters(shown) if grain == "triwulan" else shown
    begins = [] if is_pooled else [_first_day(day, grain) for day in steps]
    drawn = xmr.chart(_figures(periods, measure), begins, floor=0.0)
    if grain == "gabung":
        drawn = drawn.with_columns(pl.lit(None, drawn.schema[name]).alias(name) for name in JUDGED)
    return drawn.with_columns(
        butir=pl.lit("triwulan" if grain == "triwulan" else "bulan"),
        gabungan=pl.lit(is_pooled),
        rata_bulanan=pl.lit(own[BASE[measure]].mean(), pl.Float64),
    )


def _named_first(groups: pl.DataFrame) -> pl.DataFrame:
    return groups.sort(pl.col("kelompok") == UNNAMED, maintain_order=True)


def _complete(months: pl.DataFrame) -> pl.DataFrame:
    """From the first to the last complete month with figures; what is not complete between them is empty."""
    figures = ("masuk", "ditutup", "terbuka", "median_umur")
    known = pl.col("lengkap") & pl.col("masuk").is_not_null()
    place, places = pl.int_range(pl.len()), pl.int_range(pl.len()).filter(known)
    return (
        months.sort("bulan")
        .filter(place.is_between(places.min(), places.max()))
        .with_columns(pl.when(known).then(pl.col(name)).alias(name) for name in figures)
        .select(pl.col("bulan").alias("periode"), *figures)
    )


def _grain(months: pl.DataFrame, measure: str) -> str:
    """bulan, triwulan or gabung; a stock adds nothing up in a quarter, so that it is monthly or pooled."""
    counted = months[BASE[measure]].drop_nulls()
    if measure in LEAST_OPEN:
        return "bulan" if len(counted) and counted.mean() >= LEAST_OPEN[measure] else "gabung"
    grain = xmr.choose_grain(counted).butir
    if grain == "triwulan" and _quarters(months)["masuk"].count() < xmr.LEAST_POINTS:
        return "gabung"
    return grain


def _quarters(months: pl.DataFrame) -> pl.DataFrame:
    """Sums of the flows by calendar quarter, from the first to the last whole one; empty where a month is."""
    whole = pl.col("masuk").count() == xmr.MONTHS_IN_A_QUARTER
    quarters = (
        months.group_by(pl.col("periode").dt.truncate("1q"), maintain_order=True)
        .agg(pl.when(whole).then(pl.col(name).sum()).alias(name) for name in FLOWS)
        .with_row_index("ke")
    )
    known = pl.col("ke").filter(pl.col("masuk").is_not_null())
    return quarters.filter(pl.col("ke").is_between(known.min(), known.max()))


def _first_day(day: date, grain: str) -> date:
    return day.replace(month=day.month - (day.month - 1) % 3 if grain == "triwulan" else day.month, day=1)


def _figures(periods: pl.DataFrame, measure: str) -> pl.DataFrame:
    """periode, nilai, lengkap, as `xmr.chart` takes them; null stands where there is no figure."""
    if measure == "rasio":
        figure = pl.when(pl.col("masuk") > 0).then(pl.col("ditutup") / pl.col("masuk"))
    elif measure == "median_umur":
        figure = pl.when(pl.col("terbuka") >= LEAST_OPEN[measure]).then(pl.col(measure))
    else:
        figure = pl.col(measure)
    return periods.select("periode", figure.cast(pl.Float64).alias("nilai"), lengkap=True)


STEPS: dict[str, Callable[[pl.DataFrame, Mapping[str, Any]], pl.DataFrame]] = {
    "waktu_penyelesaian": lambda days, asked: summarise_times(days),
    "kurva_penyelesaian": lambda days, asked: draw_curves(days),
    "kurva_hasil": lambda days, asked: draw_outcomes(days),
    "funnel": lambda regions, asked: compare_regions(regions, asked["ukuran"]),
    "laporan_peristiwa": lambda regions, asked: compare_incidents(regions),
    "xmr": lambda months, asked: chart_flow(months, asked["ukuran"], asked["langkah"] or ()),
    "sinyal": lambda found, asked: present.overlay(found, dates.today()),
}
