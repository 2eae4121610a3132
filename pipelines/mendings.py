"""Mendings of a file: a region or term that nobody knows is read as a known one, in the open.

`padanan` says (contract column, text) -> value. Only a text that its own judge refuses or doubts can be
mended: what is understood as it stands is never read as something else.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl

from pipelines import cells, dates, regions, remembered, terms
from pipelines.contracts import Column, Contract
from pipelines.errors import UserError
from pipelines.privacy import mask
from pipelines.read import Table
from pipelines.terms import Verdict, fold

Padanan = tuple[tuple[str, str, str], ...]
TYPES = ("region", "term", "terms")
HEADINGS = ["column", "text", "value"]
LONGEST = 120


def settled(padanan: Mapping[tuple[str, str], str] | None, contract: Contract) -> Padanan:
    """The mendings in a fixed order, each value in its canonical spelling (a region: its code).

    UserError names the first that cannot be: a wrong column, a text that is known, a value that is not.
    """
    made = []
    for (name, text), value in sorted((padanan or {}).items()):
        where = f"Padanan {name} '{mask(text)}'"
        column = next((one for one in contract.columns if one.name == name and one.type in TYPES), None)
        if column is None:
            allowed = ", ".join(one.name for one in contract.columns if one.type in TYPES)
            raise UserError(f"{where}: kolom itu tidak dapat dipadankan. Pilih salah satu: {allowed}.")
        if terms.is_empty(text) or mask(text) != text:
            raise UserError(
                f"{where}: sel kosong atau berisi data diri tidak dapat dipadankan. Hapus padanan ini."
            )
        if not judge(text, column).reason:
            raise UserError(f"{where}: teks ini sudah dikenal apa adanya. Hapus padanan ini.")
        verdict = judge(value, column)
        if verdict.reason or verdict.value is None:
            raise UserError(f"{where}: '{mask(value)}' tidak dikenal. Tulis nilai yang ada di daftar {name}.")
        made.append((name, " ".join(text.split()), str(verdict.value)))
    return tuple(made)


def judge(text: str, column: Column) -> Verdict:
    """What the column's own judge says of a text."""
    return cells.judge_of(column, dates.DAY_FIRST)(text)


def apply(table: Table, contract: Contract, padanan: Padanan) -> tuple[Table, Padanan]:
    """The table with the mended texts, told among its repairs; and the mendings that found a cell.

    A column of several terms is mended term by term.
    """
    frame, said, used = table.frame, [], []
    for name in dict.fromkeys(name for name, _, _ in padanan):
        if name not in frame.columns:
            continue
        column, wanted = contract.column(name), {fold(t): v for n, t, v in padanan if n == name}
        distinct = frame[name].unique().drop_nulls()
        pairs = {text: _mended(text, column, wanted) for text in distinct}
        pairs = {text: new for text, new in pairs.items() if new != text}
        for _, text, value in (one for one in padanan if one[0] == name):
            held = [old for old in pairs if fold(text) in {fold(part) for part in _parts(old, column)}]
            if held:
                used.append((name, text, value))
                count = int(frame[name].is_in(held).sum())
                shown = shown_value(value, column)
                said.append(f"Padanan {table.own(name)}: '{text}' dibaca {shown}, di {count} baris.")
        frame = frame.with_columns(pl.col(name).replace(list(pairs), list(pairs.values())))
    return replace(table, frame=frame, repairs=(*table.repairs, *said)), tuple(used)


def _parts(text: str, column: Column) -> list[str]:
    return terms.split(text) if column.type == "terms" else [text]


def _mended(text: str, column: Column, wanted: dict[str, str]) -> str:
    parts = _parts(text, column)
    if not any(fold(part) in wanted for part in parts):
        return text
    return " | ".join(
        wanted[fold(part)] if fold(part) in wanted and judge(part, column).reason else part for part in parts
    )


def shown_value(value: str, column: Column) -> str:
    """A value as people read it: a region with its name before its code."""
    return f"{regions.gazetteer().display[value]} ({value})" if column.type == "region" else f"'{value}'"


def offers(table: Table, contract: Contract, found: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Texts that could be mended, the most frequent first: column, heading, text, level, reason, fix, rows.

    found: problems with their values unmasked. Texts with numbers of persons are left out.
    """
    schema = dict.fromkeys(("column", "heading", "text", "level", "reason", "fix"), pl.String) | {
        "rows": pl.Int64
    }
    open_to = {
        table.own(c.name): c for c in contract.columns if c.type in TYPES and c.name in table.frame.columns
    }
    problems = [
        part.select("column", "value").filter(pl.col("column").is_in(list(open_to))) for part in found
    ]
    doubted = pl.concat(problems).drop_nulls().unique(maintain_order=True) if problems else pl.DataFrame()
    counts: dict[tuple[str, str], list] = {}
    for heading, whole in doubted.iter_rows():
        column = open_to[heading]
        times = None
        for part in _parts(whole, column):
            text, verdict = " ".join(part.split()), judge(part, column)
            if not verdict.reason or terms.is_empty(part) or mask(text) != text or len(text) > LONGEST:
                continue
            times = int((table.frame[column.name] == whole).sum()) if times is None else times
            key = (column.name, fold(text))
            line = counts.setdefault(
                key, [column.name, heading, text, verdict.level, verdict.reason, verdict.fix, 0]
            )
            line[-1] += times
    return pl.DataFrame(list(counts.values()), schema=schema, orient="row").sort(
        "rows", descending=True, maintain_order=True
    )


@cache
def candidates(column: Column) -> dict[str, str]:
    """Every value that a text of this column may be mended to -> how it is shown."""
    if column.type == "region":
        return {code: shown_value(code, column) for code in regions.gazetteer().display}
    return {value: value for value in dict.fromkeys(terms.known_terms(column.terms).values())}


def remember(kind: str, padanan: Padanan, by: str) -> None:
    """Keep mendings so that they can be offered for other files of this kind."""
    entries = [{"column": name, "text": text, "value": value} for name, text, value in padanan]
    remembered.note(f"padanan-{kind}", entries, by)


def known(kind: str) -> dict[tuple[str, str], dict]:
    """(column, folded text) -> the newest mending of it: value, by, when."""
    told = (entry for entry in remembered.noted(f"padanan-{kind}") if {*HEADINGS, "by", "when"} <= set(entry))
    return {(entry["column"], fold(entry["text"])): entry for entry in told}


def read_file(path: Path) -> dict[tuple[str, str], str]:
    """A CSV with the columns column,text,value. UserError when it cannot be read or lacks one of them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeError, csv.Error) as fault:
        raise UserError(
            f"Berkas padanan {path} tidak dapat dibaca ({fault}). Periksa nama dan isinya."
        ) from fault
    wrong = (
        number
        for number, row in enumerate(rows, 2)
        if not all((row.get(name) or "").strip() for name in HEADINGS)
    )
    if (line := next(wrong, None)) is not None:
        raise UserError(
            f"Berkas padanan {path} baris {line}: kolom {', '.join(HEADINGS)} harus terisi semua."
            " Lengkapi baris itu."
        )
    return {(row["column"].strip(), row["text"].strip()): row["value"].strip() for row in rows}
