import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import contracts, headings
from pipelines.headings import STATUS

LAPORAN = contracts.load("laporan")


@pytest.mark.parametrize("delimiter", headings.DELIMITERS)
def test_finds_the_delimiter(delimiter):
    found = headings.find(delimiter.join(["No Arsip", "Tanggal Agenda", "Substansi"]) + "\n", LAPORAN)
    assert found.delimiter == delimiter
    assert found.positions == {"nomor_laporan": 0, "tanggal_masuk": 1, "substansi": 2}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        *[("No. Arsip", "nomor_laporan"), ("NOMOR ARSIP", "nomor_laporan"), ("no_agenda", "nomor_agenda")],
        *[("Nomor Agenda", "nomor_agenda"), ("Tanggal Agenda", "tanggal_masuk"), ("Tipe", "tipe_laporan")],
        *[
            ("Tanggal Penutupan Laporan", "tanggal_tutup"),
            ("Pendapat Ditutup", "alasan_tutup"),
            ("Status", STATUS),
        ],
        *[("Kelompok Instansi Terlapor", "kelompok_instansi"), ("Tanggal  Masuk", "tanggal_masuk")],
        *[
            ("Cara Penyampaian", "cara_penyampaian"),
            ("Klasifikasi", "klasifikasi"),
            ("Maladministrasi", "maladministrasi"),
        ],
    ],
)
def test_knows_the_headings_of_real_screens(heading, name):
    found = headings.find(f"{heading},Xyz\n", LAPORAN)
    assert found.positions == {name: 0}
    assert found.own == {name: heading}


@pytest.mark.parametrize(
    "heading",
    [
        *[
            "Pelapor",
            "Nama Pelapor",
            "NIK",
            "No. Telepon",
            "No HP",
            "Alamat",
            "Kronologi",
            "Perihal",
            "E-mail Pelapor",
        ],
        *[
            "Terlapor",
            "Nama Terlapor",
            "Alasan",
            "Asisten Riksa",
            "tempat/tgl lahir",
            "Uraian Laporan",
            "Nomor WA",
        ],
    ],
)
def test_drops_columns_about_people_under_their_own_heading(heading):
    assert headings.find(f'nomor_laporan,"{heading}"\n', LAPORAN).dropped == (heading,)


def test_lists_other_columns_as_ignored():
    found = headings.find("nomor_laporan,Durasi,Warna Map,\n", LAPORAN)
    assert found.ignored == ("Durasi", "Warna Map")


def test_masks_a_number_of_a_person_that_stands_as_a_heading():
    found = headings.find("nomor_laporan,6472010101900001\n", LAPORAN)
    assert found.ignored == ("****************",)


def test_steps_over_titles_and_blank_lines_above_the_headings():
    found = headings.find("Daftar Laporan Selesai\n\nNo;No Arsip;Tanggal Agenda\n1;A/1;2025-01-01\n", LAPORAN)
    assert (found.record, found.row, found.delimiter) == (2, 3, ";")


def test_does_not_count_the_line_that_only_a_spreadsheet_reads():
    found = headings.find("sep=;\nNo Arsip;Tanggal Agenda\n", LAPORAN)
    assert (found.record, found.row) == (1, 1)


def test_refuses_two_columns_that_mean_the_same():
    found = headings.find("No Agenda,Nomor Agenda,Tanggal Agenda\n", LAPORAN)
    assert "'No Agenda'" in found.refusal and "'Nomor Agenda'" in found.refusal


def test_refuses_the_export_of_another_system():
    assert "SP4N" in headings.find("Tracking ID,Tanggal Laporan Masuk,Kategori\n", LAPORAN).refusal


@given(
    st.sampled_from(LAPORAN.columns),
    st.sampled_from([str.upper, str.title, str.lower]),
    st.sampled_from([" ", "_", ". ", "-", "  "]),
    st.sampled_from(headings.DELIMITERS),
)
def test_case_spaces_and_punctuation_do_not_change_a_heading(column, case, space, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerow([case(column.name.replace("_", space)), "Xyz"])
    assert headings.find(text.getvalue(), LAPORAN).positions == {column.name: 0}


@given(st.text(max_size=200))
def test_no_beginning_of_a_file_crashes_it(text):
    headings.find(text, LAPORAN)
