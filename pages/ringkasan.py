"""Ringkasan: five figures, the map, the gaps that matter most, what changed, and how fresh the data is."""

import streamlit as st

from portal import gaps, headline, priority_blocks, region_map, regions, rooms, summary, texts, viewer
from portal.ask import about, ask, derive
from portal.block import figure_block
from portal.filters import Filters, current, linked

MOST = 3


def page() -> None:
    """The summary of the chosen provinces at the chosen day."""
    with st.container(key="halaman_ringkasan"):
        sheet(current())


def sheet(filters: Filters) -> None:
    """What stands on the page, from the headline to the freshness of the data."""
    provinces = about("ringkasan_provinsi", per_tanggal=filters.per_tanggal, sejak=filters.sejak)
    st.title(derive(summary.open_reports, provinces, provinsi=filters.provinsi), anchor=False)
    st.markdown(derive(summary.lead, provinces, filters=filters))
    courses = [about(name, **filters.flow) for name in ("arus_bulanan", "kohort_bulanan", "lewat_bulanan")]
    headline.draw(derive(headline.headlines, provinces, *courses, provinsi=filters.provinsi))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        umbrella(filters)
    with right:
        lacking(filters)
        changed(filters)
    fresh()


def umbrella(filters: Filters) -> None:
    """The map of the umbrella agreements, and the way to the page of a region."""
    asked = about("celah_kerja_sama", **filters.stock)
    figure_block(
        derive(summary.umbrellas, asked),
        asked,
        lambda: _map(filters),
        key="payung",
        unit="keadaan payung",
        denominator=f"{ask(asked).height} pemerintah daerah",
        how_to_read="Payung adalah Nota Kesepahaman atau Nota Kesepakatan. “Belum ada” dinyatakan sumber; "
        "“tidak diketahui” berarti tidak ada sumber. Pilih wilayah dengan klik, atau Tab lalu Enter.",
        columns=("kode_wilayah", "nama", "payung", "payung_sejak", "payung_berakhir", "konflik"),
    )


def _map(filters: Filters) -> None:
    asked = about("celah_kerja_sama", **filters.stock)
    values, legend = derive(region_map.classify_tanda, asked, tanda="payung")
    kode = region_map.draw(
        values,
        key="peta_payung",
        measure_label="Payung",
        legend=legend,
        selected=st.session_state.get("_wilayah_ringkasan"),
        provinces=filters.provinces,
    )
    st.session_state["_wilayah_ringkasan"] = kode
    if kode:
        label = f"Buka halaman {regions.known()[kode]}"
        st.page_link(rooms.file_of("wilayah"), label=label, query_params={"kode": kode})


def lacking(filters: Filters) -> None:
    """The gaps in the order of need, with what was said of each."""
    everything = about("celah_kerja_sama", **filters.stock)
    marks = about("tanda_kerja_sama", **filters.stock)
    with st.container(border=True, key="blok_celah", gap="small"):
        needs = priority_blocks.order(filters)
        st.markdown(f"## {derive(summary.lacking, everything, *needs)}")
        listed = linked(derive(gaps.html, everything, marks, *needs, most=MOST))
        unsure = f'<p class="cermin-kecil">{derive(gaps.uncertain, everything)}</p>'
        st.html(f'{listed}{unsure}<p class="cermin-kecil">{gaps.BY_NEED if needs else gaps.RULE}</p>')
        label = "Semua celah, matriks, dan riwayat kerja sama"
        st.page_link(rooms.file_of("kerja-sama"), label=label, icon=":material/arrow_forward:")


def changed(filters: Filters) -> None:
    """What changed since the period before, in counts."""
    before = filters.before()
    if before is None:
        st.info("Rentang “Semua” tidak punya rentang sebelumnya untuk dibandingkan.", icon=":material/info:")
        return
    spans = {"per_tanggal_sebelum": before.per_tanggal, "sejak_sebelum": before.sejak}
    asked = about("perubahan", **filters.flow, **spans)
    figure_block(
        derive(summary.moved, asked, before=before),
        asked,
        key="perubahan",
        unit="laporan, wilayah",
        denominator=f"{before.period} lalu {filters.period}",
        how_to_read="Dua rentang sama panjang disandingkan sebagai hitungan. Dua titik bukan tren; untuk "
        f"arah perubahan lihat Tren Penyelesaian. {texts.NOT_A_RANKING}",
    )


def fresh() -> None:
    """How fresh the data is: coverage by province and the live batches."""
    asked = about("cakupan_data")
    figure_block(
        derive(summary.freshness, about("batch_data"), asked),
        asked,
        key="kesegaran",
        unit="tanggal",
        how_to_read="Di luar cakupan semua batch tidak ada angka: “tidak ada data” bukan nol.",
    )


if __name__ == "__main__":
    viewer.admit("", page)
