"""What limited scopes may show: the suppressed figures of one build, regions once, breakdowns per region.

Counts come from pipelines/sql/release as changes per quarter, are summed up here and judged by
`suppression`. A frame that leaves this module holds released values only: a hidden count is not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from pipelines import bounds, places, suppression, withdrawal
from pipelines.suppression import HIDDEN, SHOWN, SMALL, Counts, Known, Released, Stock

FLOWS = ("masuk", "ditutup", "terbuka", "tanpa_tanggal")
UNNAMED = "tidak disebut"


@dataclass(frozen=True)
class Release:
    """The suppressed figures of every region; the first of `quarters` is the origin, without a column."""

    quarters: list[date]
    regions: list[str]
    threshold: int
    counts: Counts
    released: Released
    late: np.ndarray
    late_marks: np.ndarray
    complement: bool

    @property
    def mark(self) -> str:
        """How a small count is written."""
        return f"<{self.threshold}"

    def frames(self) -> dict[str, pl.DataFrame]:
        """titik, jendela_kecil and stok of all regions, and triwulan."""
        titik, kecil = _flow_frames(self, self.counts, self.released, "kode_wilayah", self.regions)
        stok = [
            self._stock(self.counts.terbuka, self.released.terbuka).with_columns(ukuran=pl.lit("terbuka")),
            self._stock(self.late, self.late_marks).with_columns(ukuran=pl.lit("lewat_tenggat")),
        ]
        days = pl.DataFrame({"per_tanggal": self.quarters}, schema={"per_tanggal": pl.Date})
        return {"triwulan": days, "titik": titik, "jendela_kecil": kecil, "stok": pl.concat(stok)}

    def _stock(self, values: np.ndarray, marks: np.ndarray) -> pl.DataFrame:
        return _stock_frame(self, values, marks, "kode_wilayah", self.regions)


def quarter_end(day: date) -> date:
    """The last quarter end on or before a day."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    end = date(day.year + start.month // 10, (start.month + 2) % 12 + 1, 1) - timedelta(days=1)
    return end if end == day else start - timedelta(days=1)


def of_regions(store: Any, complement: bool = True) -> Release:
    """The release of every region of a warehouse; `complement=False` leaves out all but the first hiding."""
    last = quarter_end(store.ask(_question("tanggal_data"))["per_tanggal_terakhir"].item())
    quarters = store.ask(_text("triwulan"), {"per_tanggal": last})["per_tanggal"].to_list()
    listed = store.ask(_question("daftar_wilayah")).sort("kode_wilayah")
    regions = listed["kode_wilayah"].to_list()
    threshold = store.ask(_text("ambang"))["nilai"].item()
    rows = store.ask(_text("arus"))
    names = np.array(regions, dtype=object)
    table = {
        name: _cumulated(rows, rows["kode_wilayah"], names, quarters, name) for name in (*FLOWS, "lewat")
    }
    _, group = np.unique(listed["provinsi"].to_numpy(), return_inverse=True)
    counts = Counts(*(table[name] for name in FLOWS), group)
    known = Known.everywhere(int(group.max()) + 1, len(quarters) - 1)
    released = withdrawal.release(counts, threshold, known, complement)
    late, open_ = table["lewat"], released.terbuka == SHOWN
    others = counts.terbuka - late
    stock = Stock(
        late,
        group,
        known.terbuka,
        threshold,
        also=(late >= threshold) & (suppression.is_small(others, threshold) | ~open_),
        ceiling=np.where(open_, counts.terbuka, bounds.FAR),
    )
    marks = suppression.release_stock(stock, complement)
    return Release(quarters, regions, threshold, counts, released, late, marks, complement)


def of_region(store: Any, release: Release, region: str) -> dict[str, pl.DataFrame]:
    """The breakdowns of one region: substansi and instansi, age bands of what is open, clocks."""
    return _categories(store, release, region) | {
        "umur_rilis": _ages(store, release, region),
        "jam_rilis": _clocks(store, release, region),
    }


def _categories(store: Any, release: Release, region: str) -> dict[str, pl.DataFrame]:
    """kelompok_rincian (nomor, dimensi, kelompok, ...) and, by nomor, its titik, jendela_kecil and stok."""
    rows = store.ask(_text("rincian"), {"wilayah": region})
    rows = rows.filter(pl.col("per_tanggal") <= release.quarters[-1])
    keys = rows.select("dimensi", "kelompok").unique().sort("dimensi", "kelompok").with_row_index("nomor")
    rows = rows.join(keys, on=["dimensi", "kelompok"], nulls_equal=True)
    numbers = keys["nomor"].to_numpy()
    table = [_cumulated(rows, rows["nomor"], numbers, release.quarters, name) for name in FLOWS]
    _, group = np.unique(keys["dimensi"].to_numpy(), return_inverse=True)
    counts = Counts(*table, group)
    own = release.regions.index(region)
    shown = release.released
    totals = (shown.masuk, shown.ditutup, shown.terbuka == SHOWN)
    known = Known(*(np.repeat(total[[own]], 2, axis=0) for total in totals))
    released = withdrawal.release(counts, release.threshold, known, release.complement)
    titik, kecil = _flow_frames(release, counts, released, "nomor", numbers.tolist())
    named = keys.with_columns(
        pl.col("kelompok").is_null().alias("is_tidak_disebut"),
        pl.col("kelompok").fill_null(UNNAMED),
        pl.lit(region).alias("kode_wilayah"),
    )
    return {
        "kelompok_rincian": named,
        "titik_rincian": titik.drop("tanpa_tanggal", "kohort_selesai"),  # not asked of categories
        "jendela_kecil_rincian": kecil,
        "stok_rincian": _stock_frame(release, counts.terbuka, released.terbuka, "nomor", numbers.tolist()),
    }


def _ages(store: Any, release: Release, region: str) -> pl.DataFrame:
    """Open laporan by age band; hidden where the region's own stock is."""
    span = {"wilayah": region, "sejak": release.quarters[0], "per_tanggal": release.quarters[-1]}
    rows = store.ask(_text("umur"), span)
    bands = store.ask(_text("pita"))["umur"].to_numpy()
    values = _placed(rows, rows["umur"], bands, release.quarters, "jumlah")[:, 1:]
    own = release.regions.index(region)
    opened = _placed(rows, rows["triwulan_masuk"], np.array(release.quarters), release.quarters, "jumlah")
    known = (release.released.terbuka[[own]] == SHOWN) & ~_tells_closed(release, own, values, opened)
    stock = Stock(values, np.zeros(len(bands), np.int64), known, release.threshold)
    marks = suppression.release_stock(stock, release.complement)
    frame = _stock_frame(release, values, marks, "umur", bands.tolist())
    return frame.with_columns(kode_wilayah=pl.lit(region))


def _tells_closed(release: Release, own: int, bands: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """Quarter ends at which bands that happen to fit quarters of masuk would tell a small count of closed.

    What came between two points, less what of it is open (`opened`: quarter of masuk x quarter end) or
    undated, is closed by then; hidden when small and what is open equals a run of neighbouring bands.
    """
    origin = np.zeros(1, np.int64)
    masuk, undated = (
        np.concatenate([origin, values[own]])
        for values in (release.counts.masuk, release.counts.tanpa_tanggal)
    )
    points = np.flatnonzero(np.concatenate([[True], release.released.masuk[own]]))
    told = np.zeros(bands.shape[1], bool)
    for end in range(1, len(release.quarters)):
        until = points[points <= end]
        still = np.cumsum(opened[:, end])[until]
        sums = np.cumsum(np.concatenate([origin, bands[:, end - 1]]))
        open_ = still[None, :] - still[:, None]
        came = (masuk - undated)[until]
        closed = came[None, :] - came[:, None] - open_
        runs = sums[None, :] - sums[:, None]
        told[end - 1] = (
            np.triu(suppression.is_small(closed, release.threshold)) & np.isin(open_, runs)
        ).any()
    return told


def _clocks(store: Any, release: Release, region: str) -> pl.DataFrame:
    """Verified clocks: each by the rule of lewat tenggat, and never more than lewat tenggat itself shows."""
    rows = store.ask(_text("jam"), {"wilayah": region})
    codes = store.ask(_text("tenggat"))["kode"].to_numpy()
    running, late = (
        _cumulated(rows, rows["kode"], codes, release.quarters, name) for name in ("berjalan", "lewat")
    )
    own, small = release.regions.index(region), release.threshold
    open_, whole = release.counts.terbuka[own], release.late[own]
    open_shown = release.released.terbuka[own] == SHOWN
    whole_mark = release.late_marks[own]
    late_shown = (whole_mark == SHOWN) & (
        (late == 0) | ((late >= small) & ~suppression.is_small(whole - late, small))
    )
    safe = ~suppression.is_small(open_ - running, small) & ~suppression.is_small(running - whole, small)
    safe &= ~suppression.is_small(running - late, small)
    running_shown = (whole_mark == SHOWN) & ((running == 0) | ((running >= small) & open_shown & safe))
    labelled = (whole_mark == SMALL) & suppression.is_small(late, small)
    late_mark = np.where(late_shown, SHOWN, np.where(labelled, SMALL, HIDDEN))
    running_mark = np.where(running_shown, SHOWN, HIDDEN)
    frames = [
        _stock_frame(release, values, marks, "kode", codes.tolist()).rename(
            {"jumlah": name, "tanda": f"tanda_{name}"}
        )
        for name, values, marks in (("berjalan", running, running_mark), ("lewat", late, late_mark))
    ]
    joined = frames[0].join(frames[1], on=["kode", "per_tanggal"])
    return joined.with_columns(kode_wilayah=pl.lit(region))


def _flow_frames(
    release: Release, counts: Counts, released: Released, key: str, names: list
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The points with their counts (zeros at the origin), and the small windows (dari, per_tanggal)."""
    undone = counts.tanpa_tanggal - (counts.masuk - counts.ditutup - counts.terbuka)
    cells, columns = np.nonzero(released.masuk)
    day = np.array(release.quarters, dtype="datetime64[D]")
    name = np.array(names)
    ditutup = released.ditutup[cells, columns]
    values = {
        "masuk": _where(True, counts.masuk[cells, columns]),
        "ditutup": _where(ditutup, counts.ditutup[cells, columns]),
        "tanpa_tanggal": _where(ditutup, counts.tanpa_tanggal[cells, columns]),
        "kohort_selesai": _where(ditutup & (undone[cells, columns] == 0), counts.ditutup[cells, columns]),
    }
    points = pl.DataFrame({key: name[cells], "per_tanggal": day[columns + 1], **values})
    origin = pl.DataFrame({key: name}).with_columns(
        pl.lit(release.quarters[0]).alias("per_tanggal"),
        *(pl.lit(0, pl.Int64).alias(column) for column in values),
    )
    cells, columns = np.nonzero(released.kecil)
    last = np.where(released.masuk, np.arange(1, released.masuk.shape[1] + 1), 0)
    last = np.maximum.accumulate(last, axis=1)[cells, columns] if last.size else columns
    small = pl.DataFrame({key: name[cells], "dari": day[last], "per_tanggal": day[columns + 1]})
    return pl.concat([origin, points.cast(origin.schema)]), small.with_columns(tanda=pl.lit(release.mark))


def _where(shown: Any, values: np.ndarray) -> pl.Series:
    """The values that are shown; null where they are not."""
    return pl.select(
        pl.when(pl.Series(np.broadcast_to(shown, values.shape))).then(pl.Series(values))
    ).to_series()


def _stock_frame(
    release: Release, values: np.ndarray, marks: np.ndarray, key: str, names: list
) -> pl.DataFrame:
    """One row per cell and quarter end: jumlah where it is shown, else tanda."""
    cells, quarters = values.shape
    day = np.array(release.quarters[1:], dtype="datetime64[D]")
    mark = pl.Series(marks.ravel())
    return pl.DataFrame(
        {
            key: np.repeat(np.array(names), quarters),
            "per_tanggal": np.tile(day, cells),
            "jumlah": values.ravel(),
        }
    ).with_columns(
        pl.when(mark == SHOWN).then(pl.col("jumlah")).alias("jumlah"),
        pl.when(mark == SMALL)
        .then(pl.lit(release.mark))
        .when(mark == HIDDEN)
        .then(pl.lit("*"))
        .alias("tanda"),
    )


def _cumulated(
    rows: pl.DataFrame, keys: pl.Series, names: np.ndarray, quarters: list[date], column: str
) -> np.ndarray:
    """The running totals of a column of changes, (names, quarters after the origin)."""
    return np.cumsum(_placed(rows, keys, names, quarters, column), axis=1)[:, 1:]


def _placed(
    rows: pl.DataFrame, keys: pl.Series, names: np.ndarray, quarters: list[date], column: str
) -> np.ndarray:
    """A column of rows (key, per_tanggal) as an array (names, quarters); what is later is left out."""
    placed = np.zeros((len(names), len(quarters)), np.int64)
    row_of: Mapping[Any, int] = {name: number for number, name in enumerate(names.tolist())}
    column_of = {day: number for number, day in enumerate(quarters)}
    for key, day, value in zip(keys, rows["per_tanggal"], rows[column], strict=True):
        if day in column_of:
            placed[row_of[key], column_of[day]] += value
    return placed


@cache
def _text(name: str) -> str:
    return (places.SQL / "release" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _question(name: str) -> str:
    return (places.SQL / "questions" / f"{name}.sql").read_text(encoding="utf-8")
