"""Time to resolution, open laporan included: curves by group, or one region beside its province."""

from datetime import date

import streamlit as st

from portal import duration_findings as words
from portal import filters, formats, regions
from portal.ask import Question, about, derive
from portal.block import figure_block
from portal.trend_blocks import ZERO
from portal.views import View

GROUPS = {
    "provinsi": "Provinsi",
    "wilayah": "Wilayah",
    "substansi": "Substansi",
    "instansi": "Instansi",
    "klasifikasi": "Klasifikasi",
    "tahun": "Tahun registrasi",
}
KINDS = {"terbuka": "Masih terbuka", "hasil": "Hasil penutupan"}
QUESTIONS = {"terbuka": "kurva_penyelesaian", "hasil": "kurva_hasil"}
TITLES = {"terbuka": words.title, "hasil": words.endings_title}
DRAWINGS = {"terbuka": words.still_open, "hasil": words.endings}
EXAMPLES = {"terbuka": "kurva", "hasil": "kurva_hasil"}
READING = (
    "Laporan yang masih terbuka ikut dihitung sebagai “belum selesai setelah sekian hari”. Lama dihitung "
    "dalam hari kalender sejak tanggal masuk; yang ditutup tanpa tanggal tidak ikut. Median ditulis mulai "
    "10 laporan. Ditutup tidak sama dengan terselesaikan."
)
ENDINGS = (
    "Tiap garis: dari semua laporan yang masuk, berapa persen sampai hari itu sudah ditutup dengan hasil "
    "tersebut, hasil lain ikut diperhitungkan. Hasil adalah pengelompokan Cermin atas alasan penutupan."
)
READINGS = {"terbuka": READING, "hasil": f"{ENDINGS} {READING}"}


def by_group(view: View) -> None:
    """The curves of the groups that are chosen in the address, with their medians."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="pilih_kurva"):
        kind = filters.choose("kurva", "Yang dilihat", KINDS, default="terbuka")
        group = filters.choose("kelompok", "Kelompok", GROUPS, default="provinsi", kind="list")
    since = None if group == "tahun" else view.chosen.sejak
    asked = {"kelompok": group, "sejak": since}
    summary, curves = (view.stock(name, **asked) for name in ("waktu_penyelesaian", QUESTIONS[kind]))
    names = tuple(regions.known().items()) if group == "wilayah" else ()
    groups = derive(words.most_frequent, summary, by_year=group == "tahun", names=names)
    alt = f"Kurva waktu penyelesaian menurut {GROUPS[group].lower()}, {view.name}"
    drawn = derive(DRAWINGS[kind], curves, summary, groups=groups, alt=alt)
    asked = summary if kind == "terbuka" else curves
    _block(view, kind, asked, groups, drawn, since)


def beside_province(view: View) -> None:
    """The curve of one region and that of its whole province."""
    kind = filters.choose("kurva", "Yang dilihat", KINDS, default="terbuka")
    facts = regions.facts(view.wilayah)
    place = {"per_tanggal": view.chosen.per_tanggal, "sejak": view.chosen.sejak}
    own = {"kelompok": "wilayah", "wilayah": view.wilayah} | place
    province = {"kelompok": "provinsi", "provinsi": facts["provinsi"]} | place
    asked = [
        about(name, **one) for one in (own, province) for name in (QUESTIONS[kind], "waktu_penyelesaian")
    ]
    groups = ((view.wilayah, view.name), (facts["nama_provinsi"], f"seluruh {facts['nama_provinsi']}"))
    alt = f"Kurva waktu penyelesaian {view.name} dan seluruh provinsinya"
    drawn = derive(words.beside, *asked, groups=groups, alt=alt, kind=kind)
    shown = asked[1] if kind == "terbuka" else asked[0]
    _block(view, kind, shown, groups[:1], drawn, view.chosen.sejak)


def _block(
    view: View, kind: str, asked: Question, groups: words.Groups, drawn: str, since: date | None
) -> None:
    figure_block(
        derive(TITLES[kind], asked, groups=groups, is_covered=view.is_covered),
        asked,
        drawn,
        key="waktu",
        unit="persen laporan menurut hari kalender sejak masuk",
        denominator=f"laporan yang masuk, {formats.period(since, view.chosen.per_tanggal)}",
        how_to_read=READINGS[kind],
        nothing=ZERO if view.is_covered else "",
        example=EXAMPLES[kind],
    )
