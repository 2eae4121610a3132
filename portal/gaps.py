"""The gaps in agreements in the order of need, each in words with who said so, when and where; pure."""

from html import escape
from typing import Any

import polars as pl

from portal import formats, hidden, regions, states, table

RULE = (
    "Urutan kebutuhan, bukan peringkat mutu: hanya celah yang dinyatakan sumber; yang batas daftar "
    "rencananya sudah lewat atau paling dekat lebih dulu, lalu yang laporan terbukanya lebih banyak."
)

BY_NEED = (
    "Urutan kebutuhan, bukan peringkat mutu: hanya celah yang dinyatakan sumber, menurut faktor yang "
    "tertulis pada halaman Kerja Sama."
)


def in_order(gaps: pl.DataFrame, needs: pl.DataFrame | None = None) -> pl.DataFrame:
    """The regions of `celah_kerja_sama` that lack a mark by a source's word, in the order of need.

    needs: the answer of `prioritas_celah`, whose order holds (BY_NEED); without it RULE does.
    """
    lacking = gaps.filter(pl.col("celah").is_not_null())
    if needs is None:
        keys = ["hari_ke_batas", "terbuka", "kode_wilayah"]
        return lacking.sort(keys, descending=[False, True, False], nulls_last=True)
    return needs.select("kode_wilayah").join(lacking, on="kode_wilayah", maintain_order="left")


def uncertain(gaps: pl.DataFrame) -> str:
    """What has to be made sure: umbrellas without a source, and signed ones of unknown term."""
    rest = gaps.filter(pl.col("celah").is_null())["payung"]
    unknown = rest.eq(formats.UNKNOWN).sum()
    endless = rest.eq("masa berlaku belum diketahui").sum()
    said = [f"payung {unknown} wilayah tanpa sumber (bukan berarti belum ada)"] * bool(unknown)
    said += [f"payung {endless} wilayah sudah ditandatangani, masa berlakunya belum diketahui"] * bool(
        endless
    )
    return f"Perlu dipastikan: {'; '.join(said)}." if said else ""


def html(gaps: pl.DataFrame, marks: pl.DataFrame, needs: pl.DataFrame | None = None, *, most: int) -> str:
    """The first gaps as a numbered list: celah_kerja_sama, tanda_kerja_sama and, where asked, its order."""
    return _cards(in_order(gaps, needs).head(most), marks)


def _cards(ordered: pl.DataFrame, marks: pl.DataFrame) -> str:
    noted = marks.filter(celah="ya").drop_nulls("catatan").select("kode_wilayah", "catatan")
    remarks = dict(noted.iter_rows())
    cards = (card(gap, remarks.get(gap["kode_wilayah"])) for gap in ordered.iter_rows(named=True))
    return f'<ol class="cermin-urutan">{"".join(f"<li>{one}</li>" for one in cards)}</ol>'


def card(gap: dict[str, Any], remark: str | None) -> str:
    """One gap as HTML: what is lacking, who said so and when, target and deadline, what stands beside it."""
    address = escape(regions.address(gap["kode_wilayah"]))
    chips = "".join(states.chip(gap[mark], mark) for mark in gap["celah"].split(" | "))
    lines = [_stated(gap), escape(remark or ""), _deadline(gap), _beside(gap)]
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    name = f'<p class="cermin-judul"><a href="{address}" target="_self">{escape(gap["nama"])}</a></p>'
    return f'<div class="cermin-celah">{name}<div class="cermin-tandas">{chips}</div>{body}</div>'


def _stated(gap: dict[str, Any]) -> str:
    if not gap["dinyatakan_oleh"]:
        return ""
    where = table.links(gap["sumber_alamat"]) if gap["sumber_alamat"] else escape(gap["sumber_judul"] or "")
    day = formats.long_date(gap["per_tanggal_sumber"])
    return f"Dinyatakan {escape(gap['dinyatakan_oleh'])} pada {day}{f' ({where})' if where else ''}."


def _deadline(gap: dict[str, Any]) -> str:
    days, target = gap["hari_ke_batas"], gap["target_tahun"]
    if days is None:
        return ""
    left = f"{formats.number(days)} hari lagi" if days >= 0 else f"lewat {formats.number(-days)} hari"
    aim = f"Target {target}; batas" if target else "Batas"
    return f"{aim} daftar rencana {formats.long_date(gap['batas_daftar'])} ({left})."


def _beside(gap: dict[str, Any]) -> str:
    withheld = hidden.marks(gap)
    waiting = f"{withheld['terbuka']} laporan" if "terbuka" in withheld else formats.count(gap["terbuka"])
    late = withheld.get("lewat_tenggat") or formats.number(gap["lewat_tenggat"])
    counts = f"{waiting} terbuka, {late} lewat tenggat"
    zone = f"zona penilaian terakhir {gap['zona_terakhir'] or formats.UNKNOWN}"
    return escape(f"Di sampingnya: {counts}, {zone}; sebab akibat tidak disimpulkan.")
