"""What the lake already knows about the cases of a file: their rows, their linked numbers, their dates."""

from dataclasses import dataclass

import polars as pl

from pipelines import keys, places, problems, reference
from pipelines.check import CLEARED
from pipelines.contracts import Contract
from pipelines.lake import Batch
from pipelines.read import ROW, Table

ORDER = "urutan_batch"


@dataclass(frozen=True)
class Known:
    """The live rows about the cases of a file, in the order of the fold (`urutan_batch`, `baris`)."""

    rows: pl.DataFrame
    links: pl.DataFrame
    batches: tuple[Batch, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no live row is about any case of the file."""
        return self.rows.height == 0


def find(frame: pl.DataFrame, contract: Contract, batches: list[Batch]) -> Known:
    """The rows of `batches` (in the order of the fold) and of the shipped register that share a key."""
    live = live_rows(contract, batches)
    if live is None:
        blank = frame.clear().with_columns(pl.lit(0, pl.Int32).alias(ORDER))
        return Known(blank, _no_links(contract), tuple(batches))
    if not contract.link:
        touched = live.join(
            frame.select(contract.key).unique().lazy(), on=contract.key, how="semi", nulls_equal=True
        )
        return Known(touched.collect(), _no_links(contract), tuple(batches))
    wanted = _linked_numbers(frame, contract, live)
    number, agenda = contract.link
    rows = live.filter(
        pl.col(number).is_in(wanted[number].implode()) | pl.col(agenda).is_in(wanted[agenda].implode())
    ).collect()
    pairs = keys.links(rows, contract).group_by(agenda).agg(pl.col(number).min())
    return Known(rows, pairs.select(contract.link), tuple(batches))


def _no_links(contract: Contract) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(contract.link, pl.String))


def live_rows(contract: Contract, batches: list[Batch]) -> pl.LazyFrame | None:
    """Every row of `batches` and of the shipped register, with its place in the fold; None without any."""
    frames = [
        pl.scan_parquet(batch.path, glob=False).with_columns(pl.lit(order, pl.Int32).alias(ORDER))
        for order, batch in enumerate(batches, start=1)
    ]
    if (places.REGISTERS / f"{contract.kind}.csv").exists():
        register = reference.read(contract.kind).lazy()
        frames.insert(0, register.with_columns(pl.lit(0, pl.Int32).alias(ORDER)))
    return pl.concat(frames, how="diagonal") if frames else None  # a batch may be older than a column


def _linked_numbers(frame: pl.DataFrame, contract: Contract, live: pl.LazyFrame) -> dict[str, pl.Series]:
    """The numbers of the file and every number that known rows tie to them, however long the chain."""
    pairs = live.select(contract.link).drop_nulls().unique().collect()
    wanted = {name: frame[name].drop_nulls().unique() for name in contract.link}
    number, agenda = contract.link
    while pairs.height:
        tied = pairs.filter(
            pl.col(number).is_in(wanted[number].implode()) | pl.col(agenda).is_in(wanted[agenda].implode())
        )
        if tied.height == 0:
            break
        pairs = pairs.join(tied, on=contract.link, how="anti")
        wanted = {name: pl.concat([wanted[name], tied[name]]).unique() for name in contract.link}
    return wanted


def refuse_unknown(
    frame: pl.DataFrame, known: Known, table: Table, contract: Contract, silent: pl.Series
) -> list[pl.DataFrame]:
    """Refuse rows without an opening date about unknown cases, and closings before the opening that is known.

    frame has `kasus`; `silent` are rows whose opening date was already found wrong.
    """
    if not contract.opens_with:
        return []
    opening = contract.opens_with
    names = list(dict.fromkeys([opening, *(order.later for order in contract.orders)]))
    dated = _dates_known(known, contract, names)
    said = {keys.CASE: frame[keys.CASE], **{name: frame[name] for name in (ROW, CLEARED, *names)}}
    joined = pl.DataFrame(said)
    if dated.height:
        joined = joined.join(dated, on=keys.CASE, how="left", maintain_order="left", suffix="_known")
    else:
        joined = joined.with_columns(pl.lit(None, pl.Date).alias(f"{name}_known") for name in names)
    is_lost = (
        pl.col(keys.CASE).is_not_null() & pl.col(opening).is_null() & pl.col(f"{opening}_known").is_null()
    )
    is_lost = is_lost & ~pl.col(ROW).is_in(silent.implode())
    reason, fix = (
        f"{opening} kosong dan kasus ini belum dikenal",
        f"isi {opening}, atau muat dulu daftar yang memuatnya",
    )
    found = [problems.where(joined, is_lost, None, table.own(opening), reason, fix)]
    for order in contract.orders:
        if order.earlier == opening and dated.height:
            found += _against_known(joined, order.earlier, order.later, table)
    return found


def _against_known(joined: pl.DataFrame, earlier: str, later: str, table: Table) -> list[pl.DataFrame]:
    """One of two dates stands in the file, the other is known: the later one may not come first."""
    said, known_later = pl.col(later), pl.col(f"{later}_known")
    is_kept = ~pl.col(CLEARED).fill_null("").str.split(" | ").list.contains(later)
    closes_early = pl.col(earlier).is_null() & (said < pl.col(f"{earlier}_known"))
    opens_late = said.is_null() & is_kept & (pl.col(earlier) > known_later)
    found = []
    for wrong, shown, other in ((closes_early, later, earlier), (opens_late, earlier, later)):
        reason = pl.format(f"{later} sebelum {earlier}: {other} yang sudah dikenal {{}}", f"{other}_known")
        value = pl.col(shown).dt.to_string("%Y-%m-%d")
        found.append(problems.where(joined, wrong, value, table.own(shown), reason, "periksa kedua tanggal"))
    return found


def _dates_known(known: Known, contract: Contract, names: list[str]) -> pl.DataFrame:
    """The date columns of each known case as the fold has them: the last one said (clearing aside)."""
    cased = keys.with_case(known.rows, contract, known.links).sort(ORDER, ROW)
    return cased.group_by(keys.CASE).agg(pl.col(name).drop_nulls().last() for name in names)
