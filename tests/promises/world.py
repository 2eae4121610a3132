"""A small office for the promises: two extracts that overlap, and every figure that can be asked of them."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl

from pipelines import intake, questions

STATED = {"per_tanggal": date(2025, 12, 31), "cakupan": ["63", "64"]}
ASKED = {
    "per_tanggal": "2025-12-31",
    "sejak": "2025-01-01",
    "per_tanggal_sebelum": "2025-06-30",
    "sejak_sebelum": "2024-07-01",
    "wilayah": "64.08",
    "provinsi": "64",
    "indikator": "terbuka",
}
# Of which batches there are, and from where: these lists keep an undone batch on purpose.
OF_BATCHES = ("batch_data", "tanggal_data")
QUICK = ("ringkasan_provinsi", "arus_bulanan", "umur_terbuka", "tenggat_berjalan", "cakupan_data")
HEADINGS = ("No Arsip", "Tanggal Agenda", "Tanggal Tutup", "Wilayah Terlapor", "Instansi Terlapor", "Tahap")
PLACES = ("Kab. Kutai Timur", "Kota Samarinda", "64.02", "Kota Banjarmasin", "Kab. Banjar")


def rows(first: int, last: int, closed_until: int = 0) -> list[list[str]]:
    """Laporan `first` to `last`, those up to `closed_until` closed; the texts as an office writes them."""
    made = []
    for number in range(first, last + 1):
        opened, closed = f"{number % 27 + 1:02d}/{number % 9 + 1:02d}/2025", f"{number % 27 + 1:02d}/11/2025"
        place, agency = PLACES[number % len(PLACES)], f'Dinas "Tata Ruang" Nº {number % 7}, é'
        stage = "Ditutup" if number <= closed_until else "Pemeriksaan"
        end = closed if number <= closed_until else ""
        made.append([f"{number:04d}/LM/{number % 12 + 1}/2025/SMR", opened, end, place, agency, stage])
    return made


def text(lines: list[list[str]], delimiter: str = ",", line_end: str = "\n") -> str:
    """The rows as a CSV below the headings."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([HEADINGS, *lines])
    return written.getvalue()


def first() -> bytes:
    """Forty laporan, ten of them closed."""
    return text(rows(1, 40, 10)).encode()


def second() -> bytes:
    """Twenty of those again, some closed meanwhile, and thirty new ones."""
    return text(rows(21, 70, 30)).encode()


def put_in(content: bytes | Path, kind: str = "laporan") -> str:
    """Ingest a file; its batch."""
    result = intake.ingest_file(kind, content, file_name="a.csv", by="Uji", **STATED)
    assert result.batch, result.problems
    return result.batch


def figures(names: tuple[str, ...] | None = None) -> dict[str, pl.DataFrame]:
    """The answer of every question (or of these) with the same words: what a viewer can see."""
    asked = {}
    for name in names or questions.CATALOGUE:
        if name in OF_BATCHES:
            continue
        question = questions.CATALOGUE[name]
        values = {one: ASKED[one] for one in question.parameters if one in ASKED}
        offered = {one: choices[0] for one, choices in question.choices.items() if one not in values}
        asked[name] = questions.answer(name, values | offered)
    return asked


def quick() -> str:
    """A few of them as one text, for comparing often."""
    return "".join(frame.write_csv() for frame in figures(QUICK).values())
