"""Limited scopes: `pemda:<kode_wilayah>` sees public registers, suppressed figures, its own breakdowns.

A scope is a database of its own in memory (pipelines/sql/pemda/pemda.toml lists what it holds): no case, no
daily count and no breakdown of another region is in it, so that a forgotten filter has nothing to show.
"""

import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import places, regions, release, steps, warehouse
from pipelines.errors import NotYours, UserError
from pipelines.release import quarter_end

FOLDER = places.SQL / "pemda"
PREFIX = "pemda:"
MARK = "samar"
SLICES = ("jendela", "arus_wilayah", "stok_pada", "angka_wilayah", "arus_rincian", "nilai_sebanding")
_lock = threading.Lock()
_releases: dict[Path, release.Release] = {}


@dataclass(frozen=True)
class Offer:
    """What a pemda scope may ask: questions answered as for everybody, from suppressed figures, own only.

    `tables` are copied whole; of those in `mine` only the rows of its own region are copied.
    """

    public: frozenset[str]
    suppressed: frozenset[str]
    own: frozenset[str]
    tables: tuple[str, ...]
    mine: tuple[str, ...]
    slices: tuple[str, ...]

    @property
    def questions(self) -> frozenset[str]:
        """All of them."""
        return self.public | self.suppressed


@cache
def offer() -> Offer:
    """The shipped list, read once."""
    content = tomllib.loads((FOLDER / "pemda.toml").read_text(encoding="utf-8"))
    return Offer(
        public=frozenset(content["umum"]),
        suppressed=frozenset(path.stem for path in FOLDER.glob("*.sql")),
        own=frozenset(content["sendiri"]),
        tables=tuple(content["tabel"]),
        mine=tuple(content["milik"]),
        slices=tuple(content["irisan"]),
    )


def region_of(scope: str) -> str | None:
    """The region of a limited scope; None for the full one. UserError for anything else."""
    if scope == warehouse.EVERYTHING:
        return None
    region = scope.removeprefix(PREFIX)
    if not scope.startswith(PREFIX) or region not in regions.gazetteer().display:
        raise UserError(f"Lingkup `{scope}` tidak dikenal. Yang ada: semua, atau pemda:<kode wilayah>.")
    return region


def open_copy(full: Any, scope: str) -> Any:
    """The connection of a limited scope made from a full warehouse; regions are released once per build."""
    region = region_of(scope)
    made = _release(full)
    frames = made.frames() | release.of_region(full, made, region)
    frames["tanggal_rilis"] = _dates(full, made)
    listed = offer()
    frames |= {name: _mine(full, name, region) for name in listed.mine}
    statements = steps.slices(listed.slices) + steps.slices(SLICES, "pemda/irisan")
    return warehouse.copy(full.file, listed.tables, frames, statements)


def limit(scope: str, question: str, bound: Mapping[str, Any], last: date | None) -> dict[str, Any]:
    """The checked parameters as a limited scope may ask them: quarter ends, whole quarters, its own region.

    `last` is the last quarter end of the data. UserError names what is available instead.
    """
    region = region_of(scope)
    limited = dict(bound)
    if region is None:
        return limited
    until, since = limited.get("per_tanggal"), limited.get("sejak")
    if until is not None and (quarter_end(until) != until or until > last):
        raise UserError(
            f"per_tanggal={until}: akun pemerintah daerah melihat angka pada akhir triwulan;"
            f" yang terdekat {min(_nearest(until), last)}."
        )
    if since is not None and quarter_end(since) != since - timedelta(days=1):
        first = quarter_end(since) + timedelta(days=1)
        raise UserError(
            f"sejak={since}: akun pemerintah daerah memilih mulai hari pertama sebuah triwulan;"
            f" yang terdekat {first}."
        )
    return limited | _own(question, limited, region)


def _own(question: str, limited: Mapping[str, Any], region: str) -> dict[str, str]:
    """The region of the account for questions about one region; UserError for another one."""
    if question not in offer().own:
        return {}
    known = regions.gazetteer()
    asked, province = limited.get("wilayah"), limited.get("provinsi")
    if asked not in (None, region) or province not in (None, known.province[region]):
        raise NotYours(f"Akun ini hanya untuk wilayahnya sendiri: pilih wilayah={region}.")
    return {"wilayah": region}


def _nearest(day: date) -> date:
    """The quarter end nearest to a day."""
    before = quarter_end(day)
    after = quarter_end(before + timedelta(days=93))
    return before if day - before <= after - day else after


def _release(full: Any) -> release.Release:
    """The release of the current build, made once and kept until another build answers."""
    with _lock:
        if full.file not in _releases:
            made = release.of_regions(full)
            _releases.clear()
            _releases[full.file] = made
        return _releases[full.file]


def _mine(full: Any, table: str, region: str) -> pl.DataFrame:
    """The rows of a table about one region: obligations are shown in full, but only to whom they are owed."""
    text = (FOLDER / "milik" / f"{table}.sql").read_text(encoding="utf-8")
    return full.ask(text, {"wilayah": region})


def _dates(full: Any, made: release.Release) -> pl.DataFrame:
    """What tanggal_data answers, with the last quarter end in the place of the data's own date."""
    text = (places.SQL / "questions" / "tanggal_data.sql").read_text(encoding="utf-8")
    return full.ask(text).with_columns(pl.lit(made.quarters[-1]).alias("per_tanggal_terakhir"))
