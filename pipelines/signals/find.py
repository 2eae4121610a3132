"""Finds every signal of a build: each rule is one SQL file, some with a pure step behind it."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from pipelines import langkah, places, warehouse
from pipelines.signals import ages, clusters, flow, sentences
from pipelines.signals.rules import FOUND, rules, shaped

FOLDER = places.SQL / "signals"
TABLE = "sinyal"
WHOLE = ("lewat_tenggat", "kerja_sama_berakhir", "batas_daftar", "tidak_aktif", "kewajiban", "data_basi")
COUNTS = ("arus", "umur", "klaster")  # what a pure step reads: too many rows to be fetched one by one
IDENTITY = ("aturan", "pokok", "periode")
TOLD = ("judul", "langkah", "untuk_pemda")
SIGNS = 10


def hold(connection: Any) -> pl.DataFrame:
    """Put the signals of a warehouse under construction into its table `sinyal`; the same rows."""
    found = find(connection)
    connection.register("sinyal_baru", found)
    connection.execute(f"create table {TABLE} as from sinyal_baru")
    connection.unregister("sinyal_baru")
    return found


def find(connection: Any) -> pl.DataFrame:
    """Every signal, the most urgent first: id, then the columns of rules.FOUND, its sentences, TOLD.

    Computed for the data's own date, each province's laporan for the end of its coverage; a rebuild from the
    same lake gives the same rows. A row whose `sejak` lies ahead is one that time alone will bring about.
    """
    data = _ask(connection, places.SQL / "questions" / "tanggal_data.sql").row(0, named=True)
    asked = {"per_tanggal": data["per_tanggal_terakhir"]}
    found = [shaped(_rule(connection, name, asked)) for name in WHOLE]
    months = _rule(connection, "arus", asked)
    found += [
        flow.broken(months, _steps()),
        flow.fallen(months),
        ages.overaged(_rule(connection, "umur", asked)),
    ]
    covered = _rule(connection, "masa_cakupan", asked)
    found.append(clusters.forming(covered, lambda part: _rule(connection, "klaster", part)))
    rows = [_finished(row, data["contoh"]) for row in pl.concat(found).iter_rows(named=True)]
    words = dict.fromkeys(("kalimat", "arti", *TOLD), pl.String) | {"contoh": pl.Boolean}
    frame = pl.DataFrame(rows, schema={"id": pl.String} | FOUND | words, orient="row")
    return frame.sort("urgensi", "sejak", "id", descending=[False, True, False])


def identity(row: Mapping[str, Any], is_sample: bool = False) -> str:
    """The id of a signal: ten signs that rule, subject and period alone decide.

    What sample laporan raise has an id of its own: closing it must not close a real signal of the same name.
    """
    told = "\n".join([*(row[name] for name in IDENTITY), "contoh" if is_sample else ""])
    return hashlib.sha256(told.encode()).hexdigest()[:SIGNS]


def _finished(row: dict[str, Any], is_sample: bool) -> dict[str, Any]:
    rule = rules()[row["aturan"]]
    row = row | {"urgensi": row["urgensi"] or rule.urgensi, "satuan": row["satuan"] or rule.satuan}
    is_sample = is_sample and rule.untuk_pemda == "tidak"  # registers are real beside sample laporan
    told = {name: getattr(rule, name) for name in TOLD}
    told |= {"kalimat": sentences.said(row), "arti": sentences.meant(row), "contoh": is_sample}
    return {"id": identity(row, is_sample)} | row | told


def _steps() -> Callable[[Mapping[str, Any], str], list[date]]:
    """steps(place, measure): the marked step changes of a region, or of a province where none is named."""
    held: dict[tuple[str, str], list[date]] = {}
    for step in langkah.in_force():
        held.setdefault((step.tempat, step.ukuran), []).append(step.sejak)

    def steps(place: Mapping[str, Any], measure: str) -> list[date]:
        """The days of the steps of one place and measure; none where none is marked."""
        return held.get((langkah.place(place["kode_wilayah"], place["kode_provinsi"]), measure), [])

    return steps


def _rule(connection: Any, name: str, values: Mapping[str, Any]) -> pl.DataFrame:
    return _ask(connection, FOLDER / f"{name}.sql", values)


def _ask(connection: Any, file: Any, values: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """The rows of one SQL file; only the parameters that it reads are bound."""
    text = file.read_text(encoding="utf-8")
    bound = {name: value for name, value in (values or {}).items() if f"${name}" in text}
    return (warehouse.frame if file.stem in COUNTS else warehouse.few)(connection, text, bound)
