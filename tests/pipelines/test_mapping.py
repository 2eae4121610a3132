"""Headings that a person says the meaning of, and how the dates of a file are read."""

import pytest

from pipelines import contracts, date_order, intake, mapping
from pipelines.errors import UserError

pytestmark = pytest.mark.usefixtures("without_build")
HEADINGS = ["nomor_laporan", "Tgl Masuk Laporan", "wilayah_terlapor", "Nama Pelapor", "Hal Lain"]
ROWS = [["1/X", "06/07/2025", "Kota Samarinda", "Budi", "x"]]


def test_an_unknown_heading_comes_with_the_closest_column_that_the_file_lacks(csv_bytes):
    result = intake.check_file("laporan", csv_bytes(HEADINGS, ROWS))
    assert ("Tgl Masuk Laporan", "tanggal_masuk") in [
        (s.heading, s.column) for s in result.reading.suggestions
    ]
    assert result.rejected == 1


def test_a_mapped_heading_is_read_and_told(csv_bytes):
    kolom = {"Tgl Masuk Laporan": "tanggal_masuk"}
    result = intake.ingest_file("laporan", csv_bytes(HEADINGS, ROWS), kolom=kolom)
    assert result.accepted == 1 and result.kolom == (("Tgl Masuk Laporan", "tanggal_masuk"),)
    assert "Kolom 'Tgl Masuk Laporan' dibaca sebagai tanggal_masuk menurut pemetaan Anda." in result.repairs
    assert result.dropped_columns == ("Nama Pelapor",)


def test_a_mapping_of_a_heading_that_the_file_lacks_says_nothing(csv_bytes):
    result = intake.check_file("laporan", csv_bytes(HEADINGS, ROWS), kolom={"Tgl Datang": "tanggal_masuk"})
    assert result.kolom == () and result.repairs == ()


@pytest.mark.parametrize(
    ("kolom", "said"),
    [
        ({"Nama Pelapor": "instansi_terlapor"}, "memuat data diri"),
        ({"Hal Lain": "isi"}, "Kolom isi tidak ada pada laporan"),
        ({"A": "substansi", "B": "substansi"}, "sama-sama dipetakan ke substansi"),
    ],
)
def test_a_mapping_that_cannot_be_is_said(kolom, said):
    with pytest.raises(UserError, match=said):
        mapping.settled(kolom, contracts.load("laporan"))


def test_a_mapping_is_remembered_for_the_same_headings_in_any_order():
    sign = mapping.signature(["Tgl. Masuk", "No Arsip"])
    mapping.remember("laporan", sign, (("Tgl. Masuk", "tanggal_masuk"),), "budi")
    again = mapping.known("laporan", mapping.signature(["NO ARSIP", "tgl masuk", ""]))
    assert again["kolom"] == {"Tgl. Masuk": "tanggal_masuk"} and again["by"] == "budi"
    assert mapping.known("laporan", mapping.signature(["No Arsip"])) is None


@pytest.mark.parametrize(
    ("texts", "is_open"),
    [
        (["03/04/2025", "05/06/2025"], True),
        (["03/04/2025", "31/12/2025"], False),
        (["03/04/2025", "12/31/2025"], False),
        (["31/12/2025", "12/31/2025"], True),
        (["05/05/2025"], False),
        (["2025-04-03", "3 Mei 2025", "besok", ""], False),
        ([], False),
    ],
)
def test_a_file_leaves_the_order_open_only_when_it_can_be_read_both_ways(texts, is_open):
    assert date_order.look(texts).is_open == is_open


def test_examples_are_the_doubtful_dates_first_and_three_at_most():
    seen = date_order.together([date_order.look(["31/12/2025", "besok"]), date_order.look(["03/04/2025"])])
    assert seen.examples == ("03/04/2025", "31/12/2025")
    many = date_order.look(f"{day:02}/04/2025" for day in range(1, 28))
    assert len(many.examples) == 3 and many.doubtful == many.examples
