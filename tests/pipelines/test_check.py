from datetime import date

import polars as pl
import pytest

from pipelines import dates, intake, options

pytestmark = pytest.mark.usefixtures("without_build")


def check(content, kind="laporan", **stated):
    result = intake.check_file(kind, content, **stated)
    assert result.rows == result.accepted + result.rejected
    assert result.accepted == result.new + result.changed + result.unchanged
    return result


def reasons(result, level="tolak"):
    return [
        (row["row"], row["column"], row["reason"])
        for row in result.problems.to_dicts()
        if row["level"] == level
    ]


def only_reason(result):
    [(_, _, reason)] = reasons(result)
    return reason


def kept(content, kind="laporan", **stated):
    """The rows as they would be stored."""
    return intake._check(kind, content, None, options.stated(kind, *(stated.get(n) for n in STATED))).frame


STATED = ("per_tanggal", "sejak", "cakupan", "date_order")


def test_accepts_a_good_row_as_new(laporan):
    result = check(laporan({}))
    assert (result.rows, result.accepted, result.new, result.rejected) == (1, 1, 1, 0)
    assert result.problems.is_empty()


def test_stores_typed_columns_of_the_contract_and_nothing_else(laporan):
    [row] = kept(
        laporan(
            {
                "tanggal_masuk": "6 Januari 2025",
                "wilayah_terlapor": "Pemkot Samarinda",
                "maladministrasi": "Pungli|penundaan berlarut",
                "tahap": "LAHP",
                "Pelapor": "Budi",
                "Catatan Bebas": "rahasia",
            }
        )
    ).to_dicts()
    assert row["tanggal_masuk"] == date(2025, 1, 6)
    assert row["wilayah_terlapor"] == "64.72"
    assert row["maladministrasi"] == "permintaan imbalan | penundaan berlarut"
    assert row["tahap"] == "LHP"
    assert row["tipe_laporan"] is None and row["baris"] == 2 and row["dikosongkan"] is None
    assert "Budi" not in row.values() and "rahasia" not in row.values()


@pytest.mark.parametrize("mark", ["", "  ", "-", "–", "n/a", "NULL"])
def test_a_blank_region_is_accepted_and_stays_blank(laporan, mark):
    content = laporan({"wilayah_terlapor": mark}, {})
    assert check(content).accepted == 2
    assert kept(content)["wilayah_terlapor"].to_list() == [None, "64.08"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({"nomor_laporan": "-"}, "nomor_laporan", "tanpa nomor_laporan atau nomor_agenda"),
        ({"tanggal_masuk": "31/02/2025"}, "tanggal_masuk", "tidak ada di kalender"),
        ({"tanggal_masuk": "1/1/1999"}, "tanggal_masuk", "lebih kecil dari batas terendah"),
        ({"tanggal_masuk": ""}, "tanggal_masuk", "belum dikenal"),
        ({"tipe_laporan": "Surat Kaleng"}, "tipe_laporan", "tidak dikenal"),
        ({"wilayah_terlapor": "Banjar"}, "wilayah_terlapor", "rancu"),
        ({"wilayah_terlapor": "Kota Surabaya"}, "wilayah_terlapor", "di luar cakupan"),
        ({"wilayah_terlapor": "Antah"}, "wilayah_terlapor", "tidak dikenal"),
        ({"wilayah_pelapor": "Antah"}, "wilayah_pelapor", "tidak dikenal"),
        ({"tanggal_tutup": "05/01/2025"}, "tanggal_tutup", "tanggal_tutup sebelum tanggal_masuk"),
        ({"instansi_terlapor": "hubungi 0812-3456-7890"}, "instansi_terlapor", "nomor telepon"),
        ({"instansi_terlapor": "NIK 6472010101900001"}, "instansi_terlapor", "NIK"),
        ({"substansi": "6472010101900001"}, "substansi", "NIK"),
        ({"tanggal_masuk": "(kosong)"}, "tanggal_masuk", "tidak dapat dikosongkan"),
    ],
)
def test_refuses_a_bad_row_and_keeps_the_good_ones(laporan, row, column, reason):
    result = check(laporan({}, row, {}))
    assert (result.rows, result.accepted, result.rejected) == (3, 2, 1)
    assert [found[:2] for found in reasons(result)] == [(3, column)]
    assert reason in only_reason(result)
    assert result.problems["fix"].null_count() == 0


def test_tells_every_fault_of_a_row_and_once_per_cell(laporan):
    result = check(laporan({"tanggal_masuk": "32/1/2025", "wilayah_terlapor": "Antah", "tipe_laporan": "X"}))
    assert sorted(found[1] for found in reasons(result)) == [
        "tanggal_masuk",
        "tipe_laporan",
        "wilayah_terlapor",
    ]


def test_shows_the_value_as_the_file_wrote_it_under_the_files_own_heading(csv_bytes):
    content = csv_bytes(["No Arsip", "Tanggal Agenda"], [["A/1", " 31/02/2025"], ["A/2", "01/02/2025"]])
    [problem] = check(content).problems.filter(pl.col("level") == "tolak").to_dicts()
    assert (problem["row"], problem["column"], problem["value"]) == (2, "Tanggal Agenda", " 31/02/2025")


def test_masks_identity_numbers_in_every_value_it_shows(laporan):
    names = ("tipe_laporan", "wilayah_terlapor", "instansi_terlapor", "tahap")
    row = dict.fromkeys(names, "6472010101900001")
    result = check(laporan(row | {"tanggal_masuk": "0812 3456 7890"}))
    assert "6472010101900001" not in str(result.to_json()) and "3456" not in str(result.to_json())
    assert "6472010101900001" not in result.rejected_rows().write_csv()


def test_refuses_a_date_after_the_day_of_the_data(laporan):
    content = laporan({"tanggal_masuk": "06/01/2025"}, {"tanggal_masuk": "07/01/2025"})
    result = check(content, per_tanggal=date(2025, 1, 6))
    assert result.accepted == 1
    assert "sesudah 2025-01-06" in only_reason(result)


def test_refuses_a_day_that_has_not_happened(laporan):
    result = check(laporan({}, {"tanggal_masuk": "1/1/2035"}))
    assert (result.accepted, result.per_tanggal) == (1, date(2025, 1, 6))
    assert "sesudah 2025-01-06" in only_reason(result)


def test_takes_the_latest_date_of_the_file_for_the_day_of_the_data(laporan):
    assert check(laporan({}, {"tanggal_tutup": "31/3/2025"})).per_tanggal == date(2025, 3, 31)


def test_asks_for_the_day_when_a_file_names_none(csv_bytes):
    result = check(csv_bytes(["nomor_agenda", "substansi"], [["A1", "Air"]]))
    assert (result.rows, result.accepted) == (1, 0)
    assert "--per-tanggal" in result.problems["fix"][0]


def test_refuses_the_whole_file_when_a_date_exists_only_month_first(laporan):
    result = check(laporan({}, {"tanggal_masuk": "12/31/2024"}))
    assert (result.rows, result.accepted, result.rejected) == (2, 0, 2)
    [problem] = result.problems.to_dicts()
    assert problem["row"] == 1 and "--date-order" in problem["fix"] and "12/31/2024" in problem["reason"]


def test_reads_the_file_in_the_order_that_is_stated(laporan):
    content = laporan({"tanggal_masuk": "03/04/2024"}, {"tanggal_masuk": "12/31/2024"})
    assert kept(content, date_order="mdy")["tanggal_masuk"].to_list() == [
        date(2024, 3, 4),
        date(2024, 12, 31),
    ]
    result = check(content, date_order="dmy")
    assert (result.accepted, result.date_order) == (1, "dmy")


def test_an_impossible_date_is_no_evidence_about_the_order(laporan):
    assert check(laporan({}, {"tanggal_masuk": "31/31/2024"}, {"tanggal_masuk": "02/30/2024"})).accepted == 1


def test_refuses_a_file_without_a_number_column(csv_bytes):
    result = check(csv_bytes(["Tanggal Agenda", "Substansi"], [["1/1/2025", "Air"]] * 3))
    assert (result.rows, result.rejected) == (3, 3)
    assert "nomor_laporan atau nomor_agenda" in only_reason(result)


def test_warns_when_no_column_says_the_region(laporan):
    result = check(laporan({"wilayah_terlapor": None}), cakupan=["64"])
    assert result.accepted == 1
    assert reasons(result, "peringatan") == [
        (
            1,
            "wilayah_terlapor",
            "kolom wilayah_terlapor tidak ada; kasus yang belum dikenal dihitung tanpa keterangan itu",
        )
    ]


def test_warns_once_about_a_term_that_is_not_on_the_list(laporan):
    result = check(laporan({"substansi": "Air Bersih"}, {"substansi": "Air Bersih"}, {"substansi": "Air"}))
    assert result.accepted == 3
    [(row, column, reason)] = reasons(result, "peringatan")
    assert (row, column) == (2, "substansi") and "(2 baris)" in reason


def test_reads_closed_from_a_general_status_and_says_so(laporan):
    content = laporan(
        {"Status": "Selesai"},
        {"Status": "Berproses", "tahap": "Pleno"},
        {"Status": "DITUTUP", "tahap": "Pleno"},
    )
    assert kept(content)["tahap"].to_list() == ["Ditutup", "Pleno", "Ditutup"]
    assert [found[1] for found in reasons(check(content), "peringatan")] == ["Status"]


def test_notes_what_a_row_clears(laporan):
    content = laporan({"substansi": "(Kosong)", "instansi_terlapor": " (kosong) "}, {"substansi": "Air"})
    frame = kept(content)
    assert frame["dikosongkan"].to_list() == ["instansi_terlapor | substansi", None]
    assert frame["substansi"].to_list() == [None, "Air"]


def test_refuses_a_row_with_more_cells_than_headings(csv_bytes):
    rows = [
        ["A/1", "1/1/2025", "64.08"],
        ["A/2", "1/1/2025", "64.08", "lebih"],
        ["A/3", "1/1/2025", "64.08", ""],
    ]
    result = check(csv_bytes(["nomor_laporan", "tanggal_masuk", "wilayah_terlapor"], rows))
    assert result.accepted == 2
    assert reasons(result)[0][0] == 3 and "lebih dari 3 sel" in only_reason(result)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"nomor_laporan,tanggal_masuk\n", b"PK\x03\x04", b"halo\ndunia\n"]
)
def test_a_file_without_a_row_to_read_is_refused_with_a_reason(content):
    result = check(content)
    assert (result.rows, result.accepted, result.batch) == (0, 0, None)
    assert only_reason(result) and not result.succeeded


def test_compares_case_numbers_without_case_and_stray_spaces(laporan):
    result = check(
        laporan({"nomor_laporan": "0179/lm / VI/2022/bjm"}, {"nomor_laporan": "0179/LM/VI/2022/BJM "})
    )
    assert (result.accepted, result.unchanged) == (2, 1)


def test_names_dropped_and_ignored_columns_by_their_own_headings(laporan):
    result = check(laporan({"Nama Pelapor": "Budi", "No. HP": "0812", "Warna Map": "biru"}))
    assert result.dropped_columns == ("Nama Pelapor", "No. HP")
    assert result.ignored_columns == ("Warna Map",)


def test_refused_rows_come_back_with_reasons_and_without_people(laporan):
    content = laporan(
        {"Pelapor": "Budi"}, {"Pelapor": "Ani", "tipe_laporan": "=1+1", "wilayah_terlapor": "Antah"}
    )
    [row] = check(content).rejected_rows().to_dicts()
    assert row["baris"] == 3 and row["tipe_laporan"] == "'=1+1"
    assert "wilayah tidak dikenal" in row["alasan"] and row["cara_memperbaiki"]
    assert "Ani" not in row.values() and "Pelapor" not in row


def test_a_file_of_refused_rows_can_be_mended_and_sent_again(laporan):
    refused = check(laporan({}, {"wilayah_terlapor": "Antah"})).rejected_rows()
    mended = refused.with_columns(pl.lit("64.08").alias("wilayah_terlapor"))
    result = check(mended.write_csv().encode())
    assert (result.rows, result.accepted) == (1, 1)


def test_today_is_a_day_in_wita():
    assert dates.today() == dates.datetime.now(dates.WITA).date()
