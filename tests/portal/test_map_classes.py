"""Classes of the map: fixed, complete, and four marks for what is not a figure."""

import datetime as dt
import re

import polars as pl
import pytest

from portal import map_classes
from portal.map_assets import FOLDER

COUNT = {"satuan": "laporan", "kelas": "1|10|50"}
SHARE = {"satuan": "persen", "kelas": "20|40|60|80|90"}
RATE = {"satuan": "per 100.000 penduduk", "kelas": "2|5|10"}


def measured(value: float | None, status: str = "ada", **more) -> pl.DataFrame:
    row = {"kode_wilayah": "1", "nama": "Kabupaten Satu", "pembilang": None, "penyebut": None, "nilai": value}
    row |= {"bawah": None, "atas": None, "status": status} | more
    return pl.DataFrame(
        [row], schema_overrides={"nilai": pl.Float64, "bawah": pl.Float64, "atas": pl.Float64}
    )


def only(classed: tuple[pl.DataFrame, list]) -> dict:
    values, legend = classed
    assert values["kelas"].is_in([item.kelas for item in legend]).all()
    return values.row(0, named=True)


@pytest.mark.parametrize(
    ("value", "status", "indicator", "kelas", "text", "brief"),
    [
        (0.0, "nol", COUNT, "nol", "0 laporan", "0"),
        (1.0, "ada", COUNT, "k1", "1 laporan", "1"),
        (9.0, "ada", COUNT, "k1", "9 laporan", "9"),
        (10.0, "ada", COUNT, "k2", "10 laporan", "10"),
        (1250.0, "ada", COUNT, "k3", "1.250 laporan", "1.250"),
        (None, "tidak ada data", COUNT, "kosong", "tidak ada data", "–"),
        (None, "tidak berlaku", COUNT, "tak-berlaku", "tidak berlaku", "–"),
        (12.0, "ada", SHARE, "k1", "12,0%", "12%"),
        (20.0, "ada", SHARE, "k2", "20,0%", "20%"),
        (0.0, "nol", SHARE, "nol", "0,0%", "0%"),
        (100.0, "ada", SHARE, "k6", "100,0%", "100%"),
        (0.4, "ada", RATE, "k1", "0,4 per 100.000 penduduk", "0,4"),
        (10.0, "ada", RATE, "k4", "10,0 per 100.000 penduduk", "10,0"),
    ],
)
def test_a_figure_falls_into_its_fixed_class(value, status, indicator, kelas, text, brief):
    row = only(map_classes.classify(measured(value, status), indicator))
    assert (row["kelas"], row["text"], row["singkat"]) == (kelas, text, brief)


def test_a_share_says_its_interval_and_its_denominator():
    frame = measured(45.0, pembilang=9, penyebut=20, bawah=25.8, atas=65.8)
    assert only(map_classes.classify(frame, SHARE))["text"] == "45,0% (25,8–65,8%); 9 dari 20"


@pytest.mark.parametrize(
    ("indicator", "labels"),
    [
        (COUNT, ["50 atau lebih", "10–49", "1–9", "nol", "tidak ada data"]),
        (RATE, ["10 atau lebih", "5 sampai < 10", "2 sampai < 5", "> 0 sampai < 2", "nol", "tidak ada data"]),
        ({"satuan": "laporan", "kelas": "1|2|5"}, ["5 atau lebih", "2–4", "1", "nol", "tidak ada data"]),
    ],
)
def test_the_legend_names_every_class_whatever_occurs(indicator, labels):
    _, legend = map_classes.classify(measured(None, "tidak ada data"), indicator)
    assert [item.label for item in legend] == labels


def test_the_share_legend_carries_its_unit():
    _, legend = map_classes.classify(measured(1.0), SHARE)
    assert [item.label for item in legend][:2] == ["90% atau lebih", "80 sampai < 90%"]
    assert legend[5].label == "> 0 sampai < 20%"


def test_the_row_without_a_region_is_kept_and_comes_last():
    frame = pl.concat([measured(3.0), measured(7.0).with_columns(kode_wilayah=pl.lit(None, pl.String))])
    values, _ = map_classes.classify(frame, COUNT)
    assert values["kode_wilayah"].to_list() == ["1", None]
    assert values["text"].to_list() == ["3 laporan", "7 laporan"]


def gap(**row) -> pl.DataFrame:
    base = {"kode_wilayah": "1", "nama": "Kabupaten Satu", "payung": None, "payung_sejak": None}
    base |= {"pelaksanaan": None, "jejaring": None, "jumlah_opd": None, "konflik": False}
    return pl.DataFrame([base | row])


@pytest.mark.parametrize(
    ("state", "kelas", "brief"),
    [
        ("berlaku", "berlaku", "sejak 2026"),
        ("masa berlaku belum diketahui", "tanpa-masa", "sejak 2026"),
        ("segera berakhir", "segera", "segera"),
        ("dalam proses", "proses", "proses"),
        ("berakhir", "berakhir", "berakhir"),
        ("belum ada", "belum", "belum ada"),
        ("tidak diketahui", "kosong", "?"),
    ],
)
def test_each_state_of_a_mark_has_a_class_of_its_own(state, kelas, brief):
    frame = gap(payung=state, payung_sejak=dt.date(2026, 1, 27))
    row = only(map_classes.classify_tanda(frame, "payung"))
    assert (row["kelas"], row["singkat"]) == (kelas, brief)
    assert row["text"].startswith(state)


def test_a_network_says_how_many_bodies_and_a_conflict_is_said():
    frame = gap(jejaring="ada", jumlah_opd=16, konflik=True)
    assert only(map_classes.classify_tanda(frame, "jejaring"))["text"] == "ada (16 OPD); sumber berbeda"


@pytest.mark.parametrize("tanda", ["payung", "pelaksanaan", "jejaring"])
def test_a_legend_of_marks_holds_no_class_twice(tanda):
    _, legend = map_classes.classify_tanda(gap(), tanda)
    assert len({item.kelas for item in legend}) == len(legend)
    assert {"belum", "kosong"} <= {item.kelas for item in legend}


def assessed(**row) -> pl.DataFrame:
    base = {
        "kode_wilayah": "1",
        "nama": "Kabupaten Satu",
        "tahun": 2024,
        "skema": "A",
        "status_lokus": "dinilai",
    }
    base |= {"nilai": None, "zona": None, "kategori": None, "opini": None, "is_versi": False}
    return pl.DataFrame([base | row], schema_overrides={"nilai": pl.Float64, "zona": pl.String})


REGIONS = pl.DataFrame({"kode_wilayah": ["1"], "nama": ["Kabupaten Satu"]})


@pytest.mark.parametrize(
    ("row", "kelas", "text"),
    [
        ({"zona": "Hijau", "nilai": 95.56}, "hijau", "2024: Hijau, nilai 95,56 (A)"),
        ({"zona": "Kuning"}, "kuning", "2024: Kuning (A)"),
        ({"opini": "Kualitas Tinggi"}, "opini", "2024: Kualitas Tinggi (A)"),
        ({"status_lokus": "bukan lokus"}, "tak-berlaku", "2024: bukan lokus (dinyatakan) (A)"),
        ({"zona": "Hijau", "is_versi": True}, "kosong", "tidak ditemukan"),
    ],
)
def test_an_assessment_falls_into_the_class_of_its_result(row, kelas, text):
    value = only(map_classes.classify_penilaian(assessed(**row), REGIONS))
    assert (value["kelas"], value["text"]) == (kelas, text)


def test_the_newest_stated_result_wins_over_a_later_year_without_one():
    frame = pl.concat([assessed(tahun=2023, zona="Kuning"), assessed(tahun=2025, status_lokus="bukan lokus")])
    assert only(map_classes.classify_penilaian(frame, REGIONS))["singkat"] == "2023"


def test_a_region_never_found_is_not_called_out_of_scope():
    assert only(map_classes.classify_penilaian(assessed().clear(), REGIONS))["kelas"] == "kosong"


def test_every_class_has_a_fill_in_the_style_or_a_pattern():
    style = (FOLDER / "peta.css").read_text(encoding="utf-8")
    marks = (FOLDER / "pola.js").read_text(encoding="utf-8")
    drawn = set(re.findall(r'^  "?([a-z-]+)"?: \[', marks, re.MULTILINE)) | set(
        re.findall(r"^\.([a-z]+) \{ fill", style, re.MULTILINE)
    )
    stated = {item.kelas for item in (*map_classes.KEADAAN.values(), *map_classes.ZONA.values())}
    stated |= {map_classes.LAIN.kelas, map_classes.NO_DATA, map_classes.ZERO, map_classes.NOT_APPLICABLE}
    assert stated <= drawn
