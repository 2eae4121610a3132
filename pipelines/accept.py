"""From judged rows to accepted ones: against each other and what is live, and what the batch covers."""

from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from pipelines import check, compare, jurisdiction, keys, known, lake, mapping, mendings, problems, reference
from pipelines.check import Judgement
from pipelines.contracts import Contract
from pipelines.headings import Headings
from pipelines.known import Known
from pipelines.read import OVERLONG, ROW, Table
from pipelines.result import Reading, Result
from pipelines.waiting import Waiting

SAMPLE = "CONTOH/"


@dataclass(frozen=True)
class Stated:
    """What the person states about a file; None is left to the file. hanya_provinsi: all they may touch.

    padanan: (column, text, value); kolom: (own heading, column); see mendings and mapping.
    """

    per_tanggal: date | None = None
    sejak: date | None = None
    cakupan: tuple[str, ...] | None = None
    date_order: str | None = None
    hanya_provinsi: str | None = None
    padanan: mendings.Padanan = ()
    kolom: mapping.Kolom = ()


@dataclass(frozen=True)
class Checked:
    """A result, and the rows that would be stored; `refused_keys` are the key columns of the refused rows."""

    result: Result
    frame: pl.DataFrame
    sha256: str
    contoh: bool = False
    refused_keys: pl.DataFrame = field(default_factory=pl.DataFrame)


def accept(table: Table, contract: Contract, judgement: Judgement, stated: Stated, result: Result) -> Checked:
    """Hold the judged rows against each other and the live lake; settle coverage and counts."""
    check.refuse_future(table, contract, judgement, result.per_tanggal)
    frame = keys.derive(judgement.frame, contract)
    is_sample = _is_sample(frame, contract)
    is_refused = frame[ROW].is_in(judgement.refused().implode())
    has_sample, has_real = bool((is_sample & ~is_refused).any()), bool((~is_sample & ~is_refused).any())
    if has_sample and not has_real and any(not batch.contoh for batch in lake.live(contract.kind)):
        reason = "berkas contoh tidak dimuat selama ada data sebenarnya"
        judgement.refuse_whole(reason, "batalkan dulu batch data sebenarnya bila memang ingin melihat contoh")
        return refuse(result, table, judgement, contract)
    if has_sample and has_real:
        judgement.add(_sample_among_real(frame, is_sample, table, contract))
    live = [batch for batch in lake.live(contract.kind) if (has_sample and not has_real) or not batch.contoh]
    facts = known.find(frame, contract, live)
    if contract.link:
        judgement.add(keys.contradictory_links(frame, facts.links, table, contract))
        facts = replace(facts, links=_union(facts.links, frame, contract, facts))
    frame = keys.with_case(frame, contract, facts.links)
    if stated.hanya_provinsi:
        judgement.add(*jurisdiction.refuse_foreign(frame, facts, table, contract, stated.hanya_provinsi))
    if contract.opens_with:
        silent = check.rows_with(judgement, table.own(contract.opens_with))
        judgement.add(*known.refuse_unknown(frame, facts, table, contract, silent))
    found, repeats = keys.repeated(frame, judgement.refused(), table, contract)
    judgement.add(found)
    is_accepted = ~frame[ROW].is_in(judgement.refused().implode())
    stored = frame.filter(is_accepted & ~frame[ROW].is_in(repeats.implode()))
    result.accepted = int(is_accepted.sum())
    result.rejected = result.rows - result.accepted
    _cover(result, stored, contract, stated, judgement)
    counts = compare.count(stored, facts, contract, result.per_tanggal)
    result.new, result.changed = counts.new, counts.changed
    result.unchanged = counts.unchanged + result.accepted - stored.height
    _tell(result, table, judgement, contract)
    refused = frame.filter(~is_accepted).select(contract.link or contract.key)
    is_sample = has_sample and not has_real
    return Checked(result, stored.drop(keys.CASE), table.sha256, is_sample, refused)


def accept_again(waiting: Waiting, contract: Contract, hanya_provinsi: str | None) -> Checked:
    """Rows that were accepted earlier, held against the live lake as it is now; counts and reasons add up."""
    held, frame = waiting.result, waiting.frame
    own = {name: heading for heading, name in held.reading.columns}
    headings = Headings(cells=list(own.values()), own=own, positions={name: n for n, name in enumerate(own)})
    table = Table(frame.with_columns(pl.lit(False).alias(OVERLONG)), headings, held.encoding, waiting.sha256)
    stated = Stated(held.per_tanggal, waiting.sejak, waiting.cakupan, held.date_order, hanya_provinsi)
    judgement = Judgement(frame, held.date_order)
    checked = accept(table, contract, judgement, stated, replace(held, rows=frame.height))
    result = checked.result
    result.rows, result.repairs, result.reading = held.rows, held.repairs, held.reading
    result.unchanged += held.accepted - frame.height
    result.accepted, result.rejected = held.accepted - result.rejected, held.rejected + result.rejected
    result.problems = pl.concat([held.problems, result.problems]).sort("row", maintain_order=True)
    refused = pl.concat([waiting.refused_keys, checked.refused_keys], how="diagonal_relaxed")
    return replace(checked, refused_keys=refused)


def refuse(result: Result, table: Table, judgement: Judgement, contract: Contract) -> Checked:
    """The result of a file that is refused as a whole."""
    result.accepted, result.rejected = 0, result.rows
    _tell(result, table, judgement, contract)
    return Checked(result, judgement.frame.clear(), table.sha256)


def _tell(result: Result, table: Table, judgement: Judgement, contract: Contract) -> None:
    """Put how the file was read, the problems, and the text of the refused rows into the result."""
    found = table.headings
    result.reading = Reading(
        columns=tuple((own, name) for name, own in found.own.items()),
        signature=mapping.signature(found.cells),
        suggestions=mapping.suggest(found, contract),
        dates=judgement.dates,
        mendable=mendings.offers(table, contract, judgement.problems),
    )
    result.repairs = table.repairs
    if table.sheet is not None:
        result.delimiter = None
    result.problems = problems.gather(judgement.problems)
    rows = table.frame
    if not judgement.is_whole_refused:
        rows = rows.filter(pl.col(ROW).is_in(judgement.refused().implode()))
    own = [
        pl.col(name).cast(pl.String).alias(table.own(name))
        for name in table.headings.positions
        if name in rows.columns
    ]
    result.refused_texts = rows.select(ROW, *own)


def _is_sample(frame: pl.DataFrame, contract: Contract) -> pl.Series:
    """Rows whose number is marked as sample; only kinds with case numbers have them."""
    numbers = [column.name for column in contract.columns if column.number]
    if not numbers:
        return pl.repeat(False, frame.height, eager=True)
    return frame.select(
        pl.any_horizontal(pl.col(numbers).str.starts_with(SAMPLE).fill_null(False))
    ).to_series()


def _sample_among_real(
    frame: pl.DataFrame, is_sample: pl.Series, table: Table, contract: Contract
) -> pl.DataFrame:
    heading, value = table.own(contract.any_of[0]), pl.coalesce(contract.any_of)
    reason, fix = "baris contoh di antara data sebenarnya", "hapus baris contoh dari berkas ini"
    return problems.where(frame, pl.lit(is_sample), value, heading, reason, fix)


def _union(known_links: pl.DataFrame, frame: pl.DataFrame, contract: Contract, facts: Known) -> pl.DataFrame:
    """Known links, and the file's own for agendas that stand twice in it or are known already."""
    agenda = contract.link[1]
    doubtful = pl.concat([keys.repeated_values(frame[agenda]), facts.rows[agenda].drop_nulls()])
    pairs = [known_links.select(contract.link), keys.links(frame, contract, doubtful)]
    return pl.concat(pairs).unique(subset=agenda, keep="first", maintain_order=True)


def _cover(
    result: Result, stored: pl.DataFrame, contract: Contract, stated: Stated, judgement: Judgement
) -> None:
    """Which provinces the batch speaks for, and from when: stated, or what occurs in its accepted rows."""
    regions = reference.read("wilayah").select("kode_wilayah", "kode_provinsi")
    occurring = stored.select(pl.col(contract.coverage).alias("kode_wilayah")).unique()
    provinces = occurring.join(regions, on="kode_wilayah")["kode_provinsi"].unique().sort()
    result.cakupan = stated.cakupan if stated.cakupan is not None else tuple(provinces)
    result.sejak = stated.sejak
    if contract.starts and stated.sejak is None:
        result.sejak = stored[contract.starts].min()
    if not result.cakupan and stored.height:
        reason = f"tidak ada satu pun {contract.coverage} yang terisi, jadi cakupan provinsi tidak diketahui"
        fix = "nyatakan dengan --cakupan, misalnya --cakupan " + ",".join(
            regions["kode_provinsi"].unique().sort()
        )
        judgement.add(problems.one(1, contract.coverage, None, reason, fix, problems.WARNING))
