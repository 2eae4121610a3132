"""A checked file beside what is live: cells old and new, rows that are gone, totals before and after."""

from dataclasses import dataclass, field

import polars as pl

from pipelines import compare, contracts, known, lake, progress, reference, statements
from pipelines.accept import Checked
from pipelines.contracts import Contract
from pipelines.lake import Batch
from pipelines.result import Result

LEAST = 5  # a month with fewer rows says nothing when it falls by half
MONTH, REGION = "bulan", "wilayah"


@dataclass(frozen=True)
class Comparison:
    """What a file would move; every frame may be empty.

    changes: kunci, column, before, after (texts; null: nothing known, or cleared), one row per cell.
    missing: rows of `previous` (the newest live batch that speaks for the same provinces and period) whose
    key this file does not have, newest first: kunci, then opening date and region where the kind has them.
    totals: wilayah (code), bulan (first day), before, after: cases that entered, of every live batch.
    months: bulan, previous, file: rows of the previous extract and of this file within the same period.
    """

    changes: pl.DataFrame
    missing: pl.DataFrame
    previous: Batch | None = None
    totals: pl.DataFrame = field(default_factory=pl.DataFrame)
    months: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def falls(self) -> pl.DataFrame:
        """The months with at most half the rows that the previous extract had."""
        if self.months.is_empty():
            return self.months
        is_fall = (pl.col("previous") >= LEAST) & (pl.col("file") * 2 <= pl.col("previous"))
        return self.months.filter(is_fall)


def of(checked: Checked) -> Comparison:
    """Compare the accepted rows of a checked file with the lake as it is now."""
    result, frame, contract = checked.result, checked.frame, contracts.load(checked.result.kind)
    progress.tell("Membandingkan dengan data yang berlaku", frame.height)
    live = [batch for batch in lake.live(contract.kind) if checked.contoh or not batch.contoh]
    facts = known.find(frame, contract, live)
    before, after = compare.before_and_after(frame, facts, contract, result.per_tanggal)
    previous = previous_of(result, checked.sha256, contract, live)
    found = Comparison(_changes(before, after, contract), _none_missing(contract), previous)
    told = {"changes": found.changes, "missing": found.missing, "previous": previous}
    if previous is not None:
        then, now = _of_period(previous, result, frame, contract)
        told["missing"] = _missing(then, checked, contract)
        told["months"] = _months(then, now, contract)
    if contract.starts:
        told["totals"] = _totals(before, after, contract, live)
    return Comparison(**told)


def previous_of(result: Result, sha256: str, contract: Contract, live: list[Batch]) -> Batch | None:
    """The newest live batch about some of the same provinces and period, whether its date is earlier or not.

    A kind without opening dates has no period: its newest live batch. Never the very same file, and never a
    single statement made in the form.
    """
    files = (batch for batch in reversed(live) if not batch.file.startswith(statements.FILE_PREFIX))
    others = [batch for batch in files if batch.sha256 != sha256]
    if not contract.starts:
        return next(iter(others), None)
    return next((batch for batch in others if _speaks_for_the_same(batch, result)), None)


def _speaks_for_the_same(batch: Batch, result: Result) -> bool:
    if batch.sejak is None or result.sejak is None or not set(batch.cakupan) & set(result.cakupan):
        return False
    return batch.sejak <= result.per_tanggal and result.sejak <= batch.per_tanggal


def _changes(before: pl.DataFrame, after: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    key = compare.key_of(contract)
    told = [name for name in contract.names if name not in key]
    if contract.link:
        before = _renamed(before, after, contract)
    pairs = after.join(before, on=key, how="inner", nulls_equal=True, suffix="_before")
    cells = [
        pairs.filter(pl.col(name).ne_missing(pl.col(f"{name}_before"))).select(
            _named(key).alias("kunci"),
            pl.lit(name).alias("column"),
            pl.col(f"{name}_before").cast(pl.String).alias("before"),
            pl.col(name).cast(pl.String).alias("after"),
        )
        for name in told
    ]
    return pl.concat(cells).sort("kunci", maintain_order=True)


def _renamed(before: pl.DataFrame, after: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Cases that were known by their agenda alone, under the number that they have now."""
    agenda = contract.link[1]
    now = after.select(agenda, pl.col("kasus").alias("_now")).drop_nulls().unique(agenda)
    joined = before.join(now, on=agenda, how="left", maintain_order="left")
    is_agenda = pl.col("kasus") == pl.col(agenda)
    return joined.with_columns(
        kasus=pl.when(is_agenda).then(pl.coalesce("_now", "kasus")).otherwise("kasus")
    ).drop("_now")


def _named(key: list[str]) -> pl.Expr:
    return pl.concat_str([pl.col(name).cast(pl.String) for name in key], separator=" · ", ignore_nulls=True)


def _of_period(
    previous: Batch, result: Result, frame: pl.DataFrame, contract: Contract
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the previous extract and of the file within the provinces and the period of both."""
    then = pl.read_parquet(previous.path, glob=False)
    if not contract.starts:
        return then, frame
    first = max((day for day in (previous.sejak, result.sejak) if day), default=None)
    last = min(previous.per_tanggal, result.per_tanggal)
    codes = reference.read("wilayah").filter(
        pl.col("kode_provinsi").is_in(list(set(previous.cakupan) & set(result.cakupan)))
    )["kode_wilayah"]
    is_within = (pl.col(contract.starts) <= last) & (
        pl.col(contract.coverage).is_null() | pl.col(contract.coverage).is_in(codes.implode())
    )
    if first is not None:
        is_within = is_within & (pl.col(contract.starts) >= first)
    return then.filter(is_within), frame.filter(is_within)


def _shown(contract: Contract) -> list[str]:
    return [name for name in (contract.starts, contract.coverage) if name]


def _none_missing(contract: Contract) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(["kunci", *_shown(contract)], pl.String))


def _missing(then: pl.DataFrame, checked: Checked, contract: Contract) -> pl.DataFrame:
    """Rows of the previous extract that the file names neither by number nor agenda, not even refused."""
    names = list(contract.link or contract.key)
    said = pl.concat(
        [checked.frame.select(names), checked.refused_keys.select(names)], how="vertical_relaxed"
    )
    if contract.link:
        is_said = pl.any_horizontal(
            pl.col(name).is_in(said[name].drop_nulls().implode()).fill_null(False) for name in names
        )
        gone = then.filter(~is_said)
        kunci = pl.coalesce(names)
    else:
        gone = then.join(said, on=names, how="anti", nulls_equal=True)
        kunci = _named(names)
    shown = [pl.col(name).cast(pl.String) for name in _shown(contract)]
    told = gone.select(kunci.alias("kunci"), *shown).unique("kunci", maintain_order=True)
    return told.sort(contract.starts, descending=True, maintain_order=True) if contract.starts else told


def _months(then: pl.DataFrame, now: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Rows per month of opening in the previous extract and in the file; a month in one only counts 0."""
    if not contract.starts:
        return pl.DataFrame()
    month = pl.col(contract.starts).dt.truncate("1mo").alias(MONTH)
    counts = [part.group_by(month).len(name) for part, name in ((then, "previous"), (now, "file"))]
    joined = counts[0].join(counts[1], on=MONTH, how="full", coalesce=True)
    return joined.with_columns(pl.col("previous", "file").fill_null(0).cast(pl.Int64)).sort(MONTH)


def _totals(before: pl.DataFrame, after: pl.DataFrame, contract: Contract, live: list[Batch]) -> pl.DataFrame:
    """Cases per region and month of opening, before and after: only what the file touches is folded twice."""
    whole = compare.fold_for(contract, live, [contract.starts, contract.coverage])
    parts = [
        _counted(whole, contract, 1, 1),
        _counted(before, contract, 0, -1),
        _counted(after, contract, 0, 1),
    ]
    summed = pl.concat(part for part in parts if part.height) if any(p.height for p in parts) else parts[0]
    return summed.group_by(REGION, MONTH).agg(pl.col("before", "after").sum()).sort(MONTH, REGION)


def _counted(folded: pl.DataFrame, contract: Contract, before: int, after: int) -> pl.DataFrame:
    month = pl.col(contract.starts).dt.truncate("1mo").alias(MONTH)
    counted = folded.group_by(pl.col(contract.coverage).alias(REGION), month).len()
    number = pl.col("len").cast(pl.Int64)
    return counted.select(REGION, MONTH, (number * before).alias("before"), (number * after).alias("after"))
