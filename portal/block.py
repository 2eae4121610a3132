"""The figure block: one figure with all that a figure owes its reader.

A block has a title that states the finding, the figure, one line with unit, denominator, as-of date and
source, "cara membaca", a table twin, and the file of exactly that table. A page writes:

    filters = current()
    asked = about("arus_bulanan", **filters.flow)           # the question, not yet answered
    frame = ask(asked)                                      # its answer, for the words of the title
    figure_block(
        f"{formats.count(frame['masuk'].sum())} masuk dalam {filters.period}",
        asked,
        ask.figure(figures.arus_bulanan, asked),    # a cached Figure, HTML, a function that draws, or None
        key="arus",
        unit="laporan per bulan",
        denominator="semua laporan yang masuk pada bulan itu",
        how_to_read="Titik kosong: bulan yang belum lengkap.",
        columns=("bulan", "masuk", "ditutup", "terbuka", "lengkap"),  # of table and file; default: all
        measures=("masuk", "ditutup"),                      # all unknown: "tidak ada data" in its place
        alt="Garis laporan masuk, ditutup, dan terbuka per bulan",
    )

figure=None is a table alone, open. `about(..., only={"tanda": "payung"})` keeps some rows of an answer, in
figure, table and file alike. `figure=lambda: region_map.draw(...)` draws a component in its place.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pipelines.questions import stamp
from portal import exports, formats, hidden, reading, sources, table, texts, theme
from portal.ask import Question, ask, build, scope
from portal.columns import column

LONGEST = 60  # rows; a longer table is a scrolling grid, sent only when it is opened


def figure_block(
    title: str,
    asked: Question,
    figure: Any | str | Callable[[], object] | None = None,
    *,
    key: str,
    unit: str,
    how_to_read: str,
    denominator: str = "",
    source: str = "",
    columns: Sequence[str] = (),
    measures: Sequence[str] = (),
    nothing: str = "",
    alt: str = "",
    level: int = 2,
    example: str = "",
) -> None:
    """Draw one figure and its surroundings; the text of this module shows each argument in use.

    level: 2 or 3, the rank of the title. source: default the batches or the register the question rests on.
    nothing: what an empty answer means here, when it is not "no data" (counted and zero, nothing recorded).
    example: a kind of chart of portal/reading.py; its drawn example then stands in "cara membaca".
    """
    frame = ask(asked)
    chosen = tuple(columns) or tuple(hidden.columns(frame))
    facts = (("Satuan", unit), ("Penyebut", denominator), ("Sumber", source))
    drawn = ""
    with st.container(border=True, key=f"blok_{key}", gap="small"):
        st.markdown(f"{'#' * level} {title}")
        if is_empty(frame, measures):
            st.info(nothing or texts.NO_DATA, icon=":material/do_not_disturb_on:")
        elif isinstance(figure, str):
            drawn = figure
        elif callable(figure):
            figure()
        elif figure is not None:
            st.plotly_chart(figure, key=f"gambar_{key}", config=theme.PLOTLY_CONFIG, alt=alt or title)
        is_alone = figure is None and not is_empty(frame, measures)
        guide = _guide(how_to_read, example)
        made_for = (scope(), build(), stamp(asked.name))
        st.html(drawn + _foot(asked, chosen, facts, guide, title, is_alone, made_for))
        if frame.height > LONGEST:
            _grid(frame, chosen, key, title)


def is_empty(frame: pl.DataFrame, measures: Sequence[str] = ()) -> bool:
    """Whether an answer has nothing to draw: no rows, or none of its measures known in any row."""
    unknown = [
        frame[name].null_count() == frame.height and not hidden.is_withheld(frame, name) for name in measures
    ]
    return frame.is_empty() or (bool(unknown) and all(unknown))


def _guide(how_to_read: str, example: str) -> str:
    return f"<p>{escape(how_to_read)}</p>{reading.example(example) if example else ''}"


@lru_cache(maxsize=512)
def _foot(
    asked: Question,
    columns: tuple[str, ...],
    facts: tuple[tuple[str, str], ...],
    guide: str,
    title: str,
    is_alone: bool,
    made_for: tuple[Hashable, ...],
) -> str:
    """The line of facts, the foldable parts and the link to the file: HTML, once per scope and build."""
    frame = ask(asked)
    twin = table.html(frame, columns, title) if 0 < frame.height <= LONGEST else ""
    folded = f"<details><summary>{texts.TABLE}</summary>{twin}</details>" if twin and not is_alone else ""
    note = f"<p>{escape(texts.HIDDEN_NOTE)}</p>" if hidden.any_in(frame) else ""
    guide = f"<details><summary>{texts.HOW_TO_READ}</summary>{guide}{note}</details>"
    address = escape(exports.address(asked, columns))
    file = f'<a class="cermin-unduh" href="{address}" download>{texts.DOWNLOAD}</a>'
    return (
        f'{twin if is_alone else ""}<p class="cermin-fakta">{_facts(asked, dict(facts))}</p>'
        f'<div class="cermin-alat">{guide}{folded}{file}</div>'
    )


def _facts(asked: Question, told: dict[str, str]) -> str:
    day = asked.parameter("per_tanggal")
    told["Per"] = formats.date(date.fromisoformat(day)) if day else ""
    told["Sumber"] = told.get("Sumber") or sources.of(asked.name)
    order = ("Satuan", "Penyebut", "Per", "Sumber")
    return "".join(f"<span><b>{name}</b>{escape(told[name])}</span>" for name in order if told[name])


def _grid(frame: pl.DataFrame, columns: tuple[str, ...], key: str, title: str) -> None:
    label = f"{texts.TABLE} ({formats.number(frame.height)} baris)"
    fold = st.expander(label, key=f"tabel_{key}", on_change="rerun")
    if fold.open:
        config = grid_columns(frame, columns)
        fold.dataframe(frame.select(columns), column_config=config, hide_index=True, alt=title)


def grid_columns(frame: pl.DataFrame, columns: Sequence[str]) -> dict[str, Any]:
    """Indonesian headings and formats of a scrolling grid."""
    made = {}
    for name in columns:
        heading = column(name).heading
        match table.kind(frame, name):
            case "date":
                made[name] = st.column_config.DateColumn(heading, format="DD/MM/YYYY")
            case "month":
                made[name] = st.column_config.DateColumn(heading, format="MM/YYYY")
            case "year":
                made[name] = st.column_config.NumberColumn(heading, format="%d")
            case "link":
                made[name] = st.column_config.LinkColumn(heading)
            case _:
                made[name] = st.column_config.Column(heading)
    return made
