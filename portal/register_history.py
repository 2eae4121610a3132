"""Riwayat: every statement about one row of a register, the newest first, with its source and batch."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from pipelines import contracts, statements
from portal import formats, table
from portal.ask import about, derive
from portal.register_words import AS_OF, NOTHING, SOURCE, label, shown

ASIDE = (SOURCE, "sumber_judul", AS_OF)  # told in the lines about the source


def html(kind: str, code: str) -> str:
    """The statements about a row as a list; once per build."""
    return derive(_html, about("batch_data"), kind=kind, code=code)


def title(kind: str, code: str) -> str:
    """'Riwayat: 3 pernyataan, 1 dibatalkan'."""
    return derive(_title, about("batch_data"), kind=kind, code=code)


def _of(batches: pl.DataFrame, kind: str, code: str) -> pl.DataFrame:
    return statements.read(batches, kind).filter(pl.col(statements.CODE) == code)


def _title(batches: pl.DataFrame, kind: str, code: str) -> str:
    rows = _of(batches, kind, code)
    live = int(rows["live"].sum())
    undone = rows.height - live
    return f"Riwayat: {formats.number(live)} pernyataan" + (
        f", {formats.number(undone)} dibatalkan" if undone else ""
    )


def _html(batches: pl.DataFrame, kind: str, code: str) -> str:
    entries, standing = [], {}
    for row in _of(batches, kind, code).iter_rows(named=True):
        told = statements.stated(row, kind)
        moved = {name: value for name, value in told.items() if standing.get(name) != value}
        entries.append(_entry(row, moved, standing, kind))
        if row["live"]:
            standing |= told
    return f'<ol class="cermin-riwayat">{"".join(reversed(entries))}</ol>'


def _entry(row: Mapping[str, Any], moved: Mapping[str, Any], standing: Mapping[str, Any], kind: str) -> str:
    contract = contracts.load(kind)
    own = {name: value for name, value in moved.items() if name not in ASIDE and name not in contract.key}
    cells = [
        f"{label(name)}: {shown(standing.get(name), contract.column(name))} menjadi "
        f"{shown(value, contract.column(name))}"
        if standing
        else f"{label(name)}: {shown(value, contract.column(name))}"
        for name, value in own.items()
    ]
    day = row["per_tanggal_batch"] or row.get(AS_OF)
    body = f"<p>{escape(' · '.join(cells) or 'Tidak mengubah isian lain.')}</p>"
    return (
        f"<li><time>{escape(formats.date(day, missing='tanpa tanggal'))}</time><div>"
        f'<p class="cermin-judul">{escape(_who(row))}{_flag(row)}</p>{body}'
        f'<p class="cermin-sumber">{_source(row)}</p></div></li>'
    )


def _who(row: Mapping[str, Any]) -> str:
    if row["batch"] is None:
        return "Register awal, dikirim bersama Cermin"
    return f"Batch {row['batch']} · oleh {row['by']} · {formats.moment(row['when'])}"


def _flag(row: Mapping[str, Any]) -> str:
    return "" if row["live"] else ' <small class="cermin-bendera">dibatalkan, tidak dihitung</small>'


def _source(row: Mapping[str, Any]) -> str:
    said = [escape(row["sumber_judul"])] if row.get("sumber_judul") else []
    said += [table.links(row[SOURCE], "alamat")] if row[SOURCE] else []
    day = f" · keadaan per {formats.date(row[AS_OF])}" if row.get(AS_OF) else ""
    return f"Sumber: {' · '.join(said) or NOTHING}{day}"
