"""Rows outside the one province that the person who uploads is limited to: refused, each with its row."""

import polars as pl

from pipelines import keys, problems, reference, regions
from pipelines.contracts import Contract
from pipelines.known import Known
from pipelines.read import ROW, Table

FIX = "serahkan baris ini kepada petugas provinsi itu, atau hapus dari berkas"


def refuse_foreign(
    frame: pl.DataFrame, facts: Known, table: Table, contract: Contract, province: str
) -> list[pl.DataFrame]:
    """Problems for rows about a region of another province, and for rows about a case known to be there.

    frame: the judged rows with `kasus`. A row without a region about a case that nobody knows yet is left
    alone: it belongs to no province.
    """
    own = table.own(contract.coverage) if contract.coverage in table.headings.own else contract.coverage
    name = regions.gazetteer().display[province]
    stated = _provinces(frame.select(ROW, contract.coverage), contract.coverage)
    reason = f"wilayah ini di luar {name}, satu-satunya provinsi akun Anda"
    found = [problems.where(stated, _outside(province), pl.col(contract.coverage), own, reason, FIX)]
    if facts.is_empty:
        return found
    known = keys.with_case(facts.rows, contract, facts.links).select(keys.CASE, contract.coverage)
    elsewhere = _provinces(known, contract.coverage).filter(_outside(province)).select(keys.CASE).unique()
    touching = frame.select(ROW, keys.CASE).join(elsewhere, on=keys.CASE, how="semi")
    untold = touching.join(stated.filter(_outside(province)), on=ROW, how="anti")
    told = untold.select(ROW).with_columns(pl.lit(None, pl.String).alias("value"))
    reason = f"kasus ini tercatat pada wilayah di luar {name}, satu-satunya provinsi akun Anda"
    return [*found, problems.where(told, pl.lit(True), None, own, reason, FIX)]


def _provinces(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    places = reference.read("wilayah").select(pl.col("kode_wilayah").alias(column), "kode_provinsi")
    return rows.join(places, on=column, how="left", maintain_order="left")


def _outside(province: str) -> pl.Expr:
    return pl.col("kode_provinsi").is_not_null() & (pl.col("kode_provinsi") != province)
