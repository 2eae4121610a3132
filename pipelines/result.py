"""What became of a file: counts, problems, and the refused rows with their reasons beside them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from pipelines import problems
from pipelines.date_order import Seen
from pipelines.mapping import Suggestion
from pipelines.privacy import mask


@dataclass(frozen=True)
class Reading:
    """How a file was understood: what each heading means, what could be meant, and how its dates stand.

    columns: (own heading, contract column); dates: what they prove or leave open; mendable: texts that a
    person may map to a known region or term (see mendings.offers).
    """

    columns: tuple[tuple[str, str], ...] = ()
    signature: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    dates: Seen = field(default_factory=Seen)
    mendable: pl.DataFrame = field(default_factory=pl.DataFrame, compare=False)


@dataclass
class Result:
    """The answer to `check` and `ingest`. rows = accepted + rejected; accepted = new + changed + unchanged.

    `problems` is a frame (row, column, value, reason, fix, level), every value masked. `batch` is None
    for a check, a refused file and a file already held (then `duplicate_of` names its batch). `repairs`
    says in sentences what was mended or assumed while the file was read. `padanan` and `kolom` are the
    mendings and mapped headings that people stated and the file had.
    """

    kind: str
    file: str
    encoding: str | None = None
    delimiter: str | None = None
    date_order: str | None = None
    batch: str | None = None
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped_columns: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    problems: pl.DataFrame = field(default_factory=problems.none)
    duplicate_of: str | None = None
    undone: tuple[str, ...] = ()
    per_tanggal: date | None = None
    sejak: date | None = None
    cakupan: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    padanan: tuple[tuple[str, str, str], ...] = ()
    kolom: tuple[tuple[str, str], ...] = ()
    reading: Reading = field(default_factory=Reading, repr=False)
    refused_texts: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)

    @property
    def succeeded(self) -> bool:
        """Whether something was accepted, or had been before."""
        return self.accepted > 0 or self.duplicate_of is not None

    def to_json(self) -> dict[str, Any]:
        """The stable JSON object: dates ISO, missing as null."""
        return {
            "batch": self.batch,
            "kind": self.kind,
            "file": self.file,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "date_order": self.date_order,
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "dropped_columns": list(self.dropped_columns),
            "problems": self.problems.to_dicts(),
            "ignored_columns": list(self.ignored_columns),
            "duplicate_of": self.duplicate_of,
            "undone": list(self.undone),
            "per_tanggal": self.per_tanggal and self.per_tanggal.isoformat(),
            "sejak": self.sejak and self.sejak.isoformat(),
            "cakupan": list(self.cakupan),
            "repairs": list(self.repairs),
            "padanan": [list(one) for one in self.padanan],
            "kolom": [list(one) for one in self.kolom],
        }

    def rejected_rows(self) -> pl.DataFrame:
        """The refused rows as the file wrote them: `baris`, the contract columns under their own headings,
        numbers of people masked, formulas defused, and `alasan` and `cara_memperbaiki`."""
        if self.refused_texts.is_empty():
            return self.refused_texts
        refused = self.problems.filter(pl.col("level") == problems.REFUSED)
        why = refused.group_by("row").agg(
            pl.format("{}: {}", pl.col("column"), "reason").str.join("; ").alias("alasan"),
            pl.col("fix").drop_nulls().unique(maintain_order=True).str.join("; ").alias("cara_memperbaiki"),
        )
        whole = refused.filter(pl.col("row") == 1)["reason"].str.join("; ").item() if refused.height else None
        texts = self.refused_texts.with_columns(
            _safe(self.refused_texts[name]) for name in self.refused_texts.columns[1:]
        )
        joined = texts.join(why, left_on="baris", right_on="row", how="left", maintain_order="left")
        return joined.with_columns(pl.col("alasan").fill_null(whole))


def _safe(texts: pl.Series) -> pl.Series:
    """Masked as everywhere, and with a quote before what a spreadsheet would take for a formula."""
    distinct = texts.unique().drop_nulls()
    shown = pl.Series([mask(text) for text in distinct], dtype=pl.String)
    defused = pl.select(
        pl.when(shown.str.contains(r"^[=+\-@\t\r]")).then("'" + shown).otherwise(shown)
    ).to_series()
    return texts.replace(distinct, defused)
