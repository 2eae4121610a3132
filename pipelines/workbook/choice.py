"""Which sheet of a workbook is meant: the one whose headings fit the contract, or the one that is named."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts import Contract
from pipelines.encoding import Source, hash_of, open_source, start_of
from pipelines.errors import UserError
from pipelines.headings import find
from pipelines.quotes import QuoteWatch
from pipelines.workbook import guard
from pipelines.workbook.process import Sheet, unpack

_SOMETHING = re.compile(rb'[^\t\n "]')
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Chosen:
    """The text of the sheet that was chosen (`source.refusal` says why there is none) and its name."""

    source: Source
    sheet: str | None = None
    fix: str | None = None


@dataclass(frozen=True)
class _Seen:
    """A sheet and how well its headings fit: (the required columns are there, known columns, has rows)."""

    sheet: Sheet
    fits: bool
    known: int
    has_rows: bool


def is_workbook(source: Path | bytes) -> bool:
    """Whether a file begins as an archive or an old workbook does."""
    return start_of(source, 8).startswith(_MAGIC)


def names(source: Path | bytes) -> tuple[str, ...]:
    """The names of the sheets that can be seen; UserError when the workbook cannot be opened."""
    try:
        return tuple(sheet.name for sheet in unpack(source, is_index=True) if not sheet.is_hidden)
    except guard.Refused as refusal:
        reason, fix = refusal.args
        raise UserError(f"{reason[0].upper()}{reason[1:]}; {fix}.") from refusal


def choose(source: Path | bytes, contract: Contract, name: str | None = None) -> Chosen:
    """The sheet to read. Several that fit are refused by their names; a hidden one is read only by name."""
    sha256 = hash_of(source)
    try:
        seen, every = _look_at(source, contract, name)
    except guard.Refused as refusal:
        return _refused(sha256, *refusal.args)
    if name is not None and name not in every:
        there = ", ".join(f"'{one}'" for one in every)
        return _refused(sha256, f"lembar '{name}' tidak ada di buku kerja ini", f"pilih salah satu: {there}")
    if not seen:
        return _refused(
            sha256, "buku kerja ini tidak berisi lembar yang terisi", "isi paling sedikit satu lembar"
        )
    fitting = [one for one in seen if one.fits]
    fitting = [one for one in fitting if one.has_rows] or fitting
    if len(fitting) > 1 and name is None:
        listed = ", ".join(f"'{one.sheet.name}'" for one in fitting)
        return _refused(
            sha256,
            f"beberapa lembar memuat judul kolom {contract.title}: {listed}",
            "pilih satu lembar, atau simpan tiap lembar sebagai berkas tersendiri",
        )
    best = fitting[0] if fitting else max(seen, key=lambda one: one.known)
    return Chosen(_source(best.sheet, every, sha256), best.sheet.name)


def _look_at(source: Path | bytes, contract: Contract, name: str | None) -> tuple[list[_Seen], list[str]]:
    """The sheets worth keeping (those that fit, else the best so far), and the names of all."""
    kept, all_names = [], []
    for sheet in unpack(source, name):
        all_names.append(sheet.name)
        if not _SOMETHING.search(sheet.content):
            continue
        headings = find(sheet.content[: 1 << 16].decode("utf-8", "ignore"), contract)
        fits = not headings.refusal and headings.has_required(contract)
        one = _Seen(sheet, fits, len(headings.positions), _has_rows(sheet.content, headings.record))
        if fits or (
            not any(other.fits for other in kept) and one.known > max((k.known for k in kept), default=-1)
        ):
            kept = [other for other in kept if other.fits] + [one]
    return kept, all_names


def _has_rows(content: bytes, record: int) -> bool:
    """Whether anything stands below the row of headings."""
    place = 0
    for _ in range(record + 1):
        place = content.find(b"\n", place) + 1
    return place > 0 and _SOMETHING.search(content, place) is not None


def _source(sheet: Sheet, every: list[str], sha256: str) -> Source:
    opened = open_source(sheet.content)
    others = [f"'{name}'" for name in every if name != sheet.name]
    said = [f"Lembar '{sheet.name}' dibaca; lembar lain tidak: {', '.join(others)}."] if others else []
    if sheet.merged:
        said.append(
            f"{sheet.merged} sel gabungan ke bawah diisi dengan nilai sel pertamanya di setiap baris."
        )
    if sheet.formulas:
        said.append(f"{sheet.formulas} rumus dibaca dengan nilai yang terakhir dihitung.")
    if sheet.lost:
        said.append(f"{sheet.lost} rumus yang gagal (misalnya #N/A) dibaca sebagai sel kosong.")
    if sheet.unread:
        said.append(f"{sheet.unread} kolom paling kanan tidak dibaca, karena lembar ini terlalu lebar.")
    if sheet.is_1904:
        said.append("Tanggalnya dihitung dari tahun 1904, seperti diatur dalam buku kerja ini.")
    told = tuple(said) + opened.repairs
    if others:
        # Another sheet of the same workbook is other data: it must not count as a file already held.
        sha256 = hashlib.sha256(f"{sha256} {sheet.name}".encode()).hexdigest()
    return Source(
        opened.content, sheet.kind, sha256, opened.quotes, opened.refusal, opened.is_doubled, told, "\t"
    )


def _refused(sha256: str, refusal: str, fix: str) -> Chosen:
    return Chosen(Source(b"", None, sha256, QuoteWatch(), refusal), fix=fix)
