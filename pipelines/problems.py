"""What is wrong with a file, as rows: where, what, why, how to mend it, and whether the row is refused."""

import polars as pl

from pipelines.privacy import mask

REFUSED, WARNING = "tolak", "peringatan"
SCHEMA = {
    "row": pl.Int32,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "fix": pl.String,
    "level": pl.String,
}


def none() -> pl.DataFrame:
    """No problem at all."""
    return pl.DataFrame(schema=SCHEMA)


def one(
    row: int, column: str, value: str | None, reason: str, fix: str | None, level: str = REFUSED
) -> pl.DataFrame:
    """A single problem."""
    return pl.DataFrame([(row, column, value, reason, fix, level)], schema=SCHEMA, orient="row")


def many(
    found: pl.DataFrame, column: str, reason: str | None, fix: str | None, level: str = REFUSED
) -> pl.DataFrame:
    """A problem for each row of `found` (`row`, `value`; a `reason` or `fix` there wins)."""
    given = {"column": column, "reason": reason, "fix": fix, "level": level}
    missing = [
        pl.lit(text, dtype=pl.String).alias(name) for name, text in given.items() if name not in found.columns
    ]
    return found.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def where(
    frame: pl.DataFrame,
    wrong: pl.Expr,
    value: pl.Expr | None,
    column: str,
    reason: str | pl.Expr,
    fix: str,
    level: str = REFUSED,
) -> pl.DataFrame:
    """A problem for each row of `frame` (it has `baris`) where `wrong` holds."""
    shown = pl.lit(None, pl.String) if value is None else value
    why = pl.lit(reason, pl.String) if isinstance(reason, str) else reason
    told = [pl.col("baris").alias("row"), shown.alias("value"), why.alias("reason")]
    return many(frame.lazy().filter(wrong).select(told).collect(), column, None, fix, level)


def gather(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All problems in the order of the file, every shown value masked."""
    found = pl.concat([none(), *parts]).sort("row", maintain_order=True)
    shown = found["value"].unique().drop_nulls()
    return found.with_columns(pl.col("value").replace(shown, [mask(value) for value in shown]))


def refused_rows(found: pl.DataFrame) -> pl.Series:
    """The numbers of the rows that are refused, each once."""
    return found.filter(pl.col("level") == REFUSED)["row"].unique()
