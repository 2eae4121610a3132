"""Cells that a reader hands on as blank: formulas that failed and formulas never calculated."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import BinaryIO

from pipelines.workbook.guard import attributes, index

# What stands in a cell whose formula no program has calculated yet: there is no value to read.
UNCALCULATED = "#RUMUS!"
MOST_FAULTS = 100_000
_BLOCK, _OVERLAP = 1 << 20, 1 << 16
_FAILED = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]{1,20})</", re.S
)
_EMPTY = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")


@dataclass
class Faults:
    """Per row and column (from 0) the text to show there; `formulas` counts those that have a value.

    `lost` counts failed formulas whose place is not known: their cells stay blank.
    """

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: int = 0
    lost: int = 0


def is_1904(handle: BinaryIO) -> bool:
    """Whether an XLSX counts its days from 1904."""
    with zipfile.ZipFile(handle) as archive:
        found = re.search(rb"<(?:\w+:)?workbookPr\b[^>]*>", index(archive, "xl/workbook.xml"))
    handle.seek(0)
    return bool(found) and attributes(found.group()).get("date1904") in ("1", "true")


def find(handle: BinaryIO, sheet: str, kind: str) -> Faults:
    """The faults of one sheet of an XLSX, those of a whole ODS without their places; none for other kinds."""
    faults = Faults()
    if kind not in ("xlsx", "ods"):
        return faults
    with zipfile.ZipFile(handle) as archive:
        part = "content.xml" if kind == "ods" else _part_of(archive, sheet)
        if part:
            with archive.open(part) as content:
                _scan(content, _look if kind == "xlsx" else _count_lost, faults)
    handle.seek(0)
    return faults


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    targets = {}
    for element in re.findall(
        rb"<(?:\w+:)?Relationship\s[^>]*>", index(archive, "xl/_rels/workbook.xml.rels")
    ):
        given = attributes(element)
        targets[given.get("Id")] = given.get("Target", "")
    for element in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", index(archive, "xl/workbook.xml")):
        given = attributes(element)
        if unescape(given.get("name", "")) == sheet and (target := targets.get(given.get("id"))):
            name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return name if name in archive.namelist() else None
    return None


def _scan(content: BinaryIO, look: Callable[[bytes, Faults], None], faults: Faults) -> None:
    """Block by block, cut between two cells, so that memory does not grow with the sheet."""
    rest = b""
    while chunk := content.read(_BLOCK):
        block = rest + chunk
        cut = max(block.rfind(b"<c "), block.rfind(b"<table:table-cell"), len(block) - _OVERLAP)
        rest, block = block[cut:], block[:cut]
        look(block, faults)
    look(rest, faults)


def _count_lost(block: bytes, faults: Faults) -> None:
    cells = re.findall(rb"<table:table-cell\s[^>]*calcext:value-type=\"error\"[^>]*>", block)
    faults.lost += sum(b'office:string-value=""' in cell for cell in cells)


def _look(block: bytes, faults: Faults) -> None:
    if len(faults.cells) > MOST_FAULTS:
        return
    if b't="e"' in block:
        for found in _FAILED.finditer(block):
            _note(faults, found.group(1), found.group(2).decode("ascii", "replace"))
    formulas = block.count(b"<f>") + block.count(b"<f ") + block.count(b":f>") // 2
    if formulas:
        faults.formulas += formulas
        for found in _EMPTY.finditer(block):
            if b't="str"' not in found.group(1):
                faults.formulas -= 1
                _note(faults, found.group(1), UNCALCULATED)


def _note(faults: Faults, element: bytes, text: str) -> None:
    place = _PLACE.match(attributes(element).get("r", ""))
    if place:
        column = 0
        for char in place.group(1):
            column = column * 26 + ord(char) - ord("A") + 1
        faults.cells.setdefault(int(place.group(2)) - 1, {})[column - 1] = text
