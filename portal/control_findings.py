"""What a control chart found, in sentences that need no statistics: answers in, words and HTML out; pure."""

from html import escape
from typing import NamedTuple

import polars as pl

from pipelines.statistics import xmr
from portal import formats
from portal.figures import control


class Measure(NamedTuple):
    """What a measure is called, its unit behind a figure, and how many decimals it is written with."""

    name: str
    unit: str
    decimals: int


MEASURES = {
    "masuk": Measure("Laporan masuk", "laporan", 0),
    "ditutup": Measure("Laporan ditutup", "laporan", 0),
    "terbuka": Measure("Laporan terbuka", "laporan", 0),
    "median_umur": Measure("Median umur yang terbuka", "hari kerja", 0),
    "rasio": Measure("Rasio penyelesaian", "ditutup per laporan masuk", 2),
}
MEANING = {
    "luar_batas": "di luar kebiasaan; layak ditanyakan apa yang terjadi saat itu",
    "dua_dari_tiga": "dua dari tiga titik berturutan dekat batas yang sama: tanda awal pergeseran",
    "tujuh_satu_sisi": "terus berada di sisi yang sama dari rata-rata: tingkatnya sudah bergeser",
    "tujuh_searah": "terus bergerak ke arah yang sama: bukan lagi naik turun biasa",
}


class Run(NamedTuple):
    """Points next to each other that break the same rule on the same side."""

    rule: str
    points: tuple[dict, ...]


def title(frame: pl.DataFrame, ukuran: str, province: str) -> str:
    """`xmr` -> whether anything but the usual ups and downs is seen; of the province where it stands in."""
    name = MEASURES[ukuran].name
    if frame.height and frame["gabungan"][0]:
        name = f"{name}, seluruh {province}"
    known = frame.drop_nulls("nilai")
    if known.is_empty():
        return f"{name}: {formats.MISSING}"
    if known["rata"].is_null().all():
        return f"{name}: belum dapat dibedakan mana gejolak biasa dan mana perubahan"
    found = runs(frame)
    if not found:
        return f"{name}: naik turunnya masih gejolak biasa, tidak ada tanda perubahan"
    last = max(found, key=lambda run: run.points[-1]["periode"])
    return f"{name}: {len(found)} tanda perubahan, yang terbaru {_when(last, _unit(frame))}"


def runs(frame: pl.DataFrame) -> list[Run]:
    """The broken rules of `xmr`, points next to each other put together, in the order of time."""
    found, open_runs = [], {}
    rows = frame.sort("periode").to_dicts()
    for row in rows:
        keys = {(rule, _is_above(row) if rule != "tujuh_searah" else None) for rule in control.broken(row)}
        for key in list(open_runs):
            if key not in keys:
                found.append(Run(key[0], tuple(open_runs.pop(key))))
        for key in keys:
            open_runs.setdefault(key, []).append(row)
    found += [Run(key[0], tuple(points)) for key, points in open_runs.items()]
    return sorted(found, key=lambda run: (run.points[0]["periode"], list(MEANING).index(run.rule)))


def sentences(frame: pl.DataFrame, ukuran: str) -> str:
    """Each broken rule as a line with its sign, the newest first; HTML, empty where none is."""
    lines = "".join(_line(run, MEASURES[ukuran], _unit(frame)) for run in reversed(runs(frame)))
    return f'<ul class="cermin-tanda-kendali">{lines}</ul>' if lines else ""


def grain(frame: pl.DataFrame, ukuran: str, province: str) -> str:
    """At which grain the chart stands and why, and where limits are missing; one or two sentences."""
    row = frame.row(0, named=True) if frame.height else {}
    if not row:
        return ""
    mean = formats.number(row["rata_bulanan"], 1)
    words = {"bulan": "Per bulan", "triwulan": f"Per triwulan, karena rata-ratanya hanya {mean} sebulan"}
    told = f"{words[row['butir']]}."
    if row["gabungan"]:
        told = (
            f"Angka seluruh {province}, per {row['butir']}: di wilayah ini hanya {mean} sebulan, "
            "terlalu sepi; bagannya sendiri akan memberi tanda palsu karena kebetulan."
        )
    return f"{told} {_why_bare(frame)}".strip()


def _why_bare(frame: pl.DataFrame) -> str:
    points = frame["nilai"].drop_nulls().len()
    if frame["rata"].is_not_null().any():
        return ""
    if points < xmr.LEAST_POINTS:
        return f"Baru {points} titik lengkap; batas dihitung mulai {xmr.LEAST_POINTS} titik."
    return "Terlalu sepi untuk batas kendali, atau tiap bagian di antara perubahan terlalu pendek."


def _unit(frame: pl.DataFrame) -> str:
    return frame["butir"][0] if frame.height else "bulan"


def _is_above(row: dict) -> bool:
    return row["nilai"] > row["rata"]


def _when(run: Run, unit: str) -> str:
    first, last = (_period(run.points[at], unit) for at in (0, -1))
    return first if first == last else f"{first}–{last}"


def _period(row: dict, unit: str) -> str:
    day = row["periode"]
    return f"triwulan {(day.month + 2) // 3} {day.year}" if unit == "triwulan" else formats.month(day)


def _line(run: Run, measure: Measure, unit: str) -> str:
    sign, colour, _ = control.SIGNS[run.rule]
    said = f"{_when(run, unit)}: {_value(run, measure, unit)}, {MEANING[run.rule]}."
    return f'<li><i style="color:{colour}" aria-hidden="true">{sign}</i> {escape(said)}</li>'


def _value(run: Run, measure: Measure, unit: str) -> str:
    """The figure beside the limit or the mean that it is held against."""
    last = run.points[-1]
    value, mean, low, high = (
        formats.number(last[name], digits)
        for name, digits in (
            ("nilai", measure.decimals),
            *((limit, max(measure.decimals, 1)) for limit in ("rata", "batas_bawah", "batas_atas")),
        )
    )
    above = _is_above(last)
    match run.rule:
        case "luar_batas" if len(run.points) == 1:
            return f"{value} {measure.unit}, {f'di atas batas {high}' if above else f'di bawah batas {low}'}"
        case "luar_batas":
            return f"{len(run.points)} {unit} {f'di atas batas {high}' if above else f'di bawah batas {low}'}"
        case "dua_dari_tiga":
            return f"dekat batas {f'atas {high}' if above else f'bawah {low}'} (terakhir {value})"
        case "tujuh_satu_sisi":
            return (
                f"{len(run.points)} {unit} berturut-turut di {'atas' if above else 'bawah'} rata-rata {mean}"
            )
    values = [point["nilai"] for point in run.points]
    way = "naik" if values == sorted(values) else "turun" if values == sorted(values)[::-1] else "searah"
    return f"{len(run.points)} {unit} {way} berturut-turut, terakhir {value}"
