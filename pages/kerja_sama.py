"""Kerja Sama: who has which agreement, where the gaps are, what was signed when, and what the sources say."""

import streamlit as st

from portal import cooperation_blocks as blocks
from portal import filters, formats, regions
from portal.ask import about, ask


def page() -> None:
    chosen = filters.current()
    st.title("Kerja Sama")
    earlier(chosen)
    blocks.deadline(chosen)
    blocks.gap_list(chosen)
    blocks.matrix(chosen)
    blocks.time_line(chosen)
    history(chosen)


def earlier(chosen: filters.Filters) -> None:
    """The state as it was: any day through the strip, and one click to the days of the last signings."""
    whole = ask(about("linimasa_kerja_sama", provinsi=chosen.provinsi))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="dahulu"):
        st.markdown(f"Keadaan per **{formats.long_date(chosen.per_tanggal)}**. Lihat keadaan sehari sebelum:")
        for day in blocks.days_of_change(whole):
            st.button(
                formats.date(day), key=f"_hari_{day}", type="tertiary", on_click=filters.put, args=before(day)
            )


def before(day: formats.dt.date) -> tuple[str, str]:
    """Name and value of the filter that shows the state on the eve of a day."""
    return "per_tanggal", (day - formats.dt.timedelta(days=1)).isoformat()


def history(chosen: filters.Filters) -> None:
    """The statements about the region that is chosen in the address."""
    kode = regions.choose("wilayah", "Riwayat wilayah", "Pilih wilayah", chosen.provinces)
    if kode is None:
        st.caption(
            "Pilih wilayah untuk membaca semua pernyataan sumber tentangnya, termasuk yang bertentangan."
        )
        return
    blocks.region_history(chosen, kode, regions.known()[kode])


if __name__ == "__main__":
    page()
