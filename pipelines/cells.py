"""One column of text -> typed values and problems. Each distinct value is judged once and joined back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines import damage, date_order, dates, numbers, privacy, problems, regions, terms
from pipelines.contracts import Column
from pipelines.terms import CLEARED, Verdict

DTYPES = {"date": pl.Date, "int": pl.Int64, "decimal": pl.Float64}
NOTED = "catatan"
_YES, _NO = ("ya", "y", "yes", "1"), ("tidak", "t", "no", "0")
_YESNO = dict.fromkeys(_YES, "ya") | dict.fromkeys(_NO, "tidak")
_PRIVATE = {
    "nik": ("nilai ini tampak seperti NIK", "hapus nomor identitas dari kolom ini"),
    "telepon": ("nilai ini tampak seperti nomor telepon", "hapus nomor telepon dari kolom ini"),
}


@dataclass
class Judged:
    """A judged column: typed values (null when blank, cleared or refused) and what was found on the way."""

    values: pl.Series
    cleared: pl.Series | None = None
    flagged: pl.Series | None = None
    noted: pl.Series | None = None
    dates: date_order.Seen | None = None
    problems: list[pl.DataFrame] = field(default_factory=list)

    def spread(self, codes: pl.Series, rows: pl.Series) -> "Judged":
        """From one entry per distinct text to one per row that has it, problems too."""
        cells = pl.DataFrame({"code": codes, "at": rows})
        problems_found = [
            found.join(cells, left_on="row", right_on="code", maintain_order="right")
            .with_columns(row="at")
            .drop("at")
            for found in (part.with_columns(pl.col("row").cast(codes.dtype)) for part in self.problems)
        ]
        cleared = None if self.cleared is None else self.cleared.gather(codes).fill_null(False)
        return Judged(self.values.gather(codes), cleared, problems=problems_found)


def judge(texts: pl.Series, rows: pl.Series, column: Column, heading: str, order: str) -> Judged:
    """Judge a column of text; `order` is the file's order of day and month."""
    if column.type == "text" and column.number:
        return _judge_text(texts, rows, column, heading)
    codes, distinct = _distinct(texts)
    if column.type == "text":
        return _judge_text(distinct, pl.int_range(distinct.len(), eager=True), column, heading).spread(
            codes, rows
        )
    judge_one = judge_of(column, order)
    verdicts = [_verdict(text, judge_one, column) for text in distinct]
    dtype = DTYPES.get(column.type, pl.String)
    judged = Judged(pl.Series(texts.name, [verdict.value for verdict in verdicts], dtype=dtype).gather(codes))
    for name, wanted in (("cleared", CLEARED), ("flagged", True), ("noted", NOTED)):
        marks = pl.Series([verdict.flag == wanted for verdict in verdicts], dtype=pl.Boolean)
        if marks.any():
            setattr(judged, name, marks.gather(codes).fill_null(False))
    if column.type == "date":
        judged.dates = date_order.look(distinct)
    judged.problems = _problems_of(verdicts, codes, texts, rows, heading)
    return judged


def _distinct(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The number of each cell's text (null for null), and the texts by number."""
    categories = pl.Categorical(pl.Categories.random())
    coded = texts.cast(categories)  # the categories live no longer than a column that has them
    codes = coded.to_physical()
    size = 0 if codes.null_count() == codes.len() else codes.max() + 1
    return codes, pl.int_range(size, dtype=codes.dtype, eager=True).cat.to(coded.dtype).cast(pl.String)


def judge_of(column: Column, order: str) -> Callable[[str], Verdict]:
    """The judge of one cell for a column's type."""
    if column.type == "date":
        judge_date = dates.judge_until if column.until else dates.judge
        return lambda text: judge_date(text, order)
    if column.type in ("term", "terms"):
        return terms.term_judge(column, is_many=column.type == "terms")
    return {
        "int": numbers.judge_whole,
        "decimal": numbers.judge_decimal,
        "region": regions.judge,
        "yesno": _judge_yesno,
    }[column.type]


def _verdict(text: str, judge_one: Callable[[str], Verdict], column: Column) -> Verdict:
    """Blank and `(kosong)` first, then the judge of the type, then the bounds of the contract."""
    if terms.is_empty(text):
        return Verdict()
    if text.strip().casefold() == CLEARED:
        return Verdict(flag=CLEARED)
    if column.endless and terms.fold(text) in column.endless_words:
        return Verdict(flag=True)
    verdict = damage.find(text, column) or judge_one(text)
    if column.note and verdict.reason == dates.NO_DATE:
        return _noted(text)
    if verdict.refused or verdict.value is None:
        return verdict
    if verdict.reason and (private := privacy.find(text)):
        return Verdict(None, *_PRIVATE[private])
    low, high = _bound(column.min, column), _bound(column.max, column)
    if low is not None and verdict.value < low:
        return Verdict(None, f"lebih kecil dari batas terendah {low}", "periksa nilai ini")
    if high is not None and verdict.value > high:
        return Verdict(None, f"lebih besar dari batas tertinggi {high}", "periksa nilai ini")
    return verdict


def _noted(text: str) -> Verdict:
    """Free text in a column of dates: kept as a note, unless it holds a number of a person."""
    if private := privacy.find(text):
        return Verdict(None, *_PRIVATE[private])
    reason = "bukan tanggal; disimpan sebagai catatan dan dihitung sebagai belum diketahui"
    return Verdict(None, reason, "tulis tanggalnya bila ada", problems.WARNING, flag=NOTED)


def _bound(bound: float | str | None, column: Column) -> float | date | None:
    return date.fromisoformat(bound) if column.type == "date" and bound else bound


def _judge_yesno(text: str) -> Verdict:
    value = _YESNO.get(terms.fold(text))
    return Verdict(value) if value else Verdict(None, "bukan ya atau tidak", "tulis ya atau tidak")


def _problems_of(
    verdicts: list[Verdict], codes: pl.Series, texts: pl.Series, rows: pl.Series, heading: str
) -> list[pl.DataFrame]:
    """A problem for each refused row; for a warning one problem per distinct value, at its first row."""
    doubted = [(code, v.reason, v.fix, v.level) for code, v in enumerate(verdicts) if v.reason]
    if not doubted:
        return []
    schema = {"code": codes.dtype, "reason": pl.String, "fix": pl.String, "level": pl.String}
    reasons = pl.DataFrame(doubted, schema=schema, orient="row")
    cells = pl.DataFrame({"row": rows, "value": texts, "code": codes})
    found = cells.filter(pl.col("code").is_in(reasons["code"].implode())).join(
        reasons, on="code", maintain_order="left"
    )
    warned = found.filter(pl.col("level") == problems.WARNING)
    counted = warned.group_by("code", maintain_order=True).agg(pl.all().first(), pl.len().alias("times"))
    counted = counted.with_columns(pl.format("{} ({} baris)", "reason", "times").alias("reason"))
    refused = found.filter(pl.col("level") == problems.REFUSED)
    return [problems.many(part, heading, None, None) for part in (refused, counted) if part.height]


def _judge_text(texts: pl.Series, rows: pl.Series, column: Column, heading: str) -> Judged:
    """A text column: trimmed, blank marks taken for nothing, identity and phone numbers refused."""
    trimmed = texts.str.strip_chars()
    is_short = trimmed.str.len_bytes() <= len(CLEARED)
    judged = Judged(trimmed)
    if is_short.any():
        short = (
            trimmed.to_frame("t").select(pl.when(is_short).then(pl.col("t").str.to_lowercase())).to_series()
        )
        judged.cleared = _or_none((short == CLEARED).fill_null(False))
        trimmed = trimmed.set(short.is_in([*terms.EMPTY, CLEARED]).fill_null(False), None)
    if column.number and trimmed.str.contains(r"[\sa-z]").any():
        # Case numbers compare without case and without stray spaces: `0179/lm / VI` is `0179/LM/VI`.
        trimmed = trimmed.str.to_uppercase().str.replace_all(r"\s*/\s*", "/").str.replace_all(r"\s+", " ")
    judged.values = trimmed
    suspects = trimmed.filter(trimmed.str.contains(r"\d[\d ().\-+]{7,}").fill_null(False)).unique()
    looks = privacy.finds(suspects, is_number=column.number).with_columns(suspects.alias("value"))
    for name, (reason, fix) in _PRIVATE.items():
        if (found := looks.filter(name)["value"]).len():
            judged.problems.append(_at(trimmed.is_in(found.implode()), trimmed, rows, heading, reason, fix))
    broken = damage.among(trimmed, column)
    if broken.height:
        cells = pl.DataFrame({"row": rows, "value": trimmed})
        judged.problems.append(problems.many(cells.join(broken, on="value"), heading, None, None))
    if column.pattern:
        misshapen = ~trimmed.is_in(broken["value"].implode()) & ~trimmed.str.contains(column.pattern)
        shape = f"bentuk yang benar: {column.shape or column.pattern}"
        judged.problems.append(_at(misshapen, trimmed, rows, heading, "bentuk isinya salah", shape))
    if column.longest:
        reason = f"isi sel ini lebih dari {column.longest} huruf"
        fix = "ringkaskan tanpa nama orang dan tanpa uraian kejadian"
        is_long = trimmed.str.len_chars() > column.longest
        judged.problems.append(_at(is_long, trimmed, rows, heading, reason, fix))
    return judged


def _at(
    wrong: pl.Series, texts: pl.Series, rows: pl.Series, heading: str, reason: str, fix: str
) -> pl.DataFrame:
    wrong = wrong.fill_null(False)
    found = pl.DataFrame({"row": rows.filter(wrong), "value": texts.filter(wrong)})
    return problems.many(found, heading, reason, fix)


def _or_none(marks: pl.Series) -> pl.Series | None:
    return marks if marks.any() else None
