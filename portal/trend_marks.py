"""Agreements and events of a region as marks on the time axis of a trend."""

from collections.abc import Callable
from typing import Any

import polars as pl

SIGNED = ("payung", "pelaksanaan", "jejaring")
EMPTY = pl.DataFrame(schema={"tanggal": pl.Date, "label": pl.String})


def marked(draw: Callable[..., Any], frame: pl.DataFrame, history: pl.DataFrame, events: pl.DataFrame) -> Any:
    """A figure of `portal.figures` with the marks of a region's history and events on its time axis."""
    return draw(frame, marks(history, events))


def marks(history: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """tanggal, label: what was signed or stated, and events of their own.

    Another source's version of an event, and an event that is part of another or of a signing, is left out.
    """
    agreed = history.filter(~pl.col("is_versi"), pl.col("tanda").is_in(SIGNED)).select(
        "tanggal", label=pl.col("instrumen")
    )
    stated = history.filter(pl.col("tanda") == "keadaan").select(
        tanggal=pl.col("per_tanggal_sumber"),
        label=pl.lit("dinyatakan ") + pl.col("instrumen").str.to_lowercase(),
    )
    happened = (
        own_events(events).select("tanggal", label=pl.col("jenis")).join(agreed, on="tanggal", how="anti")
    )
    found = pl.concat([EMPTY, agreed, stated, happened]).drop_nulls("tanggal")
    return found.unique(maintain_order=True).sort("tanggal", maintain_order=True)


def own_events(events: pl.DataFrame) -> pl.DataFrame:
    """`kegiatan_wilayah` without other versions, and without parts of an event that is itself among them."""
    versions = pl.col("is_versi").fill_null(False)
    told = events.filter(~versions)["id"].implode()
    return events.filter(~versions, ~pl.col("bagian_dari").is_in(told).fill_null(False))
