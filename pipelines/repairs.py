"""What was mended or assumed while a file was read, as sentences; and doubled UTF-8 undone."""

import re
from collections.abc import Sequence

import polars as pl

from pipelines.headings import Headings
from pipelines.privacy import mask

SEPARATORS = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
# The bytes 0x80-0xBF as Windows-1252 (or, where that has none, Latin-1) shows them.
_TAIL = "".join(
    dict.fromkeys(
        bytes([code]).decode(codec, "ignore") for code in range(0x80, 0xC0) for codec in ("cp1252", "latin-1")
    )
)
# Letters of Latin-1, and the dashes and quotation marks of U+2000 to U+203F: what offices here write.
_DOUBLED = f"(?:[ÂÃ][{_TAIL}]|â€[{_TAIL}])+"
_SEEN = re.compile(_DOUBLED)
_SHOWN_ROWS, _SHOWN_COLUMNS = 5, 8


def numbered(rows: list[int]) -> str:
    """Row numbers in a sentence; after the first few only how many more."""
    shown = ", ".join(map(str, rows[:_SHOWN_ROWS]))
    more = len(rows) - _SHOWN_ROWS
    return f"baris {shown}" + (f" dan {more} baris lain" if more > 0 else "")


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 and written as UTF-8 again; other text stays as it is."""
    return _SEEN.sub(_decode, text)


def _decode(found: re.Match) -> str:
    try:
        narrow = b"".join(_byte(char) for char in found.group())
        return narrow.decode("utf-8")
    except UnicodeError:
        return found.group()


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252")


def mend_frame(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Every text column mended, and the sentence that says so with an example; [] when nothing was."""
    count, example = 0, None
    for name in [name for name, dtype in frame.schema.items() if dtype == pl.String]:
        suspects = frame[name].filter(frame[name].str.contains(_DOUBLED).fill_null(False)).unique()
        pairs = {text: mended for text in suspects if (mended := mend(text)) != text}
        if not pairs:
            continue
        count += int(frame[name].is_in(list(pairs)).sum())
        example = example or next(iter(sorted(pairs.items())))
        frame = frame.with_columns(pl.col(name).replace(list(pairs), list(pairs.values())))
    if example is None:
        return frame, []
    before, after = (mask(text) for text in example)
    shown = f"misalnya '{before}' menjadi '{after}'"
    return frame, [f"Huruf yang dua kali disandikan dipulihkan di {count} sel, {shown}."]


def of_headings(headings: Headings, usual: str) -> list[str]:
    """What had to be assumed to find the headings: an unusual separator, the row, columns without one."""
    said = []
    if headings.delimiter != usual:
        said.append(f"Kolomnya dipisahkan {SEPARATORS[headings.delimiter]}.")
    if headings.is_joined:
        said.append(f"Judul kolom dibaca dari dua baris, baris {headings.row - 1} dan {headings.row}.")
    elif headings.row > 1:
        said.append(f"Judul kolom ditemukan di baris {headings.row}.")
    if headings.above:
        said.append(f"{headings.above} baris keterangan di atas judul kolom dilewati.")
    if headings.beside:
        said.append(
            f"Tabel lain mulai di kolom {headings.beside} tidak dibaca; "
            "unggah tabel itu sebagai berkas tersendiri."
        )
    if headings.nameless:
        said.append(f"Kolom tanpa judul tidak dibaca: {_span(headings.nameless)}.")
    return said


def of_short_rows(rows: Sequence[int]) -> list[str]:
    """That some rows have fewer cells than there are headings; [] for none."""
    if not len(rows):
        return []
    where = numbered(list(rows))
    return [f"{len(rows)} baris lebih pendek daripada judulnya ({where}); sel yang tidak ada dibaca kosong."]


def _span(letters: tuple[str, ...]) -> str:
    shown = ", ".join(letters[:_SHOWN_COLUMNS])
    more = len(letters) - _SHOWN_COLUMNS
    return shown + (f" dan {more} kolom lain" if more > 0 else "")
