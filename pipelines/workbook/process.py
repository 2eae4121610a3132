"""The parent's side: a workbook's sheets as they come from the process that opens it."""

import json
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipelines.places import ROOT
from pipelines.workbook import guard

# Bytes of the file itself, and of the text of all its sheets.
LARGEST_FILE, LARGEST_TEXT = 200 * guard.MB, 400 * guard.MB
_TOO_SLOW = ("buku kerja ini terlalu lama dibuka", guard.TOO_LARGE[1])


@dataclass(frozen=True)
class Sheet:
    """One sheet: its text in UTF-8, cells between tabs (b"" when its rows were not asked for).

    Counts: `merged` cells filled downwards, `formulas` with a value, failed formulas `lost` as blank cells,
    columns at the far end left `unread`.
    """

    name: str
    kind: str
    content: bytes
    is_hidden: bool
    is_1904: bool = False
    merged: int = 0
    formulas: int = 0
    lost: int = 0
    unread: int = 0


def unpack(source: Path | bytes, sheet: str | None = None, is_index: bool = False) -> Iterator[Sheet]:
    """The worksheets in order, one at a time; guard.Refused when the workbook cannot be read.

    Rows come with the sheets that can be seen, or with `sheet` alone; with none for an index.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > LARGEST_FILE:
        raise guard.Refused(*guard.TOO_LARGE)
    path = str(source.resolve()) if isinstance(source, Path) else None
    request = json.dumps({"path": path, "sheet": sheet, "is_index": is_index})
    child = subprocess.Popen(
        [sys.executable, "-m", "pipelines.workbook.child", request],
        stdin=subprocess.DEVNULL if path else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        if child.stdin:
            _give(child.stdin, source)
        yield from _sheets(child)
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def _give(stdin: BinaryIO, content: bytes) -> None:
    """Hand over the whole file; a child that has ended already says why on its other side."""
    try:
        stdin.write(content)
        stdin.close()
    except BrokenPipeError:
        pass


def _sheets(child: subprocess.Popen) -> Iterator[Sheet]:
    about, parts, size = {}, [], 0
    for letter, content in _frames(child):
        if letter == b"S":
            about, parts = json.loads(content), []
        elif letter == b"C":
            parts.append(content)
            size += len(content)
            if size > LARGEST_TEXT:
                raise guard.Refused(*guard.TOO_LARGE)
        elif letter == b"E":
            yield Sheet(content=b"".join(parts), **about, **json.loads(content))
        elif letter == b"X":
            raise guard.Refused(*json.loads(content))


def _frames(child: subprocess.Popen) -> Iterator[tuple[bytes, bytes]]:
    """Letter and content of each frame; a child that ends before its last one was stopped by its limits."""
    while len(head := child.stdout.read(5)) == 5:
        letter, length = struct.unpack(">cI", head)
        content = child.stdout.read(length)
        if letter == b"." or len(content) < length:
            break
        yield letter, content
    else:
        letter = b""
    if letter != b".":
        is_slow = child.wait() in (-signal.SIGXCPU, -signal.SIGKILL)
        raise guard.Refused(*(_TOO_SLOW if is_slow else guard.TOO_LARGE))
