"""Cells that a spreadsheet has damaged: what was there is gone, and the cell says only how it was lost."""

import re

import polars as pl

from pipelines.contracts import Column
from pipelines.terms import Verdict

_HASHES = re.compile(r"#{2,}$")
_FAILED = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|TAK ADA)$", re.I
)
_UNCALCULATED = "#RUMUS!"
_SHORTENED = re.compile(r"-?[0-9](?:[.,][0-9]+)?[Ee][+][0-9]{1,3}$")
_CLOCK = re.compile(r"\d{1,4}:\d{2}([:.,]\d{1,6}){0,2}( ?[AP]M)?$", re.ASCII | re.IGNORECASE)
# A number such as 3-5 or MAR-25 that was taken for a day.
_MADE_A_DAY = (
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9:]{8})?|[0-9]{1,2}-[A-Z][a-zA-Z]{2}|[A-Z][a-zA-Z]{2}-[0-9]{2})$"
)
_CUT_CODE = re.compile(r"\d{2}[.,]\d$", re.ASCII)


def find(text: str, column: Column) -> Verdict | None:
    """The refusal of a damaged cell; None when it shows no damage."""
    text = text.strip()
    if _HASHES.match(text):
        return Verdict(
            None,
            "sel ini hanya berisi tanda #, karena kolomnya terlalu sempit ketika disimpan",
            "lebarkan kolomnya di Excel, lalu simpan ulang",
        )
    if text == _UNCALCULATED:
        return Verdict(
            None,
            "rumus di sel ini belum pernah dihitung, jadi belum ada nilainya",
            "buka berkas di Excel atau LibreOffice, simpan ulang, lalu unggah lagi",
        )
    if _FAILED.match(text):
        return Verdict(
            None, f"rumus di sel ini gagal ({text})", "perbaiki rumusnya, atau tulis nilainya langsung"
        )
    if _SHORTENED.match(text):
        return Verdict(
            None,
            "angka ini disingkat Excel dan angka aslinya hilang",
            "ambil lagi dari sistem asalnya, dengan kolom berformat Teks",
        )
    return _of_type(text, column)


def _of_type(text: str, column: Column) -> Verdict | None:
    if column.type == "date" and _CLOCK.match(text):
        return Verdict(
            None,
            "yang tersisa hanya jamnya; Excel menampilkan tanggal ini sebagai jam",
            "ubah format kolom menjadi tanggal, lalu simpan ulang",
        )
    if column.type == "region" and _CUT_CODE.match(text):
        return Verdict(
            None,
            "kode wilayah ini kehilangan angka nol di belakang, karena disimpan sebagai angka",
            f"tulis {text.replace(',', '.')}0 dengan kolom berformat Teks",
        )
    if column.number and re.match(_MADE_A_DAY, text):
        return Verdict(
            None,
            "nomor ini telah diubah Excel menjadi tanggal",
            "tulis lagi nomornya dari sistem asalnya, dengan kolom berformat Teks",
        )
    if column.pattern and (whole := _with_zeros(text, column.pattern)):
        return Verdict(None, "angka nol di depan hilang", f"tulis {whole} dengan kolom berformat Teks")
    return None


def _with_zeros(text: str, pattern: str) -> str | None:
    """The text with the leading zeros that its shape asks for; None when they are not what it lacks."""
    if not re.fullmatch("[0-9]+", text) or re.search(pattern, text):
        return None
    return next((whole for n in range(1, 9) if re.search(pattern, whole := "0" * n + text)), None)


def among(texts: pl.Series, column: Column) -> pl.DataFrame:
    """The damaged ones among the distinct texts of a column: `value`, `reason`, `fix`."""
    found = [(text, verdict) for text in suspects(texts, column) if (verdict := find(text, column))]
    told = [(text, verdict.reason, verdict.fix) for text, verdict in found]
    return pl.DataFrame(told, schema=dict.fromkeys(("value", "reason", "fix"), pl.String), orient="row")


def suspects(texts: pl.Series, column: Column) -> pl.Series:
    """The distinct texts of a column that may be damaged, found without looking at each in Python."""
    marks = ["#", _SHORTENED.pattern]
    if column.number:
        marks.append(_MADE_A_DAY)
    if column.pattern:
        marks.append("[0-9]+$")
    return texts.filter(texts.str.contains(f"^(?:{'|'.join(marks)})").fill_null(False)).unique()
