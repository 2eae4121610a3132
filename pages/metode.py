"""Data & Metode: what each figure means, what it rests on, how fresh it is, and what is missing."""

import streamlit as st

from portal import method, obligations, reconciliation_blocks, reliability, viewer
from portal.ask import about, ask, derive
from portal.block import figure_block
from portal.filters import current


def page() -> None:
    """The definitions, the data and their limits."""
    with st.container(key="halaman_metode"):
        st.title("Data & Metode", anchor=False)
        st.markdown(method.CHARTER)
        st.markdown(method.CONTENTS)
        for part in (definitions, trust, freshness, deadlines, obligations.definition, published, sources):
            part()
        st.header("Batas yang diketahui", anchor="batas")
        st.markdown(method.LIMITS)
        st.header("Pertanyaan yang dapat diajukan", anchor="pertanyaan")
        st.html(method.questions(viewer.current().scope))


def definitions() -> None:
    """Every indicator, from the table that drives it."""
    st.header("Indikator", anchor="indikator")
    asked = about("daftar_indikator")
    figure_block(
        f"{ask(asked).height} indikator; halaman ini membaca tabel yang sama dengan penghitungnya",
        asked,
        key="indikator",
        unit="seperti tertulis pada tiap baris",
        how_to_read="Batas wilson: interval 95% untuk bagian (persen). Batas poisson: interval 95% eksak "
        "untuk tingkat.",
        columns=("nama", "satuan", "definisi", "penyebut", "cara_membaca", "jenis_batas"),
        level=3,
    )


def trust() -> None:
    """How estimates are made; how far they hold, for those who see the figures that rest on them."""
    st.header("Cara menghitung", anchor="hitung")
    st.markdown(method.HOW_WE_COUNT)
    if viewer.current().may("lihat_semua"):
        reliability.draw()


def freshness() -> None:
    """Batches and what they cover; how far the data reach for a viewer who is not shown the batches."""
    st.header("Batch dan kesegaran", anchor="kesegaran")
    if not viewer.current().may("lihat_semua"):
        coverage()
        return
    asked = about("batch_data")
    figure_block(
        derive(method.batches, asked),
        asked,
        key="batch",
        unit="baris per batch",
        how_to_read="Batch yang lebih baru menurut per tanggal menang bila dua batch berbeda; yang "
        "dibatalkan tidak dihitung.",
        columns=method.BATCH_COLUMNS,
        level=3,
    )


def coverage() -> None:
    """From when to when the reports of each province are covered."""
    asked = about("cakupan_data")
    figure_block(
        derive(method.coverage, asked),
        asked,
        key="cakupan",
        unit="tanggal",
        how_to_read="Di luar cakupan angka laporan tidak ada, bukan nol.",
        level=3,
    )


def deadlines() -> None:
    """The deadlines with their state of verification, and whose lateness each is."""
    st.header("Tenggat", anchor="tenggat")
    filters = current()
    asked = about("tenggat_berjalan", **filters.stock)
    figure_block(
        derive(method.deadlines, asked),
        asked,
        key="tenggat",
        unit="laporan; hari kerja tanpa libur nasional dan cuti bersama",
        denominator="laporan yang jamnya berjalan",
        how_to_read="Hanya jam yang terverifikasi masuk angka utama. Penanggung menunjukkan "
        "keterlambatan siapa.",
        level=3,
    )


def published() -> None:
    """The figures the Ombudsman or the press printed, and where they disagree."""
    st.header("Angka yang pernah dipublikasikan", anchor="publikasi")
    reconciliation_blocks.draw()


def sources() -> None:
    """The register of sources."""
    st.header("Sumber", anchor="sumber")
    asked = about("daftar_sumber")
    figure_block(
        f"{ask(asked).height} sumber dikutip register dan daftar istilah",
        asked,
        key="sumber",
        unit="sumber",
        how_to_read="Id seperti S15 pada catatan menunjuk ke daftar ini. Alamat kosong: tidak ditemukan "
        "alamat publiknya.",
        level=3,
    )


if __name__ == "__main__":
    viewer.admit("metode", page)
