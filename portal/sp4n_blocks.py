"""SP4N-LAPOR! on the trend page: volume, category, status, agency and region, apart from every laporan."""

import polars as pl
import streamlit as st

from pipelines.questions import catalogue
from portal import figures, formats, texts
from portal.ask import about, ask, derive, figure, scope
from portal.block import figure_block
from portal.findings import UNNAMED, total
from portal.views import View

NAME, NOUN = "SP4N-LAPOR!", "laporan SP4N-LAPOR!"
APART = (
    "Lama penyelesaian tidak dapat dihitung, karena ekspor SP4N-LAPOR! tidak memuat tanggal selesai. Laporan "
    "di bagian ini bukan laporan Ombudsman dan tidak pernah dijumlahkan dengannya."
)
NONE = "Belum ada ekspor SP4N-LAPOR! yang dimuat."
OUTSIDE = "Tidak ada laporan SP4N-LAPOR! pada pilihan ini. Di luar cakupan ekspor itu bukan berarti nol."
GROUPS = {  # question: what a group is, how to read it
    "sp4n_per_kategori": ("Kategori", "Daftar kategori milik LAPOR!; tidak sama dengan substansi Ombudsman."),
    "sp4n_per_status": (
        "Status",
        "Status menurut ekspor terakhir sampai tanggal yang dipilih. “Ditutup” dan “diarsipkan” tidak sama "
        "dengan selesai.",
    ),
    "sp4n_per_instansi": (
        "Instansi",
        "Instansi penerima disposisi, bila kosong instansi induknya; bukan terlapor dalam arti Ombudsman.",
    ),
}


def show(view: View) -> None:
    """The section as a whole; nothing for a scope that is not offered it."""
    if "sp4n_bulanan" not in catalogue(scope()):
        return
    st.header(NAME, anchor="sp4n")
    st.markdown(APART)
    covered = about("sp4n_cakupan")
    if ask(covered).is_empty():
        st.info(NONE)
        return
    st.caption(derive(coverage, covered))
    volume(view)
    groups(view, "sp4n_per_kategori")
    for column, question in zip(st.columns(2), ("sp4n_per_status", "sp4n_per_instansi"), strict=True):
        with column:
            groups(view, question)
    if view.wilayah is None:
        places(view)


def coverage(frame: pl.DataFrame) -> str:
    """`sp4n_cakupan` -> which province is covered from when to when, and whether it is only the sample."""
    spans = frame.group_by("nama", maintain_order=True).agg(pl.col("sejak").min(), pl.col("sampai").max())
    told = "; ".join(f"{name} {formats.period(start, end)}" for name, start, end in spans.iter_rows())
    sample = " Ini data contoh." if frame["contoh"].any() else ""
    return f"Cakupan ekspor {NAME}, terpisah dari cakupan laporan: {told}.{sample}"


def volume(view: View) -> None:
    """How many came in each month."""
    asked = view.flow("sp4n_bulanan")
    figure_block(
        derive(volume_found, asked, period=view.chosen.period),
        asked,
        figure(volume_drawn, asked),
        key="sp4n_bulanan",
        unit="laporan SP4N-LAPOR! per bulan",
        denominator="semua laporan dalam ekspor yang dimuat, tiap Tracking ID sekali",
        how_to_read="Menurut tanggal masuk di SP4N-LAPOR!. Bulan yang belum lengkap digambar terpisah. Bulan "
        "tanpa batang dan bertanda “–” pada tabel tidak diliput ekspor.",
        measures=("jumlah",),
        nothing=OUTSIDE,
        alt=f"Batang laporan SP4N-LAPOR! per bulan, {view.name}",
    )


def volume_found(frame: pl.DataFrame, period: str) -> str:
    """`sp4n_bulanan` -> how many came in during the period."""
    return f"{formats.count(total(frame, 'jumlah'), NOUN)}, {period}"


def volume_drawn(frame: pl.DataFrame) -> object:
    """`sp4n_bulanan` as bars by month, incomplete months apart."""
    is_whole = pl.col("lengkap") | pl.col("jumlah").is_null()
    kind = pl.when(is_whole).then(pl.lit("bulan lengkap")).otherwise(pl.lit("bulan belum lengkap"))
    named = frame.with_columns(tipe_laporan=kind).sort(is_whole, "bulan", descending=[True, False])
    return figures.akses(named)


def groups(view: View, question: str) -> None:
    """What came in by category, status or agency."""
    name, reading = GROUPS[question]
    asked = view.flow(question)
    alt = f"Batang laporan SP4N-LAPOR! per {name.lower()}, {view.name}"
    figure_block(
        derive(groups_found, asked, name=name),
        asked,
        figure(figures.bars, asked, label=name, alt=alt, value="jumlah", noun=NOUN, most=10),
        key=question,
        unit=f"{NOUN} pada rentang",
        denominator=f"semua {NOUN} pada rentang",
        how_to_read=reading,
        measures=("jumlah",),
        nothing=OUTSIDE,
    )


def groups_found(frame: pl.DataFrame, name: str) -> str:
    """`sp4n_per_*` -> the largest group that is named, and its share."""
    named = frame.filter(pl.col("kelompok") != UNNAMED)
    if named.is_empty():
        return f"{name} pada {NAME}: tidak ada yang disebut"
    row = named.sort("jumlah", "kelompok", descending=[True, False]).row(0, named=True)
    counts = f"{formats.number(row['jumlah'])} dari {formats.number(row['penyebut'])} laporan"
    return f"{name} terbanyak pada {NAME}: {row['kelompok']}, {counts} ({formats.percent(row['persen'], 0)})"


def places(view: View) -> None:
    """Where, as a table in the order of the codes: regions are not ranked."""
    asked = view.flow("sp4n_wilayah")
    figure_block(
        derive(places_found, asked),
        asked,
        key="sp4n_wilayah",
        unit=f"{NOUN} pada rentang",
        denominator=f"semua {NOUN} pada rentang",
        how_to_read="Kolom Kota/Kabupaten pada ekspor; lokasi siapa atau apa tidak disebut, jadi bukan "
        "wilayah terlapor. “–”: wilayah itu tidak muncul dalam ekspor, jadi tidak diliput. "
        f"{texts.NOT_A_RANKING}",
        columns=("kode_wilayah", "nama", "jumlah", "penyebut", "persen"),
        measures=("jumlah",),
        nothing=OUTSIDE,
    )


def places_found(frame: pl.DataFrame) -> str:
    """`sp4n_wilayah` -> how many regions the exports cover, and what names none."""
    named = frame.drop_nulls(["kode_wilayah", "jumlah"])
    unnamed = frame.filter(pl.col("kode_wilayah").is_null())["jumlah"].drop_nulls().sum()
    rest = f"; {formats.number(unnamed)} laporan tanpa wilayah" if unnamed else ""
    regions = frame.drop_nulls("kode_wilayah").height
    return f"{named.height} dari {regions} wilayah muncul pada ekspor {NAME}{rest}"
