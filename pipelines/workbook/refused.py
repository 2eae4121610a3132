"""The refused rows of a file as an XLSX that can be mended and uploaded again: faulty cells marked, with why.

Every cell is written as text, so that nothing becomes a formula and no number or date is changed on the way.
"""

import io

import polars as pl
import xlsxwriter

from pipelines import problems
from pipelines.errors import UserError
from pipelines.privacy import mask
from pipelines.result import Result

SHEET, MOST_ROWS, MOST_COMMENTS = "ditolak", 1_048_575, 5_000
WHY, HOW = "alasan", "cara_memperbaiki"
WIDTH, LONGEST_CELL = 22, 32_000


def write(result: Result) -> bytes:
    """The workbook: the file's own headings, the refused rows, `alasan` and `cara_memperbaiki`.

    The first MOST_COMMENTS faulty cells carry a comment. UserError for more rows than a sheet holds.
    """
    texts = result.refused_texts
    if texts.height > MOST_ROWS:
        raise UserError(
            f"{texts.height} baris yang ditolak tidak muat di satu lembar XLSX (paling banyak {MOST_ROWS}). "
            "Tulis sebagai CSV."
        )
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        marked = book.add_format({"bg_color": "#F6D5D0", "font_color": "#7A1F14", "bold": True})
        bold = book.add_format({"bold": True, "bottom": 1})
        headings = [name for name in texts.columns if name != "baris"]
        for place, name in enumerate([*headings, WHY, HOW]):
            sheet.write_string(0, place, name, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1 if headings else 0, WIDTH)
        sheet.set_column(len(headings), len(headings) + 1, 3 * WIDTH)
        _fill(sheet, result, headings, marked)
    return made.getvalue()


def _fill(sheet: xlsxwriter.worksheet.Worksheet, result: Result, headings: list[str], marked: object) -> None:
    """The rows; a cell with a problem is marked, even when it is empty."""
    faults = _faults(result.problems)
    whole = faults.get(1, [])
    comments = 0
    for line, record in enumerate(result.refused_texts.iter_rows(named=True), start=1):
        found = faults.get(record["baris"], whole)
        wrong = {column: reason for column, reason, _ in found}
        for place, name in enumerate(headings):
            text = (mask_whole(record[name]) or "")[:LONGEST_CELL]
            if name not in wrong:
                sheet.write_string(line, place, text)
                continue
            sheet.write_string(line, place, text, marked) if text else sheet.write_blank(
                line, place, "", marked
            )
            if comments < MOST_COMMENTS:
                sheet.write_comment(line, place, wrong[name], {"x_scale": 2})
                comments += 1
        sheet.write_string(line, len(headings), "; ".join(f"{c}: {r}" for c, r, _ in found)[:LONGEST_CELL])
        fixes = dict.fromkeys(fix for _, _, fix in found if fix)
        sheet.write_string(line, len(headings) + 1, "; ".join(fixes)[:LONGEST_CELL])


def mask_whole(text: str | None) -> str | None:
    """A cell with a number of a person as asterisks; any other one uncut, since it has to be mended."""
    shown = mask(text)
    return text if text is None or (shown or "")[:100] == text[:100] else shown


def _faults(found: pl.DataFrame) -> dict[int, list[tuple[str, str, str | None]]]:
    """Row of the spreadsheet -> (column, reason, fix) of what refused it."""
    faults: dict[int, list] = {}
    refused = found.filter(pl.col("level") == problems.REFUSED)
    for row, column, reason, fix in refused.select("row", "column", "reason", "fix").iter_rows():
        faults.setdefault(row, []).append((column, reason, fix))
    return faults
