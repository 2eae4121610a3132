"""What offices, mail programs and spreadsheets do to a file: each operator damages a good CSV in one way.

An operator takes a list of lines (a list of cells each, headings first), or the text, or the bytes.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Damage:
    """One way to damage a file.

    repaired: words of the sentence that must stand in the receipt when it is read. is_outside: the damage
    leaves the cells themselves alone, so that what is accepted must be what was written.
    """

    name: str
    do: Callable
    repaired: tuple[str, ...] = ()
    is_outside: bool = True


def join(lines: list[list[str]], delimiter: str = ",", line_end: str = "\n") -> str:
    """The lines as a CSV."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=line_end).writerows(lines)
    return written.getvalue()


def _is_row(line, cells=4):
    return len(line) >= cells and "No Arsip" not in line


def _ragged(lines, chance):
    cut = (_is_row(line) and chance.random() < 0.2 for line in lines)
    return [
        line[: chance.randint(3, len(line))] if cut_ else line for line, cut_ in zip(lines, cut, strict=True)
    ]


def _overlong(lines, chance):
    return [[*line, "lebih"] if _is_row(line, 6) and chance.random() < 0.1 else line for line in lines]


def _preamble(lines, chance):
    return [["Laporan Masyarakat"], [], ["Dicetak", "1/1/2026"], *lines][chance.randint(0, 2) :]


def _headings_again(lines, chance):
    place = chance.randint(len(lines) // 2, len(lines))
    return [*lines[:place], next(line for line in lines if "No Arsip" in line), *lines[place:]]


def _other_order(lines, chance):
    width = max(map(len, lines))
    order = chance.sample(range(width), width)
    return [[line[place] if place < len(line) else "" for place in order] if line else line for line in lines]


def _nameless(lines, chance):
    return [
        [*line, "x"] if _is_row(line, 6) else [*line, ""] if "No Arsip" in line else line for line in lines
    ]


def _excel_numbers(lines, chance):
    wrecks = ("6,4E+15", "#N/A", "########", "06:54.0", "#REF!", "45663", "1,2E+03")
    return [
        _with(line, chance, wrecks) if _is_row(line) and chance.random() < 0.15 else line for line in lines
    ]


def _with(line, chance, texts):
    place = chance.randrange(len(line))
    return [*line[:place], chance.choice(texts), *line[place + 1 :]]


def _stray_quotes(text, chance):
    places = sorted(chance.sample(range(len(text)), min(4, len(text))))
    for place in reversed(places):
        text = text[:place] + '"' + text[place:]
    return text


def _blank_lines(text, chance):
    return "\n".join(line + "\n" * chance.choice((0, 0, 1, 2)) for line in text.split("\n"))


def _mixed_ends(text, chance):
    return "".join(line + chance.choice(("\n", "\r\n", "\r")) for line in text.splitlines())


def _zeros(content, chance):
    place = chance.randrange(len(content))
    return content[:place] + b"\0" * chance.randint(1, 3) + content[place:]


def _cut(content, chance):
    return content[: chance.randrange(len(content) // 2, len(content))]


LINES = [
    Damage("ragged rows", _ragged, ("lebih pendek",)),
    Damage("overlong rows", _overlong),
    Damage("a preamble", _preamble, ("Judul kolom ditemukan",)),
    Damage("headings again", _headings_again, ("terulang",)),
    Damage("columns in another order", _other_order),
    Damage("a column without a heading", _nameless, ("tanpa judul",)),
    Damage("damage by a spreadsheet", _excel_numbers, is_outside=False),
]
TEXTS = [
    Damage("stray quotes", _stray_quotes, is_outside=False),
    Damage("blank lines", _blank_lines),
    Damage("mixed line ends", _mixed_ends, ("CR",)),
]
BYTES = [Damage("zero bytes", _zeros, ("NUL",)), Damage("cut off", _cut, is_outside=False)]
CODECS = {
    "utf-8": (),
    "utf-8-sig": (),
    "utf-16": ("UTF-16",),
    "utf-32": ("UTF-32",),
    "latin-1": ("Windows-1252",),
    "doubled": ("dua kali",),
}
DELIMITERS = {",": (), ";": ("titik koma",), "\t": ("tab",), "|": ("garis tegak",)}


def encode(text: str, codec: str) -> bytes:
    """The text in an encoding; `doubled` is UTF-8 taken for Windows-1252 and encoded again."""
    if codec == "doubled":
        return text.encode().decode("cp1252", "replace").encode()
    return text.encode(codec, "replace")
