"""The refused rows as a workbook: cells marked and explained, text stays text, uploaded again as it is."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from pipelines import intake
from pipelines.workbook import refused

pytestmark = pytest.mark.usefixtures("without_build")


@pytest.fixture
def result(laporan):
    bad = ({"tanggal_masuk": "31/02/2025"}, {"wilayah_terlapor": "Kutai"}, {"wilayah_terlapor": "=1+1"})
    return intake.check_file("laporan", laporan({}, *bad, {"wilayah_terlapor": "Budi 6472010101900001"}))


def rows(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_every_refused_row_stands_there_with_reason_and_remedy(result):
    lines = rows(refused.write(result))
    assert len(lines) == 1 + result.rejected
    assert lines[0][-2:] == ["alasan", "cara_memperbaiki"]
    assert all(line[-2] and line[-1] for line in lines[1:])


def test_faulty_cells_are_marked_and_commented_and_nothing_is_a_formula(result):
    with zipfile.ZipFile(io.BytesIO(refused.write(result))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        comments = book.read("xl/comments1.xml").decode()
    assert "<f>" not in sheet
    assert comments.count("<comment ") == result.problems.filter(level="tolak").height
    assert "tanggal ini tidak ada di kalender" in comments


def test_numbers_of_persons_are_masked(result):
    assert "6472010101900001" not in str(rows(refused.write(result)))


def test_it_can_be_uploaded_again_as_it_is_and_mended(result):
    content = refused.write(result)
    again = intake.check_file("laporan", content, "ditolak-laporan.xlsx")
    assert (again.rows, again.accepted) == (4, 0)
    mended = intake.check_file(
        "laporan", content, "ditolak-laporan.xlsx", padanan={("wilayah_terlapor", "Kutai"): "64.08"}
    )
    assert mended.accepted == 1


def test_a_file_that_is_refused_as_a_whole_says_so_in_every_row(csv_bytes):
    result = intake.check_file("laporan", csv_bytes(["wilayah_terlapor"], [["64.08"], ["64.71"]]))
    lines = rows(refused.write(result))
    assert [line[-2] for line in lines[1:]] == [lines[1][-2]] * 2 and "kolom wajib" in lines[1][-2]
