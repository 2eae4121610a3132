"""Signals in the flow of laporan: an XmR rule broken in the last complete period, and a sudden fall."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from pipelines.signals.rules import gathered, threshold
from pipelines.signals.sentences import number, span
from pipelines.statistics import xmr

# Not `terbuka`: a stock hangs on the month before, so the rules would ring nearly every month.
MEASURES = ("masuk", "ditutup")
YEAR = 12
WIDTH = {"bulan": 1, "triwulan": xmr.MONTHS_IN_A_QUARTER}
RUNS = ("tujuh_satu_sisi", "tujuh_searah")


@dataclass(frozen=True)
class Series:
    """Counts of one place and measure: the first day of each period, `bulan` or `triwulan`, and its count."""

    place: dict[str, Any]
    measure: str
    grain: str
    periods: list[date]
    counts: np.ndarray


def broken(
    months: pl.DataFrame, steps: Callable[[dict[str, Any], str], Sequence[date]] = lambda place, measure: ()
) -> pl.DataFrame:
    """Series whose last complete period breaks a rule: the frame of rules.FOUND.

    `months`: kode_wilayah, kode_provinsi, nama, bulan, masuk, ditutup; complete months only, in order. A
    region too quiet for months and quarters is read with the whole of its province. `steps` gives the days of
    the marked step changes of a place and measure: only what follows the last one is judged.
    """

    def read_at_grain(frame: pl.DataFrame, key: str) -> list[Series]:
        """The series of each place at the grain it may be judged at, after its last marked step."""
        grained = (_at_grain(series) for series in _by_place(frame, key))
        return [_since(one, max(steps(one.place, one.measure), default=None)) for one in grained]

    regions = read_at_grain(months, "kode_wilayah")
    whole = read_at_grain(_of_provinces(months), "kode_provinsi")
    quiet = {(one.place["kode_provinsi"], one.measure) for one in regions if one.grain not in WIDTH}
    read = [*regions, *(one for one in whole if (one.place["kode_provinsi"], one.measure) in quiet)]
    by_length: dict[int, list[Series]] = {}
    for one in read:
        if one.grain in WIDTH and one.periods:
            by_length.setdefault(len(one.periods), []).append(one)
    return gathered([found for alike in by_length.values() for found in _judged(alike)])


def fallen(months: pl.DataFrame) -> pl.DataFrame:
    """Provinces whose last complete month has far fewer laporan than the year before: rules.FOUND."""
    rows = []
    share = 1 - threshold("turun_mencolok") / 100
    for one in _by_place(_of_provinces(months), "kode_provinsi", ["masuk"]):
        usual = float(one.counts[-YEAR - 1 : -1].sum()) / YEAR
        enough = len(one.counts) > YEAR and usual >= threshold("xmr_rata_minimum")
        if enough and one.counts[-1] < share * usual:
            told = {"aturan": "turun_mencolok", "periode": _named(one.periods[-1], "bulan")}
            told |= {"sejak": _end(one.periods[-1], "bulan"), "nilai": float(one.counts[-1])}
            rows.append(one.place | told | {"batas": share * usual, "biasanya": usual})
    return gathered(rows)


def _of_provinces(months: pl.DataFrame) -> pl.DataFrame:
    """The sum of all regions of a province by month, under the name of the province."""
    own = pl.col("kode_wilayah") == pl.col("kode_provinsi")
    named = months.filter(own).select("kode_provinsi", pl.format("seluruh {}", "nama").alias("nama")).unique()
    summed = months.group_by("kode_provinsi", "bulan").agg(pl.col(MEASURES).sum())
    return summed.join(named, on="kode_provinsi").sort("kode_provinsi", "bulan")


def _by_place(months: pl.DataFrame, key: str, measures: Iterable[str] = MEASURES) -> Iterator[Series]:
    """Each place and measure by month since its last gap: a chart across a gap compares two records."""
    for part in months.partition_by(key, maintain_order=True):
        first, held = part.row(0, named=True), part["bulan"].to_list()
        gaps = (at for at in range(1, len(held)) if held[at] != _end(held[at - 1], "bulan") + timedelta(1))
        start = max(gaps, default=0)
        place = {name: first.get(name) for name in ("kode_wilayah", "kode_provinsi", "nama")}
        place["pokok"] = first[key] if key == "kode_wilayah" else f"provinsi:{first[key]}"
        for measure in measures:
            yield Series(
                place, measure, "bulan", held[start:], part[measure].to_numpy()[start:].astype(float)
            )


def _at_grain(series: Series) -> Series:
    """The series at the grain at which it may be judged; whole calendar quarters only."""
    grain = xmr.choose_grain(series.counts).butir
    if grain != "triwulan":
        return replace(series, grain=grain)
    width = WIDTH[grain]
    starts = [at for at, day in enumerate(series.periods) if day.month % width == 1]
    starts = [at for at in starts if at + width <= len(series.periods)]
    counts = np.array([series.counts[at : at + width].sum() for at in starts])
    return replace(series, grain=grain, periods=[series.periods[at] for at in starts], counts=counts)


def _since(series: Series, day: date | None) -> Series:
    """The periods from a marked step change on: the period that holds its day, and those after."""
    if day is None or series.grain not in WIDTH:
        return series
    start = sum(_end(period, series.grain) < day for period in series.periods)
    return replace(series, periods=series.periods[start:], counts=series.counts[start:])


def _judged(alike: list[Series]) -> list[dict[str, Any]]:
    """The signals of the last periods of series of one length, judged in one pass."""
    values = np.stack([one.counts for one in alike])
    mean, half = xmr.limits(values)
    marks = xmr.break_rules(values, mean, half)
    found = []
    for row, series in enumerate(alike):
        rule = next((name for name in xmr.RULES if marks[name][row, -1]), None)
        if rule is not None:
            length = _stretch(marks[rule][row])
            found.append(_signal(series, rule, length, float(mean[row]), float(half[row])))
    return found


def _signal(series: Series, rule: str, length: int, usual: float, reach: float) -> dict[str, Any]:
    """One broken rule; `length`: how many periods at the end bear its mark; usual and reach: the limits."""
    last, is_run = float(series.counts[-1]), rule in RUNS
    is_up = last > (float(series.counts[-2]) if rule == "tujuh_searah" else usual)
    told = {
        "aturan": f"xmr_{series.measure}",
        "periode": _named(series.periods[-length if is_run else -1], series.grain),
        "sejak": _end(series.periods[xmr.RUN - 1 - length if is_run else -1], series.grain),
        "nilai": last,
        "batas": usual if is_run else usual + reach if is_up else max(usual - reach, 0.0),
        "hal": _words(rule, series, length, is_up),
    }
    return series.place | told


def _stretch(marked: np.ndarray) -> int:
    """How many periods at the end bear the mark."""
    unmarked = np.flatnonzero(~marked)
    return int(marked.size - 1 - unmarked[-1]) if unmarked.size else int(marked.size)


def _words(rule: str, series: Series, length: int, is_up: bool) -> str:
    """What the rule saw: '7 bulan berturut-turut di atas rata-rata, sampai Maret 2026'."""
    side, grain = "atas" if is_up else "bawah", series.grain
    until = span(_named(series.periods[-1], grain))
    match rule:
        case "luar_batas":
            return f"{number(series.counts[-1])} pada {until}, di {side} batas wajarnya"
        case "dua_dari_tiga":
            return f"dua dari tiga {grain} terakhir dekat batas {side}, sampai {until}"
        case "tujuh_satu_sisi":
            return f"{length} {grain} berturut-turut di {side} rata-rata, sampai {until}"
        case _:
            return f"{length} {grain} berturut-turut {'naik' if is_up else 'turun'}, sampai {until}"


def _named(period: date, grain: str) -> str:
    """'2026-03', or '2026-T1' for a quarter."""
    quarter = (period.month - 1) // xmr.MONTHS_IN_A_QUARTER + 1
    return f"{period:%Y-%m}" if grain == "bulan" else f"{period.year}-T{quarter}"


def _end(period: date, grain: str) -> date:
    """The last day of the month or quarter that begins on this day."""
    months = period.month - 1 + WIDTH[grain]
    return date(period.year + months // YEAR, months % YEAR + 1, 1) - timedelta(1)
