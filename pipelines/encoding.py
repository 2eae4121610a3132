"""Bytes of a file -> bytes in UTF-8, and the name of the encoding they came in."""

import codecs
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipelines.quotes import QuoteWatch

UTF8, UTF8_BOM, UTF16, WINDOWS = "utf-8", "utf-8-sig", "utf-16", "windows-1252"
_CHUNK = 1 << 23
_NOT_TEXT = {
    b"PK\x03\x04": "berkas ini buku kerja Excel atau arsip, bukan CSV; simpan sebagai CSV lalu unggah lagi",
    b"\xd0\xcf\x11\xe0": "berkas ini buku kerja Excel lama, bukan CSV; simpan sebagai CSV lalu unggah lagi",
    b"%PDF": "berkas ini PDF, bukan CSV; minta ekspor CSV dari sistem asalnya",
}


@dataclass(frozen=True)
class Source:
    """A file as the CSV reader takes it: a path (already UTF-8) or bytes in UTF-8."""

    content: Path | bytes
    encoding: str | None
    sha256: str
    quotes: QuoteWatch
    refusal: str | None = None

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

    UTF-8 is believed when every byte agrees, then Windows-1252; UTF-16 needs its mark or its zero bytes.
    """
    start = _start(source)
    if refusal := next((why for magic, why in _NOT_TEXT.items() if start.startswith(magic)), None):
        return _refused(source, refusal)
    if wide := _wide(start):
        return _transcoded(source, wide, UTF16)
    if b"\0" in start:
        return _refused(source, "berkas ini bukan teks; unggah berkas CSV")
    found = _examine(source)
    if not found.is_utf8:
        return _transcoded(source, "cp1252", WINDOWS)
    if not found.has_newline and b"\r" in start:
        return _in_memory(_bytes(source), UTF8, found.sha256)
    encoding = UTF8_BOM if start.startswith(codecs.BOM_UTF8) else UTF8
    return Source(source, encoding, found.sha256, found.quotes)


def _start(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:4096]
    with source.open("rb") as handle:
        return handle.read(4096)


def _wide(start: bytes) -> str | None:
    """The UTF-16 codec, from the mark or from where the zero bytes stand."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(start) < 4 or start.count(0) < len(start) // 3:
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


@dataclass(frozen=True)
class _Found:
    sha256: str
    is_utf8: bool
    has_newline: bool
    quotes: QuoteWatch


def _examine(source: Path | bytes) -> _Found:
    """Everything that takes a look at every byte, in one pass of bounded memory."""
    digest, decoder, quotes = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), QuoteWatch()
    is_utf8, has_newline, is_first = True, False, True
    for chunk in _chunks(source):
        digest.update(chunk)
        quotes.feed(chunk.removeprefix(codecs.BOM_UTF8) if is_first else chunk)
        is_first, has_newline = False, has_newline or b"\n" in chunk
        is_utf8 = is_utf8 and _decodes(decoder, chunk)
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    return _Found(digest.hexdigest(), is_utf8, has_newline, quotes)


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
    return _in_memory(converted.getvalue(), name, digest.hexdigest())


def _in_memory(content: bytes, encoding: str, sha256: str) -> Source:
    """Bytes in UTF-8; carriage returns alone become line ends."""
    content = content if b"\n" in content else content.replace(b"\r", b"\n")
    return Source(content, encoding, sha256, _examine(content).quotes)


def _refused(source: Path | bytes, refusal: str) -> Source:
    return Source(b"", None, _hash(source), QuoteWatch(), refusal)


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


def _hash(source: Path | bytes) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(source):
        digest.update(chunk)
    return digest.hexdigest()
