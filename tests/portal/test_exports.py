"""The files: exactly the rows and columns shown, readable by a spreadsheet in Indonesia, never a formula."""

import csv
import io
from datetime import date
from functools import partial
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from bench import signing
from portal import exports
from portal.ask import about, ask
from tests.portal import asgi


@pytest.fixture
def client(sample_data):
    return partial(asgi.get, Starlette(routes=exports.ROUTES), viewer=signing.viewer("petugas"))


def _lines(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_holds_the_shown_columns_and_says_what_it_rests_on(client):
    asked = about("ringkasan_wilayah", per_tanggal=date(2026, 3, 31), provinsi="64")
    answer = client(exports.address(asked, ("kode_wilayah", "nama", "terbuka", "persen_selesai")))
    assert answer.status == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="cermin-ringkasan_wilayah.csv"'
    lines = _lines(answer.content)
    head = {line[0]: line[1] for line in lines[:5]}
    assert head["Per tanggal"] == "2026-03-31"
    assert "provinsi = 64" in head["Saringan"]
    assert "batch" in head["Sumber"]
    at = lines.index(["Kode", "Nama", "Terbuka", "Persen selesai"])
    frame = ask(asked)
    assert [line[0] for line in lines[at + 1 :]] == [kode or "" for kode in frame["kode_wilayah"]]
    assert [line[2] for line in lines[at + 1 :]] == [str(n) for n in frame["terbuka"]]
    shares = [line[3] for line in lines[at + 1 :]]
    assert any("," in share for share in shares) and not any("." in share for share in shares)


def test_rows_that_are_left_out_on_the_page_are_left_out_of_the_file(client):
    asked = about("tanda_kerja_sama", only={"tanda": "payung"})
    lines = _lines(client(exports.address(asked, ("nama", "tanda"))).content)
    assert {line[1] for line in lines[lines.index(["Nama", "Tanda"]) + 1 :]} == {"payung"}


def test_a_long_answer_is_whole(client):
    lines = _lines(client("/ekspor/angka_publikasi.csv").content)
    assert len(lines) == ask("angka_publikasi").height + 7


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/ekspor/cuaca.csv", 404, "tidak dikenal"),
        ("/ekspor/ringkasan_wilayah.csv?provinsi=99", 422, "99"),
        ("/ekspor/ringkasan_wilayah.csv?per_tanggal=kemarin", 422, "kemarin"),
        ("/ekspor/ringkasan_wilayah.csv?cuaca=panas", 422, "cuaca"),
        ("/ekspor/ringkasan_wilayah.csv?kolom=nama,nik", 422, "nik"),
        ("/ekspor/ringkasan_wilayah.csv?hanya=nik:1", 422, "nik"),
        ("/ekspor/riwayat_kerja_sama.csv", 422, "wilayah"),
        ("/templat/gaji.csv", 404, "tidak dikenal"),
        ("/templat/..%2Fapp.csv", 404, ""),
    ],
)
def test_what_cannot_be_given_is_refused_in_a_sentence(client, address, status, words):
    answer = client(address)
    assert answer.status == status
    assert words in answer.text
    assert "Traceback" not in answer.text


def test_a_fault_of_ours_shows_its_id_only(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("rahasia dapur")

    monkeypatch.setattr(exports, "document", broken)
    answer = client("/ekspor/tanggal_data.csv")
    assert answer.status == 500
    assert "rahasia" not in answer.text and "kode" in answer.text


@pytest.mark.parametrize(
    "kind", ["laporan", "kerja_sama", "penilaian", "kegiatan", "narahubung", "produk", "sp4n"]
)
def test_every_kind_has_a_template(client, kind):
    answer = client(f"/templat/{kind}.csv")
    assert answer.status == 200
    assert len(answer.text.splitlines()) >= 2


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@x", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_calculate_is_defused(text):
    assert exports.cell(text) == "'" + text


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    assert not exports.cell(text).startswith(exports.RISKY)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0"))), max_size=5
    )
)
def test_what_is_written_can_be_read_back(lines):
    lines = [line for line in lines if line]
    assert [line for line in _lines(exports.written(lines)) if line] == lines


def test_a_negative_number_stays_a_number():
    assert exports.cell(-3) == "-3"
    assert exports.cell(-3.25, "percent") == "-3,2"
    assert exports.cell(None) == ""
    assert exports.cell(True) == "ya"
    assert exports.cell(date(2026, 1, 27)) == "2026-01-27"


def test_an_address_survives_strange_values(client):
    asked = about("daftar_istilah", jenis="a&b=ç")
    assert quote("a&b=ç", safe="") in exports.address(asked)
    assert client(exports.address(asked)).status in (200, 422)
