"""Every question about laporan, against a second, boring computation over generated batches."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import build
from tests.pipelines import boring, extracts
from tests.pipelines.boring import Figures
from tests.pipelines.expected import region_row, rows, same, total_of

CODES = [row["kode_wilayah"] for row in boring.regions() if row["kode_wilayah"]]
DATES = [
    (date(2024, 8, 31), None),
    (date(2024, 12, 31), date(2024, 3, 10)),
    (date(2025, 1, 20), None),
    (date(2025, 5, 20), date(2025, 2, 1)),
    (date(2025, 6, 30), date(2024, 6, 30)),
    (date(2025, 7, 1), None),
]
PLACES = [
    {},
    {"provinsi": "64"},
    {"provinsi": "63"},
    {"wilayah": "64.08"},
    {"wilayah": "63"},
    {"wilayah": "63.71"},
]


@pytest.fixture(scope="module", params=[1, 2])
def figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """A warehouse built from random batches, and the same batches for the second computation."""
    folder: Path = tmp_path_factory.mktemp("cermin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(folder))
        made = extracts.random_extracts(request.param, CODES)
        for extract in made:
            extracts.keep(extract)
        build.build()
        yield Figures(made)


@pytest.fixture(params=DATES, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def when(request: pytest.FixtureRequest) -> tuple[date, date | None]:
    return request.param


@pytest.fixture(params=PLACES, ids=lambda place: "-".join(place.values()) or "semua")
def place(request: pytest.FixtureRequest) -> dict[str, str]:
    return request.param


@pytest.mark.parametrize("provinsi", [None, "64"])
def test_ringkasan_wilayah(figures: Figures, when: tuple, provinsi: str | None):
    t, s = when
    expected = []
    for region in figures.chosen(provinsi=provinsi):
        told = region_row(figures, region, t, s)
        share = boring.wilson(told["selesai"], told["masuk"])
        rate = boring.poisson(told["setahun"], region["penduduk"])
        expected.append(
            {key: region[key] for key in ("kode_wilayah", "nama", "provinsi")}
            | {"masuk": told["masuk"], "ditutup": told["ditutup"], "terbuka": told["terbuka"]}
            | {"lewat_tenggat": told["lewat"], "persen_selesai": boring.share(told["selesai"], told["masuk"])}
            | {"selesai_bawah": share[0], "selesai_atas": share[1], "penduduk": region["penduduk"]}
            | {"tingkat_100k": boring.share(told["setahun"], region["penduduk"], 100000)}
            | {"tingkat_bawah": rate[0], "tingkat_atas": rate[1], "peristiwa": told["peristiwa"]}
        )
    same(rows("ringkasan_wilayah", per_tanggal=t, sejak=s, provinsi=provinsi), expected)


def test_ringkasan_provinsi(figures: Figures, when: tuple):
    t, s = when
    people = {r["kode_wilayah"]: r for r in boring.regions() if r["jenis"] == "Provinsi"}
    groups: list[tuple[Any, str, list]] = [
        (code, row["nama"].removeprefix("Provinsi "), figures.chosen(provinsi=code))
        for code, row in people.items()
    ]
    groups += [
        (None, "wilayah tidak disebut", boring.regions()[-1:]),
        ("semua", "Semua provinsi", boring.regions()),
    ]
    expected = []
    for code, name, members in groups:
        told = [region_row(figures, region, t, s) for region in members]
        total = {key: total_of([row[key] for row in told]) for key in told[0]}
        covered = [p for p in people if code in (p, "semua") and figures.covered(p, t)]
        inhabitants = {"63": people["63"]["penduduk"], "64": people["64"]["penduduk"], None: None}.get(
            code, sum(people[p]["penduduk"] for p in covered) or None
        )
        reported = [r for r in members if figures.covered(r["provinsi"], t)]
        cohort = [c for r in reported for c in figures.of(r) if boring.received(c, t, s)]
        share, rate = (
            boring.wilson(total["selesai"], total["masuk"]),
            boring.poisson(total["setahun"], inhabitants),
        )
        expected.append(
            {"kode_provinsi": code, "nama": name, "masuk": total["masuk"], "ditutup": total["ditutup"]}
            | {
                "terbuka": total["terbuka"],
                "ditutup_tanpa_tanggal": total["tanpa"],
                "lewat_tenggat": total["lewat"],
            }
            | {"kohort": total["masuk"], "kohort_selesai": total["selesai"]}
            | {"persen_selesai": boring.share(total["selesai"], total["masuk"])}
            | {"selesai_bawah": share[0], "selesai_atas": share[1], "penduduk": inhabitants}
            | {"tingkat_100k": boring.share(total["setahun"], inhabitants, 100000)}
            | {"tingkat_bawah": rate[0], "tingkat_atas": rate[1]}
            | {"peristiwa": boring.incidents(cohort) if reported else None}
        )
    same(rows("ringkasan_provinsi", per_tanggal=t, sejak=s), expected)


def _months(figures: Figures, place: dict[str, str], t: date, s: date | None) -> Iterator[tuple]:
    """Each month, its last day, the laporan of the covered chosen regions (or None), and whether complete."""
    chosen = figures.chosen(**place)
    for first, last in figures.months(t, s):
        covered = [r for r in chosen if figures.month_covered(r["provinsi"], first, last, t)]
        codes = {r["kode_wilayah"] for r in covered}
        cases = [c for c in figures.laporan if c["wilayah_terlapor"] in codes] if covered else None
        yield first, last, cases, figures.complete(chosen, first, last, t, s)


def test_arus_bulanan(figures: Figures, when: tuple, place: dict[str, str]):
    t, s = when
    expected = []
    for first, last, cases, complete in _months(figures, place, t, s):
        since, until = max(first, s or first), min(last, t)
        come = gone = stock = None
        if cases is not None:
            come = sum(boring.received(c, until, since) for c in cases)
            gone = sum(boring.closed(c, until, since) for c in cases)
            stock = sum(boring.is_open(c, until) for c in cases)
        expected.append(
            {"bulan": first, "masuk": come, "ditutup": gone, "terbuka": stock}
            | {"rasio_penyelesaian": boring.share(gone, come, 1), "lengkap": complete}
        )
    same(rows("arus_bulanan", per_tanggal=t, sejak=s, **place), expected)


def test_lewat_bulanan(figures: Figures, when: tuple):
    t, s = when
    expected = [
        {
            "bulan": first,
            "lewat_tenggat": None if cases is None else sum(boring.late(c, min(last, t)) for c in cases),
        }
        | {"lengkap": complete}
        for first, last, cases, complete in _months(figures, {}, t, s)
    ]
    same(rows("lewat_bulanan", per_tanggal=t, sejak=s), expected)


def test_kohort_bulanan(figures: Figures, when: tuple, place: dict[str, str]):
    t, s = when
    expected = []
    for first, last, cases, complete in _months(figures, place, t, s):
        size = done = None
        if cases is not None:
            cohort = [c for c in cases if boring.received(c, min(last, t), max(first, s or first))]
            size, done = len(cohort), sum(boring.closed(c, t) for c in cohort)
        low, high = boring.wilson(done, size)
        expected.append(
            {"bulan": first, "kohort": size, "selesai": done, "persen_selesai": boring.share(done, size)}
            | {"bawah": low, "atas": high, "lengkap": complete}
        )
    same(rows("kohort_bulanan", per_tanggal=t, sejak=s, **place), expected)


def test_akses_bulanan_counts_every_kind_of_contact(figures: Figures, when: tuple, place: dict[str, str]):
    t, s = when
    kinds = [row["kode"] for row in boring.reference("tipe_laporan")]
    expected = []
    for first, last in figures.months(t, s):
        codes = {
            r["kode_wilayah"]
            for r in figures.chosen(**place)
            if figures.month_covered(r["provinsi"], first, last, t)
        }
        since, until = max(first, s or first), min(last, t)
        for kind in kinds:
            count = sum(
                c["tipe_laporan"] == kind
                and c["wilayah_terlapor"] in codes
                and since <= c["tanggal_masuk"] <= until
                for c in figures.cases
                if c["tanggal_masuk"]
            )
            expected.append({"bulan": first, "tipe_laporan": kind, "jumlah": count if codes else None})
    same(rows("akses_bulanan", per_tanggal=t, sejak=s, **place), expected)


def test_terbukti(figures: Figures, when: tuple):
    t, s = when
    expected = []
    for region in boring.regions():
        lhp = proven = None
        if figures.covered(region["provinsi"], t):
            dated = [
                c
                for c in figures.of(region)
                if c["tanggal_lhp"] and (s or boring.START) <= c["tanggal_lhp"] <= t
            ]
            lhp = len(dated)
            proven = sum(c["kesimpulan_lhp"] == "ditemukan Maladministrasi" for c in dated)
        low, high = boring.wilson(proven, lhp)
        expected.append(
            {"kode_wilayah": region["kode_wilayah"], "nama": region["nama"], "lhp": lhp, "ditemukan": proven}
            | {"persen_terbukti": boring.share(proven, lhp), "bawah": low, "atas": high}
        )
    same(rows("terbukti", per_tanggal=t, sejak=s), expected)


def test_umur_terbuka(figures: Figures, when: tuple, place: dict[str, str]):
    t, _ = when
    covered = any(figures.covered(r["provinsi"], t) for r in figures.chosen(**place))
    counts: dict[tuple[str, str], int] = {}
    for case in figures.among(t, **place):
        if boring.is_open(case, t):
            age = boring.working_days(case["tanggal_masuk"], t)
            band = next(name for name, low, high in boring.BANDS if low <= age <= high)
            key = (boring.stage(case, t), band)
            counts[key] = counts.get(key, 0) + 1
    stages: dict[str, int | None] = dict(boring.STAGES)
    if any(stage == "tidak disebut" for stage, _ in counts):
        stages["tidak disebut"] = None
    expected = [
        {"tahap": stage, "urutan_tahap": order, "umur": band[0], "urutan_umur": number}
        | {"jumlah": counts.get((stage, band[0]), 0) if covered else None}
        for stage, order in stages.items()
        for number, band in enumerate(boring.BANDS, start=1)
    ]
    same(rows("umur_terbuka", per_tanggal=t, **place), expected)


def test_sisa_per_tahun(figures: Figures, when: tuple, place: dict[str, str]):
    t, _ = when
    covered = any(figures.covered(r["provinsi"], t) for r in figures.chosen(**place))
    cases = figures.among(t, **place)
    expected = []
    for year in range(2023, t.year + 1):
        own = [c for c in cases if c["tanggal_masuk"].year == year]
        told = {
            "masuk": len(own),
            "ditutup": sum(boring.closed(c, t) for c in own),
            "ditutup_tanpa_tanggal": sum(c["tanpa_tanggal"] for c in own),
            "terbuka": sum(boring.is_open(c, t) for c in own),
        }
        expected.append({"tahun": year} | {key: value if covered else None for key, value in told.items()})
    same(rows("sisa_per_tahun", per_tanggal=t, **place), expected)


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("per_substansi", "substansi"),
        ("per_instansi", "instansi_terlapor"),
        ("per_cara_penyampaian", "cara_penyampaian"),
        ("per_kelompok_instansi", "kelompok_instansi"),
        ("per_klasifikasi", "klasifikasi"),
    ],
)
def test_per_kelompok(figures: Figures, when: tuple, place: dict[str, str], question: str, column: str):
    t, s = when
    found = boring.by_group(_ever(figures, t, place), lambda case: [case[column]], t, s)
    total = sum(counts["masuk"] for counts in found.values())
    expected = _grouped_rows(found, total, lambda name, count: boring.share(count, total))
    same(rows(question, per_tanggal=t, sejak=s, **place), expected)


def test_per_maladministrasi_counts_a_laporan_under_each_of_its_kinds(
    figures: Figures, when: tuple, place: dict[str, str]
):
    t, s = when
    cases = _ever(figures, t, place)
    found = boring.by_group(
        cases, lambda case: case["maladministrasi"].split(" | ") if case["maladministrasi"] else [None], t, s
    )
    told = sum(bool(c["maladministrasi"]) and boring.received(c, t, s) for c in cases)
    expected = _grouped_rows(found, told, lambda name, count: boring.share(count, told) if name else None)
    same(rows("per_maladministrasi", per_tanggal=t, sejak=s, **place), expected)


def _ever(figures: Figures, t: date, place: dict[str, str]) -> list[dict[str, Any]]:
    codes = {r["kode_wilayah"] for r in figures.chosen(**place) if figures.covered(r["provinsi"], t)}
    return [c for c in figures.laporan if c["wilayah_terlapor"] in codes]


def _grouped_rows(found: dict, total: int, percent: Any) -> list[dict[str, Any]]:
    def order(item: tuple) -> tuple:
        name, counts = item
        return (name is None, -counts["masuk"], -counts["terbuka"], name or "")

    return [
        {"kelompok": name or "tidak disebut"}
        | {key: counts[key] for key in ("masuk", "ditutup", "terbuka")}
        | {"penyebut": total, "persen": percent(name, counts["masuk"])}
        for name, counts in sorted(found.items(), key=order)
    ]


def test_per_alasan_tutup(figures: Figures, when: tuple, place: dict[str, str]):
    t, s = when
    results = {row["istilah"]: row["hasil"] for row in boring.reference("alasan_tutup")}
    reasons = [c["alasan_tutup"] for c in _ever(figures, t, place) if boring.closed(c, t, s)]
    expected = [
        {"hasil": results.get(reason, "belum dikelompokkan") if reason else "tidak disebut"}
        | {
            "alasan_tutup": reason or "tidak disebut",
            "jumlah": reasons.count(reason),
            "penyebut": len(reasons),
        }
        for reason in sorted(set(reasons), key=lambda one: (one is None, -reasons.count(one), one or ""))
    ]
    same(rows("per_alasan_tutup", per_tanggal=t, sejak=s, **place), expected)


def test_tenggat_berjalan(figures: Figures, when: tuple, place: dict[str, str]):
    t, _ = when
    covered = any(figures.covered(r["provinsi"], t) for r in figures.chosen(**place))
    cases = _ever(figures, t, place)
    expected = []
    for clock in sorted(boring.reference("tenggat"), key=lambda clock: clock["angka_utama"] != "ya"):
        runs = sum(boring.clock_runs(c, clock, t) for c in cases) if covered and clock["jam_dari"] else None
        is_late = runs is not None and clock["jumlah"]
        expected.append(
            {key: clock[key] for key in ("kode", "tahap", "penanggung")}
            | {"jumlah_hari": int(clock["jumlah"]) if clock["jumlah"] else None}
            | {key: clock[key] for key in ("satuan", "dasar_hukum", "status_verifikasi", "angka_utama")}
            | {
                "berjalan": runs,
                "lewat": sum(boring.clock_late(c, clock, t) for c in cases) if is_late else None,
            }
        )
    same(rows("tenggat_berjalan", per_tanggal=t, **place), expected)


@pytest.mark.parametrize("wilayah", ["64.08", "63.71", "64"])
def test_sebanding_compares_with_the_others_of_its_kind(figures: Figures, when: tuple, wilayah: str):
    t, s = when
    told = {r["kode_wilayah"]: region_row(figures, r, t, s) for r in boring.regions()}
    known = {r["kode_wilayah"]: r for r in boring.regions()}
    jenis = known[wilayah]["jenis"]
    measures = {
        "persen_selesai": lambda code: boring.share(told[code]["selesai"], told[code]["masuk"]),
        "tingkat_100k": lambda code: boring.share(told[code]["setahun"], known[code]["penduduk"], 100000),
        "lewat_tenggat": lambda code: told[code]["lewat"],
        "terbuka": lambda code: told[code]["terbuka"],
    }
    expected = []
    for name, measure in measures.items():
        others = [measure(code) for code, r in known.items() if r["jenis"] == jenis and code != wilayah]
        others = [value for value in others if value is not None]
        enough = len(others) >= 4
        expected.append(
            {"ukuran": name, "nilai": measure(wilayah)}
            | {"median": boring.middle(others) if enough else None}
            | {"terendah": min(others) if enough else None, "tertinggi": max(others) if enough else None}
            | {"jumlah_wilayah": len(others), "kelompok": jenis.lower()}
        )
    same(rows("sebanding", wilayah=wilayah, per_tanggal=t, sejak=s), expected)


@pytest.mark.parametrize(
    "indikator", ["masuk", "persen_selesai", "tingkat_100k", "rasio_penyelesaian", "akses"]
)
def test_indikator_wilayah_tells_four_states_apart(figures: Figures, when: tuple, indikator: str):
    t, s = when
    expected = []
    for region in boring.regions():
        told = region_row(figures, region, t, s)
        contacts = None
        if figures.covered(region["provinsi"], t):
            contacts = sum(
                c["wilayah_terlapor"] == region["kode_wilayah"] and boring.received(c, t, s)
                for c in figures.cases
                if c["tanggal_masuk"]
            )
        part, whole, factor = {
            "masuk": (told["masuk"], None, None),
            "persen_selesai": (told["selesai"], told["masuk"], 100),
            "tingkat_100k": (told["setahun"], region["penduduk"], 100000),
            "rasio_penyelesaian": (told["ditutup"], told["masuk"], 1),
            "akses": (contacts, None, None),
        }[indikator]
        low = high = None
        if indikator == "persen_selesai":
            low, high = boring.wilson(part, whole)
        elif indikator == "tingkat_100k":
            low, high = boring.poisson(part, whole)
        state = "ada" if part else "nol"
        if part is None:
            state = "tidak ada data"
        elif factor and not whole:
            state = "tidak berlaku"
        expected.append(
            {key: region[key] for key in ("kode_wilayah", "nama", "provinsi")}
            | {"pembilang": part, "penyebut": whole}
            | {"nilai": boring.share(part, whole, factor) if factor else part, "bawah": low, "atas": high}
            | {"status": state}
        )
    same(rows("indikator_wilayah", indikator=indikator, per_tanggal=t, sejak=s), expected)
