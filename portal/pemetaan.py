"""Peta kolom and Tanggal: what each heading means, what could be meant, and how days and months are read."""

from typing import Any

import streamlit as st

from access import audit
from pipelines import contracts, dates, mapping
from pipelines.result import Result
from portal import formats, table, viewer
from portal.pilihan import statements
from portal.upload import Given, Resumed
from portal.viewer import whence

MOST_ASKED = 8
WORDS = {dates.DAY_FIRST: "hari dulu", dates.MONTH_FIRST: "bulan dulu"}


def draw(given: Given | Resumed, result: Result, drawn: dict[str, Any]) -> None:
    """The map of columns, a question for headings that nobody knows where one comes close; the dates.

    `drawn` keeps the table once it was made for this file.
    """
    if "peta" not in drawn:
        drawn["peta"] = columns(result)
    if isinstance(given, Given) and is_asking(result):
        _ask(given, result)
    part = st.expander(summary(result), key="peta_kolom", on_change="rerun")
    if part.open:
        with part:
            st.html(drawn["peta"])
            if isinstance(given, Given) and result.reading.suggestions and not is_asking(result):
                _ask(given, result)
    _dates(given, result)


def summary(result: Result) -> str:
    """'Peta kolom: 7 dikenali, 1 belum dikenal, 2 tidak disimpan'."""
    unknown, dropped = len(result.reading.suggestions), len(result.dropped_columns)
    parts = [f"{len(result.reading.columns)} dikenali"]
    parts += [f"{unknown} belum dikenal"] * bool(unknown) + [f"{dropped} tidak disimpan"] * bool(dropped)
    return f"Peta kolom: {', '.join(parts)}"


def is_asking(result: Result) -> bool:
    """Whether some heading comes close to a column that the file does not have."""
    return any(one.column for one in result.reading.suggestions)


def columns(result: Result) -> str:
    """Every heading of the file and what becomes of it, as an HTML table."""
    stated = dict(result.kolom)
    lines = [
        (own, name, "menurut pemetaan Anda" if own in stated else "dikenali")
        for own, name in result.reading.columns
    ]
    unknown = {one.heading: one.column for one in result.reading.suggestions}
    for heading in result.ignored_columns:
        near = unknown.get(heading)
        told = f"belum dikenal; paling dekat {near}" if near else "tidak dipakai"
        lines.append((heading, "", told))
    lines += [
        (heading, "", "data diri atau teks bebas: tidak disimpan") for heading in result.dropped_columns
    ]
    return table.plain("Peta kolom", ("Judul di berkas", "Dibaca sebagai", "Keterangan"), lines)


def _ask(given: Given, result: Result) -> None:
    """Which column an unknown heading means; what was confirmed for the same headings is offered first."""
    contract = contracts.load(result.kind)
    taken = {name for _, name in result.reading.columns}
    free = [None, *(name for name in contract.names if name not in taken)]
    held = mapping.known(result.kind, result.reading.signature)
    before = held["kolom"] if held else {}
    if held:
        st.caption(f"Untuk judul kolom yang sama pernah dipetakan oleh {held['by']}, {held['when'][:10]}.")
    chosen = {}
    with st.form(f"pemetaan_{given.token}"):
        st.markdown("**Judul kolom yang belum dikenal**")
        place = st.container(horizontal=True)
        for one in result.reading.suggestions[:MOST_ASKED]:
            first = before.get(one.heading, one.column)
            chosen[one.heading] = place.selectbox(
                f"Kolom “{formats.unmarked(one.heading)}” berarti",
                free,
                index=free.index(first) if first in free else 0,
                format_func=lambda name: name or "tidak dipakai",
                key=f"kolom_{given.token}_{one.heading}",
                width=420,
            )
        agreed = st.form_submit_button("Pakai pemetaan ini", icon=":material/check:")
    if agreed:
        _confirm(given, result, {heading: name for heading, name in chosen.items() if name})


def _confirm(given: Given, result: Result, chosen: dict[str, str]) -> None:
    contract = contracts.load(result.kind)
    told = statements(given.token)
    settled = mapping.settled(told["kolom"] | chosen, contract)
    who = viewer.current()
    mapping.remember(result.kind, result.reading.signature, settled, who.name)
    noted = {"jenis": result.kind, "berkas": result.file, "kolom": [list(one) for one in settled]}
    audit.record("padanan", who, address=whence(), detail=noted)
    told["kolom"] = dict(settled)
    st.rerun()


def _dates(given: Given | Resumed, result: Result) -> None:
    """How dates are read, with examples from the file; a question only where the file leaves it open."""
    seen = result.reading.dates
    if not seen.examples:
        return
    st.markdown(read_as(result))
    if not isinstance(given, Given) or not (seen.is_open or dates.MONTH_FIRST in seen.proofs):
        return
    told, text = statements(given.token), seen.doubtful[0] if seen.doubtful else seen.examples[0]
    orders = [dates.DAY_FIRST, dates.MONTH_FIRST]
    now = result.date_order or dates.DAY_FIRST
    chosen = st.radio(
        f"Berkas ini tidak menentukan urutannya. {text} berarti",
        orders,
        index=orders.index(now),
        format_func=lambda order: f"{_day(text, order)} ({WORDS[order]})",
        horizontal=True,
        key=f"urutan_{given.token}",
    )
    if chosen != now:
        who = viewer.current()
        noted = {"jenis": result.kind, "berkas": result.file, "urutan_tanggal": chosen}
        audit.record("padanan", who, address=whence(), detail=noted)
        told["date_order"] = chosen
        st.rerun()


def read_as(result: Result) -> str:
    """'Tanggal dibaca **hari dulu**: 03/04/2025 = 3 April 2025; …'; no order where none of them needs one."""
    order, seen = result.date_order or dates.DAY_FIRST, result.reading.dates
    shown = "; ".join(f"{text} = {_day(text, order)}" for text in seen.examples)
    return f"Tanggal dibaca{f' **{WORDS[order]}**' if seen.doubtful or seen.proofs else ''}: {shown}."


def _day(text: str, order: str) -> str:
    verdict = dates.judge(text, order)
    return "bukan tanggal" if verdict.refused else formats.long_date(verdict.value)
