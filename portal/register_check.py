"""One statement: judged as a file is, shown as what it changes, kept as a batch of one row."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from access import audit
from access.roles import Viewer
from pipelines import comparison, dates, intake, lake, statements
from pipelines.accept import Checked
from pipelines.errors import NotYours
from pipelines.problems import REFUSED
from pipelines.result import Result
from portal import formats, texts
from portal.register_form import Form
from portal.register_rows import known, label, said
from portal.register_words import AS_OF, NOTHING, SOURCE, noun, shown
from portal.register_words import label as named
from portal.viewer import whence

GENERAL = ""
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Judged:
    """What a statement would do. `faults`: column -> a sentence ('' for the row as a whole); without any it
    can be kept: `content` as a file called `name`, for the day `per_tanggal`.

    changes: (column in words, old, new); notes: what was only remarked.
    """

    faults: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    code: str = ""
    title: str = ""
    name: str = ""
    content: bytes = b""
    per_tanggal: date | None = None
    duplicate_of: str | None = None


def judge(form: Form, told: Mapping[str, str], viewer: Viewer) -> Judged:
    """Judge what the fields say; nothing is written."""
    earlier = said(form.kind).filter(pl.col(statements.CODE) == form.code, "live")
    content = statements.as_file(form.kind, told, form.row, earlier.height + 1)
    day = date.fromisoformat(told[AS_OF]) if told[AS_OF] else None
    faults = _of_form(form, told, day)
    if day is not None and AS_OF not in faults:
        # A statement counts after what it corrects, however old its source is.
        day = max([day, *earlier["per_tanggal_batch"].drop_nulls()])
    per_tanggal = None if AS_OF in faults else day
    checked = intake.look_at(
        form.kind,
        content,
        f"{statements.FILE_PREFIX}{form.kind}.csv",
        per_tanggal=per_tanggal or dates.today(),
        date_order=dates.DAY_FIRST,
        hanya_provinsi=viewer.provinsi,
    )
    faults = _of_judge(checked.result) | faults
    code = _code(form, checked)
    if form.row is None and code and known(form.kind)[statements.CODE].eq(code).any():
        faults[form.contract.key[0]] = _taken(form, code)
    if faults or checked.result.duplicate_of:
        return Judged(faults, duplicate_of=checked.result.duplicate_of)
    row = checked.frame.row(0, named=True)
    changes = _corrected(checked, form) if form.row is not None else _new(row, form)
    name = statements.FILE_PREFIX + re.sub(r"[^\w.-]+", "-", f"{form.kind}-{code}") + ".csv"
    notes = _sentences(checked.result.problems)
    return Judged({}, changes, notes, code, label(row, form.kind), name, content, per_tanggal)


def keep(form: Form, judged: Judged, viewer: Viewer) -> Result:
    """Keep a judged statement as a batch under the viewer's name, noted in the audit trail.

    NotYours without the right; when another process writes, it is waited for.
    """
    if not viewer.may("unggah"):
        raise NotYours(texts.NOT_YOURS)
    given = {
        "per_tanggal": judged.per_tanggal,
        "date_order": dates.DAY_FIRST,
        "hanya_provinsi": viewer.provinsi,
    }
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            kept = intake.ingest_file(form.kind, judged.content, judged.name, by=viewer.name, **given)
            break
        except lake.Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
    told = {"batch": kept.batch, "jenis": kept.kind, "diterima": kept.accepted, "ditolak": kept.rejected}
    audit.record(
        "unggah", viewer, address=whence(), detail=told | {"kunci": judged.code, "berkas": judged.name}
    )
    return kept


def _taken(form: Form, code: str) -> str:
    """That a new row has the key of one that stands."""
    if len(form.contract.key) == 1:
        return (
            f"Kunci {code} sudah ada: pilih baris itu untuk memperbaikinya, atau tulis kunci lain, "
            f"misalnya {code}-2."
        )
    names = ", ".join(named(name).lower() for name in form.contract.key)
    return f"Baris dengan {names} yang sama sudah ada: pilih baris itu untuk memperbaikinya."


def _of_form(form: Form, told: Mapping[str, str], day: date | None) -> dict[str, str]:
    """What the form asks beyond the contract: a source, a day that has been, one end."""
    faults = {}
    if not told[SOURCE] and form.is_fixed(SOURCE):
        faults[SOURCE] = "Baris ini tanpa sumber, dan sumber bagian dari kuncinya: tambahkan baris bersumber."
    elif not told[SOURCE]:
        faults[SOURCE] = "Sumber wajib diisi: alamat laman, atau nomor dan tanggal surat."
    if day is None:
        faults[AS_OF] = "Per tanggal wajib diisi: keadaan pada hari apa menurut sumber itu."
    elif day > dates.today():
        faults[AS_OF] = "Per tanggal belum terjadi; pilih hari yang sudah lewat."
    if told.get("berakhir_terbuka") == "ya" and (told["berakhir"] or told["berakhir_tertulis"]):
        faults["berakhir"] = (
            "Pilih salah satu: tanggal berakhir, masa berlaku tertulis, atau tanpa batas waktu."
        )
    return faults


def _of_judge(result: Result) -> dict[str, str]:
    """The judge's refusals, the first of each column, as one sentence each."""
    own = dict(result.reading.columns)
    found = result.problems.filter(level=REFUSED).unique("column", keep="first", maintain_order=True)
    return {
        own.get(r["column"], GENERAL): _sentence(r["reason"], r["fix"]) for r in found.iter_rows(named=True)
    }


def _sentences(problems: pl.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{named(r['column'])}: {_sentence(r['reason'], r['fix'])}" for r in problems.iter_rows(named=True)
    )


def _sentence(reason: str, fix: str | None) -> str:
    """A reason and the way to mend it, for a form: no options of the command line, days in words."""
    fix = (fix or "").split(", atau nyatakan --")[0]
    told = f"{reason}; {fix}" if fix and "--" not in fix else reason
    told = re.sub(r"\d{4}-\d{2}-\d{2}", lambda day: formats.date(date.fromisoformat(day[0])), told)
    told = told.replace("tanggal data berkas ini", "tanggal pernyataan ini").replace(" (1 baris)", "")
    return f"{told[:1].upper()}{told[1:]}."


def _code(form: Form, checked: Checked) -> str:
    if form.row is not None:
        return form.code
    return statements.code(checked.frame.row(0, named=True), form.kind) if checked.frame.height else ""


def _corrected(checked: Checked, form: Form) -> tuple[tuple[str, str, str], ...]:
    """Cells old and new, by the fold that the figures are built with."""
    cells = comparison.of(checked).changes.select("column", "before", "after")
    return tuple(
        (named(name), _cell(name, before, form), _cell(name, after, form))
        for name, before, after in cells.iter_rows()
    )


def _new(row: Mapping, form: Form) -> tuple[tuple[str, str, str], ...]:
    told = [(column, row[column.name]) for column in form.contract.columns if row[column.name] is not None]
    return tuple((named(column.name), "(belum ada)", shown(value, column)) for column, value in told)


def _cell(name: str, text: str | None, form: Form) -> str:
    return shown(text, form.contract.column(name), NOTHING).replace("\n", " ")


def saved(kept: Result, judged: Judged, kind: str) -> str:
    """What is said once a statement is kept."""
    title = formats.unmarked(judged.title)
    return (
        f"Pernyataan tentang {title} tersimpan di register {noun(kind)} sebagai batch {kept.batch}, "
        f"per {formats.long_date(judged.per_tanggal)}. Pernyataan lama tetap di riwayat; bila keliru, "
        "batalkan batch itu di Unggah."
    )
