import hashlib
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import contracts, intake, options, read
from pipelines.errors import UserError
from pipelines.workbook import child, choice, guard, old, process
from pipelines.workbook.typed import text_of
from tests.pipelines.workbooks import Raw, archive, clock, day, formula, ods, xlsx

LAPORAN = contracts.load("laporan")
FILES = Path(__file__).parent / "files"
TITLES = ["No Arsip", "Tanggal Agenda", "Wilayah Terlapor", "Tahap"]
ROW = ["A/1", "6/1/2025", "64.08", "Pleno"]
FAILED = Raw('<c r="{place}" t="e"><f>NA()</f><v>#N/A</v></c>')
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    "</worksheet>"
)


def rows(content, sheet=None):
    table = read.read(content, LAPORAN, sheet)
    assert table.refusal is None, table.refusal
    return [row[:-1] for row in table.frame.rows()]


def refusal(content, sheet=None):
    table = read.read(content, LAPORAN, sheet)
    assert table.refusal and table.fix and table.frame.height == 0
    return table.refusal


def test_reads_a_workbook_with_the_row_numbers_of_its_sheet():
    content = xlsx({"Laporan": [["DAFTAR"], [], TITLES, ROW, [], ["A/2", "7/1/2025"]]})
    assert rows(content) == [(4, *ROW), (6, "A/2", "7/1/2025", None, None)]


def test_counts_rows_and_columns_from_the_corner_of_the_sheet():
    content = xlsx({"L": [[], [], [None, None, *TITLES], [None, None, *ROW]]})
    assert rows(content) == [(4, *ROW)]
    assert "Kolom tanpa judul tidak dibaca: A, B." in read.read(content, LAPORAN).repairs


def test_reads_a_path_as_it_reads_bytes(tmp_path):
    file = tmp_path / "laporan.xlsx"
    file.write_bytes(xlsx({"L": [TITLES, ROW]}))
    assert rows(file) == rows(file.read_bytes()) == [(2, *ROW)]


@pytest.mark.parametrize("name", ["lama.xls", "lama_1904.xls"])
def test_reads_an_old_workbook_whichever_year_its_days_count_from(name):
    found = rows(FILES / name)[:3]
    assert [row[:3] for row in found] == [
        (4, "0001/LM/I/2025/SMR", "2025-01-06"),
        (5, "0002/LM/I/2025/SMR", "2025-02-01"),
        (6, "3", "6 Januari 2025"),
    ]


def test_shows_a_failed_formula_of_an_old_workbook_and_where_its_days_begin():
    assert rows(FILES / "lama.xls")[3] == (7, "0004/LM/I/2025/SMR", None, None, "#N/A")
    said = [read.read(FILES / name, LAPORAN).repairs for name in ("lama.xls", "lama_1904.xls")]
    assert ["1904" in " ".join(sentences) for sentences in said] == [False, True]


@given(st.lists(st.tuples(st.integers(0, 5631), st.integers(0, 255)), max_size=40), st.integers(0, 2))
def test_no_damage_to_an_old_workbook_crashes_the_look_for_failures(changes, number):
    damaged = bytearray((FILES / "lama.xls").read_bytes())
    for place, value in changes:
        damaged[place] = value
    old.find(io.BytesIO(bytes(damaged)), number)


def test_reads_an_opendocument_sheet_and_says_which_formulas_failed():
    true_day = Raw('<table:table-cell office:value-type="date" office:date-value="2025-01-06"/>')
    failed = Raw(
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    content = ods({"L": [TITLES, ["A/1", true_day, "64.08", failed]]})
    assert rows(content) == [(2, "A/1", "2025-01-06", "64.08", None)]
    assert any("1 rumus yang gagal" in said for said in read.read(content, LAPORAN).repairs)


def test_a_true_date_is_never_read_month_first(without_build):
    content = xlsx({"L": [TITLES, ["A/1", day(45750), "64.08", "Pleno"], ["A/2", "31/1/2025", "64.08"]]})
    for order in (None, "dmy", "mdy"):
        frame = intake._check(
            "laporan", content, None, options.stated("laporan", None, None, None, order)
        ).frame
        assert str(frame["tanggal_masuk"][0]) == "2025-04-03"


def test_days_that_count_from_1904_are_the_same_days():
    content = xlsx({"L": [TITLES, ["A/1", day(45663 - 1462), "64.08"]]}, is_1904=True)
    assert rows(content) == [(2, "A/1", "2025-01-06", "64.08", None)]
    assert any("1904" in said for said in read.read(content, LAPORAN).repairs)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(16.0, "16"), (6.4e15, "6400000000000000"), (0.0000001, "0.0000001"), (64.08, "64.08")],
        *[(1.125, "1.1250"), (-12.5, "-12.5"), (True, "ya"), (False, "tidak"), (None, "")],
        *[(float("nan"), "#NUM!"), (float("inf"), "#NUM!"), (1e300, str(int(1e300)))],
    ],
)
def test_numbers_have_no_exponent_and_no_trailing_zero(value, text):
    assert text_of(value) == text


def test_formulas_are_read_with_the_value_last_calculated():
    content = xlsx({"L": [TITLES, [formula("A/1"), day(45663), formula("64.08"), None]]})
    assert rows(content) == [(2, "A/1", "2025-01-06", "64.08", None)]
    assert "2 rumus dibaca dengan nilai yang terakhir dihitung." in read.read(content, LAPORAN).repairs


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (FAILED, "rumus di sel ini gagal (#N/A)"),
        (formula(None), "belum pernah dihitung"),
        (clock(0.2875), "hanya jamnya"),
        (45663, "angka seri Excel"),
    ],
)
def test_names_what_a_cell_lost(cell, reason, without_build):
    result = intake.check_file("laporan", xlsx({"L": [TITLES, ROW, ["A/2", cell, "64.08", "Pleno"]]}))
    assert (result.rows, result.accepted, result.rejected) == (2, 1, 1)
    assert reason in result.problems["reason"][0] and result.problems["fix"][0]
    assert (result.encoding, result.delimiter) == ("xlsx", None)


def test_fills_cells_that_are_merged_downwards_and_says_so():
    content = xlsx({"L": [TITLES, ROW, ["A/2", "7/1/2025"]]}, merged=("C2:C3", "D2:D3"))
    assert rows(content) == [(2, *ROW), (3, "A/2", "7/1/2025", "64.08", "Pleno")]
    assert any("2 sel gabungan" in said for said in read.read(content, LAPORAN).repairs)


def test_reads_headings_under_merged_titles():
    above = ["No Arsip", "Tanggal", None, "Wilayah Terlapor"]
    below = [None, "Agenda", "Penutupan", None]
    content = xlsx(
        {"L": [above, below, ["A/1", "6/1/2025", "7/2/2025", "64.08"]]}, merged=("A1:A2", "B1:C1", "D1:D2")
    )
    assert rows(content) == [(3, "A/1", "6/1/2025", "7/2/2025", "64.08")]


def test_reads_a_csv_that_was_pasted_into_the_first_column():
    content = xlsx({"L": [[",".join(TITLES)], [",".join(ROW)]]})
    assert rows(content) == [(2, *ROW)]
    assert "Kolomnya dipisahkan koma." in read.read(content, LAPORAN).repairs


def test_keeps_tabs_quotes_and_lines_of_a_cell_together():
    nasty = 'a\tb "c"\nd, e; f'
    assert rows(xlsx({"L": [["No Arsip", "Instansi Terlapor"], ["A/1", nasty], ["A/2", '"']]})) == [
        (2, "A/1", nasty),
        (3, "A/2", '"'),
    ]


def test_takes_the_sheet_whose_headings_fit():
    content = xlsx({"Sampul": [["Ombudsman"]], "Isi": [TITLES, ROW], "Templat": [TITLES], "Kosong": []})
    table = read.read(content, LAPORAN)
    assert (table.sheet, table.frame.height) == ("Isi", 1)
    assert "Lembar 'Isi' dibaca; lembar lain tidak: 'Sampul', 'Templat', 'Kosong'." in table.repairs


def test_refuses_to_choose_between_sheets_that_fit_until_one_is_named():
    content = xlsx({"Januari": [TITLES, ROW], "Februari": [TITLES, ["B/1", *ROW[1:]]]})
    assert "'Januari', 'Februari'" in refusal(content)
    assert rows(content, "Februari")[0][1] == "B/1"
    assert "'Maret' tidak ada" in refusal(content, "Maret")


def test_the_same_sheet_is_the_same_file_and_another_sheet_is_another():
    content = xlsx({"Januari": [TITLES, ROW], "Februari": [TITLES, ["B/1", *ROW[1:]]], "Isi": [["x"]]})
    hashes = [read.read(content, LAPORAN, name).sha256 for name in ("Januari", "Januari", "Februari")]
    assert hashes[0] == hashes[1] != hashes[2]
    alone = xlsx({"Januari": [TITLES, ROW]})
    assert read.read(alone, LAPORAN).sha256 == hashlib.sha256(alone).hexdigest()


def test_reads_a_hidden_sheet_only_by_its_name():
    content = xlsx({"Isi": [TITLES, ROW], "Arsip": [TITLES, ["B/1", *ROW[1:]]]}, hidden=("Arsip",))
    assert rows(content)[0][1] == "A/1"
    assert rows(content, "Arsip")[0][1] == "B/1"
    assert read.sheets(content) == ("Isi",)


def test_lists_the_sheets_of_a_workbook_and_none_of_a_csv():
    assert read.sheets(xlsx({"A & B": [TITLES], "C": []})) == ("A & B", "C")
    assert read.sheets(b"nomor_laporan\n") == ()
    with pytest.raises(UserError, match="kata sandi"):
        read.sheets(FILES / "terkunci.xlsx")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ((FILES / "terkunci.xlsx").read_bytes(), "kata sandi"),
        (xlsx({"L": [TITLES, ROW]})[:900], "rusak"),
        (b"PK\x03\x04", "rusak"),
        (b"\xd0\xcf\x11\xe0" + bytes(2000), "rusak"),
        ((FILES / "lama.xls").read_bytes()[:2500], "rusak"),
        (archive({"laporan.csv": "nomor_laporan\n"}), "bukan buku kerja"),
        (xlsx({"L": [TITLES]}, **{"xl__worksheets__sheet1.xml": b"<worksheet><sheet"}), "rusak"),
        (xlsx({"L": [TITLES]}, **{"xl__workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "entitas"),
        (xlsx({"L": [TITLES]}, **{"xl__worksheets__sheet1.xml": FAR.encode()}), "terlalu besar"),
        (xlsx({"L": [], "M": []}), "tidak berisi lembar"),
    ],
)
def test_refuses_a_workbook_that_cannot_be_read_and_says_how_to_mend_it(content, reason):
    assert reason in refusal(content)


def test_refuses_an_archive_that_unpacks_to_far_more_than_it_is():
    started = time.monotonic()
    bomb = xlsx({"L": [TITLES]}, **{"xl__worksheets__sheet1.xml": bytes(guard.RATIO_COUNTS_FROM + 1)})
    assert len(bomb) < 100_000 and "terlalu besar" in refusal(bomb)
    assert "terlalu besar" in refusal(archive({f"{n}.xml": "" for n in range(guard.MOST_PARTS + 1)}))
    assert time.monotonic() - started < 20


def test_an_archive_that_lies_about_its_size_ends_in_a_refusal():
    honest = xlsx(
        {"L": [TITLES, ROW]}, **{"xl__worksheets__sheet1.xml": FAR.replace("1048576", "2") + " " * 10**6}
    )
    size = len(FAR.replace("1048576", "2")) + 10**6
    lying = honest.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest and read.read(lying, LAPORAN).refusal


def test_repeated_rows_of_an_opendocument_cannot_exhaust_the_memory():
    cell = (
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    refusal(ods({"L": [TITLES]}, extra=row))


def test_leaves_no_process_behind_when_nobody_reads_on():
    sheets = process.unpack(xlsx({"A": [TITLES], "B": [TITLES]}))
    next(sheets)
    running = sheets.gi_frame.f_locals["child"]
    sheets.close()
    assert running.returncode is not None


def test_a_file_beyond_the_limit_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(process, "LARGEST_FILE", 10)
    assert "terlalu besar" in refusal(xlsx({"L": [TITLES, ROW]}))


def test_says_how_many_columns_it_left_unread():
    wide = FAR.replace("1048576", "2").replace(
        '<c r="A1"><v>1</v></c>', '<c r="A1" t="str"><v>No Arsip</v></c>'
    )
    table = read.read(xlsx({"L": []}, **{"xl__worksheets__sheet1.xml": wide.encode()}), LAPORAN)
    assert f"{16384 - child.MOST_COLUMNS} kolom paling kanan" in table.repairs[0]


VALID = xlsx({"L": [TITLES, ROW, ["A/2", day(45663), FAILED, formula(None)]]}, merged=("C2:C3",))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_damage_to_an_archive_crashes_it(changes):
    damaged = bytearray(VALID)
    for place, value in changes:
        damaged[place] = value
    table = read.read(bytes(damaged), LAPORAN)
    assert table.refusal is None or table.frame.height == 0


@settings(max_examples=25)
@given(st.text(alphabet='<>/"= cvrfst#AB12&;!?', max_size=200))
def test_no_text_in_a_sheet_crashes_it(text):
    sheet = FAR.split("<row")[0] + text + "</sheetData></worksheet>"
    read.read(xlsx({"L": []}, **{"xl__worksheets__sheet1.xml": sheet.encode()}), LAPORAN)


@given(st.binary(max_size=400))
def test_the_guard_lets_nothing_through_but_a_refusal(content):
    try:
        guard.look(io.BytesIO(b"PK\x03\x04" + content))
    except guard.Refused as refused:
        assert len(refused.args) == 2


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=10) | st.just(
    'a"b\nc\td'
)


@settings(max_examples=50)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
def test_the_lines_of_a_sheet_are_read_back_cell_by_cell(cells):
    lines = child._Lines()
    for row in [["nomor_laporan", "substansi", "instansi_terlapor"], *cells]:
        lines.add(row)
    expected = [(at, *row) for at, row in enumerate(cells, start=2) if any(map(str.strip, row))]
    source = choice._source(process.Sheet("L", "xlsx", lines.take(), False), ["L"], "0")
    if not source.is_doubled:
        found = read._read_text(source, LAPORAN).frame.rows()
        assert [tuple(value or "" for value in row[:4]) for row in found] == expected
