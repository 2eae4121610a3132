"""Kerja Sama: who has which agreement, where the gaps are, what was signed when, and what the sources say."""

import streamlit as st

from portal import before_after, filters, formats, priority_blocks, regions, viewer
from portal import cooperation_blocks as blocks
from portal.ask import about, ask, row


def page() -> None:
    chosen = filters.current()
    st.title("Kerja Sama")
    earlier(chosen)
    blocks.deadline(chosen)
    priority_blocks.draw(chosen)
    blocks.matrix(chosen)
    blocks.time_line(chosen)
    history(chosen)
    if viewer.current().wilayah is None:
        together(chosen)


def earlier(chosen: filters.Filters) -> None:
    """The state as it was: any day through the strip, and one click to the ends of earlier years."""
    latest = row("tanggal_data")["per_tanggal_terakhir"]
    signed = ask(about("linimasa_kerja_sama", per_tanggal=latest))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="dahulu"):
        st.markdown(f"Keadaan per **{formats.long_date(chosen.per_tanggal)}**. Lihat keadaan per:")
        for day in blocks.ends_of_years(signed, latest):
            value = "" if day == latest else day.isoformat()
            st.button(
                formats.date(day),
                key=f"_hari_{day}",
                type="tertiary",
                disabled=day == chosen.per_tanggal,
                on_click=filters.put,
                args=("per_tanggal", value),
            )


def history(chosen: filters.Filters) -> None:
    """The statements about the region that is chosen in the address."""
    kode = regions.choose("wilayah", "Riwayat wilayah", "Pilih wilayah", chosen.provinces)
    if kode is None:
        st.caption(
            "Pilih wilayah untuk membaca semua pernyataan sumber tentangnya, termasuk yang bertentangan."
        )
        return
    blocks.region_history(chosen, kode, regions.known()[kode])


def together(chosen: filters.Filters) -> None:
    """Laporan before and after a joint renewal; computed only while it is open."""
    fold = st.expander("Laporan sebelum dan sesudah pembaruan serentak", key="serentak", on_change="rerun")
    if fold.open:
        with fold:
            before_after.of_joint_renewal(chosen)


if __name__ == "__main__":
    viewer.admit("kerja-sama", page)
