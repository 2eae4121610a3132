"""Laporan beside their incidents as bars: only where something is to be seen, with both verdicts in words."""

import re

import polars as pl
import pytest

from pipelines import estimates
from portal import formats
from portal.figures.incidents import peristiwa
from portal.incident_findings import title

CROWDED = (76, 17, 59)


def counted(*special: tuple[int, int, int | None]) -> pl.DataFrame:
    """Twelve quiet regions, each laporan an incident of its own, and the special ones after them."""
    rows = [(20 + at % 3, 20 + at % 3, None) for at in range(12)] + list(special)
    schema = {"laporan": pl.Int64, "peristiwa": pl.Int64, "terbanyak": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    codes = [f"w{at:02}" for at in range(len(rows))]
    frame = frame.with_columns(kode_wilayah=pl.Series(codes), nama=pl.Series([f"Kota {at}" for at in codes]))
    return estimates.compare_incidents(frame.with_columns(penduduk=pl.lit(300_000)))


def named(html: str) -> list[str]:
    return re.findall(r"<span>(Kota [^<]+)</span>", html)


def test_one_incident_of_many_laporan_makes_a_signal_that_counting_incidents_takes_away():
    frame = counted(CROWDED)
    last = frame.row(-1, named=True)
    assert (last["sinyal_laporan"], last["sinyal_peristiwa"]) == ("atas", None)
    html = peristiwa(frame, "alt")
    assert named(html) == ["Kota w12"]
    assert "76 laporan, 17 peristiwa; per laporan sinyal di atas, per peristiwa dalam batas" in html
    assert "terbanyak dari satu peristiwa: 59 laporan" in html
    assert title(frame) == "Sinyal Kota w12 hilang bila dihitung per peristiwa: 76 laporan, 17 peristiwa"


def test_a_signal_that_stands_with_both_counts_says_so():
    html = peristiwa(counted((90, 90, None)), "alt")
    assert "90 laporan, 90 peristiwa; sinyal di atas, dihitung dengan laporan maupun peristiwa" in html


def test_the_quiet_regions_are_counted_in_one_line():
    assert "12 wilayah lain: setiap laporan satu peristiwa" in peristiwa(counted(CROWDED), "alt")


def test_bars_are_as_long_as_their_counts():
    lengths = re.findall(r"--p:([0-9.]+);--w", peristiwa(counted(CROWDED), "alt").split("role=")[1])
    assert [float(one) for one in lengths] == pytest.approx([17 / 76, 59 / 76], abs=1e-4)


def test_without_any_shared_incident_the_title_says_so():
    frame = counted()
    assert title(frame).endswith("tidak ada peristiwa dengan lebih dari satu laporan")
    assert "role=" not in peristiwa(frame, "alt")


def test_a_small_cluster_changes_no_signal():
    assert title(counted((24, 22, 3))).endswith("menghitung peristiwa tidak mengubah sinyal mana pun")


def test_a_province_has_counts_and_no_verdict():
    frame = counted((9, 8, 2)).with_columns(
        penduduk=pl.when(pl.col("kode_wilayah") == "w12").then(None).otherwise(pl.col("penduduk"))
    )
    assert "<b>9 laporan, 8 peristiwa</b>" in peristiwa(frame, "alt")


def test_no_coverage_is_no_data_and_not_zero():
    frame = counted().with_columns(
        pl.lit(None, pl.Int64).alias(name) for name in ("laporan", "peristiwa", "terbanyak")
    )
    assert formats.MISSING in peristiwa(frame, "alt")
    assert title(frame) == f"Laporan dan peristiwa: {formats.MISSING}"
