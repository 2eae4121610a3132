"""The form of one row of a register, made from its contract; a fault stands at its field."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from pipelines import contracts, dates
from pipelines.contracts import Column, Contract
from portal import formats, texts
from portal.register_words import AS_OF, SOURCE, as_typed, label, options, shown

LAST_YEAR = 2100
LONG = 60  # letters; a longer text gets more than one line
WIDE = ("catatan", "judul", "pokok", "pokok_bahasan", "ruang_lingkup", "tindak_lanjut")
UNKNOWN = "tidak diketahui"
# A register with more free fields than FEW shows these first, and those that hold something.
FEW, FIRST = 14, ("berakhir", "catatan", "judul", "mulai", "nomor", "tahap_proses", "tanggal_tanda_tangan")
SENT, WHOLE = "_formulir_dikirim", "_formulir_utuh"


@dataclass(frozen=True, eq=False)
class Form:
    """A form: of which register and row (`row` None: a new one), and how often one was saved before.

    as_of: the day that is proposed for "per tanggal"; wilayah: the region proposed for a new row; provinsi:
    the only province whose regions are offered.
    """

    kind: str
    code: str
    row: Mapping[str, Any] | None = None
    as_of: date | None = None
    wilayah: str | None = None
    provinsi: str | None = None
    turn: int = 0

    @property
    def contract(self) -> Contract:
        """The contract of the register."""
        return contracts.load(self.kind)

    @property
    def id(self) -> str:
        """The same for the same row until something is saved."""
        told = f"{self.kind}|{self.code}|{self.turn}"
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    def key(self, name: str) -> str:
        """The key of a field's widget."""
        return f"isi_{self.id}_{name}"

    @property
    def is_sent(self) -> bool:
        """Whether somebody asked for it to be checked."""
        return st.session_state.get(SENT) == self.id

    def is_fixed(self, name: str) -> bool:
        """Whether a column cannot be changed: the key of a row that is corrected."""
        return self.row is not None and name in self.contract.key

    @property
    def must(self) -> list[Column]:
        """The columns that have to be filled: the contract's, the key, the source and the day."""
        names = {*self.contract.any_of, *self.contract.key[:1], SOURCE, AS_OF}
        return [one for one in self.columns if one.required or one.name in names]

    @property
    def columns(self) -> list[Column]:
        """Every field, in the contract's order; the day at the end where the register has no such column."""
        hidden = {one.endless for one in self.contract.columns}
        known = [one for one in self.contract.columns if one.name not in hidden]
        has_day = AS_OF in self.contract.names
        return known if has_day else [*known, Column(AS_OF, type="date", min="2000-01-01")]

    @property
    def rest(self) -> list[Column]:
        """The columns that may stay empty and are shown: of a long register those that matter first, or that
        hold something, until all are asked for."""
        free = [one for one in self.columns if one not in self.must and not self.is_fixed(one.name)]
        if len(free) <= FEW or st.session_state.get(WHOLE) == self.id:
            return free
        return [one for one in free if one.name in FIRST or (self.row or {}).get(one.name) is not None]

    @property
    def drawn(self) -> set[str]:
        """The columns that have a field on the page now."""
        return {one.name for one in (*self.must, *self.rest) if not self.is_fixed(one.name)}

    @property
    def folded(self) -> int:
        """How many fields are not shown."""
        return sum(not self.is_fixed(one.name) for one in self.columns if one not in self.must) - len(
            self.rest
        )

    def texts(self) -> dict[str, str]:
        """What the fields say, as a file would: dates ISO, nothing as the empty text."""
        told = {column.name: self._text(column) for column in self.columns}
        for column in self.contract.columns:
            if column.endless and st.session_state.get(self.key(column.endless)):
                told[column.endless] = "ya"
        return told

    def _text(self, column: Column) -> str:
        value = (self.row or {}).get(column.name)
        if not self.is_fixed(column.name):
            value = st.session_state.get(self.key(column.name), value)
        if isinstance(value, date):
            return value.isoformat()
        return as_typed(value)


def draw(form: Form, faults: Mapping[str, str]) -> None:
    """The fields, what has to be filled first; a fault stands below its field."""
    folded = form.folded
    with st.form(f"formulir_{form.id}"):
        st.markdown(_opening(form))
        _grid(form, [column for column in form.must if not form.is_fixed(column.name)], faults)
        if rest := form.rest:
            st.markdown(f"**Isian lain**, boleh kosong. Tanggal kosong berarti {UNKNOWN}.")
            _grid(form, rest, faults)
        st.form_submit_button("Periksa", icon=":material/rule:", on_click=_mark, args=(SENT, form.id))
    if folded:
        words = f"Tampilkan {folded} isian lagi"
        st.button(
            words, type="tertiary", icon=":material/unfold_more:", on_click=_mark, args=(WHOLE, form.id)
        )


def _mark(name: str, form_id: str) -> None:
    st.session_state[name] = form_id


def _opening(form: Form) -> str:
    """The key of the row, which a correction does not change; of a new row, where its key comes from."""
    if form.row is None:
        made = " Kunci yang dibiarkan kosong dibuat dari isiannya." if form.contract.derive else ""
        return f"**Wajib diisi.**{made}"
    told = [
        f"{label(name)}: {formats.unmarked(shown(form.row[name], form.contract.column(name), UNKNOWN))}"
        for name in form.contract.key
    ]
    return f"**Tetap** (kunci baris): {' · '.join(told)}. **Wajib diisi:**"


def _grid(form: Form, columns: list[Column], faults: Mapping[str, str]) -> None:
    with st.grid(3, min_column_width=260, gap="small"):
        for column in columns:
            fault = faults.get(column.name)
            if not (fault or column.endless):
                _field(form, column)
                continue
            with st.container(gap="xsmall"):
                _field(form, column)
                if column.endless:
                    is_endless = (
                        bool(form.row) and form.row[column.endless] == "ya" and not form.row[column.name]
                    )
                    st.checkbox(label(column.endless), value=is_endless, key=form.key(column.endless))
                if fault:
                    st.markdown(f":red[:material/error:] {formats.unmarked(fault)}")


def _field(form: Form, column: Column) -> None:
    held = _held(form, column)
    shared = {"label": label(column.name), "key": form.key(column.name)}
    if column.type == "date":
        _date_field(column, held, shared)
    elif column.type in ("region", "term", "yesno"):
        nothing = texts.CHOOSE if column.required else UNKNOWN
        known = {"": nothing} | ({held: held} if held else {}) | options(column, form.provinsi)
        index = list(known).index(held or "")
        st.selectbox(**shared, options=list(known), index=index, format_func=known.get)
    elif column.name in WIDE or len(as_typed(held)) > LONG:
        st.text_area(**shared, value=as_typed(held), height=68, max_chars=column.longest)
    else:
        st.text_input(**shared, value=as_typed(held), max_chars=column.longest)


def _held(form: Form, column: Column) -> Any:
    """What a field begins with: what stands, else what is proposed."""
    held = (form.row or {}).get(column.name)
    if held is None and column.name == AS_OF:
        return form.as_of
    is_placed = form.row is None and column.name == form.contract.coverage
    return form.wilayah if is_placed and form.wilayah in options(column, form.provinsi) else held


def _date_field(column: Column, held: date | None, shared: dict[str, Any]) -> None:
    last = date(LAST_YEAR, 12, 31) if column.future else dates.today()
    st.date_input(
        **shared,
        value=held,
        min_value=date.fromisoformat(str(column.min or "2000-01-01")),
        max_value=max(last, held or last),
        format="DD/MM/YYYY",
    )
