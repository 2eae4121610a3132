"""When a signal was first seen and when it no longer held: noted by each build that finds a difference."""

from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines import notes, places

KIND = "sinyal/penampakan"
KEPT = (
    *("id", "aturan", "judul", "pokok", "periode", "nama"),
    *("kode_wilayah", "kode_provinsi", "kalimat", "contoh"),
)


def note(found: pl.DataFrame) -> None:
    """Note what a build sees for the first time, or again, and what it no longer finds; mostly nothing.

    To be called under the lock of the build, so that nobody else notes at the same time.
    """
    held = {one["id"] for one in known() if one["hilang"] is None}
    new = found.filter(~pl.col("id").is_in(held)).select(*KEPT, "sejak")
    gone = sorted(held - set(found["id"]))
    if new.height or gone:
        notes.append(KIND, {"muncul": new.to_dicts(), "hilang": gone})


def known() -> list[dict[str, Any]]:
    """Every signal ever seen: KEPT, sejak, tampak (first seen), hilang (since when it is gone, or None)."""
    return _known(str(places.state()), notes.stamp(KIND))


@lru_cache(maxsize=8)
def _known(_folder: str, _stamp: tuple[int, ...]) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    for one in notes.read(KIND):
        day = date.fromisoformat(one["waktu"][:10])
        for signal in one["muncul"]:
            first = seen.get(signal["id"], {}).get("tampak", day)
            sejak = date.fromisoformat(signal["sejak"])
            seen[signal["id"]] = signal | {"sejak": sejak, "tampak": first, "hilang": None}
        for gone in one["hilang"]:
            seen[gone]["hilang"] = day
    return list(seen.values())
