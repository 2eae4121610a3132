"""Each rule on a small world whose signals anybody can count, by the production way from the lake on."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines import build, questions, reference, warehouse
from pipelines.signals import find, present
from tests.pipelines import extracts
from tests.pipelines.extracts import Extract, laporan

LAST, FIRST = date(2026, 7, 31), date(2023, 1, 1)
QUIET, LATE, BUSY = "64.11", "64.08", "64.72"
FOUND = {"kesimpulan_lhp": "ditemukan Maladministrasi"}


def _days(*months_and_counts: tuple[int, int, int]) -> list[date]:
    """(year, month, how many) -> so many days of that month."""
    return [date(year, month, 1 + at % 28) for year, month, count in months_and_counts for at in range(count)]


def _late() -> list[dict[str, Any]]:
    """Two LHP of March and one of May in one region; one more that was followed up in time."""
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 5, 4)]
    rows = [laporan(n, tanggal_masuk=day, tanggal_lhp=day, **FOUND) for n, day in enumerate(days, start=1)]
    rows.append(laporan(4, tanggal_masuk=days[0], tanggal_lhp=days[0], tanggal_resmon=days[0], **FOUND))
    return [row | {"wilayah_terlapor": LATE} for row in rows]


def _busy() -> list[dict[str, Any]]:
    """About ten a month for three years, closed the same day, then sixty; a cluster of nine at the end."""
    months = [(2023 + at // 12, at % 12 + 1, 9 + at % 3) for at in range(42)]
    days = _days(*months, (2026, 7, 51))
    rows = [laporan(1000 + n, tanggal_masuk=day, tanggal_tutup=day) for n, day in enumerate(days)]
    cell = {"instansi_terlapor": "Dinas Pendidikan", "substansi": "Pendidikan"}
    rows += [
        laporan(5000 + n, tanggal_masuk=LAST - timedelta(days=n), tanggal_tutup=LAST, **cell)
        for n in range(9)
    ]
    return [row | {"wilayah_terlapor": BUSY, "tahap": "Ditutup"} for row in rows]


def _agreement(code: str, days_left: int) -> dict[str, Any]:
    told = {"id": f"U-{code}", "kode_wilayah": code, "instrumen": "Nota Kesepakatan", "per_tanggal": FIRST}
    return told | {"tanggal_tanda_tangan": FIRST, "berakhir": LAST + timedelta(days=days_left)}


def _product(number: str, status: str | None, due: date) -> dict[str, Any]:
    told = {"nomor": number, "jenis": "tindakan korektif", "tanggal": FIRST, "kode_wilayah": LATE}
    return told | {"batas_tindak_lanjut": due, "status_tindak_lanjut": status}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pl.DataFrame]:
    """The table `sinyal` of that world."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        extracts.keep(Extract([*_late(), *_busy()], LAST, FIRST, ("64",)))
        agreements = [_agreement(code, days) for code, days in (("64.01", 100), ("64.02", 90), ("64.03", 30))]
        extracts.keep(Extract([*agreements, _agreement("64.07", 181)], LAST, kind="kerja_sama", cakupan=()))
        due = date(2026, 6, 30)
        products = [
            _product("P-1", "belum", due),
            _product("P-2", None, due),
            _product("P-3", "dilaksanakan", due),
        ]
        extracts.keep(Extract([*products, _product("P-4", "belum", LAST)], LAST, kind="produk", cakupan=()))
        build.build()
        yield warehouse.connect().ask("from sinyal")


def _of(world: pl.DataFrame, rule: str) -> list[dict[str, Any]]:
    return world.filter(aturan=rule).sort("pokok", "periode").to_dicts()


def test_laporan_beyond_a_verified_deadline_are_counted_by_the_month_in_which_it_passed(world):
    march, may = _of(world, "lewat_tenggat")
    assert (march["jumlah"], may["jumlah"]) == (2, 1)
    assert (march["pokok"], march["batas"], march["satuan"]) == (
        f"{LATE}:tindak_lanjut_lhp",
        30,
        "hari kerja",
    )
    assert "penanggung: Terlapor" in march["kalimat"] and "0001/LM/UJI" in march["kasus"]


def test_the_late_ones_add_up_to_what_the_indicator_says(world):
    stock = questions.answer("ringkasan_wilayah", {"per_tanggal": LAST})
    assert sum(row["jumlah"] for row in _of(world, "lewat_tenggat")) == stock["lewat_tenggat"].sum()


def test_an_agreement_warns_at_each_step_before_its_end_and_not_earlier(world):
    found = {row["kode_wilayah"]: (row["batas"], row["urgensi"]) for row in _of(world, "kerja_sama_berakhir")}
    assert found == {"64.01": (180, 2), "64.02": (90, 2), "64.03": (30, 1)}
    (half,) = [row for row in _of(world, "kerja_sama_berakhir") if row["kode_wilayah"] == "64.01"]
    assert half["sejak"] == LAST + timedelta(days=100 - 180)


def test_an_obligation_is_overdue_only_when_its_status_says_so(world):
    (late,), (untold,) = _of(world, "kewajiban_lewat"), _of(world, "kewajiban_tanpa_status")
    assert (late["pokok"], late["nilai"], late["sejak"]) == ("P-1", 31, date(2026, 7, 1))
    assert (untold["pokok"], untold["urgensi"]) == ("P-2", 3)


def test_the_planning_deadline_of_a_stated_gap_without_a_stage_is_told_even_when_it_has_passed(world):
    (gap,) = _of(world, "batas_daftar")
    assert (gap["kode_wilayah"], gap["periode"], gap["sejak"]) == (LATE, "2025-12-31", date(2025, 11, 28))
    assert gap["nilai"] == (date(2025, 12, 31) - LAST).days


def test_sixty_laporan_after_years_of_ten_break_the_limit(world):
    found = {row["pokok"]: row for row in _of(world, "xmr_masuk")}
    assert set(found) == {BUSY, "provinsi:64"}  # the other regions are too quiet: read with their province
    assert (found[BUSY]["periode"], found[BUSY]["nilai"]) == ("2026-07", 60)
    assert found[BUSY]["batas"] < 60 and "di atas batas wajarnya" in found[BUSY]["kalimat"]


def test_nine_laporan_on_one_office_and_subject_in_two_weeks_are_a_cluster(world):
    (cluster,) = _of(world, "klaster")
    assert cluster["pokok"] == f"{BUSY}:Dinas Pendidikan:Pendidikan"
    assert (cluster["nilai"], cluster["sejak"], cluster["periode"]) == (9, date(2026, 7, 23), "2026-07")
    assert 5 <= cluster["batas"] <= 9


def test_what_is_stale_is_so_by_the_calendar_alone(world):
    rows = {row["pokok"]: row for row in _of(world, "data_basi")}
    assert set(rows) == {"laporan:64", "kerja_sama", "produk"}
    assert rows["laporan:64"]["sejak"] == LAST + timedelta(days=46)
    for days, stale in ((45, 0), (46, 1), (200, 3)):
        shown = present.overlay(world, LAST + timedelta(days=days)).filter(aturan="data_basi")
        assert shown.height == stale
    assert set(shown["nilai"]) == {200}


def test_nothing_is_named_that_identifies_a_complainant_and_every_sentence_is_whole(world):
    words = world.select("kalimat", "arti", "langkah").unpivot()["value"]
    assert not words.str.contains(r"[{}]|\bNone\b|\bnan\b|tidak diketahui").any()


def test_every_rule_of_the_list_can_be_raised(world, silent):
    raised = set(world["aturan"]) | set(silent["aturan"])
    assert set(reference.read("aturan_sinyal")["kode"]) == raised


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pl.DataFrame]:
    """Signals of a province that falls silent, has old open laporan, and an agreement nobody acts upon."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cermin")
        patch.setenv("CERMIN_DATA", str(folder))
        days = _days(*((2024 + at // 12, at % 12 + 1, 20) for at in range(30)), (2026, 7, 3))
        rows = [
            laporan(n, tanggal_masuk=day, tanggal_tutup=day + timedelta(n % 20)) for n, day in enumerate(days)
        ]
        rows = [row if row["tanggal_tutup"] <= LAST else row | {"tanggal_tutup": LAST} for row in rows]
        rows += [laporan(9000 + n, tanggal_masuk=date(2025, 12, 1 + n)) for n in range(3)]
        extracts.keep(
            Extract([row | {"wilayah_terlapor": QUIET} for row in rows], LAST, date(2024, 1, 1), ("64",))
        )
        extracts.keep(Extract([_agreement("64.01", 900)], LAST, kind="kerja_sama", cakupan=()))
        build.build()
        copy = shutil.copy(warehouse.current(), folder / "salinan.duckdb")
        yield _with_complete_register(Path(copy))


def _with_complete_register(file: Path) -> pl.DataFrame:
    """The signals when the record of events of one region is stated to be complete."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "insert into muat_kegiatan_lengkap by name"
            " select '64.01' as kode_wilayah, date '2022-01-01' as sejak, null as sampai"
        )
        return find.find(connection)


def test_a_month_far_below_the_year_before_is_told(silent):
    (fall,) = _of(silent, "turun_mencolok")
    assert (fall["pokok"], fall["periode"], fall["nilai"]) == ("provinsi:64", "2026-07", 3)
    assert fall["batas"] == pytest.approx((20 * 11 + 20 + 3) / 12 / 2, abs=1)


def test_three_laporan_older_than_nine_in_ten_of_their_region_are_one_signal(silent):
    (old,) = _of(silent, "umur_p90")
    assert (old["pokok"], old["jumlah"], old["periode"]) == (QUIET, 3, "2026")
    assert old["nilai"] == (LAST - date(2025, 12, 1)).days
    assert old["sejak"] == date(2025, 12, 1) + timedelta(days=int(old["batas"]) + 1)
    assert "3 dari 2025" in old["kalimat"]


def test_an_agreement_without_events_for_twelve_months_is_told_where_the_record_is_complete(silent):
    (idle,) = _of(silent, "tidak_aktif")
    assert (idle["pokok"], idle["periode"], idle["sejak"]) == ("64.01:payung", "2023-01-01", date(2024, 1, 1))
