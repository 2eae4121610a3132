"""The blocks of Deteksi Dini: the list with its filters, the history, and the short list of one region."""

import streamlit as st

from pipelines import dates
from pipelines.signals import present, rules
from pipelines.signals.statements import NEW, STATES
from portal import filters, formats, regions, signal_findings, signal_forms, viewer
from portal.ask import about, ask, derive, row
from portal.block import figure_block
from portal.views import View

ALL = "semua"
PAGE = "deteksi-dini"
NOTHING = "Tidak ada sinyal: tidak satu aturan pun terlampaui pada data terakhir."
NOT_THESE = "Tidak ada sinyal dengan keadaan, aturan, dan wilayah yang dipilih; lihat pilihan lain."
HOW = (
    "Sinyal berarti periksa, bukan salah. Sinyal dihitung pada data terakhir, lepas dari tanggal saringan; "
    "sejak adalah hari aturannya mulai berlaku. Nilai dan batas memakai satuan yang sama. Aturan XmR hanya "
    "membaca bulan atau triwulan terakhir yang lengkap; wilayah yang sepi dibaca bersama provinsinya."
)


def heading(chosen: filters.Filters) -> None:
    """The finding as the title of the page, and on which day the data stand."""
    names = tuple(regions.province_names(chosen.provinces))
    st.title(
        derive(signal_findings.headline, about("sinyal", provinsi=chosen.provinsi), names=names), anchor=False
    )
    latest = row("tanggal_data")["per_tanggal_terakhir"]
    if chosen.per_tanggal != latest:
        st.caption(
            f"Sinyal dihitung pada data terakhir ({formats.long_date(latest)}); tanggal pada saringan tidak "
            "mengubahnya."
        )


def working_list(chosen: filters.Filters) -> None:
    """The signals of a state, a rule and a region, and what can be done about one of them."""
    titles = {code: rule.judul for code, rule in rules.rules().items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="saringan_sinyal"):
        states = {state: state.capitalize() for state in STATES} | {ALL: "Semua"}
        keadaan = filters.choose("keadaan", "Keadaan", states, default=NEW)
        aturan = filters.choose("aturan", "Aturan", {ALL: "Semua aturan"} | titles, default=ALL, kind="list")
        wilayah = regions.choose("wilayah", "Wilayah", "Semua wilayah", chosen.provinces)
    only = {"keadaan": keadaan, "aturan": aturan}
    place = {"wilayah": wilayah} if wilayah else {"provinsi": chosen.provinsi}
    asked = about("sinyal", only={name: value for name, value in only.items() if value != ALL}, **place)
    signal_forms.offer(ask(asked))
    figure_block(
        derive(signal_findings.counted, asked),
        asked,
        filters.linked(derive(signal_findings.cards, asked)),
        key="sinyal",
        unit="sinyal; nilai dan batas dalam satuan tiap baris",
        how_to_read=HOW,
        example="sinyal",
        columns=signal_findings.COLUMNS,
        nothing=NOTHING if ask("sinyal").is_empty() else NOT_THESE,
    )


def history(chosen: filters.Filters) -> None:
    """What was closed, and what no longer holds; computed when it is opened."""
    fold = st.expander("Riwayat: yang ditutup dan yang tidak lagi berlaku", key="_riwayat", on_change="rerun")
    if not fold.open:
        return
    past = present.history(ask("sinyal"), dates.today())
    if chosen.provinsi:
        past = past.filter(kode_provinsi=chosen.provinsi)
    if past.is_empty():
        fold.markdown("Belum ada sinyal yang ditutup atau berlalu.")
    else:
        fold.html(signal_findings.past(past))


def of_region(view: View) -> None:
    """The signals of the region of the view, for an account of one region only what it may see of itself."""
    has_page = viewer.current().may_open(PAGE)
    asked = about("sinyal" if has_page else "peringatan_wilayah", wilayah=view.wilayah)
    address = f"/{PAGE}?wilayah={view.wilayah}" if has_page else ""
    with st.container(border=True, key="blok_sinyal_wilayah"):
        st.markdown(f"## {derive(signal_findings.region_title, asked)}")
        if drawn := derive(signal_findings.region_list, asked, address=address):
            st.html(drawn)
