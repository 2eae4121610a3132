"""Bytes of a file -> bytes in UTF-8, the name of the encoding they came in, and what was mended."""

import codecs
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from pipelines import progress
from pipelines.quotes import QuoteWatch

UTF8, UTF8_BOM, UTF16, UTF32, WINDOWS = "utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"
_CHUNK, MEGABYTE = 1 << 23, 1 << 20
# What is not plain UTF-8 is put right in memory, some four times its size at once: not without end.
MOST_IN_MEMORY = 400 * MEGABYTE
_TOO_LARGE = (
    "berkas sebesar ini hanya dibaca bila berupa CSV UTF-8 yang utuh; simpan ulang sebagai CSV UTF-8, "
    "atau bagi menurut tahun"
)
_NOT_TEXT = {
    b"PK\x03\x04": "berkas ini buku kerja Excel atau arsip, bukan CSV; simpan sebagai CSV lalu unggah lagi",
    b"\xd0\xcf\x11\xe0": "berkas ini buku kerja Excel lama, bukan CSV; simpan sebagai CSV lalu unggah lagi",
    b"%PDF": "berkas ini PDF, bukan CSV; minta ekspor CSV dari sistem asalnya",
    b"{\\rtf": "berkas ini dokumen RTF, bukan tabel; minta ekspor CSV atau XLSX dari sistem asalnya",
    b"\x1f\x8b": "berkas ini arsip gzip; buka arsipnya, lalu unggah berkas di dalamnya",
    b"7z\xbc\xaf": "berkas ini arsip 7z; buka arsipnya, lalu unggah berkas di dalamnya",
    b"Rar!\x1a": "berkas ini arsip RAR; buka arsipnya, lalu unggah berkas di dalamnya",
}
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<body", b"<?xml", b"<workbook", b"<style", b"<meta")
_PAGE = (
    "berkas ini halaman web atau XML (sering bernama .xls), bukan tabel; "
    "buka di Excel, simpan sebagai XLSX atau CSV, lalu unggah lagi"
)
_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\r\x0b\x0c\x1a")
# Above these shares of a file's beginning, zero bytes and control characters are no damage: it is no text.
_MOST_ZEROS, _MOST_CONTROLS = 0.3, 0.02
# What UTF-8 looks like when it was taken for Windows-1252 and encoded again.
_DOUBLED = (b"\xc3\x83", b"\xc3\x82", b"\xc3\xa2\xe2\x82\xac")


@dataclass(frozen=True)
class Source:
    """A file as the CSV reader takes it: a path (already UTF-8) or bytes in UTF-8.

    `is_doubled`: somewhere it looks like UTF-8 encoded twice. `repairs`: sentences on what was assumed.
    `usual`: the separator that needs no mention.
    """

    content: Path | bytes
    encoding: str | None
    sha256: str
    quotes: QuoteWatch
    refusal: str | None = None
    is_doubled: bool = False
    repairs: tuple[str, ...] = ()
    usual: str = ","

    def head(self, size: int = 1 << 16) -> str:
        """The first characters, without a byte order mark."""
        if isinstance(self.content, bytes):
            start = self.content[:size]
        else:
            with self.content.open("rb") as handle:
                start = handle.read(size)
        return start.decode("utf-8", errors="ignore").removeprefix("\ufeff")

    def lines(self) -> TextIO:
        """The text line by line, line ends left as they are."""
        raw = io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")
        return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="\n")


def open_source(source: Path | bytes) -> Source:
    """Find the encoding of the whole file (not of its beginning) and its SHA-256; nothing is written.

    UTF-8 is believed when every byte agrees, then Windows-1252; UTF-16 and UTF-32 need a mark or zero bytes.
    """
    start = start_of(source)
    if refusal := _no_text(start):
        return _refused(source, refusal)
    is_large = not isinstance(source, bytes) and source.stat().st_size > MOST_IN_MEMORY
    if wide := _wide(start):
        if is_large:
            return _refused(source, _TOO_LARGE)
        return _transcoded(source, wide, UTF32 if "32" in wide else UTF16)
    if _is_binary(start):
        return _refused(
            source, "berkas ini bukan teks dan bukan lembar kerja; unggah CSV, XLSX, XLS, XLSB, atau ODS"
        )
    found = _examine(source)
    if is_large and (not found.is_utf8 or found.has_zeros or found.has_lone_returns):
        return _refused(source, _TOO_LARGE)
    if not found.is_utf8:
        return _transcoded(source, "cp1252", WINDOWS)
    encoding = UTF8_BOM if start.startswith(codecs.BOM_UTF8) else UTF8
    if found.has_zeros or found.has_lone_returns:
        return _in_memory(_bytes(source), encoding, found.sha256)
    return Source(source, encoding, found.sha256, found.quotes, is_doubled=found.is_doubled)


def start_of(source: Path | bytes, size: int = 4096) -> bytes:
    """The first bytes of a file."""
    if isinstance(source, bytes):
        return source[:size]
    with source.open("rb") as handle:
        return handle.read(size)


def _no_text(start: bytes) -> str | None:
    """Why a file that begins so is no table of text, when that is plain from its beginning."""
    if why := next((why for magic, why in _NOT_TEXT.items() if start.startswith(magic)), None):
        return why
    opening = start.removeprefix(codecs.BOM_UTF8).lstrip()[:16].lower()
    return _PAGE if opening.startswith(_MARKUP) else None


def _is_binary(start: bytes) -> bool:
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return start.count(0) > _MOST_ZEROS * len(start) or controls > max(2, _MOST_CONTROLS * len(start))


def _wide(start: bytes) -> str | None:
    """The UTF-16 or UTF-32 codec, from the mark or from where the zero bytes stand."""
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(start) < 4 or start.count(0) < len(start) // 3:
        return None
    zeros = [start[place::4].count(0) for place in range(4)]
    quarter = len(start) // 4
    if min(zeros[2:]) == quarter and not zeros[0]:
        return "utf-32-le"
    if min(zeros[:2]) == quarter and not zeros[3]:
        return "utf-32-be"
    odd, even = zeros[1] + zeros[3], zeros[0] + zeros[2]
    if min(odd, even) > max(odd, even) // 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


@dataclass(frozen=True)
class _Found:
    sha256: str
    is_utf8: bool
    has_zeros: bool
    has_lone_returns: bool
    is_doubled: bool
    quotes: QuoteWatch


def _examine(source: Path | bytes) -> _Found:
    """Everything that takes a look at every byte, in one pass of bounded memory; the hash beside it."""
    digest, decoder, quotes = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), QuoteWatch()
    is_utf8, has_zeros, is_doubled = True, False, False
    returns, pairs, last, read = 0, 0, b"", 0
    with ThreadPoolExecutor(max_workers=1) as beside:
        for chunk in _chunks(source):
            read += len(chunk)
            progress.tell("Membaca berkas", read // MEGABYTE, "MB")
            hashing = beside.submit(digest.update, chunk)
            quotes.feed(chunk if last else chunk.removeprefix(codecs.BOM_UTF8))
            is_plain = chunk.isascii()
            if is_utf8 and (not is_plain or decoder.getstate()[0]):
                is_utf8 = _decodes(decoder, chunk)
            is_doubled = is_doubled or (not is_plain and any(bytes_ in chunk for bytes_ in _DOUBLED))
            has_zeros = has_zeros or b"\0" in chunk
            if b"\r" in chunk or last == b"\r":
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            last = chunk[-1:]
            hashing.result()
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    return _Found(digest.hexdigest(), is_utf8, has_zeros, returns != pairs, is_doubled, quotes)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(source: Path | bytes, codec: str, name: str) -> Source:
    """The whole file as UTF-8 in memory: raw text may name people and is never written to a disk."""
    digest, decoder, converted = hashlib.sha256(), codecs.getincrementaldecoder(codec)(), io.BytesIO()
    try:
        for chunk in _chunks(source):
            digest.update(chunk)
            converted.write(decoder.decode(chunk).encode("utf-8"))
        converted.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeError:
        return _refused(source, "penyandian teks tidak dikenali; simpan ulang berkas sebagai CSV UTF-8")
    said = "Teksnya dibaca sebagai Windows-1252, karena bukan UTF-8 yang sah."
    said = said if name == WINDOWS else f"Teksnya dibaca sebagai {name.upper()}."
    return _in_memory(converted.getvalue(), name, digest.hexdigest(), [said])


def _in_memory(content: bytes, encoding: str, sha256: str, repairs: list[str] | None = None) -> Source:
    """Bytes in UTF-8 without zero bytes, and with carriage returns alone made line ends."""
    said = list(repairs or ())
    if zeros := content.count(0):
        content = content.replace(b"\0", b"")
        said.append(f"{zeros} karakter NUL dibuang.")
    found = _examine(content)
    if found.has_lone_returns and (mended := _with_line_ends(content)) != content:
        said.append("Ganti baris yang hanya berupa CR dibaca sebagai ganti baris biasa.")
        content, found = mended, _examine(mended)
    return Source(content, encoding, sha256, found.quotes, is_doubled=found.is_doubled, repairs=tuple(said))


def _with_line_ends(content: bytes) -> bytes:
    """Each carriage return that ends a line alone becomes a line end; inside quotes it stays text."""
    content = content.replace(b"\r\r\n", b"\r\n")
    if b'"' not in content or content.count(b'"') % 2:
        return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    array = np.frombuffer(content, dtype=np.uint8).copy()
    returns, quotes = np.flatnonzero(array == ord("\r")), np.flatnonzero(array == ord('"'))
    is_lone = array[np.minimum(returns + 1, array.size - 1)] != ord("\n")
    is_outside = np.searchsorted(quotes, returns) % 2 == 0
    array[returns[is_lone & is_outside]] = ord("\n")
    return array.tobytes()


def _refused(source: Path | bytes, refusal: str) -> Source:
    return Source(b"", None, hash_of(source), QuoteWatch(), refusal)


def _chunks(source: Path | bytes):
    if isinstance(source, bytes):
        for start in range(0, len(source), _CHUNK):
            yield source[start : start + _CHUNK]
        return
    with source.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk


def _bytes(source: Path | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def hash_of(source: Path | bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in _chunks(source):
        digest.update(chunk)
    return digest.hexdigest()
