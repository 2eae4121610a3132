import shutil

import polars as pl
import pytest

from pipelines import contracts, reference
from pipelines.errors import UserError
from pipelines.reference import BrokenReference, path_of


@pytest.mark.parametrize("name", contracts.names())
def test_every_shipped_file_keeps_its_contract(name):
    frame = reference.read(name)
    lines = pl.read_csv(path_of(name), infer_schema=False)
    assert frame.height == lines.height
    assert set(lines.columns) <= set(frame.columns)


def test_codes_stay_text_and_numbers_are_numbers():
    frame = reference.read("wilayah")
    assert frame["kode_wilayah"].to_list()[10] == "63.10"
    assert frame.schema["penduduk"] == pl.Int64 and frame.schema["luas_km2"] == pl.Float64


def test_registers_have_the_columns_of_accepted_rows():
    frame = reference.read("kerja_sama")
    assert frame.columns == [*contracts.load("kerja_sama").names, "baris", "dikosongkan"]
    assert frame["baris"].to_list() == list(range(2, frame.height + 2))


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("wilayah", "63.10,6310", "63.1,6310", ["wilayah.csv", "baris 12", "kode_wilayah", "63.1"]),
        ("wilayah", "369818", "banyak", ["baris 3", "penduduk", "bukan bilangan bulat"]),
        ("wilayah", "63.02,6302", "63.01,6302", ["baris 3", "kode_wilayah", "lebih dari sekali"]),
        ("wilayah", "Tanah Laut,Kabupaten", "Tanah Laut,Kabupatn", ["baris 3", "jenis", "Kabupatn"]),
        ("wilayah_alias", "63,Kalsel", "62,Kalsel", ["baris 4", "kode_wilayah", "tidak ada di wilayah.csv"]),
        ("wilayah", "luas_km2", "luas", ["baris 1", "luas"]),
        ("kerja_sama", "2021-10-28,,", "2021-10-38,,", ["kerja_sama.csv", "baris 2", "tanggal_tanda_tangan"]),
        ("kerja_sama", "KS-63-2022-PKS21,63,", "KS-63-2022-PKS21,99,", ["baris 3", "kode_wilayah"]),
        ("tenggat", "terverifikasi,ya", "terverifikasi,mungkin", ["baris 2", "angka_utama"]),
        ("wilayah_rancu", "Tanah,potongan", "Tanah,lebih,potongan", ["baris 10", "lebih dari 2 sel"]),
    ],
)
def test_a_broken_row_stops_with_file_row_column_and_reason(tmp_path, name, before, after, told):
    text = path_of(name).read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / f"{name}.csv"
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BrokenReference) as stopped:
        reference.read_file(broken, contracts.reference(name))
    assert all(word in str(stopped.value) for word in told), str(stopped.value)
    assert isinstance(stopped.value, UserError)


def test_a_missing_file_stops_too(tmp_path):
    with pytest.raises(BrokenReference, match="tidak ada"):
        reference.read_file(tmp_path / "wilayah.csv", contracts.reference("wilayah"))


def test_an_empty_list_is_a_list(tmp_path):
    copied = shutil.copy(path_of("hari_libur_koreksi"), tmp_path)
    assert (
        reference.read_file(
            tmp_path / "hari_libur_koreksi.csv", contracts.reference("hari_libur_koreksi")
        ).height
        == 0
    )
    assert copied
