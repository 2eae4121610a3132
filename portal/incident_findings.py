"""What counting incidents in the place of laporan changes, in one sentence; pure."""

import polars as pl

from portal import formats
from portal.funnel_findings import listed


def title(frame: pl.DataFrame) -> str:
    """`laporan_peristiwa` -> whether the signals stand when each incident counts once."""
    known = frame.drop_nulls("laporan").sort("kode_wilayah")
    if known.is_empty():
        return f"Laporan dan peristiwa: {formats.MISSING}"
    laporan, peristiwa = int(known["laporan"].sum()), int(known["peristiwa"].sum())
    counts = f"{formats.number(laporan)} laporan, {formats.number(peristiwa)} peristiwa"
    if laporan == peristiwa:
        return f"{counts}: tidak ada peristiwa dengan lebih dari satu laporan"
    changed = known.filter(pl.col("sinyal_laporan").fill_null("") != pl.col("sinyal_peristiwa").fill_null(""))
    if changed.is_empty():
        return f"{counts}: menghitung peristiwa tidak mengubah sinyal mana pun"
    if changed.height > 1:
        return f"{counts}: dihitung per peristiwa, sinyal berubah di {listed(changed['nama'].to_list())}"
    row = changed.row(0, named=True)
    how = "berubah" if row["sinyal_peristiwa"] else "hilang"
    how = how if row["sinyal_laporan"] else "baru tampak"
    own = f"{formats.number(row['laporan'])} laporan, {formats.number(row['peristiwa'])} peristiwa"
    return f"Sinyal {row['nama']} {how} bila dihitung per peristiwa: {own}"
