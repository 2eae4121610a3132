"""Before and after an umbrella agreement: two groups of laporan, side by side; association, never effect.

Before: what came in during the two years up to the day before the signing, watched until that day, so that
nothing of the time after it enters. After: what came in since, in two years at most, watched as long as that.
"""

from dataclasses import replace
from datetime import date, timedelta
from html import escape

import streamlit as st

from portal import before_after_findings as words
from portal import exports, filters, formats, periods, reading, regions, sources, texts
from portal.ask import Question, about, derive
from portal.before_after_findings import Side
from portal.control_findings import MEASURES
from portal.views import View

MONTHS = 24


def of_region(view: View) -> None:
    """Laporan of a region before and after its umbrella, and its control chart with that month marked."""
    signed = derive(words.signed_on, _umbrellas(view.chosen.per_tanggal), wilayah=view.wilayah)
    with st.container(border=True, key="blok_payung_dampingan", gap="small"):
        if signed is None:
            st.markdown("## Tidak ada payung bertanggal untuk disandingkan")
            st.html(f"<p>{words.NO_DATE}</p>")
            return
        sides = _sides({"kelompok": "wilayah", "wilayah": view.wilayah}, view, signed, view.wilayah, "")
        _compare(view, sides, f"{view.name}: payung {formats.date(signed)}")
        _charts(signed, "payung ditandatangani", _measure(), view)


def of_joint_renewal(chosen: filters.Filters) -> None:
    """The provinces whose regions signed in the same month, each beside a province that did not."""
    view = View(chosen)
    joint = derive(words.signed_together, _umbrellas(chosen.per_tanggal))
    if not joint:
        st.info(words.NOT_TOGETHER)
        return
    ukuran = _measure()
    for code, day in joint:
        others = [one for one in regions.all_provinces() if one not in dict(joint)]
        with st.container(border=True, key=f"blok_serentak_{code}", gap="small"):
            shown = (code, *others[:1])
            sides = [side for one in shown for side in _province_sides(view, one, day)]
            name = regions.all_provinces()[code]
            _compare(view, sides, f"{name}: payung serentak {formats.long_month(day)}")
            views = [View(replace(chosen, provinsi=one, provinces=(one,))) for one in shown]
            _charts(day, f"payung serentak di {name}", ukuran, *views)


def _umbrellas(day: date) -> Question:
    return about("tanda_kerja_sama", only={"tanda": "payung"}, per_tanggal=day)


def _province_sides(view: View, code: str, day: date) -> list[Side]:
    name = regions.all_provinces()[code]
    return _sides({"kelompok": "provinsi", "provinsi": code}, view, day, name, f"{name}, ")


def _sides(place: dict[str, str], view: View, signed: date, group: str, lead: str) -> list[Side]:
    """Before and after the signing; each with what is asked about it."""
    until = view.chosen.per_tanggal
    start, end = periods.back(signed, MONTHS), min(periods.back(signed, -MONTHS), until)
    before = {"sejak": start, "per_tanggal": signed - timedelta(days=1)}
    after = {"sejak": signed, "per_tanggal": end}
    return [
        Side(
            group,
            f"{lead}{name}",
            *(about(one, **place, **dates) for one in QUESTIONS),
            dates["sejak"],
            dates["per_tanggal"],
        )
        for name, dates in (("sebelum", before), ("sesudah", after))
    ]


QUESTIONS = ("waktu_penyelesaian", "kurva_penyelesaian")


def _compare(view: View, sides: list[Side], heading: str) -> None:
    """Title, curves, a table of both sides, and what it does not say."""
    asked = tuple(one for side in sides for one in (side.summary, side.curve))
    named = tuple((side.group, side.name) for side in sides)
    told = derive(words.told, *asked, named=named, heading=heading)
    st.markdown(f"## {told.title}")
    st.html(told.html + _foot(view, sides))


def _foot(view: View, sides: list[Side]) -> str:
    """Unit, span of each side, as-of date and source; how to read it; the file of each side."""
    spans = "; ".join(f"{side.name}: {formats.period(side.since, side.until)}" for side in sides[:2])
    facts = (
        ("Satuan", "persen laporan menurut hari kalender sejak masuk"),
        ("Penyebut", f"laporan yang masuk, {spans}"),
        ("Per", formats.date(view.chosen.per_tanggal)),
        ("Sumber", sources.of(sides[0].summary.name)),
    )
    shown = "".join(f"<span><b>{name}</b>{escape(value)}</span>" for name, value in facts)
    guide = f"<p>{words.READING}</p>{reading.example('kurva')}"
    files = "".join(
        f'<a class="cermin-unduh" href="{escape(exports.address(side.summary))}" download>'
        f"{texts.DOWNLOAD}: {escape(side.name)}</a>"
        for side in sides
    )
    return (
        f'<p class="cermin-fakta">{shown}</p><div class="cermin-alat">'
        f"<details><summary>{texts.HOW_TO_READ}</summary>{guide}</details>{files}</div>"
    )


def _measure() -> str:
    """The measure of the control charts, chosen in the address."""
    named = {ukuran: measure.name for ukuran, measure in MEASURES.items()}
    return filters.choose("bagan", "Ukuran bagan kendali", named, default="masuk", kind="list")


def _charts(signed: date, why: str, ukuran: str, *views: View) -> None:
    """The control chart of each place, with a new level from the month of the signing on."""
    since, month = periods.back(signed.replace(day=1), MONTHS), signed.replace(day=1)
    for view, column in zip(views, st.columns(len(views)), strict=True):
        asked = view.stock("xmr", ukuran=ukuran, sejak=since, langkah=signed.isoformat())
        about_it = {"ukuran": ukuran, "place": view.name}
        drawn = derive(words.chart, asked, month=month, why=why, **about_it)
        column.markdown(f"### {derive(words.chart_title, asked, month=month, **about_it)}")
        column.html(drawn)
