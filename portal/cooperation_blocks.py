"""The blocks of the cooperation page: coverage, gaps in order of need, time line, one history."""

from collections.abc import Sequence
from datetime import date
from html import escape

import polars as pl
import streamlit as st

from portal import coverage_matrix, figures, findings, formats, gaps, history, register_links, states
from portal.ask import Question, about, ask, derive, figure
from portal.block import figure_block
from portal.filters import Filters, linked

FOUR_MARKS = (
    "“Belum ada” berarti dinyatakan oleh Ombudsman; “tidak diketahui” berarti tidak ada sumber, jadi "
    "bukan berarti belum ada. “Masa berlaku belum diketahui”: sudah ditandatangani, tanggal berakhirnya "
    "tidak tercatat."
)

NO_GAP = "<p>Tidak ada celah yang dinyatakan sumber pada tanggal ini.</p>"


def deadline(chosen: Filters) -> None:
    """The planning deadline of the year, and the regions whose stated target has a deadline of its own."""
    words = derive(deadline_words, about("celah_kerja_sama", **chosen.stock))
    st.info("\n\n".join(words), icon=":material/event_upcoming:")


def deadline_words(rows: pl.DataFrame) -> list[str]:
    """`celah_kerja_sama` -> the general deadline, then a sentence per region with a target of its own."""
    general = rows.filter(pl.col("target_tahun").is_null()).head(1).to_dicts()
    own = rows.filter(pl.col("target_tahun").is_not_null()).sort("batas_daftar", "kode_wilayah").to_dicts()
    first = [
        f"**Batas daftar rencana: {formats.long_date(row['batas_daftar'])}, "
        f"{left(row['hari_ke_batas'])}.** Perjanjian untuk tahun {row['batas_daftar'].year + 1} harus "
        "masuk daftar sebelum tanggal itu (Perori 55/2022); di luar daftar perlu persetujuan Rapat Pleno "
        "tersendiri."
        for row in general
    ]
    return first + [
        f"{row['nama']}: target {row['target_tahun']} (harapan, bukan jadwal), batas daftarnya "
        f"{formats.long_date(row['batas_daftar'])}, {left(row['hari_ke_batas'])}."
        for row in own
    ]


def left(days: int) -> str:
    """How far away a deadline is: '61 hari lagi', 'hari ini', 'sudah lewat 304 hari'."""
    if days == 0:
        return "hari ini"
    return f"{formats.number(days)} hari lagi" if days > 0 else f"sudah lewat {formats.number(-days)} hari"


def matrix(chosen: Filters) -> None:
    """Every region and every mark."""
    asked = about("tanda_kerja_sama", **chosen.stock)
    figure_block(
        derive(findings.marks, about("celah_kerja_sama", **chosen.stock)),
        asked,
        lambda: coverage_matrix.draw(asked),
        key="matriks",
        unit="keadaan tiap tanda",
        denominator=f"{ask(asked).height // len(states.TANDA)} pemerintah daerah × 3 tanda",
        how_to_read=f"{FOUR_MARKS} Bendera: sumber-sumber berbeda; semua versinya ada pada riwayat wilayah.",
        columns=("kode_wilayah", "nama", "tanda", "keadaan", "sejak", "berakhir", "konflik", "sumber_alamat"),
    )


def gap_list(chosen: Filters) -> None:
    """The gaps in order of need, the rule written beside them."""
    asked = about("celah_kerja_sama", **chosen.stock)
    many = derive(gaps.in_order, asked).height
    figure_block(
        f"{many} celah dinyatakan, menurut urutan kebutuhan",
        asked,
        lambda: _gaps_and_rule(asked, chosen, many),
        key="urutan",
        unit="wilayah",
        denominator=f"{ask(asked).height} pemerintah daerah",
        how_to_read=f"{gaps.RULE} Laporan terbuka, lewat tenggat, dan zona hanya disandingkan; "
        "hubungan sebab akibat tidak disimpulkan.",
        columns=GAP_COLUMNS,
    )


GAP_COLUMNS = (
    "kode_wilayah",
    "nama",
    "celah",
    "dinyatakan_oleh",
    "per_tanggal_sumber",
    "target_tahun",
    "batas_daftar",
    "hari_ke_batas",
    "terbuka",
    "lewat_tenggat",
    "zona_terakhir",
    "sumber_alamat",
)


def _gaps_and_rule(asked: Question, chosen: Filters, many: int) -> None:
    marks = about("tanda_kerja_sama", **chosen.stock)
    listed, rule = st.columns([3, 2], gap="medium")
    listed.html(linked(derive(gaps.html, asked, marks, most=many)) if many else NO_GAP)
    order = f"<b>Aturan urutan</b><p>{escape(gaps.RULE)}</p>"
    rule.html(f'<div class="cermin-aturan">{order}{derive(to_ascertain, asked)}</div>')


def to_ascertain(rows: pl.DataFrame) -> str:
    """Regions whose umbrella has to be ascertained, by state, as HTML."""
    parts = []
    for state in (formats.UNKNOWN, "masa berlaku belum diketahui"):
        names = rows.filter(pl.col("celah").is_null(), pl.col("payung") == state)["nama"].to_list()
        if names:
            parts.append(f"<p>{states.chip(state)} {len(names)} wilayah: {escape(', '.join(names))}.</p>")
    return f"<b>Payung yang perlu dipastikan</b>{''.join(parts)}" if parts else ""


def time_line(chosen: Filters) -> None:
    """What was signed when; a renewal joined to what it renews."""
    asked = about("linimasa_kerja_sama", **chosen.stock)
    rows, alt = ask(asked), "Garis waktu perjanjian tiap wilayah"
    figure_block(
        derive(time_line_finding, asked),
        asked,
        figure(figures.linimasa, asked, alt=alt, per_tanggal=chosen.per_tanggal),
        key="linimasa",
        nothing="Belum ada pernyataan bertanggal sampai tanggal ini.",
        unit="pernyataan bertanggal",
        denominator=f"{rows.height} pernyataan tercatat",
        how_to_read="Tiap titik satu instrumen pada tanggal tanda tangan (atau seremoni bila itu yang "
        "tercatat). Garis menghubungkan pembaruan dengan yang diperbarui. Lingkaran: sumber-sumber "
        "berbeda tentang tanggalnya.",
        columns=("nama", "tanggal", "instrumen", "tanda", "tanggal_pendahulu", "konflik", "sumber_alamat"),
        example="linimasa",
    )


def time_line_finding(rows: pl.DataFrame) -> str:
    """`linimasa_kerja_sama` -> how many instruments were signed, how many of them are renewals."""
    signed = rows.filter(pl.col("tanda").is_in(states.TANDA))
    if signed.is_empty():
        return "Belum ada instrumen yang tercatat ditandatangani sampai tanggal ini"
    renewals = signed["id_pendahulu"].drop_nulls().len()
    newest = formats.date(signed["tanggal"].max())
    return f"{signed.height} instrumen ditandatangani, {renewals} di antaranya pembaruan; terbaru {newest}"


def region_history(chosen: Filters, kode: str, name: str) -> None:
    """All statements about one region, with sources and conflicts."""
    asked = about("riwayat_kerja_sama", wilayah=kode, per_tanggal=chosen.per_tanggal)
    rows = ask(asked)
    figure_block(
        derive(history_finding, asked, name=name),
        asked,
        figure(history.html, asked),
        key="riwayat",
        nothing="Tidak ada pernyataan tercatat sampai tanggal ini; ini bukan berarti belum ada kerja sama.",
        unit="pernyataan sumber",
        denominator=f"{rows.height} pernyataan tentang wilayah ini",
        how_to_read=f"Register pernyataan: tidak ada yang ditimpa. Versi lain dari peristiwa yang sama "
        f"ditampilkan sebagai pertentangan dan tidak dihitung. {FOUR_MARKS}",
        columns=_HISTORY_COLUMNS,
    )
    register_links.show("kerja_sama", kode, asked)


_HISTORY_COLUMNS: Sequence[str] = (
    "tanggal",
    "tanggal_seremoni",
    "tanggal_tanda_tangan",
    "instrumen",
    "sebutan_di_sumber",
    "nomor",
    "pihak_ombudsman",
    "pihak_daerah",
    "dinyatakan_oleh",
    "is_versi",
    "konflik",
    "keyakinan",
    "per_tanggal_sumber",
    "sumber_judul",
    "sumber_alamat",
    "catatan",
)


def history_finding(rows: pl.DataFrame, name: str) -> str:
    """`riwayat_kerja_sama` -> how many statements, how many of them another version of the same event."""
    if rows.is_empty():
        return f"{name}: tidak ada pernyataan sampai tanggal ini"
    versions = rows.filter("is_versi").height
    conflict = f", {versions} di antaranya versi yang bertentangan" if versions else ""
    return f"{name}: {rows.height} pernyataan sumber{conflict}"


def ends_of_years(signed: pl.DataFrame, latest: date) -> list[date]:
    """`linimasa_kerja_sama` -> the latest day, and the last day of each year since the first signing."""
    first = signed["tanggal"].min()
    years = range(latest.year - 1, first.year - 1, -1) if first else ()
    return [latest, *(date(year, 12, 31) for year in years)]
