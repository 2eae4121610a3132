"""The rows of a register: what stands now about each, found by region and by words."""

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

import polars as pl

from pipelines import contracts, statements
from pipelines.terms import fold
from portal.ask import about, derive
from portal.register_words import shown

NEW = "baru"
SHOWN, OFFERED = 40, 300
# What tells the rows of a register apart; of columns joined by | the first that says something.
TOLD = {
    "kerja_sama": (
        "kode_wilayah",
        "instrumen",
        "tanggal_tanda_tangan|tanggal_seremoni|per_tanggal",
        "versi_dari",
    ),
    "penilaian": ("kode_wilayah", "tahun", "skema", "opini|nilai|zona|status_lokus"),
    "kegiatan": ("kode_wilayah", "jenis", "tanggal"),
    "narahubung": ("kode_wilayah", "opd", "tanggal_komitmen"),
    "produk": ("kode_wilayah", "jenis", "nomor", "tanggal"),
}


def said(kind: str) -> pl.DataFrame:
    """Every statement of a register, in the order of the fold (see `pipelines.statements.read`)."""
    return derive(statements.read, about("batch_data"), kind=kind)


def known(kind: str) -> pl.DataFrame:
    """The rows of a register as they stand: the contract's columns, `kunci`, `label` and `cari`."""
    return derive(_known, about("batch_data"), kind=kind)


def _known(batches: pl.DataFrame, kind: str) -> pl.DataFrame:
    rows = statements.newest(statements.read(batches, kind), kind)
    labels = [label(row, kind) for row in rows.iter_rows(named=True)]
    many = Counter(labels)  # a list of choices tells its entries apart by what is read
    codes = rows[statements.CODE]
    labels = [
        f"{name} · {code}" if many[name] > 1 else name for name, code in zip(labels, codes, strict=True)
    ]
    texts = [fold(" ".join(str(value) for value in row if value is not None)) for row in rows.iter_rows()]
    told = {
        "label": labels,
        "cari": [f"{fold(name)} {text}" for name, text in zip(labels, texts, strict=True)],
    }
    schema = {"label": pl.String, "cari": pl.String}
    return rows.hstack(pl.DataFrame(told, schema=schema)).sort("label", statements.CODE)


def label(row: Mapping[str, Any], kind: str) -> str:
    """What a row is about in a few words: region, what, when."""
    contract, parts = contracts.load(kind), []
    for names in TOLD[kind]:
        name = next((one for one in names.split("|") if row[one] is not None), None)
        if name == "versi_dari":
            parts.append("versi lain")
        elif name:
            parts.append(shown(row[name], contract.column(name)))
    return " · ".join(parts)


def found(rows: pl.DataFrame, wilayah: str | None, words: str) -> pl.DataFrame:
    """The rows of a region (None: of all) in which every one of the words stands."""
    if wilayah:
        rows = rows.filter(kode_wilayah=wilayah)
    for word in fold(words).split():
        rows = rows.filter(pl.col("cari").str.contains(word, literal=True))
    return rows


def row_of(kind: str, code: str) -> dict[str, Any] | None:
    """The row of that key as it stands; None when there is none."""
    rows = known(kind).filter(pl.col(statements.CODE) == code)
    return rows.row(0, named=True) if rows.height else None


def address(kind: str, code: str = "", wilayah: str = "") -> str:
    """The address of the register page, with a row or a region chosen."""
    told = {"jenis": kind, "wilayah": wilayah, "kunci": code}
    return f"/register?{urlencode({name: value for name, value in told.items() if value})}"


def html(rows: pl.DataFrame, kind: str) -> str:
    """The first rows as a table: what, its source, and the way to the form."""
    lines = "".join(_line(row, kind) for row in rows.head(SHOWN).iter_rows(named=True))
    rest = rows.height - SHOWN
    more = (
        f'<p class="cermin-kecil">{rest} baris lain: persempit dengan wilayah atau kata.</p>'
        if rest > 0
        else ""
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Baris", "Kunci", "Tindakan"))
    return (
        '<div class="cermin-gulir" tabindex="0" role="region" aria-label="Baris register">'
        f'<table class="cermin-tabel cermin-daftar"><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
        f"{more}"
    )


def _line(row: Mapping[str, Any], kind: str) -> str:
    code = row[statements.CODE]
    to, name = escape(address(kind, code)), escape(row["label"])
    link = f'<a href="{to}" target="_self" aria-label="perbaiki {name}">perbaiki</a>'
    return f"<tr><td>{name}</td><td>{escape(code)}</td><td>{link}</td></tr>"
