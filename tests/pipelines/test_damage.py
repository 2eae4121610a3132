import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import damage, intake
from pipelines.contracts import Column

pytestmark = pytest.mark.usefixtures("without_build")
TEXT, NUMBER, SHAPED = Column("x"), Column("x", number=True), Column("x", pattern="^[0-9]{6}$")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({"nomor_laporan": "6,4E+15"}, "nomor_laporan", "disingkat Excel"),
        ({"nomor_laporan": "6.4e+15"}, "nomor_laporan", "disingkat Excel"),
        ({"nomor_laporan": "2025-05-03"}, "nomor_laporan", "diubah Excel menjadi tanggal"),
        ({"nomor_laporan": "03-Mei"}, "nomor_laporan", "diubah Excel menjadi tanggal"),
        ({"tanggal_masuk": "06:54.0"}, "tanggal_masuk", "hanya jamnya"),
        ({"tanggal_masuk": "########"}, "tanggal_masuk", "terlalu sempit"),
        ({"tanggal_masuk": "45663"}, "tanggal_masuk", "angka seri Excel"),
        ({"wilayah_terlapor": "64.1"}, "wilayah_terlapor", "nol di belakang"),
        ({"wilayah_terlapor": "#N/A"}, "wilayah_terlapor", "gagal (#N/A)"),
        ({"substansi": "#REF!"}, "substansi", "gagal (#REF!)"),
        ({"instansi_terlapor": "#RUMUS!"}, "instansi_terlapor", "belum pernah dihitung"),
        ({"instansi_terlapor": "1,2E+05"}, "instansi_terlapor", "disingkat Excel"),
    ],
)
def test_names_what_a_spreadsheet_did_to_a_cell(laporan, row, column, reason):
    result = intake.check_file("laporan", laporan({}, row))
    [problem] = result.problems.filter(pl.col("level") == "tolak").to_dicts()
    assert (problem["row"], problem["column"]) == (3, column)
    assert reason in problem["reason"] and problem["fix"]
    assert (result.accepted, result.rejected) == (1, 1)


@pytest.mark.parametrize(
    "text", ["#1", "E+", "Jl. E+15", "0179/LM/VI/2022/BJM", "A#N/A", "64.08", "1E5a", "#"]
)
def test_leaves_other_text_alone(text):
    assert damage.find(text, TEXT) is None


def test_says_which_zeros_are_lost_where_the_shape_is_known():
    assert damage.find("1234", SHAPED).fix.startswith("tulis 001234 ")
    assert damage.find("001234", SHAPED) is None and damage.find("1234567", SHAPED) is None


NEARLY = st.text(alphabet="#E+e-0123456789.,:NA/REF! MJan", max_size=12)


@given(st.text(max_size=12) | NEARLY, st.sampled_from([TEXT, NUMBER, SHAPED]))
def test_the_quick_look_misses_no_damaged_text(text, column):
    text = text.strip()
    if damage.find(text, column) is not None:
        assert damage.suspects(pl.Series([text, "utuh"]), column).to_list() == [text]


def test_a_column_of_nothing_but_damage_is_named_row_by_row_in_time(laporan):
    rows = [{"nomor_laporan": f"1,{number:05d}E+15"} for number in range(20_000)]
    result = intake.check_file("laporan", laporan(*rows))
    assert (result.rejected, result.problems["row"].n_unique()) == (20_000, 20_000)
