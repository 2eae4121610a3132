"""The process that opens a workbook: limits of its own, so that no file can exhaust or end its parent.

Run as `python -m pipelines.workbook.child REQUEST` by process.py; it answers in frames on stdout:
a letter, a length (4 bytes), that many bytes.
"""

import gc
import io
import json
import resource
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import python_calamine

from pipelines.workbook import faults, guard, old
from pipelines.workbook.typed import text_of

# Bytes of address space, seconds of processor time.
MEMORY, SECONDS = 2 << 30, 55
SHEET, CHUNK, END, REFUSED, DONE = b"S", b"C", b"E", b"X", b"."
# Rows in one frame; columns of a sheet that are read.
_AT_ONCE, MOST_COLUMNS = 2_000, 1_000
_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet
_VISIBLE = python_calamine.SheetVisibleEnum.Visible


def answer(request: dict, out: BinaryIO) -> None:
    """Send the sheets, or why they are refused.

    Every sheet by its name; the rows of those that can be seen, or of `sheet` alone; none for `is_index`.
    """
    try:
        with _opened(request["path"]) as handle:
            _send_sheets(handle, request, out)
        _send(out, DONE, b"")
    except guard.Refused as refusal:
        _send(out, REFUSED, json.dumps(refusal.args).encode())
    except python_calamine.PasswordError:
        _send(out, REFUSED, json.dumps(guard.PASSWORD).encode())
    except MemoryError:
        _send(out, REFUSED, json.dumps(guard.TOO_LARGE).encode())
    except BaseException:  # a panic of the library is no Exception; whatever it was, the file cannot be read
        _send(out, REFUSED, json.dumps(guard.CORRUPT).encode())


def _opened(path: str | None) -> BinaryIO:
    return Path(path).open("rb") if path else io.BytesIO(sys.stdin.buffer.read())


def _send(out: BinaryIO, letter: bytes, content: bytes) -> None:
    out.write(struct.pack(">cI", letter, len(content)) + content)
    out.flush()


def _send_sheets(handle: BinaryIO, request: dict, out: BinaryIO) -> None:
    kind = guard.look(handle)
    workbook = python_calamine.CalamineWorkbook.from_filelike(handle)
    for number, entry in enumerate(workbook.sheets_metadata):
        if entry.typ != _WORKSHEET:
            continue
        about = {"name": entry.name, "kind": kind, "is_hidden": entry.visible != _VISIBLE}
        _send(out, SHEET, json.dumps(about).encode())
        is_named = not about["is_hidden"] if request["sheet"] is None else entry.name == request["sheet"]
        counts = {}
        if is_named and not request["is_index"]:
            hidden, is_1904 = _hidden(handle, about, number)
            counts = {"is_1904": is_1904, "formulas": hidden.formulas, "lost": hidden.lost}
            counts |= _send_rows(workbook.get_sheet_by_name(entry.name), hidden, out)
        _send(out, END, json.dumps(counts).encode())


def _hidden(handle: BinaryIO, about: dict, number: int) -> tuple[faults.Faults, bool]:
    """What the library does not tell of a sheet: its faults, and whether its days count from 1904."""
    if about["kind"] == "xls":
        return old.find(handle, number)
    is_1904 = about["kind"] == "xlsx" and faults.is_1904(handle)
    return faults.find(handle, about["name"], about["kind"]), is_1904


def _send_rows(sheet: python_calamine.CalamineSheet, hidden: faults.Faults, out: BinaryIO) -> dict:
    """The rows of one sheet in pieces; how many merged cells were filled, how many columns left unread."""
    merged, lines = _upright(sheet), _Lines()
    for number, row in enumerate(_rows(sheet, hidden.cells, merged)):
        lines.add(row)
        if number % _AT_ONCE == 0:
            _send(out, CHUNK, lines.take())
    _send(out, CHUNK, lines.take())
    width = sheet.end[1] + 1 if sheet.end else 0
    return {"merged": sum(map(len, merged.values())), "unread": max(width - MOST_COLUMNS, 0)}


def _upright(sheet: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Merged cells that span rows in one column: first row -> (column, last row)."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right and bottom > top:
            spans.setdefault(top, []).append((left, bottom))
    return spans


def _rows(
    sheet: python_calamine.CalamineSheet,
    shown: dict[int, dict[int, str]],
    merged: dict[int, list[tuple[int, int]]],
) -> Iterator[list[str]]:
    """Every row from the first of the sheet, as text: hidden faults shown, upright merged cells filled.

    The library's rows begin at the first row of the sheet, but at the first column that has a value.
    """
    if sheet.start is None:
        return
    right = min(sheet.end[1], MOST_COLUMNS - 1)
    margin, carried = [""] * sheet.start[1], {}
    for number, cells in enumerate(sheet.iter_rows()):
        row = margin + [cell if type(cell) is str else text_of(cell) for cell in cells]
        del row[MOST_COLUMNS:]
        for column, text in shown.get(number, {}).items():
            if column <= right and not row[column]:
                row[column] = text
        for column, (last, text) in list(carried.items()) if carried else ():
            row[column] = row[column] or text
            if number == last:
                del carried[column]
        for column, last in merged.get(number, ()):
            if column <= right:
                carried[column] = (last, row[column])
        yield row


class _Lines:
    """Rows as lines of cells between tabs, taken in pieces."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, row: list[str]) -> None:
        """One row; a cell is quoted only where it must be, and looked at only where one must be."""
        line = "\t".join(row)
        if '"' in line or "\n" in line or "\r" in line or line.count("\t") >= max(len(row), 1):
            line = "\t".join(map(_quoted, row))
        self._texts.append(line + "\n")

    def take(self) -> bytes:
        """UTF-8 without zero bytes; line ends as everywhere else, also in cells of several lines."""
        text = "".join(self._texts)
        self._texts.clear()
        text = text.replace("\0", "").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        return text.encode("utf-8", "replace")


def _quoted(cell: str) -> str:
    if '"' in cell or "\t" in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def limit() -> None:
    """Bound this process; what it asks for beyond ends it."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit()
    gc.disable()  # a million short-lived cells and no cycles
    answer(json.loads(sys.argv[1]), sys.stdout.buffer)
