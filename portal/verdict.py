"""What became of a file, for the person who dropped it: counts, reasons, rows with the faulty cell."""

from html import escape

import polars as pl
import streamlit as st

from pipelines.result import Result
from portal import exports, formats, regions, table
from portal.ask import ask, row
from portal.pengunggah import WORKBOOKS

SHOWN = 200
LEVELS = {"tolak": "ditolak", "peringatan": "peringatan"}
DELIMITERS = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
ORDERS = {"dmy": "hari dulu", "mdy": "bulan dulu"}


def draw(result: Result) -> None:
    """The counts and how the file was read."""
    with st.grid(6, min_column_width=110, gap="small"):
        for label, count in counts(result).items():
            st.metric(label, formats.number(count), border=True)
    st.markdown(understood(result))
    if result.repairs:
        st.html(repaired(result.repairs))


def counts(result: Result) -> dict[str, int]:
    """The six counts of a check: rows = diterima + ditolak; diterima = baru + berubah + sama."""
    return {
        "Baris": result.rows,
        "Diterima": result.accepted,
        "Ditolak": result.rejected,
        "Baru": result.new,
        "Berubah": result.changed,
        "Sama": result.unchanged,
    }


def understood(result: Result) -> str:
    """How the file was read: encoding, separator, order of dates, as-of date, coverage, what is left out."""
    parts = [
        f"dibaca sebagai **{_named(result.encoding)}**" if result.encoding else "",
        f"pemisah **{DELIMITERS.get(result.delimiter or '', result.delimiter)}**" if result.delimiter else "",
        f"tanggal **{ORDERS.get(result.date_order, result.date_order)}**"
        if result.date_order and result.rows
        else "",
        f"per tanggal **{formats.date(result.per_tanggal)}**" if result.per_tanggal else "",
        f"mencakup **{_covered(result.cakupan)}** sejak **{formats.date(result.sejak)}**"
        if result.cakupan
        else "",
    ]
    told = "; ".join(part for part in parts if part)
    said = f"Berkas {told}." if told else "Isi berkas ini belum dapat dibaca sebagai tabel."
    if result.dropped_columns:
        said += f" Tidak disimpan (data diri atau teks bebas): {_listed(result.dropped_columns)}."
    if result.ignored_columns:
        said += f" Tidak dipakai: {_listed(result.ignored_columns)}."
    return said


def _named(encoding: str) -> str:
    """The encoding as people write it: UTF-8, Windows-1252, buku kerja XLSX."""
    if encoding in WORKBOOKS:
        return f"buku kerja {encoding.upper()}"
    return encoding.capitalize() if encoding.startswith("windows") else encoding.upper()


def _covered(codes: tuple[str, ...]) -> str:
    return ", ".join(regions.province_names(codes))


def repaired(sentences: tuple[str, ...]) -> str:
    """What was mended or assumed while the file was read, as HTML: nothing is guessed silently."""
    listed = "".join(f"<li>{escape(one)}</li>" for one in sentences)
    return f'<p class="cermin-kecil">Yang disimpulkan saat membaca:</p><ul class="cermin-kecil">{listed}</ul>'


def listing(many: int) -> str:
    """How many of the problems are listed: the first SHOWN of them."""
    if many <= SHOWN:
        return f"{formats.count(many, 'masalah')} menurut baris"
    return f"{SHOWN} masalah pertama dari {formats.number(many)}, menurut baris"


def grouped(problems: pl.DataFrame) -> pl.DataFrame:
    """One row per level, column and reason: how many, the first rows, how to mend it; most first."""
    keys = ["level", "column", "reason", "fix"]
    found = problems.group_by(keys, maintain_order=True).agg(
        pl.len().alias("many"), pl.col("row").head(5).cast(pl.String).str.join(", ").alias("where")
    )
    return found.sort(["level", "many"], descending=True, maintain_order=True)


def reasons(problems: pl.DataFrame) -> str:
    """The problems by reason, as an HTML table."""
    heads = ("Jumlah", "Tingkat", "Kolom", "Alasan", "Cara memperbaiki", "Baris (lima pertama)")
    lines = [
        (formats.number(r["many"]), LEVELS[r["level"]], r["column"], r["reason"], r["fix"], r["where"])
        for r in grouped(problems).iter_rows(named=True)
    ]
    return table.plain("Masalah menurut alasan", heads, lines, wrong=None)


def rows(problems: pl.DataFrame) -> str:
    """The problems row by row as an HTML table, the faulty cell marked; values arrive masked."""
    heads = ("Baris", "Kolom", "Isi sel", "Alasan", "Cara memperbaiki", "Tingkat")
    lines = [
        (str(r["row"]), r["column"], r["value"] or "(kosong)", r["reason"], r["fix"], LEVELS[r["level"]])
        for r in problems.iter_rows(named=True)
    ]
    return table.plain("Masalah menurut baris", heads, lines, wrong=2)


def refused(result: Result) -> bytes:
    """All refused rows with `alasan` and `cara_memperbaiki` as a CSV that can be mended and dropped again."""
    frame = result.rejected_rows()
    lines = frame.cast(pl.String).fill_null("").iter_rows()
    return exports.written([frame.columns, *lines])


def snapshot() -> dict[str, str]:
    """The headline figures as they stand now, over everything, for a before and after."""
    latest = row("tanggal_data")["per_tanggal_terakhir"]
    whole = ask("ringkasan_provinsi", per_tanggal=latest).filter(kode_provinsi="semua").row(0, named=True)
    gaps = ask("celah_kerja_sama", per_tanggal=latest)
    return {
        "Data sampai": formats.date(latest),
        "Laporan masuk": formats.number(whole["masuk"]),
        "Laporan ditutup": formats.number(whole["ditutup"]),
        "Laporan terbuka": formats.number(whole["terbuka"]),
        "Lewat tenggat": formats.number(whole["lewat_tenggat"]),
        "Persen selesai": formats.percent(whole["persen_selesai"]),
        "Wilayah dengan payung diketahui": formats.number(
            gaps.filter(pl.col("payung_sejak").is_not_null()).height
        ),
        "Wilayah bercelah menurut sumber": formats.number(gaps["celah"].count()),
    }


def moved(before: dict[str, str], after: dict[str, str]) -> str:
    """The figures before and after as an HTML table; what moved is marked in words."""
    heads = ("Angka", "Sebelum", "Sesudah", "")
    lines = [
        (name, before[name], after[name], "berubah" if before[name] != after[name] else "tetap")
        for name in after
    ]
    return table.plain("Angka sebelum dan sesudah", heads, lines, wrong=None)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name.replace(chr(96), chr(39))}`" for name in names)
