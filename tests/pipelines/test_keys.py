import polars as pl
import pytest

from pipelines import contracts, intake, keys, options

pytestmark = pytest.mark.usefixtures("without_build")


def check(content, kind="laporan"):
    result = intake.check_file(kind, content)
    assert result.rows == result.accepted + result.rejected
    assert result.accepted == result.new + result.changed + result.unchanged
    return result


def levels(result):
    return [(row["row"], row["level"]) for row in result.problems.to_dicts()]


def test_identical_rows_count_once_with_a_warning(laporan):
    row = {"nomor_laporan": "A/1"}
    result = check(laporan(row, {}, row, row))
    assert (result.accepted, result.new, result.unchanged, result.rejected) == (4, 2, 2, 0)
    assert levels(result) == [(4, "peringatan"), (5, "peringatan")]


def test_identical_means_what_the_row_says_not_how_it_is_written(laporan):
    rows = [
        {"nomor_laporan": "A/1", "tanggal_masuk": text} for text in ("06/01/2025", "6 Jan 2025", "2025-01-06")
    ]
    assert check(laporan(*rows)).unchanged == 2


def test_differing_rows_of_one_number_are_all_refused(laporan):
    row = {"nomor_laporan": "A/1"}
    result = check(laporan(row, row | {"substansi": "Air"}, {}, row))
    assert (result.accepted, result.rejected) == (1, 3)
    assert levels(result) == [(2, "tolak"), (3, "tolak"), (5, "tolak")]
    assert "2, 3, 5" in result.problems["reason"][0]


def test_a_row_that_is_refused_differs_from_one_that_is_not(laporan):
    row = {"nomor_laporan": "A/1"}
    result = check(laporan(row, row | {"tanggal_tutup": "31/02/2025"}))
    assert (result.accepted, result.rejected) == (0, 2)


def test_one_agenda_under_two_numbers_is_refused(laporan):
    result = check(laporan({"nomor_agenda": "X"}, {"nomor_agenda": "X"}, {"nomor_agenda": "Y"}))
    assert (result.accepted, result.rejected) == (1, 2)
    assert "lebih dari satu nomor" in result.problems["reason"][0]


def test_a_number_and_its_agenda_are_one_case(laporan):
    result = check(
        laporan({"nomor_agenda": "X"}, {"nomor_laporan": "", "nomor_agenda": "X", "substansi": "Air"})
    )
    assert result.accepted == 0


def test_rows_without_any_number_are_not_each_others_repeats(laporan):
    result = check(laporan({"nomor_laporan": ""}, {"nomor_laporan": ""}, {}))
    assert (result.accepted, result.rejected) == (1, 2)
    assert all("tanpa nomor" in reason for reason in result.problems["reason"])


@pytest.mark.parametrize(
    ("kind", "headings", "row"),
    [
        ("kerja_sama", ["wilayah", "instrumen", "tanggal_tanda_tangan"], ["Kab. Paser", "PKS", "1/2/2024"]),
        ("kegiatan", ["wilayah", "jenis", "tanggal"], ["Kab. Paser", "rapat", "1/2/2024"]),
    ],
)
def test_a_row_without_an_id_gets_the_same_one_every_time(csv_bytes, kind, headings, row):
    result = check(csv_bytes(headings, [row, row]), kind)
    assert (result.accepted, result.new, result.unchanged) == (2, 1, 1)
    frame = intake._check(kind, csv_bytes(headings, [row]), None, options.stated(kind, *[None] * 4)).frame
    [made] = frame["id"].to_list()
    assert made.startswith(contracts.load(kind).derive_prefix + "-64.01-20240201-")


def test_plain_keys_may_hold_blanks(csv_bytes):
    headings = ["wilayah", "opd", "jumlah_opd", "tanggal_komitmen"]
    same, other = ["Kab. Paser", "", "3", "1/2/2024"], ["Kab. Paser", "", "4", "1/2/2024"]
    assert check(csv_bytes(headings, [same, same]), "narahubung").unchanged == 1
    assert check(csv_bytes(headings, [same, other]), "narahubung").accepted == 0


def test_finds_every_repeated_value():
    values = pl.Series(["a", None, "b", "a", None, "c", "b", "a"])
    assert sorted(keys.repeated_values(values)) == ["a", "b"]
    assert keys.repeated_values(pl.Series(["a", None, None])).is_empty()
