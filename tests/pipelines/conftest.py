"""Files made by tests: the defaults are merged in, so that a test states only the columns it is about."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import build

LAPORAN = {
    "nomor_laporan": "{:04d}/LM/I/2025/SMR",
    "tanggal_masuk": "06/01/2025",
    "wilayah_terlapor": "Kab. Kutai Timur",
}


def _csv(headings: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def csv_bytes() -> Callable[..., bytes]:
    """csv_bytes(headings, rows, delimiter) -> the file."""
    return _csv


@pytest.fixture
def laporan() -> Callable[..., bytes]:
    """laporan({...}, {...}) -> a CSV with a row per dict; None leaves a column out of the file altogether."""

    def made(*rows: dict, delimiter: str = ",") -> bytes:
        headings = list(dict.fromkeys([*LAPORAN, *(name for row in rows for name in row)]))
        headings = [name for name in headings if not any(row.get(name, "") is None for row in rows)]
        lines = []
        for number, row in enumerate(rows, start=1):
            whole = {name: text.format(number) for name, text in LAPORAN.items()} | row
            lines.append([whole.get(name, "") for name in headings])
        return _csv(headings, lines, delimiter)

    return made


@pytest.fixture
def without_build(monkeypatch: pytest.MonkeyPatch, cermin_data: Path) -> None:
    """An empty CERMIN_DATA in which ingesting ends at the lake: for tests that ask the lake only."""
    monkeypatch.setattr(build, "build", lambda force=False: "tanpa-gudang")
