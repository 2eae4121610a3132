"""Registers and published figures: read as they stand, compared, never repaired."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pipelines import build, questions
from tests.pipelines import boring, extracts
from tests.pipelines.boring import Figures
from tests.pipelines.extracts import Extract

CODES = [row["kode_wilayah"] for row in boring.regions() if row["kode_wilayah"]]
KINDS = {
    "laporan_masyarakat": "LM",
    "respon_cepat": "RCO",
    "konsultasi_non_laporan": "KNL",
    "tembusan": "Tembusan",
}
CLOSINGS = ("laporan_selesai", "laporan_ditutup")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """Random laporan that cover whole years of one province and half a year of the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        made = extracts.random_extracts(5, CODES)
        made[0].sejak, made[0].per_tanggal = date(2023, 1, 2), date(2024, 12, 31)
        for extract in made:
            extracts.keep(extract)
        build.build()
        yield Figures(made)


def rows(question: str, **values: Any) -> list[dict[str, Any]]:
    return questions.answer(question, values).to_dicts()


def test_published_figures_stand_beside_our_own_count(figures: Figures):
    t = date(2025, 6, 30)
    found = {row["id"]: row for row in rows("rekonsiliasi_publikasi", per_tanggal=t)}
    listed = boring.reference("angka_publikasi")
    wanted = [
        row
        for row in listed
        if row["indikator"] in (*KINDS, *CLOSINGS, "akses_total")
        and not row["rincian"]
        and row["periode_mulai"]
        and row["periode_akhir"]
    ]
    assert set(found) == {row["id"] for row in wanted}
    counted = 0
    for row in wanted:
        expected = _own_count(figures, row, t)
        counted += expected is not None
        assert found[row["id"]]["hitungan_kita"] == expected, row
        difference = None if expected is None else expected - float(row["nilai"])
        assert found[row["id"]]["selisih"] == difference
    assert counted >= 8


def _own_count(figures: Figures, row: dict[str, Any], t: date) -> int | None:
    """Our count of the area in the period; None unless every month of it is covered to its end."""
    first, last = date.fromisoformat(row["periode_mulai"]), date.fromisoformat(row["periode_akhir"])
    members = [
        r
        for r in boring.regions()
        if r["kode_wilayah"] and row["kode_wilayah"] in (r["kode_wilayah"], r["provinsi"])
    ]
    if not members or last > t:
        return None
    province = members[0]["provinsi"]
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start = date(month // 12, month % 12 + 1, 1)
        end = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        ends = [e for e in figures.extracts if e.sejak and province in e.cakupan and e.sejak < end]
        if (
            not any(e.per_tanggal >= min(last, date.fromordinal(end.toordinal() - 1)) for e in ends)
            or start > t
        ):
            return None
    codes = {r["kode_wilayah"] for r in members}
    if row["indikator"] in CLOSINGS:
        return sum(c["wilayah_terlapor"] in codes and boring.closed(c, last, first) for c in figures.laporan)
    return sum(
        c["wilayah_terlapor"] in codes
        and bool(c["tanggal_masuk"])
        and first <= c["tanggal_masuk"] <= last
        and KINDS.get(row["indikator"], c["tipe_laporan"]) == c["tipe_laporan"]
        for c in figures.cases
    )


def test_a_change_compares_only_regions_that_both_periods_cover(figures: Figures):
    values = {"per_tanggal": date(2025, 5, 20), "sejak": date(2025, 1, 1)}
    before = {"per_tanggal_sebelum": date(2024, 12, 31), "sejak_sebelum": date(2024, 8, 1)}
    found = {row["ukuran"]: row for row in rows("perubahan", **values, **before)}
    both = {"63", "64"}
    cases = [c for c in figures.laporan if (c["wilayah_terlapor"] or "63")[:2] in both]
    now = [c for c in cases if boring.received(c, values["per_tanggal"], values["sejak"])]
    then = [c for c in cases if boring.received(c, before["per_tanggal_sebelum"], before["sejak_sebelum"])]
    assert (found["Laporan masuk"]["sebelumnya"], found["Laporan masuk"]["sekarang"]) == (len(then), len(now))
    # From 21 May 2025 on only one of the two provinces is covered: the other is left out of both sides.
    values["per_tanggal"] = date(2025, 6, 30)
    found = {row["ukuran"]: row for row in rows("perubahan", **values, **before)}
    codes = {r["kode_wilayah"] for r in figures.chosen() if r["provinsi"] != "63"}
    left = [c for c in then if c["wilayah_terlapor"] in codes]
    assert found["Laporan masuk"]["sebelumnya"] == len(left)


def test_a_change_from_a_time_before_the_data_is_unknown(figures: Figures):
    found = rows("perubahan", per_tanggal="2024-12-31", sejak="2023-01-01", per_tanggal_sebelum="2022-12-31")
    assert [(row["sebelumnya"], row["sekarang"]) for row in found[:4]] == [(None, None)] * 4
    assert found[4]["ukuran"] == "Wilayah berpayung" and found[4]["sebelumnya"] == 14


def test_published_figures_are_listed_with_their_source(figures: Figures):
    found = {row["id"]: row for row in rows("angka_publikasi")}
    assert len(found) == len(boring.reference("angka_publikasi"))
    assert found["AP64-001"]["nilai"] == 657
    keterangan = {row["id"]: row["keterangan"] for row in boring.reference("sumber")}
    assert found["AP64-001"]["sumber_judul"] == keterangan["S108"]
    assert {row["kode_wilayah"] for row in rows("angka_publikasi", provinsi="64")} == {"64", "64.03"}


def test_assessments_keep_their_versions_and_no_year_is_invented(figures: Figures):
    listed = boring.reference("penilaian")
    found = rows("penilaian_wilayah", per_tanggal="2026-03-31")
    assert len(found) == len(listed)
    own = rows("penilaian_wilayah", wilayah="64.08", per_tanggal="2024-01-01")
    assert [(r["tahun"], r["zona"], r["kategori"]) for r in own] == [
        (2021, "Kuning", None),
        (2023, "Kuning", "C"),
        (2024, "Hijau", None),
    ]
    not_assessed = [r["kode_wilayah"] for r in found if r["status_lokus"] == "bukan lokus"]
    assert len(not_assessed) == sum(row["status_lokus"] == "bukan lokus" for row in listed)


def test_events_are_newest_first_and_the_undated_one_is_last(figures: Figures):
    found = rows("kegiatan_wilayah", per_tanggal="2026-03-31")
    dates = [row["tanggal"] for row in found]
    assert dates[-1] is None and dates[:-1] == sorted(dates[:-1], reverse=True)
    assert len(found) == len(boring.reference("kegiatan"))
    assert {row["id"] for row in found if row["is_versi"]} == {"KG-20260126-63-versi2"}
    assert [row["id"] for row in rows("kegiatan_wilayah", wilayah="64.02", per_tanggal="2025-08-04")] == [
        "KG-20220518-64.02"
    ]


def test_focal_points_have_no_names_of_persons(figures: Figures):
    found = rows("narahubung_wilayah", wilayah="64.02")
    assert [(row["jumlah_opd"], row["tanggal_komitmen"]) for row in found] == [(16, date(2022, 5, 18))]


def test_an_upload_corrects_a_shipped_statement_and_its_undoing_restores_it(cermin_data: Any):
    told = {"id": "KS-63.01-20260127-NK", "berakhir": date(2029, 1, 27)}
    kept = extracts.keep(Extract([told], date(2026, 2, 1), kind="kerja_sama"))
    build.build()

    def mark() -> tuple:
        found = rows("celah_kerja_sama", per_tanggal="2026-03-31")
        return next((r["payung"], r["payung_berakhir"]) for r in found if r["kode_wilayah"] == "63.01")

    assert mark() == ("berlaku", date(2029, 1, 27))
    from pipelines import lake

    lake.undo(kept.batch, "uji")
    build.build()
    assert mark() == ("masa berlaku belum diketahui", None)


def test_coverage_and_regions_are_listed(figures: Figures):
    assert {(r["kode_provinsi"], r["nama"]) for r in rows("cakupan_data")} == {
        ("63", "Kalimantan Selatan"),
        ("64", "Kalimantan Timur"),
    }
    found = {row["kode_wilayah"]: row for row in rows("daftar_wilayah")}
    assert list(found) == CODES
    assert (found["63.03"]["nama"], found["63.03"]["nama_pendek"]) == ("Kabupaten Banjar", "Banjar")
    assert found["64"]["nama"] == "Provinsi Kalimantan Timur"
    assert found["64.72"]["nama_provinsi"] == "Kalimantan Timur"
