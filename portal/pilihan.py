"""What only the person can say about a file: dates, coverage, the sheet, and what was mended or mapped."""

from datetime import date
from typing import Any

import streamlit as st

from portal import regions

MOST = 40
EARLIEST, LATEST = date(2000, 1, 1), date(2035, 12, 31)


def statements(token: str) -> dict[str, Any]:
    """What was said in this session about a file; padanan and kolom are always there.

    Others: date_order, sheet, per_tanggal, sejak, cakupan. The dict is the one that is kept: what is changed
    in it counts from the next run on.
    """
    held = st.session_state.setdefault("_pernyataan", {})
    while token not in held and len(held) >= MOST:
        held.pop(next(iter(held)))
    return held.setdefault(token, {"padanan": {}, "kolom": {}})


def draw(kind: str, token: str, sheets: tuple[str, ...]) -> None:
    """Ask for the sheet where there are several, and for what may be left to the file."""
    if len(sheets) > 1:
        options = [None, *sheets]
        _ask(st.selectbox, token, "sheet", "Lembar", options, index=_place(options, token, "sheet"),
             format_func=lambda name: name or "Ditentukan dari judul kolomnya")  # fmt: skip
    part = st.expander(_title(token), key=f"pilihan_unggah_{token}", on_change="rerun")
    if not part.open:
        return
    with part:
        left, right = st.columns(2)
        bounds = {"min_value": EARLIEST, "max_value": LATEST, "format": "DD/MM/YYYY"}
        when = "Keadaan data pada hari apa; kosong: tanggal terakhir dalam berkas."
        _day(left, token, "per_tanggal", "Per tanggal", help=when, **bounds)
        if kind == "laporan":
            since = "Kosong: tanggal masuk paling awal dalam berkas."
            _day(left, token, "sejak", "Mencakup sejak", help=since, **bounds)
            _provinces(right, token)


def _title(token: str) -> str:
    said = sum(bool(statements(token).get(name)) for name in ("per_tanggal", "sejak", "cakupan"))
    return f"Pilihan: {said} dinyatakan" if said else "Pilihan (boleh dibiarkan)"


def _day(place, token: str, name: str, label: str, **others) -> None:
    _ask(place.date_input, token, name, label, value=statements(token).get(name), **others)


def _provinces(place, token: str) -> None:
    names = regions.all_provinces()
    _ask(
        place.multiselect,
        token,
        "cakupan",
        "Cakupan provinsi",
        sorted(names, reverse=True),
        default=list(statements(token).get("cakupan") or ()),
        format_func=names.get,
        placeholder="Yang ada dalam berkas",
        help="Provinsi yang laporannya memuat seluruh data pada masa itu.",
    )


def _ask(widget, token: str, name: str, *args, **others) -> None:
    """A widget whose answer is written among the statements: it stays when the widget is not drawn."""
    key = f"{name}_{token}"
    if key in st.session_state:
        others = {word: value for word, value in others.items() if word not in ("value", "default", "index")}
    widget(*args, key=key, on_change=_note, args=(token, name, key), **others)


def _note(token: str, name: str, key: str) -> None:
    said = st.session_state[key]
    statements(token)[name] = (tuple(said) or None) if isinstance(said, list) else said


def _place(options: list, token: str, name: str) -> int:
    said = statements(token).get(name)
    return options.index(said) if said in options else 0
