"""Contracts: what each kind of extract and each shipped file must look like. Data (TOML), not procedure."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Kinds of extracts, which nothing is shipped of; every other kind is a register that begins with what is.
EXTRACTS = ("laporan", "sp4n")
KINDS = ("laporan", "kerja_sama", "penilaian", "kegiatan", "narahubung", "produk", "sp4n")
TYPES = ("text", "date", "int", "decimal", "region", "term", "terms", "yesno")


@dataclass(frozen=True)
class TermList:
    """Where the allowed terms of a column stand: a file of data/reference, or the contract itself."""

    file: str | None = None
    value: str = "istilah"
    also: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Column:
    """One column: its type, its headings, and what a cell must satisfy (`shape`: the pattern in words).

    until: a date up to which something holds, so that a month alone means its last day. note: the column that
    keeps what is no date. endless: the column that says `ya` when one of `endless_words` stands here.
    """

    name: str
    type: str = "text"
    required: bool = False
    expected: bool = False
    synonyms: tuple[str, ...] = ()
    terms: TermList | None = None
    min: float | str | None = None
    max: float | str | None = None
    pattern: str | None = None
    shape: str | None = None
    longest: int | None = None
    future: bool = False
    number: bool = False
    until: bool = False
    note: str | None = None
    endless: str | None = None
    endless_words: tuple[str, ...] = ()
    unique: bool = False
    refers: str | None = None


@dataclass(frozen=True)
class Order:
    """Two date columns of which the later one may not come first (`level`: tolak or peringatan)."""

    earlier: str
    later: str
    level: str = "tolak"


@dataclass(frozen=True)
class Contract:
    """A kind of extract, or a shipped file: its columns, keys and what is dropped unread.

    coverage, province: the columns that say which region a row is about, and which province beside it.
    points: columns that name another row of the kind, by what stands in one of its `pointed` columns.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    opens_with: str | None = None
    link: tuple[str, ...] = ()
    derive: tuple[str, ...] = ()
    derive_prefix: str = ""
    year: str | None = None
    coverage: str | None = None
    province: str | None = None
    points: tuple[str, ...] = ()
    pointed: tuple[str, ...] = ()
    starts: str | None = None
    status: tuple[tuple[str, str], ...] = ()
    status_column: str | None = None
    status_headings: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    identity: tuple[str, ...] = ()
    identity_words: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()
    path: Path = field(default=FOLDER, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of an accepted row, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; a KeyError is a fault of ours."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.kind} has no column {name}")


@cache
def load(kind: str) -> Contract:
    """The contract of a kind of extract (one of KINDS)."""
    return _read(FOLDER / f"{kind}.toml")


@cache
def reference(name: str) -> Contract:
    """The contract of a shipped file, named without `.csv`; a register that is a kind uses the kind's."""
    path = FOLDER / "reference" / f"{name}.toml"
    return _read(path) if path.exists() else load(name)


def names() -> list[str]:
    """The names of every shipped file that has a contract: reference lists first, then registers."""
    listed = [path.stem for path in sorted((FOLDER / "reference").glob("*.toml"))]
    return listed + [kind for kind in KINDS if kind not in EXTRACTS]


def _read(path: Path) -> Contract:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(_column(entry) for entry in content.pop("column"))
    orders = tuple(Order(**entry) for entry in content.pop("order", []))
    content.pop("note", None)
    return Contract(columns=columns, orders=orders, path=path, **{k: _frozen(v) for k, v in content.items()})


def _column(entry: dict[str, Any]) -> Column:
    terms = entry.pop("terms", None)
    if terms is not None:
        terms = TermList(**{key: _frozen(value) for key, value in terms.items()})
    column = Column(terms=terms, **{key: _frozen(value) for key, value in entry.items()})
    if column.type not in TYPES:
        raise ValueError(f"column {column.name}: unknown type {column.type}")
    return column


def _frozen(value: Any) -> Any:
    """Lists become tuples, tables become pairs: a contract is a value that can be a cache key."""
    if isinstance(value, list):
        return tuple(value)
    return tuple(value.items()) if isinstance(value, dict) else value
