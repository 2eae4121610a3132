"""Old workbooks (XLS): failed formulas, which the reader hands on as blank, and where their days begin."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.workbook.faults import MOST_FAULTS, Faults

_FAILURES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOUNDSHEET, _DATEMODE, _BOF, _EOF, _BOOLERR = 0x85, 0x22, 0x809, 0x0A, 0x205
_FORMULA = (0x06, 0x206, 0x406)
_END, _DIRECTORY_ENTRY, _STREAM, _ROOT = 0xFFFFFFFA, 128, 2, 5


@dataclass(frozen=True)
class _Entry:
    """A line of the container's directory."""

    name: str
    kind: int
    start: int
    size: int


class _Container:
    """The file system inside an old workbook: sectors chained by a table, small streams inside another."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        self._size, self._small_size = 1 << shift, 1 << small_shift
        (directory, _, self._cutoff, small_table, _, more, count) = struct.unpack_from("<7I", content, 48)
        tables = [entry for entry in struct.unpack_from("<109I", content, 76) if entry < _END]
        for _ in range(min(count, len(content) // self._size)):
            *listed, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            tables += [entry for entry in listed if entry < _END]
        self._table = b"".join(map(self._sector, tables))
        self._small_table = self._chain(small_table)
        lines = self._chain(directory)
        places = range(0, len(lines) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY)
        self.entries = [_entry(lines[at : at + _DIRECTORY_ENTRY]) for at in places]

    def stream(self, *names: str) -> bytes:
        """The first stream of one of these names; b"" when there is none."""
        entry = next((one for one in self.entries if one.kind == _STREAM and one.name in names), None)
        if entry is None:
            return b""
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        root = next(one for one in self.entries if one.kind == _ROOT)
        small = self._chain(root.start)
        pieces, size = _follow(self._small_table, entry.start), self._small_size
        return b"".join(small[at * size : (at + 1) * size] for at in pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._table, start)))


def _follow(table: bytes, start: int) -> Iterator[int]:
    """The chain that begins with a sector; one that runs in circles ends after as many as there are."""
    for _ in range(len(table) // 4):
        if start * 4 + 4 > len(table):
            return
        yield start
        (start,) = struct.unpack_from("<I", table, start * 4)


def _entry(line: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", line, 64)
    start, size = struct.unpack_from("<II", line, 116)
    name = line[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, kind, start, size)


def find(handle: BinaryIO, number: int) -> tuple[Faults, bool]:
    """The faults of the sheet of that number (from 0), and whether days count from 1904.

    A container that cannot be followed has none: the library that reads its cells says whether it is broken.
    """
    handle.seek(0)
    try:
        content = _Container(handle.read()).stream("Workbook", "Book")
        return _faults(content, number)
    except (struct.error, IndexError, StopIteration, UnicodeError):
        return Faults(), False
    finally:
        handle.seek(0)


def _faults(content: bytes, number: int) -> tuple[Faults, bool]:
    sheets, is_1904 = [], False
    for kind, at, length in _records(content, 0):
        if kind == _BOUNDSHEET and length >= 4:
            sheets.append(struct.unpack_from("<I", content, at)[0])
        elif kind == _DATEMODE and length >= 2:
            is_1904 = struct.unpack_from("<H", content, at)[0] == 1
    found = Faults()
    if number < len(sheets):
        for kind, at, length in _records(content, sheets[number]):
            if kind == _BOOLERR and length >= 8 and content[at + 7] == 1:
                _note(found, content, at, content[at + 6])
            elif kind in _FORMULA and length >= 14:
                found.formulas += 1
                if content[at + 12 : at + 14] == b"\xff\xff" and content[at + 6] == 2:
                    _note(found, content, at, content[at + 8])
    return found, is_1904


def _records(content: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record up to the end of a part; charts inside it are stepped over."""
    depth = 0
    while place + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, place + 4, length
        place += 4 + length


def _note(found: Faults, content: bytes, at: int, code: int) -> None:
    if len(found.cells) < MOST_FAULTS:
        row, column = struct.unpack_from("<HH", content, at)
        found.cells.setdefault(row, {})[column] = _FAILURES.get(code, "#N/A")
