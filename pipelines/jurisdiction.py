"""The one province that a person is limited to: rows and batches that touch another one are refused."""

import polars as pl

from pipelines import contracts, keys, known, lake, problems, reference, regions
from pipelines.contracts import Contract
from pipelines.errors import NotYours
from pipelines.known import Known
from pipelines.lake import Batch
from pipelines.read import ROW, Table

FIX = "serahkan baris ini kepada petugas provinsi itu, atau hapus dari berkas"


def refuse_foreign(
    frame: pl.DataFrame, facts: Known, table: Table, contract: Contract, province: str
) -> list[pl.DataFrame]:
    """Problems for rows about a region of another province, about a case or row known to be there, and for
    rows that would supersede or dispute a row there.

    frame: the judged rows with `kasus`. A row without a region about a case that nobody knows yet is left
    alone: it belongs to no province.
    """
    name = regions.gazetteer().display[province]
    found, told = [], pl.Series(ROW, [], dtype=frame.schema[ROW])
    for column in _places(contract):
        stated = _provinces(frame.select(ROW, column), column).filter(_outside(province))
        stated = stated.filter(~pl.col(ROW).is_in(told.implode()))
        reason = f"wilayah ini di luar {name}, satu-satunya provinsi akun Anda"
        heading = _heading(column, table)
        found.append(problems.where(stated, pl.lit(True), pl.col(column), heading, reason, FIX))
        told = pl.concat([told, stated[ROW]])
    rest = frame.filter(~pl.col(ROW).is_in(told.implode()))
    return [
        *found,
        *_touching(rest, facts, table, contract, province),
        *_pointing(rest, facts, table, contract, province),
    ]


def _touching(
    frame: pl.DataFrame, facts: Known, table: Table, contract: Contract, province: str
) -> list[pl.DataFrame]:
    """Rows about a case or key that is known to be in another province, whatever they say themselves."""
    if facts.is_empty:
        return []
    cases = keys.with_case(facts.rows, contract, facts.links)
    parts = [
        _provinces(cases.select(keys.CASE, column), column).filter(_outside(province)).select(keys.CASE)
        for column in _places(contract)
    ]
    rows = frame.select(ROW, keys.CASE).join(pl.concat(parts).unique(), on=keys.CASE, how="semi")
    name, own = regions.gazetteer().display[province], _heading(contract.coverage, table)
    reason = f"kasus ini tercatat pada wilayah di luar {name}, satu-satunya provinsi akun Anda"
    return [problems.where(rows, pl.lit(True), None, own, reason, FIX)]


def _pointing(
    frame: pl.DataFrame, facts: Known, table: Table, contract: Contract, province: str
) -> list[pl.DataFrame]:
    """Rows that name a row of another province as the one they renew, dispute or belong to."""
    said = [name for name in contract.points if frame[name].null_count() < frame.height]
    live = known.live_rows(contract, list(facts.batches)) if said else None
    if live is None:
        return []
    columns = [*contract.pointed, contract.coverage]
    foreign = _provinces(live.select(columns).collect(), contract.coverage).filter(_outside(province))
    names = pl.concat([foreign[name] for name in contract.pointed]).drop_nulls().unique()
    reason = f"baris yang ditunjuk di luar {regions.gazetteer().display[province]}, provinsi akun Anda"
    return [
        problems.where(
            frame, pl.col(name).is_in(names.implode()), pl.col(name), _heading(name, table), reason, FIX
        )
        for name in said
    ]


def demand_batch(batch: str, by: str | None, province: str | None) -> None:
    """NotYours when a batch may not be undone: made by another than `by` (None: by whom does not matter), or
    speaking for another province by what it covers or by any row (None: no limit). The sample is nobody's."""
    held = next((one for one in lake.batches() if one.batch == batch), None)
    if held is None:
        return
    if by is not None and held.by != by and not held.contoh:
        raise NotYours(f"Batch {batch} dimuat orang lain; hanya pemuatnya atau admin yang membatalkannya.")
    others = sorted(_provinces_of(held) - {province}) if province else []
    if others:
        shown = regions.gazetteer().display
        raise NotYours(
            f"Batch {batch} memuat juga {' dan '.join(shown[code] for code in others)}, sedangkan akun ini "
            f"hanya untuk {shown[province]}; admin yang dapat membatalkannya."
        )


def _provinces_of(batch: Batch) -> set[str]:
    found = set(batch.cakupan)
    for column in _places(contracts.load(batch.kind)):
        rows = pl.read_parquet(batch.path, columns=[column], glob=False).unique()
        found |= set(_provinces(rows, column)["kode_provinsi"].drop_nulls())
    return found


def _places(contract: Contract) -> list[str]:
    return [name for name in (contract.coverage, contract.province) if name]


def _heading(column: str, table: Table) -> str:
    return table.own(column) if column in table.headings.own else column


def _provinces(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    places = reference.read("wilayah").select(pl.col("kode_wilayah").alias(column), "kode_provinsi")
    return rows.join(places, on=column, how="left", maintain_order="left")


def _outside(province: str) -> pl.Expr:
    return pl.col("kode_provinsi").is_not_null() & (pl.col("kode_provinsi") != province)
