"""Which row is about what: natural keys, derived ids, cases with two numbers, keys that stand twice."""

import polars as pl

from pipelines import problems
from pipelines.contracts import Contract
from pipelines.read import ROW, Table
from pipelines.terms import fold

CASE = "kasus"


def derive(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Fill a blank id from what the row says (region, instrument, date): the same row, the same id."""
    if not contract.derive:
        return frame
    place, what, *days = contract.derive
    slugs = {text: fold(text).replace(" ", "-") for text in frame[what].unique().drop_nulls()}
    day = pl.coalesce(pl.col(days).cast(pl.String), pl.lit("tanpa-tanggal")).str.replace_all("-", "")
    slug = pl.col(what).replace(list(slugs), list(slugs.values()))
    made = pl.concat_str(pl.lit(contract.derive_prefix), pl.col(place), day, slug, separator="-")
    return frame.with_columns(pl.coalesce(contract.key[0], made).alias(contract.key[0]))


def with_case(frame: pl.DataFrame, contract: Contract, links: pl.DataFrame) -> pl.DataFrame:
    """Add `kasus`: the case number, else the number that its agenda is linked to, else the agenda.

    links: one row per agenda, columns as `contract.link`. For kinds with a plain key `kasus` is that key.
    """
    if not contract.link:
        return frame.with_columns(pl.struct(contract.key).alias(CASE))
    number, agenda = contract.link
    is_linked = frame[number].is_null() & frame[agenda].is_not_null()
    if links.height == 0 or not is_linked.any():
        return frame.with_columns(pl.coalesce(number, agenda).alias(CASE))
    linked = links.select(agenda, pl.col(number).alias("_linked"))
    joined = frame.join(linked, on=agenda, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce(number, "_linked", agenda).alias(CASE)).drop("_linked")


def links(frame: pl.DataFrame, contract: Contract, agendas: pl.Series | None = None) -> pl.DataFrame:
    """Which agenda is tied to which number, each pair once; only those of `agendas` when given."""
    number, agenda = contract.link
    pairs = frame.lazy().select(number, agenda).drop_nulls()
    if agendas is not None:
        pairs = pairs.filter(pl.col(agenda).is_in(agendas.implode()))
    return pairs.unique(maintain_order=True).collect()


def repeated_values(values: pl.Series) -> pl.Series:
    """The values that stand more than once. Hashes first: most files have none, and no pair can be missed."""
    hashes = values.drop_nulls().hash().sort()
    twice = hashes.filter(hashes == hashes.shift(1))
    if twice.is_empty():
        return values.clear()
    suspects = values.filter(values.hash().is_in(twice.implode()) & values.is_not_null())
    return suspects.filter(suspects.is_duplicated()).unique(maintain_order=True)


def contradictory_links(
    frame: pl.DataFrame, known: pl.DataFrame, table: Table, contract: Contract
) -> pl.DataFrame:
    """Rows whose agenda is tied to another number, in this file or among what is known already."""
    number, agenda = contract.link
    doubtful = pl.concat([repeated_values(frame[agenda]), known[agenda]])
    if doubtful.is_empty():
        return problems.none()
    pairs = pl.concat([links(frame, contract, doubtful), known.select(number, agenda)]).unique()
    torn = pairs.filter(pl.col(agenda).is_duplicated())
    told = torn.group_by(agenda).agg(pl.col(number).sort().str.join(", ").alias("numbers"))
    if told.is_empty():
        return problems.none()
    lines = frame.lazy().select(ROW, number, agenda).filter(pl.col(number).is_not_null())
    found = lines.join(told.lazy(), on=agenda, maintain_order="left").collect()
    reason = pl.format("agenda ini terkait dengan lebih dari satu nomor: {}", "numbers")
    fix = "perbaiki nomornya, atau batalkan batch yang salah dulu"
    return problems.where(found, pl.lit(True), pl.col(agenda), table.own(agenda), reason, fix)


def repeated(
    frame: pl.DataFrame, refused: pl.Series, table: Table, contract: Contract
) -> tuple[pl.DataFrame, pl.Series]:
    """Keys that stand twice: differing rows all refused, identical ones a warning; and the repeats' rows.

    frame has `kasus`. A row that is refused for another reason differs from one that is not.
    """
    twice = _standing_twice(frame, contract)
    if twice.is_empty():
        return problems.none(), pl.Series(ROW, [], dtype=pl.Int32)
    said = [name for name in frame.columns if name not in (ROW, CASE)]
    twice = twice.with_columns(pl.col(ROW).is_in(refused.implode()).alias("_refused"))
    twice = twice.with_columns(
        pl.struct(*said, "_refused").rank("dense").over(CASE).max().over(CASE).alias("versions"),
        pl.col(ROW).min().over(CASE).alias("first"),
        pl.col(ROW).cast(pl.String).head(5).str.join(", ").over(CASE).alias("places"),
    )
    heading = table.own(contract.any_of[0] if contract.any_of else contract.key[0])
    value = pl.col(CASE) if contract.link else None
    differs, repeats = pl.col("versions") > 1, (pl.col("versions") == 1) & (pl.col(ROW) != pl.col("first"))
    reason = pl.format("kunci yang sama muncul di baris {} dengan isi berbeda", "places")
    fix = "pilih baris yang benar dan hapus yang lain"
    refusals = problems.where(twice, differs, value, heading, reason, fix)
    reason = pl.format("sama persis dengan baris {}; dihitung sekali", "first")
    warnings = problems.where(twice, repeats, value, heading, reason, "hapus baris ulangan", problems.WARNING)
    return pl.concat([refusals, warnings]), twice.filter(repeats)[ROW]


def _standing_twice(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The rows whose `kasus` another row has too."""
    if not contract.link:
        return frame.filter(pl.col(CASE).is_duplicated())
    twice = repeated_values(frame[CASE])
    return frame.filter(pl.col(CASE).is_in(twice.implode())) if twice.len() else frame.clear()
