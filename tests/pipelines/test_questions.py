"""The catalogue and the door: what may be asked, how it is refused, and what an answer looks like."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines import build, estimates, places, questions, warehouse
from pipelines.errors import UserError
from tests.pipelines.expected import required

ISSUE = {
    "ringkasan_wilayah": (
        "kode_wilayah nama provinsi masuk ditutup terbuka lewat_tenggat persen_selesai selesai_bawah"
        " selesai_atas penduduk tingkat_100k tingkat_bawah tingkat_atas peristiwa"
    ),
    "arus_bulanan": "bulan masuk ditutup terbuka rasio_penyelesaian lengkap",
    "celah_kerja_sama": (
        "kode_wilayah nama payung payung_sejak payung_berakhir pelaksanaan jejaring jumlah_opd celah"
        " target_tahun batas_daftar hari_ke_batas dinyatakan_oleh sumber_judul sumber_alamat"
        " per_tanggal_sumber konflik terbuka lewat_tenggat zona_terakhir"
    ),
    "waktu_penyelesaian": (
        "kelompok jumlah ditutup terbuka median median_bawah median_atas buka_14 buka_30 buka_60 buka_90"
        " buka_180"
    ),
    "kurva_penyelesaian": "kelompok hari berisiko ditutup terbuka_persen bawah atas",
    "kurva_hasil": "kelompok hari hasil insidensi bawah atas",
    "funnel": (
        "kode_wilayah pembilang penyebut nilai acuan bawah95 atas95 bawah998 atas998 sinyal dispersi nama"
    ),
    "xmr": "periode nilai rata batas_bawah batas_atas aturan butir gabungan rata_bulanan",
}
NUMBERS = {
    "penyebut",
    "masuk",
    "ditutup",
    "terbuka",
    "lewat_tenggat",
    "peristiwa",
    "penduduk",
    "kohort",
    "selesai",
    "lhp",
    "ditemukan",
    "jumlah",
    "tahun",
    "jumlah_hari",
    "berjalan",
    "lewat",
    "jumlah_opd",
    "target_tahun",
    "hari_ke_batas",
    "hari_ke_berakhir",
    "jumlah_wilayah",
    "rows",
    "accepted",
    "rejected",
    "pembilang",
    "urutan_tahap",
    "urutan_umur",
    "ditutup_tanpa_tanggal",
    "kohort_selesai",
    "tahun_tanda_tangan",
    "jumlah_batch",
    "penduduk_tahun",
    "jatuh_tempo",
    "dilaksanakan",
    "terlambat",
    "tanpa_status",
    "tanpa_batas",
    "hari",
    "berisiko",
    "median_bawah",
    "median_atas",
}
SHARES = {
    "persen_selesai",
    "selesai_bawah",
    "selesai_atas",
    "tingkat_100k",
    "tingkat_bawah",
    "tingkat_atas",
    "bawah",
    "atas",
    "persen",
    "persen_terbukti",
    "rasio_penyelesaian",
    "nilai",
    "median",
    "terendah",
    "tertinggi",
    "persen_patuh",
    "terbuka_persen",
    "insidensi",
    "buka_14",
    "buka_180",
    "acuan",
    "bawah95",
    "atas998",
    "dispersi",
    "rata",
    "batas_bawah",
    "batas_atas",
    "rata_bulanan",
}
DATES = {
    "bulan",
    "triwulan",
    "tanggal",
    "payung_sejak",
    "payung_berakhir",
    "batas_daftar",
    "per_tanggal_sumber",
    "sejak",
    "berakhir",
    "per_tanggal",
    "tanggal_seremoni",
    "tanggal_tanda_tangan",
    "tanggal_komitmen",
    "periode_mulai",
    "periode_akhir",
    "sampai",
    "per_tanggal_terakhir",
    "tanggal_pendahulu",
    "batas_tindak_lanjut",
    "tanggal_tindak_lanjut",
    "per_tanggal_status",
    "tampak",
    "pada",
}

OTHERWISE = {  # the same name for something else
    ("daftar_indikator", "penyebut"): pl.String,
    ("waktu_penyelesaian", "median"): pl.Int64,
    ("xmr", "periode"): pl.Date,
}


def asked(name: str, **values: Any) -> pl.DataFrame:
    return questions.answer(name, required(name) | values)


@pytest.mark.parametrize("name", questions.CATALOGUE)
def test_an_answer_has_the_catalogues_columns_typed(sample_data: Path, name: str):
    found = asked(name)
    assert tuple(found.columns) == questions.CATALOGUE[name].columns
    for column, kind in found.schema.items():
        if (name, column) in OTHERWISE:
            assert kind == OTHERWISE[name, column], (column, kind)
        elif column in NUMBERS:
            assert kind == pl.Int64, (column, kind)
        elif column in SHARES and name != "rekonsiliasi_publikasi":
            assert kind == pl.Float64, (column, kind)
        elif column in DATES:
            assert kind == pl.Date, (column, kind)
        else:
            assert kind in (pl.String, pl.Boolean, pl.Int64, pl.Float64), (column, kind)


@pytest.mark.parametrize("name", ISSUE)
def test_the_columns_that_others_build_on_do_not_move(name: str):
    assert " ".join(questions.CATALOGUE[name].columns) == ISSUE[name]


@pytest.mark.parametrize("name", questions.CATALOGUE)
def test_a_question_says_its_title_and_its_grain_and_the_file_agrees(name: str):
    question = questions.CATALOGUE[name]
    assert question.title and question.grain.startswith("satu baris")
    assert question.text.startswith("-- satu baris per ")
    for parameter in question.parameters:
        assert f"${parameter}" in question.text or parameter in ("sejak", "langkah"), parameter
    for parameter, choices in question.choices.items():
        assert parameter in question.parameters and choices
    assert question.estimate is None or question.estimate in estimates.STEPS


@pytest.mark.parametrize("name", questions.CATALOGUE)
def test_the_same_question_gives_the_same_rows_in_the_same_order(sample_data: Path, name: str):
    assert asked(name).equals(asked(name))


@pytest.mark.parametrize(
    ("question", "values", "sentence"),
    [
        ("ringkasan_wilaya", {}, "Maksudnya `ringkasan_wilayah`?"),
        ("xyz", {}, "Yang ada: akses_bulanan, angka_publikasi"),
        (
            "ringkasan_wilayah",
            {"kota": "64.08"},
            "tidak mengenal parameter `kota`. Yang dikenal: per_tanggal, provinsi",
        ),
        ("riwayat_kerja_sama", {}, "memerlukan parameter `wilayah`"),
        ("riwayat_kerja_sama", {"wilayah": " "}, "memerlukan parameter `wilayah`"),
        ("arus_bulanan", {"wilayah": "Kota Surabaya"}, "wilayah=Kota Surabaya"),
        ("arus_bulanan", {"wilayah": "64.99"}, "64.08 Kabupaten Kutai Timur"),
        ("arus_bulanan", {"wilayah": "Banjar"}, "rancu"),
        ("arus_bulanan", {"provinsi": "Jawa"}, "64 Provinsi Kalimantan Timur"),
        ("arus_bulanan", {"provinsi": "64.08"}, "provinsi=64.08 tidak dikenal"),
        ("arus_bulanan", {"wilayah": "64.08", "provinsi": "63"}, "tidak berada di provinsi=63"),
        ("arus_bulanan", {"per_tanggal": "31-31-2025"}, "per_tanggal=31-31-2025"),
        ("arus_bulanan", {"per_tanggal": "1999-12-31"}, "di luar kalender"),
        ("arus_bulanan", {"per_tanggal": "2025-01-31", "sejak": "2025-02-01"}, "sesudah per_tanggal"),
        ("indikator_wilayah", {"indikator": "bahagia"}, "Yang ada: masuk, ditutup"),
    ],
)
def test_a_wrong_question_is_refused_with_a_sentence(
    sample_data: Path, question: str, values: dict[str, str], sentence: str
):
    with pytest.raises(UserError) as refusal:
        questions.answer(question, values)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("name", ["Kutai Timur", "Kab. Kutai Timur", "pemkab kutai timur", "64.08"])
def test_a_region_is_named_as_people_name_it(sample_data: Path, name: str):
    found = questions.answer("penilaian_wilayah", {"wilayah": name})
    assert set(found["kode_wilayah"]) == {"64.08"}


@pytest.mark.parametrize("name", ["64", "Kaltim", "Kalimantan Timur", "Pemprov Kaltim"])
def test_a_province_is_named_as_people_name_it(sample_data: Path, name: str):
    assert questions.answer("ringkasan_wilayah", {"provinsi": name}).height == 11


@pytest.mark.parametrize(
    "value", ["2025-06-30", "30/06/2025", "30 Juni 2025", date(2025, 6, 30), datetime(2025, 6, 30, 8)]
)
def test_a_date_may_be_written_in_any_known_way(sample_data: Path, value: Any):
    expected = questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-06-30"})
    assert questions.answer("ringkasan_provinsi", {"per_tanggal": value}).equals(expected)


def test_a_date_left_out_is_the_datas_own(sample_data: Path):
    own = questions.answer("tanggal_data")["per_tanggal_terakhir"].item()
    assert own == questions.default_date()
    for name in ("ringkasan_wilayah", "arus_bulanan", "celah_kerja_sama"):
        assert asked(name).equals(asked(name, per_tanggal=own))


def test_a_value_is_bound_and_never_becomes_part_of_the_text(sample_data: Path):
    found = questions.answer("daftar_istilah", {"jenis": "x' or 1=1 --"})
    assert found.is_empty()


def test_asking_before_any_build_says_what_to_do(cermin_data: Path):
    with pytest.raises(UserError, match="python -m pipelines build"):
        questions.answer("tanggal_data")


def test_every_indicator_is_asked(sample_data: Path):
    codes = questions.answer("daftar_indikator")["kode"].to_list()
    assert sorted(codes) == build.indicators()
    for code in codes:
        found = questions.answer("indikator_wilayah", {"indikator": code})
        assert found.height == 26
        assert set(found["status"]) <= {"ada", "nol", "tidak ada data", "tidak berlaku"}
        assert found.filter(pl.col("status") == "tidak ada data")["nilai"].null_count() == sum(
            found["status"] == "tidak ada data"
        )


def test_an_indicator_is_the_figure_of_the_summary(sample_data: Path):
    summary = questions.answer("ringkasan_wilayah")
    for code, column in [("masuk", "masuk"), ("terbuka", "terbuka"), ("persen_selesai", "persen_selesai")]:
        found = questions.answer("indikator_wilayah", {"indikator": code})
        assert found["nilai"].cast(pl.Float64).to_list() == summary[column].cast(pl.Float64).to_list()


def test_terms_are_listed_by_kind(sample_data: Path):
    found = questions.answer("daftar_istilah", {"jenis": "tipe_laporan"})
    assert found["kode"].to_list() == ["LM", "RCO", "IAPS", "KNL", "Tembusan"]


def test_the_sample_is_named_as_such(sample_data: Path):
    row = questions.answer("tanggal_data").row(0, named=True)
    assert row["contoh"] is True and row["jumlah_batch"] == 1
    batch = questions.answer("batch_data").row(0, named=True)
    assert (batch["contoh"], batch["live"], batch["kind"]) == (True, True, "laporan")


def test_questions_are_only_sql_files(sample_data: Path):
    assert {path.stem for path in (places.SQL / "questions").glob("*.sql")} == set(questions.CATALOGUE)
    assert warehouse.current() is not None
