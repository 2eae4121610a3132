"""What a workbook's archive says about itself, looked at before a part of it is unpacked."""

import re
import zipfile
from typing import BinaryIO

MB = 1 << 20
# A workbook of a million rows stays below all of these; what lies above was made to break a reader.
LARGEST_UNPACKED, LARGEST_RATIO, RATIO_COUNTS_FROM, MOST_PARTS = 1024 * MB, 200, 16 * MB, 5_000
_LARGEST_INDEX = 4 * MB
_KINDS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")

PASSWORD = (
    "buku kerja ini dikunci dengan kata sandi",
    "buka berkas itu, hapus kata sandinya (Simpan Sebagai), lalu unggah lagi",
)
CORRUPT = (
    "buku kerja ini rusak atau tidak lengkap",
    "buka di Excel atau LibreOffice, simpan ulang sebagai XLSX atau CSV, lalu unggah lagi",
)
TOO_LARGE = (
    "buku kerja ini terlalu besar bila dibuka",
    "hapus lembar, baris dan kolom yang tidak diperlukan, atau simpan lembarnya sebagai CSV",
)
_NO_WORKBOOK = (
    "arsip ini bukan buku kerja",
    "buka arsipnya, lalu unggah berkas CSV, XLSX, XLS atau ODS di dalamnya",
)
_ENTITIES = (
    "buku kerja ini memuat entitas XML yang tidak dibuat oleh Excel atau LibreOffice",
    "buka berkas itu, simpan ulang sebagai XLSX, lalu unggah lagi",
)


class Refused(Exception):
    """A workbook that is not unpacked; its two arguments are the reason and how to mend it."""


def look(handle: BinaryIO) -> str:
    """The kind of a workbook: xlsx, xlsb, ods or xls. Refused when it is locked, broken or a bomb."""
    start = handle.read(64 * 1024)
    handle.seek(0)
    if start.startswith(_OLD):
        if _is_locked(handle):
            raise Refused(*PASSWORD)
        return "xls"
    try:
        with zipfile.ZipFile(handle) as archive:
            return _look_into(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as fault:
        raise Refused(*CORRUPT) from fault
    finally:
        handle.seek(0)


def _is_locked(handle: BinaryIO) -> bool:
    """Whether an old container holds a locked new workbook: the name stands in its directory."""
    before = b""
    while chunk := handle.read(8 * MB):
        if _ENCRYPTED in before + chunk:
            handle.seek(0)
            return True
        before = chunk[-len(_ENCRYPTED) :]
    handle.seek(0)
    return False


def _look_into(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    is_bomb = any(
        part.file_size > RATIO_COUNTS_FROM and part.file_size > LARGEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or is_bomb:
        raise Refused(*TOO_LARGE)
    names = {part.filename.lower(): part for part in parts}
    kind = next((kind for name, kind in _KINDS.items() if name in names), None)
    if kind is None:
        raise Refused(*_NO_WORKBOOK)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(*PASSWORD)
    if "meta-inf/manifest.xml" in names and b"encryption-data" in index(archive, "META-INF/manifest.xml"):
        raise Refused(*PASSWORD)
    for name, part in names.items():
        if name.endswith((".xml", ".rels")) and _has_entities(archive, part):
            raise Refused(*_ENTITIES)
    return kind


def _has_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No office program writes a document type, the only place where entities can be declared."""
    with archive.open(part) as content:
        start = content.read(4096)
    plain = start.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def index(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small part of the archive, such as its list of sheets; b"" when it has none of that name."""
    try:
        with archive.open(name) as content:
            return content.read(_LARGEST_INDEX)
    except KeyError:
        return b""


def attributes(element: bytes) -> dict[str, str]:
    """The attributes of one XML element without their namespaces, as written."""
    found = re.findall(rb"([\w:]+)\s*=\s*\"([^\"]*)\"|([\w:]+)\s*=\s*'([^']*)'", element)
    return {
        (name or other).decode("ascii", "ignore").split(":")[-1]: (value or second).decode("utf-8", "replace")
        for name, value, other, second in found
    }
