"""A frame of text and its contract -> typed rows and problems: everything that needs no other data."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines import cells, dates, problems, terms
from pipelines.contracts import Column, Contract
from pipelines.date_order import Seen, together
from pipelines.headings import STATUS
from pipelines.read import OVERLONG, ROW, Table

CLEARED = "dikosongkan"


@dataclass
class Judgement:
    """All rows of a file, typed, in the accepted frame's columns, and the problems so far."""

    frame: pl.DataFrame
    date_order: str
    problems: list[pl.DataFrame] = field(default_factory=list)
    is_whole_refused: bool = False
    heading_row: int = 1
    dates: Seen = field(default_factory=Seen)

    def refuse_whole(self, reason: str, fix: str | None, column: str = "") -> "Judgement":
        """Refuse the file as a whole, in one problem at the row of headings."""
        self.problems = [problems.one(self.heading_row, column, None, reason, fix)]
        self.is_whole_refused = True
        return self

    def add(self, *found: pl.DataFrame) -> None:
        """Note problems."""
        self.problems += [part for part in found if part.height]

    def refused(self) -> pl.Series:
        """The rows refused so far."""
        return problems.refused_rows(pl.concat([problems.none(), *self.problems]))


def judge(table: Table, contract: Contract, date_order: str | None = None) -> Judgement:
    """Judge every cell, and each row alone; `date_order` decides over the file's own evidence."""
    judgement = Judgement(_empty(table, contract), date_order or dates.DAY_FIRST)
    judgement.heading_row = table.headings.row
    if table.refusal:
        return judgement.refuse_whole(table.refusal, table.fix)
    if refusal := _missing_headings(table, contract):
        return judgement.refuse_whole(*refusal)
    judged = _judge_columns(table, contract, judgement)
    judgement.dates = together(one.dates for one in judged.values() if one.dates)
    if date_order is None and (refusal := _month_first(table, judged)):
        return judgement.refuse_whole(*refusal)
    _apply_marks(table, contract, judgement, judged)
    if STATUS in table.frame.columns:
        _apply_status(table, contract, judgement)
    _judge_rows(table, contract, judgement)
    return judgement


def _empty(table: Table, contract: Contract) -> pl.DataFrame:
    blank = [
        pl.lit(None, cells.DTYPES.get(column.type, pl.String)).alias(column.name)
        for column in contract.columns
    ]
    cleared = pl.lit(None, pl.String).alias(CLEARED)
    return table.frame.select(*blank, pl.col(ROW).cast(pl.Int32), cleared)


def _missing_headings(table: Table, contract: Contract) -> tuple[str, str, str] | None:
    """The refusal of a file that lacks a column without which no row can stand."""
    held = table.headings.positions
    lacking = [column.name for column in contract.columns if column.required and column.name not in held]
    if contract.any_of and not any(name in held for name in contract.any_of):
        lacking.append(" atau ".join(contract.any_of))
    if not lacking:
        return None
    found = ", ".join(f"'{heading}'" for heading in table.headings.own.values())
    return (
        f"kolom wajib tidak ada: {', '.join(lacking)}",
        f"tambahkan kolom itu; kolom yang terbaca: {found}",
        lacking[0],
    )


def _judge_columns(table: Table, contract: Contract, judgement: Judgement) -> dict[str, "cells.Judged"]:
    """Type each column; two columns at a time, as the work is done outside Python."""
    frame, order = table.frame, judgement.date_order
    present = [column for column in contract.columns if column.name in frame.columns]
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = pool.map(
            lambda column: cells.judge(frame[column.name], frame[ROW], column, table.own(column.name), order),
            present,
        )
        judged = {column.name: one for column, one in zip(present, found, strict=True)}
    judgement.add(*(problem for one in judged.values() for problem in one.problems))
    typed = [one.values.alias(name) for name, one in judged.items()]
    judgement.frame = judgement.frame.with_columns(typed)
    return judged


def _month_first(table: Table, judged: dict[str, "cells.Judged"]) -> tuple[str, str, str] | None:
    """The refusal of a file in which a date exists only with the month first."""
    for name, one in judged.items():
        if one.dates and one.dates.month_first is not None:
            text = one.dates.month_first.strip()
            return (
                f"tanggal '{text}' hanya ada bila bulan di depan; berkas dibaca hari di depan",
                "nyatakan --date-order mdy (bulan/hari/tahun) atau --date-order dmy (hari/bulan)",
                table.own(name),
            )
    return None


def _apply_marks(
    table: Table, contract: Contract, judgement: Judgement, judged: dict[str, "cells.Judged"]
) -> None:
    """What cells say besides a value: `(kosong)` clears, words about an end speak in other columns."""
    cleared = {name: one.cleared for name, one in judged.items() if one.cleared is not None}
    for column in contract.columns:
        if column.until and column.name in judged:
            _apply_words(table, judgement, column, judged[column.name], cleared)
    if cleared:
        names = [pl.when(pl.lit(marks)).then(pl.lit(name)) for name, marks in cleared.items()]
        joined = pl.concat_str(names, separator=" | ", ignore_nulls=True)
        judgement.frame = judgement.frame.with_columns(pl.when(joined != "").then(joined).alias(CLEARED))
        _refuse_cleared(table, contract, judgement, list(cleared))


def _apply_words(
    table: Table,
    judgement: Judgement,
    column: Column,
    judged: "cells.Judged",
    cleared: dict[str, pl.Series],
) -> None:
    """`tanpa batas waktu` becomes a value, free text a note; each replaces what was said earlier."""
    for marks, target, said in (
        (judged.flagged, column.endless, pl.lit("ya")),
        (judged.noted, column.note, pl.lit(table.frame[column.name].str.strip_chars())),
    ):
        if marks is None:
            continue
        told = pl.when(pl.lit(marks)).then(said).otherwise(pl.col(target)).alias(target)
        judgement.frame = judgement.frame.with_columns(told)
        for name in {column.name, column.endless, column.note} - {target}:
            cleared[name] = marks | cleared[name] if name in cleared else marks


def _refuse_cleared(table: Table, contract: Contract, judgement: Judgement, names: list[str]) -> None:
    """What makes a case a case cannot be cleared."""
    fixed = {
        *contract.any_of,
        contract.opens_with,
        *(column.name for column in contract.columns if column.required),
    }
    for name in sorted(fixed & set(names)):
        is_cleared = pl.col(CLEARED).str.split(" | ").list.contains(name)
        reason, fix = f"{name} tidak dapat dikosongkan", "isi nilainya, atau hapus barisnya"
        value = pl.lit(terms.CLEARED)
        judgement.add(problems.where(judgement.frame, is_cleared, value, table.own(name), reason, fix))


def _apply_status(table: Table, contract: Contract, judgement: Judgement) -> None:
    """A general status column says only one thing that counts here: that a case is closed."""
    words = {terms.fold(word): stage for word, stage in contract.status}
    texts = table.frame[STATUS]
    distinct = texts.unique().drop_nulls()
    stages = pl.Series([words.get(terms.fold(text)) for text in distinct], dtype=pl.String)
    said = texts.replace_strict(distinct, stages, default=None, return_dtype=pl.String)
    if said.null_count() < said.len():
        column = contract.status_column
        judgement.frame = judgement.frame.with_columns(pl.coalesce(said, pl.col(column)).alias(column))
        shown = ", ".join(text.strip() for text, stage in zip(distinct, stages, strict=True) if stage)
        reason = f"status {shown} dibaca sebagai {column} {stages.drop_nulls()[0]}"
        problem = problems.one(
            table.headings.row,
            table.own(STATUS),
            None,
            reason,
            "pastikan ini status laporan, bukan status verifikasi",
            "peringatan",
        )
        judgement.add(problem)


def _judge_rows(table: Table, contract: Contract, judgement: Judgement) -> None:
    """Rules about a row as a whole: its length, its required cells, its key, the order of its dates."""
    frame, overlong = judgement.frame, table.frame[OVERLONG]
    if overlong.any():
        reason = (
            f"baris ini berisi lebih dari {len(table.headings.cells)} sel atau tanda kutip yang tidak ditutup"
        )
        fix = "beri tanda kutip pada teks yang memuat pemisah kolom atau ganti baris"
        judgement.add(problems.where(table.frame, pl.col(OVERLONG), None, "", reason, fix))
    for column in contract.columns:
        heading = table.own(column.name)
        if column.required:
            said = (rows_with(judgement, heading).implode(), pl.Series(overlong))
            is_missing = pl.col(column.name).is_null() & ~pl.col(ROW).is_in(said[0]) & ~said[1]
            reason = f"{column.name} wajib diisi"
            judgement.add(problems.where(frame, is_missing, None, heading, reason, "isi sel ini"))
        elif column.expected and column.name not in table.headings.positions:
            text = f"kolom {column.name} tidak ada; kasus yang belum dikenal dihitung tanpa keterangan itu"
            fix = "tambahkan kolom itu bila ada"
            judgement.add(problems.one(table.headings.row, column.name, None, text, fix, problems.WARNING))
    if contract.any_of:
        names = " atau ".join(contract.any_of)
        is_lost = pl.all_horizontal(pl.col(contract.any_of).is_null()) & ~pl.Series(overlong)
        heading = table.own(contract.any_of[0])
        judgement.add(problems.where(frame, is_lost, None, heading, f"tanpa {names}", f"isi {names}"))
    for order in contract.orders:
        is_early = pl.col(order.later) < pl.col(order.earlier)
        reason, value = f"{order.later} sebelum {order.earlier}", pl.col(order.later).dt.to_string("%Y-%m-%d")
        heading = table.own(order.later)
        judgement.add(
            problems.where(frame, is_early, value, heading, reason, "periksa kedua tanggal", order.level)
        )


def rows_with(judgement: Judgement, heading: str) -> pl.Series:
    """Rows that already have a problem in a column: later rules about that cell stay silent."""
    found = pl.concat([problems.none(), *judgement.problems])
    return found.filter((pl.col("column") == heading) & (pl.col("level") == problems.REFUSED))["row"].unique()


def latest_date(judgement: Judgement, contract: Contract, not_after: date) -> date | None:
    """The latest date in the file that is not after a day: from its dates, else from the years it names."""
    latest = []
    for column in contract.columns:
        if column.type == "date" and not column.future:
            values = judgement.frame[column.name]
            latest.append(values.filter(values <= not_after).max())
    if contract.year:
        years = judgement.frame[contract.year].drop_nulls().unique()
        ends = [date(int(year), 12, 31) for year in years if 1 <= year <= not_after.year]
        latest += [min(end, not_after) for end in ends]
    return max((day for day in latest if day is not None), default=None)


def refuse_future(table: Table, contract: Contract, judgement: Judgement, per_tanggal: date) -> None:
    """Refuse dates (and years) after the day the file speaks for."""
    for column in contract.columns:
        if column.name not in table.frame.columns:
            continue
        if column.type == "date" and not column.future:
            is_future = judgement.frame[column.name] > per_tanggal
        elif column.name == contract.year:
            is_future = judgement.frame[column.name] > per_tanggal.year
        else:
            continue
        reason = f"sesudah {per_tanggal.isoformat()}, tanggal data berkas ini"
        fix = "periksa tanggal ini, atau nyatakan --per-tanggal"
        wrong = pl.lit(is_future)
        value = pl.col(column.name)
        judgement.add(problems.where(table.frame, wrong, value, table.own(column.name), reason, fix))
