"""The blocks of the trend page, each one figure with its question, its finding and how to read it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from portal import figures, findings, texts
from portal.ask import Question, about, derive, figure
from portal.block import figure_block
from portal.trend_marks import marked
from portal.views import View

TERLAPOR = "Wilayah = wilayah terlapor (tempat instansi yang dilaporkan)."
INCOMPLETE = "Titik kosong dengan garis titik-titik: bulan yang belum lengkap; ia tidak masuk perbandingan."
MARKED = (
    "Garis tegak putus-putus: perjanjian dan kegiatan wilayah yang dipilih; berdekatan bukan berarti sebab."
)
INTAKE = "laporan masuk pada rentang"
ZERO = "Nol laporan masuk pada rentang ini."
GROUPS = {  # question: what a group is, what its share is of, how to read it
    "per_substansi": ("Substansi", INTAKE, "Satu laporan memiliki satu substansi."),
    "per_maladministrasi": (
        "Jenis maladministrasi",
        "laporan masuk yang jenisnya tercatat",
        "Satu laporan dapat memuat beberapa jenis, jadi jumlah persen dapat melebihi 100.",
    ),
    "per_instansi": ("Instansi terlapor", INTAKE, "Ditulis menurut petugas; nama orang tidak disimpan."),
    "per_cara_penyampaian": ("Cara penyampaian", INTAKE, "Saluran yang dipakai pelapor."),
}


def over_time(view: View, question: Question, draw: Callable[..., Any]) -> Any:
    """A cached figure over months; with the agreements and events of the region when one is chosen."""
    if view.wilayah is None:
        return figure(draw, question)
    history = about("riwayat_kerja_sama", wilayah=view.wilayah, per_tanggal=view.chosen.per_tanggal)
    return figure(marked_by(draw), question, history, view.stock("kegiatan_wilayah"))


def marked_by(draw: Callable[..., Any]) -> Callable[..., Any]:
    """The drawing of `draw` with marks; one function per drawing, so that it can be a cache key."""
    return MARKED_DRAWINGS[draw]


def _with_marks(draw: Callable[..., Any]) -> Callable[..., Any]:
    return lambda frame, history, events: marked(draw, frame, history, events)


MARKED_DRAWINGS = {draw: _with_marks(draw) for draw in (figures.arus_bulanan, figures.rasio, figures.kohort)}


def flow(view: View, key: str = "arus") -> None:
    """Monthly masuk, ditutup and terbuka."""
    asked = view.flow("arus_bulanan")
    figure_block(
        derive(findings.flow, asked, period=view.chosen.period),
        asked,
        over_time(view, asked, figures.arus_bulanan),
        key=key,
        unit="laporan per bulan (LM, RCO, IAPS)",
        denominator="semua laporan wilayah ini pada bulan itu",
        how_to_read="Atas: laporan masuk dan ditutup tiap bulan. Bawah: yang masih terbuka pada akhir "
        "bulan. " + " ".join((INCOMPLETE, MARKED if view.wilayah else "", TERLAPOR)),
        columns=("bulan", "masuk", "ditutup", "terbuka", "lengkap"),
        measures=("masuk", "ditutup", "terbuka"),
        alt=f"Garis laporan masuk, ditutup, dan terbuka per bulan, {view.name}",
        example="arus",
    )


def clearance(view: View) -> None:
    """The clearance ratio of each month."""
    asked = view.flow("arus_bulanan")
    figure_block(
        derive(findings.clearance, asked),
        asked,
        over_time(view, asked, figures.rasio),
        key="rasio",
        unit="laporan ditutup per laporan masuk",
        denominator="laporan masuk pada bulan yang sama",
        how_to_read="Di atas 1: bulan itu menutup lebih banyak daripada yang masuk, jadi sisa berkurang. "
        f"Bulan tanpa laporan masuk tidak memiliki rasio. {INCOMPLETE}",
        columns=("bulan", "masuk", "ditutup", "rasio_penyelesaian", "lengkap"),
        measures=("rasio_penyelesaian",),
        alt=f"Rasio penyelesaian per bulan, {view.name}",
    )


def cohort(view: View) -> None:
    """The share of each month's intake that is closed by the as-of date, with its interval."""
    asked = view.flow("kohort_bulanan")
    figure_block(
        findings.cohort(view.figures()),
        asked,
        over_time(view, asked, figures.kohort),
        key="kohort",
        unit="persen, interval Wilson 95%",
        denominator="laporan yang masuk pada bulan itu",
        how_to_read="Tiap titik: dari laporan yang masuk pada bulan itu, berapa persen sudah ditutup "
        "pada tanggal yang dipilih. Pita: interval 95%; makin sedikit laporan, makin lebar. Bulan "
        "terbaru wajar rendah karena waktunya belum cukup. Ditutup tidak sama dengan terselesaikan: "
        "lihat alasan penutupan.",
        measures=("persen_selesai",),
        alt=f"Persen laporan tiap bulan masuk yang sudah ditutup, {view.name}",
        example="kohort",
    )


def ages(view: View, key: str = "umur") -> None:
    """The age of what is open, by tahap."""
    asked = view.stock("umur_terbuka")
    figure_block(
        derive(findings.ages, asked),
        asked,
        figure(figures.umur, asked, alt=f"Batang laporan terbuka menurut tahap dan umur, {view.name}"),
        key=key,
        unit="laporan terbuka; umur dalam hari kerja",
        denominator="semua laporan terbuka",
        how_to_read="Umur dihitung dari tanggal masuk dalam hari kerja (Senin–Jumat tanpa libur nasional "
        "dan cuti bersama). Tahap: letak laporan menurut tanggal yang tercatat.",
        columns=("tahap", "umur", "jumlah"),
        measures=("jumlah",),
        example="umur",
    )


def leftovers(view: View) -> None:
    """What is left open of each registration year."""
    asked = view.stock("sisa_per_tahun")
    figure_block(
        derive(findings.leftovers, asked),
        asked,
        figure(figures.sisa, asked, alt=f"Sisa laporan terbuka per tahun registrasi, {view.name}"),
        key="sisa",
        unit="laporan",
        denominator="laporan yang masuk pada tahun itu",
        how_to_read="Tiap baris satu tahun registrasi, seluruh masa data. “Ditutup tanpa tanggal” dihitung "
        "terpisah: ia tidak terbuka, tidak terlambat, dan tidak berdurasi.",
        measures=("terbuka",),
    )


def groups(view: View, question: str, *, most: int = 10, key: str = "") -> None:
    """Laporan of the period by substansi, jenis, body or channel."""
    name, over, reading = GROUPS[question]
    asked = view.flow(question)
    alt = f"Batang laporan per {name.lower()}, {view.name}"
    figure_block(
        derive(findings.groups, asked, about=name, is_covered=view.is_covered),
        asked,
        figure(figures.bars, asked, label=name, most=most, alt=alt),
        key=key or question,
        unit="laporan masuk pada rentang",
        denominator=over,
        how_to_read=f"{reading} {TERLAPOR} {texts.NOT_A_RANKING}",
        columns=("kelompok", "masuk", "ditutup", "terbuka", "penyebut", "persen"),
        measures=("masuk",),
        nothing=ZERO if view.is_covered else "",
    )


def endings(view: View) -> None:
    """Why laporan were closed: closing is not the same as a resolution."""
    asked = view.flow("per_alasan_tutup")
    figure_block(
        derive(findings.endings, asked, is_covered=view.is_covered),
        asked,
        figure(endings_drawn, asked, alt=f"Batang alasan penutupan, {view.name}"),
        key="alasan",
        unit="laporan ditutup pada rentang",
        denominator="semua laporan ditutup pada rentang",
        how_to_read="Ditutup tidak sama dengan terselesaikan. Hasil adalah pengelompokan Cermin atas "
        "alasan penutupan; daftar alasannya belum dikonfirmasi sebagai daftar resmi.",
        measures=("jumlah",),
        nothing="Nol laporan ditutup pada rentang ini." if view.is_covered else "",
    )


def endings_drawn(frame: pl.DataFrame, alt: str) -> str:
    """`per_alasan_tutup` as bars (HTML): each reason and its share of the closings."""
    share = 100 * pl.col("jumlah") / pl.col("penyebut")
    named = frame.rename({"alasan_tutup": "kelompok"}).with_columns(persen=share)
    return figures.bars(named, "Alasan penutupan", alt, value="jumlah", noun="laporan ditutup")


def contacts(view: View) -> None:
    """Every contact by kind: what counts as laporan and what does not."""
    asked = view.flow("akses_bulanan")
    figure_block(
        derive(findings.contacts, asked),
        asked,
        figure(figures.akses, asked),
        key="akses",
        unit="akses per bulan",
        denominator="semua akses",
        how_to_read="Akses = semua kontak. Hanya LM, RCO, dan IAPS yang dihitung sebagai laporan pada "
        "gambar lain; konsultasi (KNL) dan tembusan selesai saat diterima.",
        measures=("jumlah",),
        alt=f"Batang akses per bulan menurut jenis, {view.name}",
    )


def show(view: View) -> None:
    """All blocks in the order in which they are read."""
    flow(view)
    by = [partial(groups, question=question) for question in GROUPS]
    pairs = ((clearance, cohort), (ages, leftovers), by[:2], by[2:], (endings, contacts))
    for at, pair in enumerate(pairs):
        with st.container(horizontal=True, key=f"pasangan_{at}"):
            for block in pair:
                block(view)
