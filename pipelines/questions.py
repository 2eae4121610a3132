"""The questions the warehouse answers: a catalogue of SQL files, parameters checked before they are bound."""

import difflib
import re
import tomllib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import dates, estimates, intervals, parameters, places, scopes, warehouse
from pipelines.errors import UserError
from pipelines.signals import present

FOLDER = places.SQL / "questions"
BOUNDS = {"wilson": intervals.wilson, "poisson": lambda count, _: intervals.poisson(count)}


@dataclass(frozen=True)
class Limits:
    """Two limit columns filled after the SQL: of a share (wilson) or of a count per total (poisson)."""

    kind: str
    successes: str
    total: str
    factor: float | str
    columns: tuple[str, str]


@dataclass(frozen=True)
class Question:
    """One question: title, grain, parameters (name -> required, and their choices), columns in order, limits.

    `estimate` names the step of `estimates` that finishes what the SQL prepares; None: the SQL is the answer.
    """

    name: str
    title: str
    grain: str
    definition: str
    parameters: dict[str, bool]
    columns: tuple[str, ...]
    limits: tuple[Limits, ...]
    choices: Mapping[str, tuple[str, ...]]
    estimate: str | None

    @property
    def text(self) -> str:
        """The SQL of the question."""
        return _text(FOLDER, self.name)


def _catalogue() -> dict[str, Question]:
    content = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))
    return {name: _question(name, entry) for name, entry in content.items()}


def _question(name: str, entry: dict[str, Any]) -> Question:
    limits = tuple(
        Limits(one["jenis"], one["pembilang"], one["penyebut"], one["pengali"], tuple(one["kolom"]))
        for one in entry.get("batas", [])
    )
    return Question(
        name=name,
        title=entry["judul"],
        grain=entry["butir"],
        definition=entry.get("definisi", ""),
        parameters={parameter.rstrip("?"): not parameter.endswith("?") for parameter in entry["parameter"]},
        columns=tuple(entry["kolom"]),
        limits=limits,
        choices={parameter: tuple(listed) for parameter, listed in entry.get("pilihan", {}).items()},
        estimate=entry.get("hitungan"),
    )


@cache
def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.sql").read_text(encoding="utf-8")


CATALOGUE = _catalogue()


@cache
def _limited() -> dict[str, Question]:
    """What a pemda scope may ask: the same questions with one more column, what is withheld in each row."""
    offered = scopes.offer().questions
    return {
        name: replace(question, columns=(*question.columns, scopes.MARK))
        for name, question in CATALOGUE.items()
        if name in offered
    }


def catalogue(scope: str = warehouse.EVERYTHING) -> dict[str, Question]:
    """The questions that a scope may ask, by name."""
    return CATALOGUE if scopes.region_of(scope) is None else _limited()


def answer(
    question: str,
    values: Mapping[str, str | date | None] | None = None,
    scope: str = warehouse.EVERYTHING,
) -> pl.DataFrame:
    """The rows of a question for its parameters, with exactly the catalogue's columns in order.

    Dates are pl.Date, counts Int64, shares and rates Float64 unrounded, missing is null. `per_tanggal` left
    out means the data's own date (`default_date`). A limited scope has one more column, `samar`: what is
    withheld in this row, as `kolom=tanda`. UserError: an unknown question, one that the scope may not ask, or
    an unknown or unfit parameter, region, province, date or indicator.
    """
    asked = _known(question, scope)
    store = warehouse.connect(scope)
    bound = parameters.check(
        asked.name, asked.parameters, values or {}, lambda: _default_date(store), asked.choices
    )
    if scope != warehouse.EVERYTHING:
        bound = scopes.limit(scope, asked.name, bound, _default_date(store))
    text = _with_indicator(_text_for(asked, scope), bound.get("indikator"))
    found = store.ask(text, {name: value for name, value in bound.items() if f"${name}" in text})
    return _shaped(asked, found if asked.estimate is None else estimates.finish(asked.estimate, found, bound))


def stamp(question: str) -> Hashable:
    """What an answer depends on beside the warehouse; None: on nothing. For whoever keeps answers."""
    asked = CATALOGUE.get(question)
    return present.stamp(dates.today()) if asked is not None and asked.estimate == "sinyal" else None


def default_date(scope: str = warehouse.EVERYTHING) -> date:
    """Until when the data speak: the latest as-of date of a live laporan batch, else of a register."""
    return _default_date(warehouse.connect(scope))


def bind(connection: Any) -> None:
    """Bind every question to a warehouse under construction: a column that is gone stops the build."""
    for question in CATALOGUE.values():
        text = _with_indicator(question.text, "masuk" if "indikator" in question.parameters else None)
        values = {name: parameters.EXAMPLE[name] for name in question.parameters if f"${name}" in text}
        connection.sql(text, params=values)


def _known(question: str, scope: str) -> Question:
    offered = catalogue(scope)
    if question in offered:
        return offered[question]
    if question in CATALOGUE:
        raise UserError(f"Pertanyaan `{question}` tidak tersedia untuk akun pemerintah daerah.")
    near = difflib.get_close_matches(question, offered, n=1, cutoff=0.4)
    hint = f" Maksudnya `{near[0]}`?" if near else ""
    raise UserError(f"Pertanyaan `{question}` tidak ada.{hint} Yang ada: {', '.join(sorted(offered))}.")


def _text_for(question: Question, scope: str) -> str:
    """The file of a question for a scope: a limited scope answers from suppressed figures."""
    limited = scope != warehouse.EVERYTHING and question.name in scopes.offer().suppressed
    return _text(scopes.FOLDER, question.name) if limited else question.text


def _default_date(store: warehouse.Warehouse) -> date:
    text = _text_for(CATALOGUE["tanggal_data"], store.scope)
    return store.ask(text)["per_tanggal_terakhir"].item()


def _with_indicator(text: str, indicator: str | None) -> str:
    """The macro of the chosen indicator in the place of `indikator_terpilih`; the code is a checked one."""
    if indicator is None:
        return text
    macro = (places.SQL / "indicators" / f"{indicator}.sql").read_text(encoding="utf-8")
    arguments = ", ".join(f"${name}" for name in ("per_tanggal", "sejak") if f"${name}" in macro)
    return re.sub(r"\bindikator_terpilih as\b", f"ind_{indicator}({arguments}) as", text)


def _shaped(question: Question, frame: pl.DataFrame) -> pl.DataFrame:
    if scopes.MARK in question.columns and scopes.MARK not in frame.columns:
        frame = frame.with_columns(pl.lit(None, pl.String).alias(scopes.MARK))
    for limits in question.limits:
        frame = frame.with_columns(_limits(limits, frame))
    return frame.select(question.columns)


def _limits(limits: Limits, frame: pl.DataFrame) -> list[pl.Series]:
    """The two limit columns, in the units of the factor; null where unknown."""
    kind, factor = limits.kind, limits.factor
    if kind not in BOUNDS:  # the kind and the factor stand in columns of the answer
        kind, factor = frame[limits.kind].first(), frame[str(limits.factor)].first()
    if kind is None:
        return [
            pl.repeat(None, frame.height, dtype=pl.Float64, eager=True).alias(name) for name in limits.columns
        ]
    successes, total = (frame[name].cast(pl.Float64).to_numpy() for name in (limits.successes, limits.total))
    per = factor if kind == "wilson" else factor / total
    lower, upper = BOUNDS[kind](successes, total)
    return [
        pl.Series(name, bound * per).fill_nan(None)
        for name, bound in zip(limits.columns, (lower, upper), strict=True)
    ]
