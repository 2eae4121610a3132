"""Small batches whose figures anybody can count: coverage, null and zero, deadlines, ages, stages, blanks."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pipelines import build, lake, questions
from tests.pipelines import extracts
from tests.pipelines.expected import required
from tests.pipelines.extracts import Extract, laporan

CLOSED = {"tahap": "Ditutup"}
ROWS = [
    laporan(1, tanggal_masuk=date(2025, 1, 2), wilayah_terlapor="64.08", tahap="Pemeriksaan"),
    laporan(
        2, tanggal_masuk=date(2025, 1, 20), wilayah_terlapor="64.08", tanggal_tutup=date(2025, 2, 3), **CLOSED
    ),
    laporan(3, tanggal_masuk=date(2025, 1, 20), wilayah_terlapor="64.08", **CLOSED),
    laporan(4, tanggal_masuk=date(2025, 2, 3), wilayah_terlapor=None),
    laporan(5, tanggal_masuk=date(2025, 2, 3), wilayah_terlapor="64.08", tipe_laporan="KNL"),
    laporan(6, tanggal_masuk=date(2025, 1, 6), wilayah_terlapor="64.02", tanggal_lhp=date(2025, 3, 3)),
    laporan(7, tanggal_masuk=date(2025, 1, 6), wilayah_terlapor="64.02", tanggal_lhp=date(2025, 3, 3))
    | {"tanggal_resmon": date(2025, 4, 20)},
    laporan(8, tanggal_masuk=date(2025, 1, 6), wilayah_terlapor="64.02", tanggal_lhp=date(2025, 3, 3))
    | {"kesimpulan_lhp": "tidak ditemukan Maladministrasi"},
    laporan(
        9, tanggal_masuk=date(2025, 1, 6), wilayah_terlapor="64.02", tanggal_lhp=date(2025, 3, 3), **CLOSED
    ),
    laporan(
        10,
        tanggal_masuk=date(2025, 1, 6),
        wilayah_terlapor="64.03",
        peristiwa="P",
        tanggal_verifikasi=date(2025, 1, 20),
    ),
    laporan(11, tanggal_masuk=date(2025, 1, 7), wilayah_terlapor="64.03", peristiwa="P"),
    laporan(12, tanggal_masuk=date(2025, 1, 8), wilayah_terlapor="64.03"),
    laporan(13, tanggal_masuk=date(2025, 1, 8), wilayah_terlapor="63.10"),
]
TIMES = [
    Extract(ROWS, date(2025, 4, 30), date(2025, 1, 2), ("64",)),
    Extract(
        [laporan(20, tanggal_masuk=date(2025, 7, 10), wilayah_terlapor="64.08")],
        date(2025, 7, 31),
        date(2025, 7, 10),
        ("64",),
    ),
    Extract([laporan(1, tanggal_tutup=date(2025, 9, 1))], date(2025, 9, 30), None, ()),
]


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        for extract in TIMES:
            extracts.keep(extract)
        build.build()
        yield


def region(code: str | None, t: str, **values: Any) -> dict[str, Any]:
    rows = questions.answer("ringkasan_wilayah", {"per_tanggal": t, **values}).to_dicts()
    return next(row for row in rows if row["kode_wilayah"] == code)


def months(**values: Any) -> dict[str, tuple]:
    rows = questions.answer("arus_bulanan", values).to_dicts()
    return {f"{r['bulan']:%Y-%m}": (r["masuk"], r["ditutup"], r["terbuka"], r["lengkap"]) for r in rows}


def test_a_covered_region_without_a_laporan_is_zero_and_not_unknown(by_hand: None):
    row = region("64.71", "2025-04-30")
    assert (row["masuk"], row["terbuka"], row["lewat_tenggat"], row["peristiwa"], row["tingkat_100k"]) == (
        0,
        0,
        0,
        0,
        0,
    )
    assert (row["persen_selesai"], row["selesai_bawah"]) == (None, None)
    assert row["tingkat_atas"] == pytest.approx(3.689 / 757418 * 100000, abs=1e-3)


def test_a_region_that_no_batch_covers_is_unknown_even_where_a_row_names_it(by_hand: None):
    row = region("63.10", "2025-04-30")
    told = {name for name, value in row.items() if value is not None}
    assert told == {"kode_wilayah", "nama", "provinsi", "penduduk"}


@pytest.mark.parametrize("t", ["2025-01-01", "2025-05-01", "2025-07-09", "2025-08-01", "2025-09-30"])
def test_a_date_outside_every_coverage_is_unknown(by_hand: None, t: str):
    assert region("64.08", t)["masuk"] is None
    assert region(None, t)["masuk"] is None
    total = questions.answer("ringkasan_provinsi", {"per_tanggal": t}).to_dicts()[-1]
    assert (total["masuk"], total["penduduk"], total["tingkat_100k"]) == (None, None, None)


def test_a_total_counts_what_is_covered(by_hand: None):
    total = questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-04-30"}).to_dicts()
    assert [(row["kode_provinsi"], row["masuk"]) for row in total] == [
        ("63", None),
        ("64", 10),
        (None, 1),
        ("semua", 11),
    ]
    assert total[-1]["penduduk"] == total[1]["penduduk"] == 4123303


def test_months_between_two_coverages_are_unknown(by_hand: None):
    found = months(per_tanggal="2025-07-31", provinsi="64")
    assert found == {
        "2025-01": (10, 0, 8, True),
        "2025-02": (0, 1, 7, True),
        "2025-03": (0, 0, 7, True),
        "2025-04": (0, 0, 7, True),
        "2025-05": (None, None, None, False),
        "2025-06": (None, None, None, False),
        "2025-07": (1, 0, 8, True),
    }


def test_a_month_that_has_not_ended_is_incomplete(by_hand: None):
    assert months(per_tanggal="2025-04-15", provinsi="64")["2025-04"] == (0, 0, 7, False)
    assert months(per_tanggal="2025-04-30", sejak="2025-01-10", provinsi="64")["2025-01"] == (2, 0, 8, False)


def test_the_data_speak_until_the_last_coverage_not_the_last_partial_list(by_hand: None):
    assert questions.default_date() == date(2025, 7, 31)
    assert region("64.08", "2025-07-31") == region("64.08", "")


def test_closed_without_a_date_is_neither_open_nor_closed_nor_late(by_hand: None):
    row = region("64.08", "2025-04-30")
    assert (row["masuk"], row["ditutup"], row["terbuka"]) == (3, 1, 1)
    assert row["persen_selesai"] == pytest.approx(100 / 3)
    own = next(
        r
        for r in questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-04-30"}).to_dicts()
        if r["kode_provinsi"] == "64"
    )
    assert own["ditutup_tanpa_tanggal"] == 2
    left = questions.answer("sisa_per_tahun", {"per_tanggal": "2025-04-30", "wilayah": "64.08"}).to_dicts()
    assert left == [{"tahun": 2025, "masuk": 3, "ditutup": 1, "ditutup_tanpa_tanggal": 1, "terbuka": 1}]


def test_a_laporan_without_a_region_has_a_row_of_its_own(by_hand: None):
    row = region(None, "2025-04-30")
    assert (row["nama"], row["provinsi"], row["masuk"], row["penduduk"], row["tingkat_100k"]) == (
        "wilayah tidak disebut", None, 1, None, None,
    )  # fmt: skip


def test_konsultasi_is_contact_and_no_laporan(by_hand: None):
    rows = questions.answer("akses_bulanan", {"per_tanggal": "2025-04-30", "wilayah": "64.08"}).to_dicts()
    counts = {row["tipe_laporan"]: row["jumlah"] for row in rows if row["bulan"] == date(2025, 2, 1)}
    assert counts == {"LM": 0, "RCO": 0, "IAPS": 0, "KNL": 1, "Tembusan": 0}


def test_an_incident_counts_once(by_hand: None):
    row = region("64.03", "2025-04-30")
    assert (row["masuk"], row["peristiwa"]) == (3, 2)


def test_the_thirtieth_working_day_is_in_time_and_the_next_is_late(by_hand: None):
    """From Monday 3 March 2025: 18 days to the 27th, Lebaran, 8-11 and 14-17 April; the 30th is 24 April."""
    assert region("64.02", "2025-04-24")["lewat_tenggat"] == 0
    assert region("64.02", "2025-04-25")["lewat_tenggat"] == 1


def test_a_clock_stops_at_resmon_and_never_starts_for_another_conclusion(by_hand: None):
    rows = questions.answer("tenggat_berjalan", {"per_tanggal": "2025-04-19", "wilayah": "64.02"}).to_dicts()
    assert (rows[0]["kode"], rows[0]["berjalan"], rows[0]["lewat"]) == ("tindak_lanjut_lhp", 2, 0)
    rows = questions.answer("tenggat_berjalan", {"per_tanggal": "2025-04-20", "wilayah": "64.02"}).to_dicts()
    assert (rows[0]["berjalan"], rows[0]["lewat"]) == (1, 0)
    uncomputed = {row["kode"] for row in rows if row["berjalan"] is None}
    assert uncomputed == {
        "lengkapi_berkas",
        "jawaban_klarifikasi",
        "tanggapan_pelapor",
        "pelaksanaan_rekomendasi",
    }


@pytest.mark.parametrize(
    ("t", "band"),
    [
        ("2025-01-22", "0-14"),  # 14 working days after 2 January: 3, 6-10, 13-17, 20-22
        ("2025-01-23", "15-30"),
        ("2025-02-18", "15-30"),  # 30: 23-24, 30-31 January (27-29 off), 3-7, 10-14, 17-18 February
        ("2025-02-19", "31-60"),
    ],
)
def test_an_open_laporan_is_as_old_as_its_working_days(by_hand: None, t: str, band: str):
    rows = questions.answer("umur_terbuka", {"per_tanggal": t, "wilayah": "64.08"}).to_dicts()
    oldest = max(row["urutan_umur"] for row in rows if row["jumlah"])
    assert next(row["umur"] for row in rows if row["urutan_umur"] == oldest) == band


def stages(t: str, code: str) -> dict[str, int]:
    rows = questions.answer("umur_terbuka", {"per_tanggal": t, "wilayah": code}).to_dicts()
    found: dict[str, int] = {}
    for row in rows:
        found[row["tahap"]] = found.get(row["tahap"], 0) + row["jumlah"]
    return {name: count for name, count in found.items() if count}


def test_a_stated_stage_holds_from_the_date_of_its_batch_on(by_hand: None):
    assert stages("2025-04-30", "64.08") == {"Pemeriksaan": 1}
    assert stages("2025-04-29", "64.08") == {"tidak disebut": 1}


def test_a_stage_at_an_earlier_date_comes_from_the_dates(by_hand: None):
    assert stages("2025-01-19", "64.03") == {"Registrasi": 1, "tidak disebut": 2}
    assert stages("2025-01-20", "64.03") == {"Verifikasi": 1, "tidak disebut": 2}
    assert stages("2025-03-31", "64.02") == {"LHP": 3}
    assert stages("2025-04-20", "64.02") == {"LHP": 2, "Resolusi dan Monitoring": 1}


def test_a_partial_list_closes_a_known_case(by_hand: None):
    row = next(
        r
        for r in questions.answer(
            "per_substansi", {"per_tanggal": "2025-07-31", "wilayah": "64.08"}
        ).to_dicts()
    )
    assert (row["kelompok"], row["masuk"], row["ditutup"], row["terbuka"], row["persen"]) == (
        "tidak disebut",
        4,
        1,
        2,
        100.0,
    )


def test_an_undone_batch_leaves_no_trace_in_the_figures(cermin_data: Any):
    first = extracts.keep(TIMES[0])
    before = build.build()
    figures = questions.answer("ringkasan_wilayah", {"per_tanggal": "2025-04-30"})
    second = extracts.keep(Extract([laporan(1, wilayah_terlapor="64.71")], date(2025, 4, 30), None, ()))
    build.build()
    assert region("64.71", "2025-04-30")["masuk"] == 1
    lake.undo(second.batch, "uji")
    assert build.build() != before, "the list of batches is part of the answer"
    assert questions.answer("ringkasan_wilayah", {"per_tanggal": "2025-04-30"}).equals(figures)
    lake.undo(first.batch, "uji")
    build.build()
    assert questions.answer("ringkasan_wilayah", {"per_tanggal": "2025-04-30"})["masuk"].null_count() == 26
    assert questions.answer("cakupan_data").is_empty()
    assert questions.answer("batch_data")["live"].to_list() == [False, False]


def test_a_lake_without_laporan_answers_every_question(cermin_data: Any):
    build.build()
    for name, question in questions.CATALOGUE.items():
        found = questions.answer(name, required(name))
        assert tuple(found.columns) == question.columns
    assert questions.answer("arus_bulanan", {"per_tanggal": "2025-01-31"}).is_empty()
    assert questions.answer("umur_terbuka")["jumlah"].null_count() == 42
    assert questions.default_date() == date(2026, 1, 28)
