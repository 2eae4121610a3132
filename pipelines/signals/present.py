"""The signals as they stand on a calendar day: the rows of a build and what was said about them."""

from datetime import date
from typing import Any

import polars as pl

from pipelines import notes
from pipelines.signals import sightings, statements

OVERLAID = {
    "keadaan": pl.String,
    "oleh": pl.String,
    "pada": pl.Date,
    "sampai": pl.Date,
    "catatan": pl.String,
    "tampak": pl.Date,
}
GONE = "tidak lagi berlaku"


def overlay(found: pl.DataFrame, today: date) -> pl.DataFrame:
    """The rows of the table `sinyal` that hold by `today`, with OVERLAID: state, who, when, until, remark.

    A source goes stale by the calendar alone: a row whose `sejak` lies ahead is left out, and the value of
    data_basi is the days since its last day. `tampak` is the day from which it could be seen.
    """
    held = found.filter(pl.col("sejak") <= today)
    late = (pl.lit(today) - pl.col("sejak")).dt.total_days() + pl.col("batas") + 1
    value = (
        pl.when(pl.col("aturan") == "data_basi")
        .then(late.cast(pl.Float64))
        .otherwise(pl.col("nilai"))
        .alias("nilai")
    )
    first = {one["id"]: one["tampak"] for one in sightings.known()}
    rows = [_row(row, first.get(row["id"]), today) for row in held.iter_rows(named=True)]
    return held.drop(OVERLAID, strict=False).with_columns(value).hstack(pl.DataFrame(rows, schema=OVERLAID))


def history(found: pl.DataFrame, today: date) -> pl.DataFrame:
    """Signals that were once seen and are over: closed ones, and those that no longer hold (GONE).

    `found`: the answer of `sinyal`. Gives id, judul, nama, kode_provinsi, kalimat, sejak, tampak, keadaan,
    hilang, oleh, pada, catatan; the newest first. A signal of sample laporan is left out once they are gone.
    """
    current = {row["id"]: row for row in found.iter_rows(named=True)}
    rows = []
    for one in sightings.known():
        now = current.get(one["id"])
        if now is None and one["contoh"]:
            continue
        said = statements.standing(statements.of(one["id"]), today, now and now["jumlah"])
        if now is None or said.keadaan == statements.CLOSED:
            state = said.keadaan if now else GONE
            rows.append(one | {"keadaan": state} | _said(said.terakhir))
    names = {
        **dict.fromkeys(("id", "judul", "nama", "kode_provinsi", "kalimat", "keadaan"), pl.String),
        **dict.fromkeys(("sejak", "tampak", "hilang", "pada"), pl.Date),
        **dict.fromkeys(("oleh", "catatan"), pl.String),
    }
    order = pl.coalesce("hilang", "pada", "tampak")
    frame = pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=names)
    return frame.filter(pl.col("sejak") <= today).sort(order, "id", descending=[True, False])


def stamp(today: date) -> tuple:
    """What an overlaid answer depends on beside the warehouse."""
    return (*notes.stamp(statements.KIND, sightings.KIND), today)


def _row(row: dict[str, Any], first: date | None, today: date) -> dict[str, Any]:
    standing = statements.standing(statements.of(row["id"]), today, row["jumlah"])
    visible = max(row["sejak"], first) if first else row["sejak"]
    return {"keadaan": standing.keadaan, "tampak": visible} | _said(standing.terakhir)


def _said(last: statements.Statement | None) -> dict[str, Any]:
    if last is None:
        return dict.fromkeys(("oleh", "pada", "sampai", "catatan"))
    day = date.fromisoformat(last.waktu[:10])
    return {"oleh": last.oleh, "pada": day, "sampai": last.sampai, "catatan": last.catatan or None}
