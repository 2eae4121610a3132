"""The gaps on the cooperation page in the order of need: each factor a column, the rule from its table."""

from functools import cache
from html import escape

import polars as pl
import streamlit as st

from pipelines import questions, reference
from portal import cooperation_blocks, gaps
from portal.ask import Question, about, ask, derive, scope
from portal.block import figure_block
from portal.filters import Filters, linked

QUESTION = "prioritas_celah"
STATED = "celah dinyatakan"
NOT_A_RANKING = (
    "Urutan kebutuhan akan kerja sama, bukan peringkat mutu pelayanan; tanpa bobot dan tanpa skor gabungan."
)
COLUMNS = (
    "urutan",
    "nama",
    "sifat",
    "hari_ke_batas",
    "target_tahun",
    "lewat_tenggat",
    "terbuka",
    "sinyal_tren",
    "zona_terakhir",
    "pembeda",
)


def draw(chosen: Filters) -> None:
    """The stated gaps as cards with the rule beside them, then every region with its factors.

    A viewer whose scope is not offered the factors sees the gaps as `celah_kerja_sama` orders them.
    """
    if not order(chosen):
        cooperation_blocks.gap_list(chosen)
        return
    stated(chosen)
    factors(chosen)


def order(chosen: Filters) -> tuple[Question, ...]:
    """The question whose answer orders the gaps; none for a scope that is not offered it."""
    return (about(QUESTION, **chosen.stock),) if QUESTION in questions.catalogue(scope()) else ()


def stated(chosen: Filters) -> None:
    """The gaps that a source states, in the order of need, and what decides that order."""
    asked = about("celah_kerja_sama", **chosen.stock)
    needs = about(QUESTION, only={"sifat": STATED}, **chosen.stock)
    many = ask(needs).height
    figure_block(
        f"{many} celah dinyatakan, menurut urutan kebutuhan",
        asked,
        lambda: _cards_and_rule(chosen, many),
        key="urutan",
        unit="wilayah",
        denominator=f"{ask(asked).height} pemerintah daerah",
        how_to_read=f"{NOT_A_RANKING} Laporan terbuka, lewat tenggat, dan zona hanya disandingkan; "
        "hubungan sebab akibat tidak disimpulkan.",
        columns=cooperation_blocks.GAP_COLUMNS,
    )


def _cards_and_rule(chosen: Filters, many: int) -> None:
    asked, marks = (about(name, **chosen.stock) for name in ("celah_kerja_sama", "tanda_kerja_sama"))
    listed, beside = st.columns([3, 2], gap="medium")
    cards = derive(gaps.html, asked, marks, *order(chosen), most=many) if many else ""
    listed.html(linked(cards) or cooperation_blocks.NO_GAP)
    beside.html(f'<div class="cermin-aturan">{rule()}{derive(cooperation_blocks.to_ascertain, asked)}</div>')


@cache
def rule() -> str:
    """The rule of the order as HTML: the factors of data/reference/prioritas_celah.csv, first one first."""
    factors = reference.read(QUESTION).sort("urutan").iter_rows(named=True)
    listed = "".join(
        f"<li><b>{escape(one['nama'])}</b>: {escape(one['arti'])} "
        f"<small>({escape(one['alasan'])})</small></li>"
        for one in factors
    )
    end = f"Bila semuanya seri: menurut kode wilayah. {NOT_A_RANKING}"
    return f"<b>Aturan urutan</b><ol>{listed}</ol><p>{escape(end)}</p>"


def factors(chosen: Filters) -> None:
    """Every region that lacks a mark, or whose mark has to be ascertained, with each factor as a column."""
    asked = about(QUESTION, **chosen.stock)
    figure_block(
        derive(finding, asked),
        asked,
        key="prioritas",
        unit="hari; laporan; sinyal",
        denominator=f"{ask(asked).height} pemerintah daerah yang bercelah atau perlu dipastikan",
        how_to_read=f"{NOT_A_RANKING} Aturannya pada data/reference/prioritas_celah.csv. Pembeda: faktor "
        "yang menaruh baris itu di bawah baris sebelumnya. Sinyal tren hanya ada untuk tanggal data "
        "terakhir; tanda – berarti tidak diketahui dan tidak menaikkan urutan.",
        columns=COLUMNS,
        example="prioritas",
    )


def finding(frame: pl.DataFrame) -> str:
    """`prioritas_celah` -> how many gaps are stated and how many regions have to be ascertained."""
    if frame.is_empty():
        return "Tidak ada pemerintah daerah yang bercelah atau perlu dipastikan"
    many = frame.filter(sifat=STATED).height
    return f"{many} bercelah, {frame.height - many} perlu dipastikan: tiap faktor urutannya satu kolom"
