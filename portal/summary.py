"""The words of the summary: what the figures of a province, or of both, say; frames in, words out; pure."""

from typing import Any

import polars as pl

from portal import formats, gaps
from portal.filters import Filters

WHOLE = "semua"


def total(regions: pl.DataFrame, provinsi: str | None) -> dict[str, Any]:
    """The row of `ringkasan_provinsi` of the chosen province, or of all together."""
    return regions.filter(kode_provinsi=provinsi or WHOLE).row(0, named=True)


def open_reports(regions: pl.DataFrame, provinsi: str | None) -> str:
    """'27 laporan belum selesai di Kalimantan Timur'; for both provinces with the part of each."""
    chosen = total(regions, provinsi)
    if chosen["terbuka"] is None:
        return f"Laporan belum selesai di {_place(regions, provinsi)}: {formats.MISSING}"
    said = f"{formats.count(chosen['terbuka'])} belum selesai"
    if provinsi:
        return f"{said} di {chosen['nama']}"
    parts = regions.filter(pl.col("kode_provinsi").ne_missing(WHOLE))
    rows = parts.sort("kode_provinsi", descending=True, nulls_last=True).rows(named=True)
    return f"{said}: {', '.join(filter(None, map(_part, rows)))}"


def lead(regions: pl.DataFrame, filters: Filters) -> str:
    """What came in and was closed in the period, and what is late, in one sentence."""
    chosen = total(regions, filters.provinsi)
    if chosen["masuk"] is None:
        return f"Tidak ada batch laporan yang mencakup {filters.period}; register tetap dapat dibaca."
    late = formats.count(chosen["lewat_tenggat"], "laporan lewat tenggat yang terverifikasi")
    flow = f"{formats.count(chosen['masuk'])} masuk dan {formats.number(chosen['ditutup'])} ditutup"
    return f"{flow} pada {filters.period}; {late}. Wilayah dihitung menurut wilayah terlapor."


def umbrellas(regions: pl.DataFrame) -> str:
    """'13 dari 25 pemerintah daerah memiliki payung; 1 dinyatakan belum ada; 11 tidak diketahui'."""
    counts = dict(regions.group_by("payung").len().iter_rows())
    held = sum(many for state, many in counts.items() if state in SIGNED)
    said = [f"{held} dari {regions.height} pemerintah daerah memiliki payung"]
    rest = sorted((state for state in counts if state not in SIGNED), key=lambda state: counts[state])
    said += [f"{counts[state]} {'dinyatakan ' * (state == 'belum ada')}{state}" for state in rest]
    return "; ".join(said)


SIGNED = ("berlaku", "masa berlaku belum diketahui", "segera berakhir")


def lacking(regions: pl.DataFrame, needs: pl.DataFrame | None = None) -> str:
    """'1 wilayah bercelah kerja sama menurut sumber: Kabupaten Kutai Timur'; needs: as in gaps.in_order."""
    ordered = gaps.in_order(regions, needs)
    if ordered.is_empty():
        return "Tidak ada celah kerja sama yang dinyatakan sumber"
    names = ordered["nama"].head(3).to_list()
    more = f" dan {ordered.height - 3} lainnya" if ordered.height > 3 else ""
    return f"{ordered.height} wilayah bercelah kerja sama menurut sumber: {', '.join(names)}{more}"


def moved(changes: pl.DataFrame, before: Filters) -> str:
    """'Dibanding 1 Nov 2024 sampai 31 Okt 2025, laporan masuk +60 dan laporan ditutup −10'."""
    first = changes.head(2).drop_nulls("selisih").select("ukuran", "selisih").iter_rows()
    said = " dan ".join(f"{name.lower()} {formats.signed(by)}" for name, by in first)
    return f"Dibanding {before.period}: {said or f'laporan {formats.MISSING}'}"


def freshness(batches: pl.DataFrame, coverage: pl.DataFrame) -> str:
    """'Data laporan sampai 31 Okt 2026 dari 3 batch', or that there is none."""
    live = batches.filter(kind="laporan", live=True)
    last = coverage["sampai"].drop_nulls()
    if live.is_empty() or last.is_empty():
        return "Belum ada data laporan"
    return f"Data laporan sampai {formats.date(last.max())} dari {live.height} batch yang berlaku"


def _part(row: dict[str, Any]) -> str:
    """The part of one province, or of the reports without a region when there are any."""
    many = row["terbuka"]
    if row["kode_provinsi"] is None:
        return f"{formats.number(many)} tanpa wilayah" if many else ""
    return f"{row['nama']} {formats.MISSING}" if many is None else f"{formats.number(many)} di {row['nama']}"


def _place(regions: pl.DataFrame, provinsi: str | None) -> str:
    return total(regions, provinsi)["nama"] if provinsi else "kedua provinsi"
