"""The filter strip that stays the same on all pages. Every value lives in the address, as a fixed code.

A bound Streamlit widget writes its label into the address. So each value is carried by a hidden text box,
bound to the address under its own name, and the widget that is seen only moves the carrier. Streamlit then
keeps the value over page switches, reload, back and forward; a value in the address that is not valid is told
in one sentence and replaced by the nearest. A link between pages carries these values by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Literal
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from access.roles import Viewer
from portal import formats, periods, texts
from portal.ask import about, derive, row

NAMES = ("provinsi", "per_tanggal", "rentang")
BOTH = "semua"


@dataclass(frozen=True)
class Filters:
    """What the strip says. provinsi: a code, or None for both; sejak: the first day counted, None: all."""

    provinsi: str | None
    provinces: tuple[str, ...]
    per_tanggal: date
    rentang: str
    sejak: date | None

    @property
    def flow(self) -> dict[str, Any]:
        """Parameters of a question that counts over a period: per_tanggal, sejak, provinsi."""
        return {"per_tanggal": self.per_tanggal, "sejak": self.sejak, "provinsi": self.provinsi}

    @property
    def stock(self) -> dict[str, Any]:
        """Parameters of a question about one day: per_tanggal, provinsi."""
        return {"per_tanggal": self.per_tanggal, "provinsi": self.provinsi}

    @property
    def period(self) -> str:
        """The period in words: '1 Nov 2025 sampai 31 Okt 2026'."""
        return formats.period(self.sejak, self.per_tanggal)

    def before(self) -> "Filters | None":
        """The same length of time before this one; None when the period has no beginning."""
        earlier = periods.before(self.rentang, self.per_tanggal)
        return earlier and Filters(self.provinsi, self.provinces, earlier[1], self.rentang, earlier[0])


def current() -> Filters:
    """The filters of this run; the shell draws the strip before any page runs."""
    return st.session_state["_saringan"]


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    kind: Literal["buttons", "list"] = "buttons",
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> str:
    """A choice of one that lives in the address: `?name=code`. Returns the code.

    options: code -> what the viewer reads. The default is left out of the address. A code that is not
    offered gives a sentence and the default. Call it once per run for a name, and for none of NAMES.
    """
    value = _read(name, label, options, default)
    _offer(name, label, options, value, default, kind, label_visibility)
    return value


def put(name: str, value: str) -> None:
    """Move a value from a callback (a click on the map, a row of a table); the address follows."""
    st.session_state[name] = value


def linked(html: str) -> str:
    """HTML whose links to our pages carry the filters (`st.page_link` carries them by itself).

    For a viewer of one region, links to the pages of others become plain words.
    """
    if own := st.session_state.get("_wilayah_sendiri"):
        html = re.sub(rf'<a href="/wilayah\?kode=(?!{re.escape(own)}")[^>]*>(.*?)</a>', r"\1", html)
    held = {name: st.session_state.get(name) for name in NAMES}
    carried = urlencode({name: value for name, value in held.items() if value})
    return html.replace('href="/wilayah?', f'href="/wilayah?{escape(carried)}&amp;') if carried else html


def complain(sentence: str) -> None:
    """Say what in the address could not be followed, and what is shown in its place."""
    st.warning(sentence, icon=":material/link_off:")


def strip(viewer: Viewer) -> Filters:
    """Draw the strip and return what it says; called once per run, by the shell.

    An account of one region chooses among the ends of quarters: between days closer to each other the
    figures would differ by single people.
    """
    st.session_state["_wilayah_sendiri"] = viewer.wilayah
    latest = row("tanggal_data")["per_tanggal_terakhir"]
    provinces = derive(_provinces, about("daftar_wilayah"))
    provinsi = _read("provinsi", texts.PROVINCE, provinces, BOTH)
    rentang = _read("rentang", texts.PERIOD, periods.NAMES, periods.DEFAULT)
    days = _quarters(latest) if viewer.wilayah else {}
    per_tanggal = _read_quarter(days) if days else _read_day(latest)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="saringan"):
        _offer("provinsi", texts.PROVINCE, provinces, provinsi, BOTH)
        if days:
            _offer("per_tanggal", texts.QUARTER_ENDS, days, per_tanggal.isoformat(), next(iter(days)), "list")
        else:
            _offer_day(per_tanggal, latest)
        _offer("rentang", texts.PERIOD, periods.NAMES, rentang, periods.DEFAULT)
        clear = {"key": "_hapus_semua", "on_click": _clear, "icon": ":material/restart_alt:"}
        st.button(texts.CLEAR_ALL, disabled=not any(st.session_state[name] for name in NAMES), **clear)
    chosen = None if provinsi == BOTH else provinsi
    shown = (chosen,) if chosen else tuple(code for code in provinces if code != BOTH)
    start = periods.start(rentang, per_tanggal)
    st.session_state["_saringan"] = filters = Filters(chosen, shown, per_tanggal, rentang, start)
    return filters


def _quarters(latest: date) -> dict[str, str]:
    """The ends of quarters that are offered: ISO day -> '30 Sep 2026', the newest first."""
    first = row("tanggal_data")["sejak"] or latest
    return {day.isoformat(): formats.date(day) for day in periods.quarter_ends(first, latest)}


def _read_quarter(days: Mapping[str, str]) -> date:
    """The chosen end of a quarter; for another day the one before it, said in a sentence."""
    text, newest = _carrier("per_tanggal"), next(iter(days))
    if not text or text in days:
        return date.fromisoformat(text or newest)
    nearest = next((day for day in days if day <= text), newest)
    complain(texts.UNKNOWN_CHOICE.format(name=texts.QUARTER_ENDS, value=text, shown=days[nearest]))
    return date.fromisoformat(nearest)


def _provinces(regions: pl.DataFrame) -> dict[str, str]:
    pairs = regions.select("provinsi", "nama_provinsi").unique().sort("provinsi", descending=True)
    return dict(pairs.iter_rows()) | {BOTH: texts.BOTH}


def _read(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    value = _carrier(name) or default
    if value in options:
        return value
    complain(texts.UNKNOWN_CHOICE.format(name=label, value=value, shown=options[default]))
    return default


def _read_day(latest: date) -> date:
    text = _carrier("per_tanggal")
    try:
        day = date.fromisoformat(text) if text else latest
    except ValueError:
        complain(texts.UNKNOWN_CHOICE.format(name=texts.AS_OF, value=text, shown=formats.date(latest)))
        return latest
    nearest = min(max(day, periods.FIRST_DAY), periods.LAST_DAY)
    if nearest != day:
        complain(texts.UNKNOWN_CHOICE.format(name=texts.AS_OF, value=text, shown=formats.date(nearest)))
    return nearest


def _carrier(name: str) -> str:
    with st.container(key=f"bawaan_{name}"):
        held = st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")
    return (held or "").strip()


def _offer(
    name: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    default: str,
    kind: str = "buttons",
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    seen = f"_{name}"
    st.session_state[seen] = value
    shared = {"key": seen, "format_func": options.get, "label_visibility": label_visibility}
    moves = {"on_change": _carry, "args": (name, default)}
    if kind == "buttons":
        st.segmented_control(label, list(options), required=True, wrap=True, **shared, **moves)
    else:
        st.selectbox(label, list(options), placeholder=texts.CHOOSE, **shared, **moves)


def _offer_day(day: date, latest: date) -> None:
    st.session_state["_per_tanggal"] = day
    first, last = periods.FIRST_DAY, periods.LAST_DAY
    st.date_input(
        texts.AS_OF,
        key="_per_tanggal",
        format="DD/MM/YYYY",
        min_value=first,
        max_value=last,
        on_change=_carry_day,
        args=(latest,),
        width=150,
    )


def _carry(name: str, default: str) -> None:
    value = st.session_state[f"_{name}"]
    st.session_state[name] = "" if value in (None, default) else value


def _carry_day(latest: date) -> None:
    day = st.session_state["_per_tanggal"]
    st.session_state["per_tanggal"] = "" if day in (None, latest) else day.isoformat()


def _clear() -> None:
    for name in NAMES:
        st.session_state[name] = ""
