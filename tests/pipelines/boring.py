"""Every figure a second time, deliberately boring: plain Python loops over rows, no SQL, no shared code."""

import csv
import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from statistics import NormalDist, median
from typing import Any

import holidays
from scipy.stats import chi2

from pipelines import places
from tests.pipelines.extracts import Extract

COUNTED = {"LM", "RCO", "IAPS"}
STAGES = {
    "Registrasi": 1,
    "Verifikasi": 2,
    "Pleno": 3,
    "Pemeriksaan": 4,
    "LHP": 5,
    "Resolusi dan Monitoring": 6,
    "Rekomendasi": 7,
}
DATED = [
    ("tanggal_resmon", "Resolusi dan Monitoring"),
    ("tanggal_lhp", "LHP"),
    ("tanggal_pleno", "Pemeriksaan"),
    ("tanggal_verifikasi", "Verifikasi"),
]
BANDS = [
    ("0-14", 0, 14),
    ("15-30", 15, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("91-180", 91, 180),
    (">180", 181, 10**9),
]
START = date(1900, 1, 1)
Row = dict[str, Any]


@cache
def reference(name: str) -> list[Row]:
    """A shipped list as plain text rows; empty cells are None."""
    path = places.REFERENCE / f"{name}.csv"
    path = path if path.exists() else places.REGISTERS / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(lines)]


def regions() -> list[Row]:
    """The 25 regions and the one that is not named, in the order of the questions."""
    known = [
        {
            "kode_wilayah": row["kode_wilayah"],
            "nama": f"{row['jenis']} {row['nama']}",
            "jenis": row["jenis"],
            "provinsi": row["kode_provinsi"],
            "penduduk": int(row["penduduk"]),
        }
        for row in sorted(reference("wilayah"), key=lambda row: row["kode_wilayah"])
    ]
    return [*known, dict.fromkeys(known[0]) | {"nama": "wilayah tidak disebut"}]


class Figures:
    """The figures of a list of extracts (in upload order) as they stand at a date."""

    def __init__(self, extracts: Iterable[Extract]) -> None:
        self.extracts = [e for e in extracts if e.kind == "laporan"]
        self.cases = fold(self.extracts)
        self.laporan = [c for c in self.cases if c["tipe_laporan"] in COUNTED and c["tanggal_masuk"]]

    def covered(self, province: str | None, day: date) -> bool:
        """Whether a batch speaks for the province (None: for any province) on that day."""
        return any(
            e.sejak and e.sejak <= day <= e.per_tanggal and (province is None or province in e.cakupan)
            for e in self.extracts
            if e.cakupan
        )

    def chosen(self, wilayah: str | None = None, provinsi: str | None = None) -> list[Row]:
        return [
            r
            for r in regions()
            if (not wilayah or r["kode_wilayah"] == wilayah) and (not provinsi or r["provinsi"] == provinsi)
        ]

    def of(self, region: Row) -> list[Row]:
        return [c for c in self.laporan if c["wilayah_terlapor"] == region["kode_wilayah"]]

    def among(self, t: date, wilayah: str | None = None, provinsi: str | None = None) -> list[Row]:
        """Laporan of the chosen regions that are covered at t, received by t."""
        codes = {r["kode_wilayah"] for r in self.chosen(wilayah, provinsi) if self.covered(r["provinsi"], t)}
        return [c for c in self.laporan if c["wilayah_terlapor"] in codes and c["tanggal_masuk"] <= t]

    def months(self, t: date, s: date | None) -> list[tuple[date, date]]:
        """First and last day of each month from s (or the first coverage) to t."""
        starts = [e.sejak for e in self.extracts if e.sejak]
        if not starts:
            return []
        month = (s or min(starts)).replace(day=1)
        found = []
        while month <= t:
            following = (month + timedelta(days=32)).replace(day=1)
            found.append((month, following - timedelta(days=1)))
            month = following
        return found

    def month_covered(self, province: str | None, first: date, last: date, t: date) -> bool:
        days = (first + timedelta(days=n) for n in range((min(last, t) - first).days + 1))
        return any(self.covered(province, day) for day in days)

    def complete(self, chosen: list[Row], first: date, last: date, t: date, s: date | None) -> bool:
        """Ended by t, and covered at its end in each chosen province that is ever covered."""
        ever = {p for e in self.extracts if e.sejak for p in e.cakupan}
        provinces = {r["provinsi"] for r in chosen if r["provinsi"] in ever}
        return (
            bool(provinces)
            and last <= t
            and (not s or s <= first)
            and all(self.covered(p, last) for p in provinces)
        )


def fold(extracts: list[Extract]) -> list[Row]:
    """One dict per case: later per_tanggal wins, then later upload; blank erases nothing, (kosong) clears."""
    ordered = [e for _, e in sorted(enumerate(extracts), key=lambda pair: (pair[1].per_tanggal, pair[0]))]
    links = {
        row["nomor_agenda"]: row["nomor_laporan"]
        for e in ordered
        for row in e.rows
        if row.get("nomor_agenda") and row.get("nomor_laporan")
    }
    cases: dict[str, Row] = {}
    for extract in ordered:
        for row in extract.rows:
            key = row.get("nomor_laporan") or links.get(row.get("nomor_agenda")) or row["nomor_agenda"]
            case = cases.setdefault(key, dict.fromkeys(CASE_COLUMNS))
            for name in CASE_COLUMNS:
                if row.get(name) is not None:
                    case[name] = row[name]
                    if name == "tahap":
                        case["tahap_per"] = extract.per_tanggal
                elif name in row.get("dikosongkan", []):
                    case[name] = None
    for key, case in cases.items():
        case["kasus"] = key
        case["tipe_laporan"] = case["tipe_laporan"] or "LM"
        case["tanpa_tanggal"] = case["tahap"] == "Ditutup" and not case["tanggal_tutup"]
    return list(cases.values())


CASE_COLUMNS = [
    "tipe_laporan",
    "tanggal_masuk",
    "wilayah_terlapor",
    "kelompok_instansi",
    "instansi_terlapor",
    "substansi",
    "maladministrasi",
    "klasifikasi",
    "cara_penyampaian",
    "tahap",
    "tanggal_verifikasi",
    "tanggal_pleno",
    "tanggal_lhp",
    "tanggal_resmon",
    "kesimpulan_lhp",
    "tanggal_tutup",
    "alasan_tutup",
    "peristiwa",
    "tahap_per",
]


def received(case: Row, t: date, s: date | None) -> bool:
    return (s or START) <= case["tanggal_masuk"] <= t


def closed(case: Row, t: date, s: date | None = None) -> bool:
    return bool(case["tanggal_tutup"]) and (s or START) <= case["tanggal_tutup"] <= t


def is_open(case: Row, t: date) -> bool:
    return case["tanggal_masuk"] <= t and not closed(case, t) and not case["tanpa_tanggal"]


def incidents(cases: list[Row]) -> int:
    return len({c["peristiwa"] for c in cases if c["peristiwa"]}) + sum(not c["peristiwa"] for c in cases)


def share(part: float | None, whole: float | None, factor: float = 100.0) -> float | None:
    return None if part is None or not whole else factor * part / whole


def wilson(k: int | None, n: int | None) -> tuple[float | None, float | None]:
    """Wilson 95% in percent, as printed in textbooks."""
    if k is None or not n:
        return None, None
    z = NormalDist().inv_cdf(0.975)
    p = k / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return 100 * (middle - half) / (1 + z * z / n), 100 * (middle + half) / (1 + z * z / n)


def poisson(k: int | None, per: float | None, factor: float = 100000.0) -> tuple[float | None, float | None]:
    """Exact Poisson 95% of a count, as a rate."""
    if k is None or not per:
        return None, None
    low = chi2.ppf(0.025, 2 * k) / 2 if k else 0.0
    return factor * low / per, factor * chi2.ppf(0.975, 2 * k + 2) / 2 / per


@cache
def working_days(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`, counted one by one; negative never asked."""
    return sum(works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@cache
def works(day: date) -> bool:
    return day.weekday() < 5 and day not in _off(day.year)


@cache
def _off(year: int) -> set[date]:
    return set(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def year_before(t: date) -> date:
    """The same day twelve months earlier; 29 February becomes the 28th."""
    try:
        return t.replace(year=t.year - 1)
    except ValueError:
        return t.replace(year=t.year - 1, day=28)


def clock_runs(case: Row, clock: Row, t: date) -> bool:
    """Whether the clock of a laporan has started and not stopped at t."""
    start = case.get(clock["jam_dari"]) if clock["jam_dari"] else None
    if not start or start > t or case["tanpa_tanggal"] or closed(case, t):
        return False
    if clock["kesimpulan"] and case["kesimpulan_lhp"] and case["kesimpulan_lhp"] != clock["kesimpulan"]:
        return False
    if clock["klasifikasi"] and case["klasifikasi"] != clock["klasifikasi"]:
        return False
    stops = (clock["jam_sampai"] or "").split(" atau ")
    return not any(case.get(stop) and case[stop] <= t for stop in stops if stop)


def clock_late(case: Row, clock: Row, t: date) -> bool:
    if not clock_runs(case, clock, t) or not clock["jumlah"]:
        return False
    start = case[clock["jam_dari"]]
    spent = working_days(start, t) if clock["satuan"] == "hari kerja" else (t - start).days
    return spent > int(clock["jumlah"])


def late(case: Row, t: date) -> bool:
    """Late on any clock that may enter a headline figure."""
    return any(clock_late(case, clock, t) for clock in reference("tenggat") if clock["angka_utama"] == "ya")


def stage(case: Row, t: date) -> str:
    """The stage of an open laporan at t: the latest statement or dated stage by then."""
    known = []
    if case["tahap"] in STAGES and case["tahap_per"] <= t:
        known.append((case["tahap_per"], 9, case["tahap"]))
    for rank, (column, name) in enumerate(reversed(DATED)):
        if case[column] and case[column] <= t:
            known.append((case[column], rank, name))
    if known:
        return max(known)[2]
    if case["tahap"] == "Registrasi" or any(case[column] for column, _ in DATED):
        return "Registrasi"
    return "tidak disebut"


def by_group(
    cases: list[Row], groups: Callable[[Row], list[str | None]], t: date, s: date | None
) -> dict[str | None, Counter]:
    """Counts of masuk, ditutup and terbuka by group; a case may be in several."""
    found: dict[str | None, Counter] = {}
    for case in cases:
        told = {"masuk": received(case, t, s), "ditutup": closed(case, t, s), "terbuka": is_open(case, t)}
        if any(told.values()):
            for group in groups(case):
                found.setdefault(group, Counter()).update({name: int(yes) for name, yes in told.items()})
    return found


def middle(values: list[float]) -> float:
    return median(values)
