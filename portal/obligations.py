"""Kewajiban: what a region owes after products of oversight, what is late and whose it is; and their rate."""

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pipelines.questions import catalogue
from portal import formats, register_links
from portal.ask import about, derive, figure, scope
from portal.block import figure_block
from portal.views import View

OPEN = ("lewat", "tidak diketahui", "berjalan", "tanpa batas waktu")
SHOWN, SAMPLE = 8, "CONTOH/"
NOTHING = (
    "Tidak ada produk pengawasan yang tercatat untuk wilayah ini sampai tanggal ini; itu bukan berarti tidak "
    "ada kewajiban."
)
COLUMNS = (
    *("nomor", "jenis", "tanggal", "penerima", "pokok", "batas_tindak_lanjut", "hari_ke_batas", "keadaan"),
    *("status_tindak_lanjut", "tanggal_tindak_lanjut", "is_terlambat", "per_tanggal_status", "sumber_alamat"),
)


def show(view: View) -> None:
    """The obligations of the region of the view, in full."""
    place = {"wilayah": view.wilayah, "per_tanggal": view.chosen.per_tanggal}
    asked, rate = about("produk_wilayah", **place), about("kepatuhan_produk", **place)
    figure_block(
        derive(finding, asked),
        asked,
        figure(drawn, asked, rate),
        key="kewajiban",
        unit="produk pengawasan",
        denominator="semua produk yang tercatat kepada wilayah ini",
        how_to_read="Produk pengawasan: tindakan korektif, saran perbaikan, saran penyempurnaan, dan "
        "rekomendasi. Lewat: batas tindak lanjutnya sudah lewat dan statusnya belum atau sebagian. Tidak "
        "diketahui: batasnya lewat dan statusnya tidak dinyatakan. Patuh: dari yang jatuh tempo, yang "
        "dilaksanakan seluruhnya, sesudah batas sekalipun. Yang dihitung hanya yang tercatat.",
        columns=COLUMNS,
        nothing=NOTHING,
    )
    register_links.show("produk", view.wilayah, asked)


def finding(frame: pl.DataFrame) -> str:
    """`produk_wilayah` -> what is late and what is still running, of how many."""
    if frame.is_empty():
        return "Kewajiban: belum ada yang tercatat"
    counts = [(state, frame.filter(keadaan=state).height) for state in OPEN]
    words = {
        "lewat": "lewat batas",
        "tidak diketahui": "lewat batas tanpa status",
        "berjalan": "masih berjalan",
    }
    told = [f"{count} {words.get(state, state)}" for state, count in counts if count]
    said = ", ".join(told) if told else "semua sudah dijawab"
    sample = " (termasuk baris contoh)" if frame["nomor"].str.starts_with(SAMPLE).any() else ""
    return f"Kewajiban: {said}, dari {frame.height} produk pengawasan{sample}"


def drawn(frame: pl.DataFrame, rates: pl.DataFrame) -> str:
    """The rate in a line, and what is still owed as a table, the late first; HTML."""
    owed = frame.filter(pl.col("keadaan").is_in(OPEN))
    rest = owed.height - SHOWN
    more = f"<p><small>{rest} lainnya ada pada tabel.</small></p>" if rest > 0 else ""
    lines = "".join(_owed(row) for row in owed.head(SHOWN).to_dicts())
    table = f'<table class="cermin-tabel cermin-kewajiban">{_HEAD}<tbody>{lines}</tbody></table>'
    body = f"{table}{more}" if lines else ""
    return f"<p>{escape(compliance(rates))}</p>{body}"


def compliance(rates: pl.DataFrame) -> str:
    """`kepatuhan_produk` of one region -> the share that was done of what fell due, with its interval."""
    row: dict[str, Any] = rates.row(0, named=True) if rates.height else {}
    if not row.get("jatuh_tempo"):
        return "Tingkat kepatuhan belum dapat dihitung: belum ada produk yang jatuh tempo."
    share = formats.estimate(row["persen_patuh"], row["bawah"], row["atas"])
    late = f", {formats.number(row['terlambat'])} di antaranya sesudah batas" if row["terlambat"] else ""
    counts = (
        f"{formats.number(row['dilaksanakan'])} dari {formats.number(row['jatuh_tempo'])} yang jatuh tempo"
    )
    return f"Patuh {share}: {counts} dilaksanakan{late}."


_HEAD = "<thead><tr>" + "".join(
    f'<th scope="col">{name}</th>' for name in ("Keadaan", "Kewajiban", "Milik", "Batas")
)
_HEAD += "</tr></thead>"


def _owed(row: dict[str, Any]) -> str:
    strong = ("<b>", "</b>") if row["keadaan"] == "lewat" else ("", "")
    part = f" · {row['status_tindak_lanjut']}" if row["status_tindak_lanjut"] == "sebagian" else ""
    what = row["jenis"].capitalize() + (f": {row['pokok']}" if row["pokok"] else "")
    whose = row["penerima"] or row["nama"]
    return (
        f"<tr><td>{strong[0]}{escape(row['keadaan'])}{strong[1]}{escape(part)}</td>"
        f"<td>{escape(what)}<br><small>{escape(row['nomor'])}, {formats.date(row['tanggal'])}</small></td>"
        f"<td>{escape(whose)}</td><td>{escape(_due(row))}</td></tr>"
    )


def _due(row: dict[str, Any]) -> str:
    if row["batas_tindak_lanjut"] is None:
        return "tidak disebut"
    days = row["hari_ke_batas"]
    left = f"{formats.number(days)} hari lagi" if days >= 0 else f"lewat {formats.number(-days)} hari"
    return f"{formats.date(row['batas_tindak_lanjut'])} ({left})"


def definition() -> None:
    """What the states and the rate mean, and the rate of each region that the viewer may see."""
    known = catalogue(scope())
    st.header("Produk pengawasan", anchor="produk")
    st.markdown(f"{known['produk_wilayah'].definition} {known['kepatuhan_produk'].definition}")
    asked = about("kepatuhan_produk")
    figure_block(
        derive(recorded, asked),
        asked,
        key="kepatuhan",
        unit="produk pengawasan; persen dengan interval Wilson 95%",
        denominator="produk yang batas tindak lanjutnya sudah lewat",
        how_to_read="Kosong: tidak satu produk pun tercatat untuk wilayah itu, bukan nol. Yang tercatat "
        "belum tentu semua yang terbit; wilayah tidak diperingkat.",
        measures=("jumlah",),
        nothing="Belum ada produk pengawasan yang tercatat.",
        level=3,
    )


def recorded(frame: pl.DataFrame) -> str:
    """`kepatuhan_produk` -> how many products of how many regions are recorded."""
    held = frame.drop_nulls("jumlah")
    if held.is_empty():
        return "Belum ada produk pengawasan yang tercatat"
    return f"{formats.number(held['jumlah'].sum())} produk tercatat pada {held.height} wilayah"
