"""The kind of a file from its headings: the one that fits, and a sentence where several or none do."""

import random

import pytest

from pipelines import contracts
from pipelines.places import TEMPLATES
from pipelines.suggest import suggest, suggest_file
from tests.pipelines import workbooks

LAPOR = [
    "Tracking ID",
    "Tanggal Laporan Masuk",
    "Nama Pelapor",
    "Kategori",
    "Status Laporan",
    "Kota/Kabupaten",
]


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_a_template_suggests_its_own_kind(kind):
    path = TEMPLATES / f"{kind}.csv"
    assert suggest(path.read_text(encoding="utf-8-sig").splitlines()[0].split(";")).kind == kind
    assert suggest_file(path).kind == kind
    assert suggest_file(path.read_bytes()).kind == kind


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_the_order_and_the_case_of_headings_do_not_matter(kind):
    headings = [name.upper().replace("_", " ") for name in contracts.load(kind).names]
    random.Random(3).shuffle(headings)
    assert suggest(headings).kind == kind


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (LAPOR, "sp4n"),
        (["tanggal_masuk", "kategori", "dinas_tujuan", "tracking_id", "status_final"], "sp4n"),
        (
            ["No", "No Agenda", "No Arsip", "Pelapor", "Tanggal Penutupan Laporan", "Pendapat Ditutup"],
            "laporan",
        ),
        (
            ["No Agenda", "Tanggal Agenda", "Tipe Laporan", "Cara Penyampaian", "Pelapor", "Perihal"],
            "laporan",
        ),
        (["Kabupaten/Kota", "Bentuk Kerja Sama", "Tanggal Penandatanganan", "Tautan"], "kerja_sama"),
        (["Nomor Surat", "Jenis Produk", "Tanggal", "Kab/Kota", "OPD", "Batas Waktu"], "produk"),
    ],
)
def test_real_screens_suggest_their_kind(headings, kind):
    found = suggest(headings)
    assert found.kind == kind
    assert f"`{kind}`" in found.reason


@pytest.mark.parametrize(
    "headings",
    [
        [],
        [""],
        ["a", "b"],
        ["Kabupaten/Kota", "Tanggal"],
        ["Wilayah", "Tautan", "Jumlah Penduduk"],
        ["Pelapor"],
    ],
)
def test_common_or_strange_headings_suggest_nothing(headings):
    found = suggest(headings)
    assert found.kind is None
    assert "nyatakan jenisnya" in found.reason and "sp4n" in found.reason


def test_what_is_missing_is_said():
    found = suggest(["Nomor Surat", "Jenis Produk", "Batas Waktu", "Penerima"])
    assert found.kind is None
    assert "`produk`" in found.reason and "kode_wilayah" in found.reason


def test_headings_below_titles_are_found(csv_bytes):
    content = b"Laporan Ringkas;;\n;;\nPeriode;2026;\n" + csv_bytes(LAPOR, [["1"]], ";")
    assert suggest_file(content).kind == "sp4n"


def test_a_workbook_is_looked_into_and_two_kinds_in_it_are_said():
    produk = list(contracts.load("produk").names)
    assert (
        suggest_file(workbooks.xlsx({"Judul": [["x"]], "Data": [["Rekap"], produk, ["1"]]})).kind == "produk"
    )
    # As many known headings of one kind as of another.
    narahubung = ["kode_wilayah", "opd", "jumlah_opd", "tanggal_komitmen"]
    lapor = ["tracking_id", "tanggal_masuk", "kategori", "status_final"]
    found = suggest_file(workbooks.xlsx({"A": [narahubung], "B": [lapor]}))
    assert found.kind is None and "`narahubung` dan `sp4n`" in found.reason


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04rusak", bytes(range(256))])
def test_what_is_no_table_suggests_nothing(content):
    found = suggest_file(content)
    assert found.kind is None and found.reason.endswith(".")
