"""The digest of signals for a mail or a scheduled run: plain text, or one HTML page by itself."""

from datetime import date
from html import escape
from typing import Any

import polars as pl

from pipelines.signals import sentences
from pipelines.signals.statements import CLOSED, NEW, PUT_OFF, TAKEN

URGENCY = {1: "MENDESAK", 2: "PERLU DILIHAT", 3: "PERLU DIPASTIKAN"}
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:44rem;margin:1rem auto;padding:0 1rem}"
    "h1{font-size:1.3rem}h2{font-size:1rem;margin:1.4rem 0 .4rem}li{margin:0 0 .8rem}p{margin:.15rem 0}"
)


def since(found: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """The new signals of the answer `sinyal` that could first be seen on this day or later; all for None."""
    new = found.filter(keadaan=NEW)
    return new if day is None else new.filter(pl.col("tampak") >= day)


def text(found: pl.DataFrame, day: date | None) -> str:
    """The digest as plain text, lines of a mail."""
    lines = [_title(found, day), ""]
    for level, rows in _by_urgency(since(found, day)):
        lines += [f"{URGENCY[level]} ({len(rows)})", ""]
        for row in rows:
            lines += [f"* {row['kalimat']}", f"  {row['arti']}", f"  {_measured(row)}"]
            lines += [f"  Langkah: {row['langkah']}", f"  Id {row['id']}", ""]
    return "\n".join([*lines, _rest(found), ""])


def html(found: pl.DataFrame, day: date | None) -> str:
    """The digest as a whole HTML page, everything escaped, nothing fetched."""
    title = escape(_title(found, day))
    groups = []
    for level, rows in _by_urgency(since(found, day)):
        listed = "".join(f"<li>{_entry(row)}</li>" for row in rows)
        groups.append(f"<h2>{URGENCY[level].capitalize()} ({len(rows)})</h2><ul>{listed}</ul>")
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{''.join(groups)}<p>{escape(_rest(found))}</p>"
        "</body></html>\n"
    )


def _entry(row: dict[str, Any]) -> str:
    told = (row["arti"], f"{_measured(row)} Id {row['id']}")
    small = "".join(f"<p><small>{escape(line)}</small></p>" for line in told)
    return f"<p>{escape(row['kalimat'])}</p>{small}<p>Langkah: {escape(row['langkah'])}</p>"


def _title(found: pl.DataFrame, day: date | None) -> str:
    count = since(found, day).height
    when = f" sejak {sentences.day(day)}" if day else ""
    sample = " [data laporan contoh]" if found["contoh"].any() else ""
    return f"Deteksi Dini: {count or 'tidak ada'} sinyal baru{when}{sample}"


def _rest(found: pl.DataFrame) -> str:
    counts = [(state, found.filter(keadaan=state).height) for state in (NEW, TAKEN, PUT_OFF, CLOSED)]
    told = ", ".join(f"{count} {state}" for state, count in counts)
    return f"Semua sinyal yang berlaku: {told}. Sinyal berarti periksa, bukan salah."


def _measured(row: dict[str, Any]) -> str:
    value, limit = (sentences.measured(row[name], row["satuan"]) for name in ("nilai", "batas"))
    return f"Sejak {sentences.day(row['sejak'])}; nilai {value}, batas {limit}."


def _by_urgency(found: pl.DataFrame) -> list[tuple[int, list[dict[str, Any]]]]:
    groups = ((level, found.filter(urgensi=level).to_dicts()) for level in URGENCY)
    return [(level, rows) for level, rows in groups if rows]
