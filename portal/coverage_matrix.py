"""The coverage matrix: each region a row, each mark of cooperation a column, every cell a sign and a word."""

from html import escape

import polars as pl
import streamlit as st

from portal import filters, formats, regions, states
from portal.ask import Question, ask, figure


def draw(asked: Question) -> None:
    """Draw the answer of `tanda_kerja_sama`."""
    st.html(filters.linked(figure(html, asked)))
    st.html(states.legend(ask(asked)["keadaan"].unique().to_list()))


def html(frame: pl.DataFrame) -> str:
    """The matrix as a table, one body per province, the provincial government first."""
    head = "".join(
        f'<th scope="col">{name.capitalize()}<small>{escape(states.MEANING[name])}</small></th>'
        for name in states.TANDA
    )
    ordered = frame.sort("provinsi", "kode_wilayah", descending=[True, False], maintain_order=True)
    bodies = "".join(_body(part) for part in ordered.partition_by("provinsi", maintain_order=True))
    return (
        '<table class="cermin-matriks"><caption>Tanda kerja sama tiap wilayah</caption>'
        f'<thead><tr><th scope="col">Wilayah</th>{head}</tr></thead>{bodies}</table>'
    )


def _body(frame: pl.DataFrame) -> str:
    rows = [_row(part.to_dicts()) for part in frame.partition_by("kode_wilayah", maintain_order=True)]
    return f"<tbody>{''.join(rows)}</tbody>"


def _row(marks: list[dict]) -> str:
    kode, name = marks[0]["kode_wilayah"], marks[0]["nama"]
    by_name = {mark["tanda"]: mark for mark in marks}
    cells = "".join(f"<td>{_cell(by_name.get(tanda))}</td>" for tanda in states.TANDA)
    link = f'<a href="{escape(regions.address(kode))}" target="_self">{escape(name)}</a>'
    return f'<tr><th scope="row">{link}</th>{cells}</tr>'


def _cell(mark: dict | None) -> str:
    if mark is None:
        return states.chip(formats.UNKNOWN)
    return states.chip(mark["keadaan"], states.since(mark), conflict=bool(mark["konflik"]))
