from datetime import date

import pytest

from pipelines import intake, lake

pytestmark = pytest.mark.usefixtures("without_build")


def ingest(content, kind="laporan", **stated):
    result = intake.ingest_file(kind, content, **stated)
    assert result.rows == result.accepted + result.rejected
    assert result.accepted == result.new + result.changed + result.unchanged
    return result


def counts(result):
    return result.new, result.changed, result.unchanged, result.rejected


def reason(result):
    [problem] = [row for row in result.problems.to_dicts() if row["level"] == "tolak"]
    return problem["reason"]


def test_tells_new_changed_and_unchanged_cases_apart(laporan):
    ingest(laporan({}, {}, {}))
    later = laporan({}, {"substansi": "Air"}, {}, {}, {})
    assert counts(ingest(later)) == (2, 1, 2, 0)


def test_a_blank_cell_and_an_absent_column_change_nothing(laporan):
    ingest(laporan({"substansi": "Air", "tahap": "Pleno"}))
    assert counts(ingest(laporan({"substansi": "-"}))) == (0, 0, 1, 0)


def test_clearing_a_value_is_a_change_and_clearing_nothing_is_none(laporan):
    ingest(laporan({"substansi": "Air"}))
    assert counts(ingest(laporan({"substansi": "(kosong)"}))) == (0, 1, 0, 0)
    assert counts(intake.check_file("laporan", laporan({"substansi": "(KOSONG)"}))) == (0, 0, 1, 0)


def test_an_older_extract_changes_nothing_that_a_newer_one_says(laporan):
    ingest(laporan({"substansi": "Air"}), per_tanggal=date(2025, 6, 30))
    older = laporan({"substansi": "Agraria"})
    assert counts(intake.check_file("laporan", older, per_tanggal=date(2025, 3, 31))) == (0, 0, 1, 0)
    assert counts(intake.check_file("laporan", older, per_tanggal=date(2025, 6, 30))) == (0, 1, 0, 0)


def test_a_list_of_closings_needs_no_opening_date_for_known_cases(laporan, csv_bytes):
    ingest(laporan({"nomor_laporan": "A/1"}, {"nomor_laporan": "A/2"}))
    headings = ["No Arsip", "Tanggal Penutupan Laporan", "Pendapat Ditutup"]
    rows = [["a/1", "10/02/2025", "4"], ["A/9", "10/02/2025", "4"]]
    result = ingest(csv_bytes(headings, rows))
    assert counts(result) == (0, 1, 0, 1)
    assert "belum dikenal" in reason(result)
    assert (result.sejak, result.cakupan) == (None, ())


def test_an_agenda_links_a_registration_to_its_case_number(csv_bytes):
    ingest(csv_bytes(["No Agenda", "Tanggal Agenda"], [["010.2025", "6/1/2025"]]), cakupan=["64"])
    linked = ingest(
        csv_bytes(["No Agenda", "No Arsip"], [["010.2025", "A/1"]]), per_tanggal=date(2025, 1, 31)
    )
    assert counts(linked) == (0, 1, 0, 0)
    closed = ingest(csv_bytes(["No Arsip", "Tanggal Penutupan Laporan"], [["A/1", "10/2/2025"]]))
    assert counts(closed) == (0, 1, 0, 0)
    again = intake.check_file(
        "laporan", csv_bytes(["No Agenda", "Status"], [["010.2025", "Selesai"]]), per_tanggal=date(2025, 3, 1)
    )
    assert counts(again) == (0, 1, 0, 0)


def test_refuses_a_row_that_moves_an_agenda_to_another_number(laporan):
    ingest(laporan({"nomor_agenda": "X"}))
    result = ingest(laporan({"nomor_laporan": "A/9", "nomor_agenda": "X"}, {"nomor_laporan": "A/8"}))
    assert counts(result) == (1, 0, 0, 1)
    assert "A/9" in reason(result) and "0001/LM/I/2025/SMR" in reason(result)


def test_refuses_a_closing_before_the_opening_that_is_known(laporan, csv_bytes):
    ingest(laporan({"nomor_laporan": "A/1", "tanggal_masuk": "10/01/2025"}))
    result = ingest(csv_bytes(["No Arsip", "Tanggal Penutupan Laporan"], [["A/1", "9/1/2025"]]))
    assert "tanggal_masuk yang sudah dikenal 2025-01-10" in reason(result)


def test_refuses_an_opening_after_the_closing_that_is_known(laporan):
    ingest(laporan({"nomor_laporan": "A/1", "tanggal_tutup": "10/02/2025"}))
    moved = {"nomor_laporan": "A/1", "tanggal_masuk": "11/02/2025"}
    assert "tanggal_tutup yang sudah dikenal 2025-02-10" in reason(ingest(laporan(moved)))
    assert ingest(laporan(moved | {"tanggal_tutup": "(kosong)"})).accepted == 1


def test_covers_the_provinces_that_occur_since_the_earliest_opening(laporan):
    rows = [{"tanggal_masuk": "3/2/2025"}, {"tanggal_masuk": "1/2/2025", "tanggal_tutup": "31/3/2025"}]
    result = ingest(laporan(*rows, {"wilayah_terlapor": ""}, {"wilayah_terlapor": "Kota Surabaya"}))
    assert (result.cakupan, result.sejak, result.per_tanggal) == (
        ("64",),
        date(2025, 1, 6),
        date(2025, 3, 31),
    )
    assert ingest(laporan({}, {"wilayah_terlapor": "Kab. Banjar"})).cakupan == ("63", "64")


def test_covers_what_is_stated(laporan):
    result = ingest(laporan({}), cakupan=["64", "63"], sejak=date(2024, 1, 1), per_tanggal=date(2025, 12, 31))
    assert (result.cakupan, result.sejak, result.per_tanggal) == (
        ("63", "64"),
        date(2024, 1, 1),
        date(2025, 12, 31),
    )
    [batch] = lake.live("laporan")
    assert (batch.cakupan, batch.sejak, batch.per_tanggal) == (
        result.cakupan,
        result.sejak,
        result.per_tanggal,
    )


def test_a_file_without_any_region_covers_nothing_and_says_how_to_state_it(laporan):
    result = ingest(laporan({"wilayah_terlapor": ""}))
    assert result.cakupan == ()
    [problem] = result.problems.to_dicts()
    assert problem["level"] == "peringatan" and "--cakupan 63,64" in problem["fix"]


def test_a_file_of_sample_rows_is_a_sample_batch(laporan):
    ingest(laporan({"nomor_laporan": "CONTOH/1"}))
    assert [batch.contoh for batch in lake.live("laporan")] == [True]


def test_the_first_real_batch_retires_the_sample_for_good(laporan):
    sample = ingest(laporan({"nomor_laporan": "CONTOH/1"}))
    real = ingest(laporan({}))
    assert real.undone == (sample.batch,)
    intake.undo_batch(real.batch)
    assert lake.live("laporan") == []


def test_a_refused_real_file_leaves_the_sample_alone(laporan):
    sample = ingest(laporan({"nomor_laporan": "CONTOH/1"}))
    assert ingest(laporan({"wilayah_terlapor": "Antah"})).undone == ()
    assert [batch.batch for batch in lake.live("laporan")] == [sample.batch]


def test_sample_rows_among_real_ones_are_refused(laporan):
    result = ingest(laporan({}, {"nomor_laporan": "CONTOH/1"}))
    assert counts(result) == (1, 0, 0, 1)
    assert "baris contoh" in reason(result)


def test_a_sample_beside_real_data_is_refused_whole(laporan):
    ingest(laporan({}))
    result = ingest(laporan({"nomor_laporan": "CONTOH/1"}, {"nomor_laporan": "CONTOH/2"}))
    assert counts(result) == (0, 0, 0, 2)
    assert "data sebenarnya" in reason(result)


def test_a_statement_of_the_shipped_register_is_nothing_new(csv_bytes):
    row = ["KS-64.08-20251128-BELUM", "64.08", "Belum ada"]
    result = ingest(
        csv_bytes(["id", "kode_wilayah", "instrumen"], [row]), "kerja_sama", per_tanggal=date(2026, 1, 1)
    )
    assert counts(result) == (0, 0, 1, 0)


def test_an_agreement_may_end_in_the_future_or_never(csv_bytes):
    headings = ["wilayah", "instrumen", "tanggal_tanda_tangan", "berakhir"]
    rows = [["Kab. Paser", "MoU", "1/2/2026", "1/2/2031"], ["Kab. Berau", "MoU", "1/2/2026", "Selamanya"]]
    checked = intake._check("kerja_sama", csv_bytes(headings, rows), None, intake.Stated())
    assert checked.result.accepted == 2
    assert checked.frame["berakhir"].to_list() == [date(2031, 2, 1), None]
    assert checked.frame["berakhir_terbuka"].to_list() == [None, "ya"]


def test_an_assessment_speaks_for_the_end_of_its_year(csv_bytes):
    headings = ["wilayah", "tahun", "skema", "status_lokus", "nilai", "sumber"]
    row = ["Kota Bontang", "2023", "Kepatuhan 2022-2024", "dinilai", "88,5", "https://contoh.id/a"]
    checked = intake._check("penilaian", csv_bytes(headings, [row]), None, intake.Stated())
    assert checked.result.per_tanggal == date(2023, 12, 31)
    assert checked.frame["nilai"].to_list() == [88.5]
    assert (
        intake.check_file("penilaian", csv_bytes(headings, [row]), per_tanggal=date(2022, 12, 31)).accepted
        == 0
    )
