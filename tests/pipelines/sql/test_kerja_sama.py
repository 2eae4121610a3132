"""The marks of cooperation: the table of facts, each rule by itself, and all of them at random."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines import build, questions
from tests.pipelines import boring, extracts
from tests.pipelines.extracts import Extract
from tests.pipelines.sql import boring_marks
from tests.pipelines.sql.boring_marks import MARKS

UNKNOWN = "tidak diketahui"
NO_TERM = "masa berlaku belum diketahui"
CODES = [row["kode_wilayah"] for row in boring.regions() if row["kode_wilayah"]]
KALSEL = [code for code in CODES if code.startswith("63.")]
KALTIM = [code for code in CODES if code.startswith("64") and code not in ("64.02", "64.08")]
FACT_DATES = [date(2023, 6, 30), date(2025, 12, 31), date(2026, 3, 31)]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A warehouse of the shipped registers alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        build.build()
        yield


def gaps(t: date) -> dict[str, dict[str, Any]]:
    found = questions.answer("celah_kerja_sama", {"per_tanggal": t})
    assert tuple(found.columns) == questions.CATALOGUE["celah_kerja_sama"].columns
    return {row["kode_wilayah"]: row for row in found.to_dicts()}


def three(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["payung"], row["pelaksanaan"], row["jejaring"]


def test_every_region_has_one_row_with_or_without_a_gap(register: None):
    assert sorted(gaps(date(2026, 3, 31))) == CODES


@pytest.mark.parametrize("t", FACT_DATES)
def test_facts_of_kutai_timur(register: None, t: date):
    row = gaps(t)["64.08"]
    if t < date(2025, 11, 28):
        assert three(row) == (UNKNOWN,) * 3
        assert (row["celah"], row["target_tahun"], row["dinyatakan_oleh"]) == (None, None, None)
        return
    assert three(row) == ("belum ada", "belum ada", UNKNOWN)
    assert row["dinyatakan_oleh"] == "Kepala Perwakilan Ombudsman RI Kalimantan Timur"
    assert (row["per_tanggal_sumber"], row["target_tahun"]) == (date(2025, 11, 28), 2026)
    assert (row["celah"], row["payung_sejak"], row["konflik"]) == ("payung | pelaksanaan", None, False)
    assert row["sumber_alamat"].startswith("https://harianutama.com/?p=37930")
    assert (row["batas_daftar"], row["hari_ke_batas"]) == (date(2025, 12, 31), (date(2025, 12, 31) - t).days)


@pytest.mark.parametrize("t", FACT_DATES)
def test_facts_of_kutai_kartanegara(register: None, t: date):
    row = gaps(t)["64.02"]
    assert three(row) == (UNKNOWN, UNKNOWN, "ada")
    assert (row["jumlah_opd"], row["per_tanggal_sumber"]) == (16, date(2022, 5, 18))
    told = questions.answer("tanda_kerja_sama", {"per_tanggal": t}).to_dicts()
    network = next(r for r in told if r["kode_wilayah"] == "64.02" and r["tanda"] == "jejaring")
    assert (network["sejak"], network["jumlah_opd"]) == (date(2022, 5, 18), 16)


@pytest.mark.parametrize("t", FACT_DATES)
def test_facts_of_the_rest_of_kaltim_are_never_a_stated_none(register: None, t: date):
    rows = gaps(t)
    assert len(KALTIM) == 9
    assert {three(rows[code]) for code in KALTIM} == {(UNKNOWN,) * 3}
    assert {rows[code]["celah"] for code in KALTIM} == {None}


@pytest.mark.parametrize("t", FACT_DATES)
def test_facts_of_kalsel(register: None, t: date):
    rows = gaps(t)
    assert len(KALSEL) == 13
    renewed = t == date(2026, 3, 31)
    for code in KALSEL:
        network = "ada" if code in ("63.71", "63.72") and t >= date(2025, 11, 19) else UNKNOWN
        assert three(rows[code]) == (NO_TERM, UNKNOWN, network)
        since = date(2026, 1, 28) if code == "63.02" else date(2026, 1, 27)
        assert rows[code]["payung_sejak"] == (since if renewed else date(2022, 11, 30))
        assert rows[code]["konflik"] is renewed
    province = rows["63"]
    assert three(province) == (NO_TERM, NO_TERM, UNKNOWN)
    assert province["payung_sejak"] == (date(2026, 1, 27) if renewed else date(2021, 10, 28))
    assert province["konflik"] is renewed


def test_the_gap_list_filters_by_province(register: None):
    found = questions.answer("celah_kerja_sama", {"provinsi": "Kaltim", "per_tanggal": "2026-03-31"})
    assert sorted(found["kode_wilayah"]) == [code for code in CODES if code.startswith("64")]


def test_the_last_stated_zone_is_not_of_a_later_year(register: None):
    assert gaps(date(2023, 6, 30))["64.08"]["zona_terakhir"] == "Kuning"
    assert gaps(date(2024, 6, 30))["64.08"]["zona_terakhir"] == "Hijau"
    assert gaps(date(2020, 6, 30))["64.08"]["zona_terakhir"] is None


def test_the_history_of_a_region_shows_the_version_recorded_with_another_region(register: None):
    found = questions.answer(
        "riwayat_kerja_sama", {"wilayah": "63.01", "per_tanggal": "2026-03-31"}
    ).to_dicts()
    assert [(r["id"], r["konflik"], r["is_versi"]) for r in found] == [
        ("KS-63.01-20221130-NK", False, False),
        ("KS-63-20260126-NK-versi2", True, True),
        ("KS-63.01-20260127-NK", True, False),
    ]


def test_the_history_of_kutai_timur_says_who_said_none(register: None):
    found = questions.answer("riwayat_kerja_sama", {"wilayah": "Kutai Timur"}).to_dicts()
    assert [(r["instrumen"], r["tanggal"]) for r in found] == [
        ("Berita Acara", date(2023, 11, 22)),
        ("Belum ada", date(2025, 11, 28)),
    ]


def test_the_timeline_joins_a_renewal_to_what_it_renews(register: None):
    found = questions.answer("linimasa_kerja_sama", {"per_tanggal": "2026-03-31"}).to_dicts()
    row = next(r for r in found if r["id"] == "KS-63.02-20260127-NK")
    assert (row["tanggal"], row["tanggal_pendahulu"], row["konflik"]) == (
        date(2026, 1, 28),
        date(2022, 11, 30),
        True,
    )
    assert not any(r["id"].endswith("versi2") or r["id"].endswith("TT") for r in found)
    assert {type(r["konflik"]) for r in found} == {bool}


# Each rule by itself: one region of its own, whose shipped rows say nothing about a mark.
def statement(code: str, name: str, **told: Any) -> dict[str, Any]:
    return {"id": f"{code}-{name}", "kode_wilayah": code} | told


MOU, PKS = "Nota Kesepahaman", "Perjanjian Kerja Sama (PKS)"
RULES = [
    statement("64.01", "a", instrumen=MOU, tanggal_tanda_tangan=date(2024, 1, 10), berakhir=date(2026, 1, 9)),
    statement("64.03", "a", instrumen=MOU, tanggal_tanda_tangan=date(2024, 1, 10), berakhir_terbuka="ya"),
    statement("64.03", "b", instrumen=PKS, tahap_proses="Perundingan", per_tanggal=date(2024, 6, 1)),
    statement("64.07", "a", instrumen=MOU, tanggal_tanda_tangan=date(2024, 1, 10)),
    statement("64.07", "b", instrumen="Belum ada", per_tanggal=date(2025, 1, 1), dinyatakan_oleh="Sekda"),
    statement("64.09", "a", instrumen="Belum ada", per_tanggal=date(2024, 1, 1), target_tahun=2026),
    statement("64.09", "b", instrumen=MOU, tanggal_tanda_tangan=date(2025, 3, 1)),
    statement("64.11", "a", instrumen=MOU, tahun_tanda_tangan=2024),
    statement(
        "64.71", "a", instrumen=MOU, tanggal_seremoni=date(2024, 3, 1), tanggal_tanda_tangan=date(2024, 3, 9)
    ),
    statement("64.72", "a", instrumen=MOU, tanggal_tanda_tangan=date(2022, 1, 1), berakhir=date(2023, 1, 1)),
    statement("64.72", "b", instrumen="Belum ada", per_tanggal=date(2024, 1, 1)),
    statement("64.72", "c", instrumen=MOU, tahap_proses="Penjajakan", per_tanggal=date(2025, 1, 1)),
    statement("64.74", "a", instrumen="Belum ada", tanda="jejaring", per_tanggal=date(2024, 1, 1)),
    statement("64", "a", instrumen=MOU, tahap_proses="Usulan", per_tanggal=date(2024, 1, 1)),
]
SIGNED_LATER = [
    statement(
        "64",
        "a",
        tahap_proses="Penandatanganan",
        tanggal_tanda_tangan=date(2025, 2, 1),
        per_tanggal=date(2025, 2, 1),
    )
]
FOCAL = [
    {
        "kode_wilayah": "64.01",
        "opd": name,
        "tanggal_komitmen": date(2024, 5, 5),
        "sumber_alamat": "https://contoh.id",
    }
    for name in ("Dinas A", "Dinas B", "Dinas C")
]
EVENTS = [
    {"id": "k1", "kode_wilayah": "64.03", "jenis": "rapat koordinasi", "tanggal": date(2025, 6, 1)},
    {"id": "k2", "kode_wilayah": "64.07", "jenis": "rapat koordinasi", "tanggal": date(2024, 6, 1)},
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shipped registers with the statements above on top, in two uploads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        for kind, rows, day in [
            ("kerja_sama", RULES, date(2025, 1, 1)),
            ("kerja_sama", SIGNED_LATER, date(2025, 2, 1)),
            ("narahubung", FOCAL, date(2025, 1, 1)),
            ("kegiatan", EVENTS, date(2025, 6, 1)),
        ]:
            extracts.keep(Extract(rows, day, kind=kind))
        build.build()
        yield


def mark(code: str, name: str, t: str) -> dict[str, Any]:
    rows = questions.answer("tanda_kerja_sama", {"per_tanggal": t}).to_dicts()
    return next(row for row in rows if row["kode_wilayah"] == code and row["tanda"] == name)


@pytest.mark.parametrize(
    ("code", "name", "t", "expected"),
    [
        ("64.01", "payung", "2024-01-09", UNKNOWN),
        ("64.01", "payung", "2024-01-10", "berlaku"),
        ("64.01", "payung", "2025-07-12", "berlaku"),
        ("64.01", "payung", "2025-07-13", "segera berakhir"),
        ("64.01", "payung", "2026-01-09", "segera berakhir"),
        ("64.01", "payung", "2026-01-10", "berakhir"),
        ("64.01", "jejaring", "2024-05-04", UNKNOWN),
        ("64.01", "jejaring", "2024-05-05", "ada"),
        ("64.03", "payung", "2030-01-01", "berlaku"),
        ("64.03", "pelaksanaan", "2024-05-31", UNKNOWN),
        ("64.03", "pelaksanaan", "2024-06-01", "dalam proses"),
        ("64.07", "payung", "2025-06-01", NO_TERM),
        ("64.07", "pelaksanaan", "2025-06-01", "belum ada"),
        ("64.09", "payung", "2024-06-01", "belum ada"),
        ("64.09", "payung", "2025-03-01", NO_TERM),
        ("64.11", "payung", "2024-12-30", UNKNOWN),
        ("64.11", "payung", "2024-12-31", NO_TERM),
        ("64.71", "payung", "2024-03-08", UNKNOWN),
        ("64.71", "payung", "2024-03-09", NO_TERM),
        ("64.72", "payung", "2023-01-01", "segera berakhir"),
        ("64.72", "payung", "2024-06-01", "berakhir"),
        ("64.72", "payung", "2025-06-01", "dalam proses"),
        ("64.74", "jejaring", "2024-06-01", "belum ada"),
        ("64.74", "payung", "2024-06-01", UNKNOWN),
        ("64", "payung", "2024-06-01", "dalam proses"),
        ("64", "payung", "2025-02-01", NO_TERM),
    ],
)
def test_a_mark_is_exactly_one_of_its_words(rules: None, code: str, name: str, t: str, expected: str):
    assert mark(code, name, t)["keadaan"] == expected


def test_a_newer_statement_of_none_does_not_beat_a_signing_but_is_a_conflict(rules: None):
    assert (
        mark("64.07", "payung", "2024-12-31")["konflik"],
        mark("64.07", "payung", "2025-01-01")["konflik"],
    ) == (
        False,
        True,
    )


def test_an_older_statement_of_none_is_no_conflict(rules: None):
    assert mark("64.09", "payung", "2025-06-01")["konflik"] is False


def test_the_target_year_is_gone_once_signed(rules: None):
    assert gaps(date(2024, 6, 1))["64.09"]["target_tahun"] == 2026
    assert gaps(date(2024, 6, 1))["64.09"]["batas_daftar"] == date(2025, 12, 31)
    assert gaps(date(2025, 6, 1))["64.09"]["target_tahun"] is None


def test_days_to_the_end_are_counted(rules: None):
    row = mark("64.01", "payung", "2025-12-31")
    assert (row["berakhir"], row["hari_ke_berakhir"], row["celah"]) == (date(2026, 1, 9), 9, "ya")


def test_focal_points_of_the_list_alone_are_a_network_with_its_source(rules: None):
    row = mark("64.01", "jejaring", "2025-06-01")
    assert (row["jumlah_opd"], row["sejak"], row["sumber_alamat"]) == (
        3,
        date(2024, 5, 5),
        "https://contoh.id",
    )


def test_an_agreement_is_inactive_only_where_the_activity_register_is_complete(rules: None):
    assert mark("64.03", "payung", "2026-01-01")["aktif"] == "aktif"
    assert mark("64.07", "payung", "2026-01-01")["aktif"] == "kegiatan tidak tercatat lengkap"
    assert mark("64.07", "payung", "2024-06-01")["aktif"] == "aktif"
    assert mark("64.74", "jejaring", "2026-01-01")["aktif"] is None


def _random_statement(chance: random.Random, number: int, code: str) -> dict[str, Any]:
    def day() -> date:
        return date(2021, 1, 1) + timedelta(days=chance.randrange(1900))

    kind = chance.choice([row["istilah"] for row in boring.reference("instrumen")])
    row: dict[str, Any] = {
        "id": f"Z{number:03d}",
        "kode_wilayah": code,
        "instrumen": kind,
        "per_tanggal": day(),
    }
    for name, likely in [("tanggal_seremoni", 0.4), ("tanggal_tanda_tangan", 0.5)]:
        if chance.random() < likely:
            row[name] = day()
    if chance.random() < 0.2:
        row["tahun_tanda_tangan"] = chance.randrange(2021, 2026)
    if chance.random() < 0.5:
        row["tahap_proses"] = chance.choice([r["istilah"] for r in boring.reference("tahap_kerja_sama")])
    if chance.random() < 0.4:
        row["berakhir"] = day()
    elif chance.random() < 0.3:
        row["berakhir_terbuka"] = "ya"
    if number and chance.random() < 0.25:
        row["id_pendahulu"] = f"Z{chance.randrange(number):03d}"
    if chance.random() < 0.3:
        row["id_peristiwa"] = f"E{chance.randrange(8)}"
    if chance.random() < 0.15:
        row["versi_dari"] = f"E{chance.randrange(8)}"
    return row


@pytest.mark.parametrize("seed", range(11, 14))
def test_marks_of_random_statements(cermin_data: Any, seed: int):
    chance = random.Random(seed)
    added = [_random_statement(chance, number, chance.choice(CODES)) for number in range(150)]
    extracts.keep(Extract(added, date(2026, 3, 31), kind="kerja_sama"))
    build.build()
    told = boring_marks.statements(boring_marks.shipped() + added)
    listed = {(row["tanda"], row["keadaan"]) for row in boring.reference("celah") if row["celah"] == "ya"}
    for t in [date(2021, 6, 30), date(2023, 6, 30), date(2024, 2, 29), date(2025, 12, 31), date(2026, 3, 31)]:
        found = {
            (r["kode_wilayah"], r["tanda"]): r
            for r in questions.answer("tanda_kerja_sama", {"per_tanggal": t}).to_dicts()
        }
        rows = gaps(t)
        for code in CODES:
            marks = {name: boring_marks.mark(told, code, name, t) for name in MARKS}
            for name, (state, day, conflict) in marks.items():
                row = found[code, name]
                assert (row["keadaan"], row["sejak"], row["konflik"]) == (state, day, conflict), (
                    t,
                    code,
                    name,
                    row,
                )
            lacking = [name for name in MARKS if (name, marks[name][0]) in listed]
            assert rows[code]["celah"] == (" | ".join(lacking) or None)
            assert rows[code]["konflik"] == any(conflict for _, _, conflict in marks.values())
