"""The upload form: a kind, a file, and what only the person can say about it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import streamlit as st

from access import audit
from access.roles import Viewer
from pipelines import comparison, contracts, intake, read, waiting
from pipelines.accept import Checked
from pipelines.comparison import Comparison
from pipelines.errors import NotYours, UserError
from pipelines.lake import Batch
from pipelines.result import Result
from portal import regions, texts
from portal.viewer import whence

KINDS = {
    "laporan": "Laporan",
    "kerja_sama": "Kerja sama",
    "penilaian": "Penilaian",
    "kegiatan": "Kegiatan",
    "narahubung": "Narahubung",
    "produk": "Produk pengawasan",
    "sp4n": "SP4N-LAPOR!",
}
WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")
TYPES = ["csv", "txt", "tsv", *WORKBOOKS]


class Dropped(Protocol):
    """What the drop area gives: a name, an id of this upload, and the content."""

    name: str
    file_id: str

    def getvalue(self) -> bytes: ...


@dataclass(frozen=True)
class Given:
    """A file as it was dropped, and what the person stated; None is left to the file.

    padanan: (column, text, value) mended for this file; kolom: (own heading, column).
    """

    kind: str
    file: Dropped
    per_tanggal: date | None = None
    sejak: date | None = None
    cakupan: tuple[str, ...] | None = None
    date_order: str | None = None
    sheet: str | None = None
    padanan: tuple[tuple[str, str, str], ...] = ()
    kolom: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def digest(self) -> tuple:
        """The same for the same upload with the same statements; the content need not be read for it."""
        said = (self.per_tanggal, self.sejak, self.cakupan, self.date_order, self.sheet)
        return (self.kind, self.file.file_id, *said, self.padanan, self.kolom)

    @property
    def stated(self) -> dict:
        """The arguments that `intake.look_at` and `intake.ingest_file` share."""
        return {
            "per_tanggal": self.per_tanggal,
            "sejak": self.sejak,
            "cakupan": self.cakupan,
            "date_order": self.date_order,
            "sheet": self.sheet,
            "padanan": {(column, text): value for column, text, value in self.padanan},
            "kolom": dict(self.kolom),
        }


@dataclass(frozen=True)
class Resumed:
    """A file that was read earlier and waits under a token."""

    kind: str
    token: str
    name: str

    @property
    def digest(self) -> tuple:
        """The same for the same reading."""
        return (self.kind, self.token)


def check(given: Given | Resumed, viewer: Viewer) -> tuple[Result, Comparison | None]:
    """What ingesting the file would do for this viewer, and what it would move; it waits for a day.

    The comparison is None when there is nothing to put in. NotYours without the right.
    """
    _demand(viewer)
    checked = _look(given, viewer)
    result = checked.result
    if result.duplicate_of or not result.accepted:
        return result, None
    if isinstance(given, Given):
        keys = checked.refused_keys
        waiting.keep(viewer.account, result, checked.frame, keys, checked.sha256, given.sejak, given.cakupan)
    return result, comparison.of(checked)


def _look(given: Given | Resumed, viewer: Viewer) -> Checked:
    if isinstance(given, Resumed):
        return intake.look_again(_waiting(given, viewer), viewer.provinsi)
    content = given.file.getvalue()
    return intake.look_at(given.kind, content, given.name, **given.stated, hanya_provinsi=viewer.provinsi)


def _waiting(given: Resumed, viewer: Viewer) -> waiting.Waiting:
    held = waiting.take(viewer.account, given.token)
    if held is None:
        raise UserError(f"Hasil pemeriksaan {given.name} tidak menunggu lagi. Unggah lagi berkasnya.")
    return held


def ingest(given: Given | Resumed, viewer: Viewer) -> Result:
    """Put the file in under the viewer's name, noted in the audit trail. NotYours without the right."""
    _demand(viewer)
    if isinstance(given, Resumed):
        kept = intake.ingest_waiting(_waiting(given, viewer), viewer.name, viewer.provinsi)
    else:
        content, limit = given.file.getvalue(), viewer.provinsi
        kept = intake.ingest_file(
            given.kind, content, given.name, by=viewer.name, **given.stated, hanya_provinsi=limit
        )
    told = {"batch": kept.batch, "jenis": kept.kind, "diterima": kept.accepted, "ditolak": kept.rejected}
    told |= {"padanan": [list(one) for one in kept.padanan]} if kept.padanan else {}
    audit.record("unggah", viewer, address=whence(), detail=told)
    waiting.drop_file(viewer.account, kept.kind, kept.file)
    return kept


def undo(batch: str, viewer: Viewer) -> Batch:
    """Undo a batch for a viewer who may: their own, or any for an admin; noted in the audit trail."""
    if not (viewer.may("batalkan_sendiri") or viewer.may("batalkan_semua")):
        raise NotYours(texts.NOT_YOURS)
    undone = intake.undo_batch(batch, by=viewer.name, only_own=not viewer.may("batalkan_semua"))
    audit.record("batalkan", viewer, address=whence(), detail={"batch": batch})
    return undone


def _demand(viewer: Viewer) -> None:
    if not viewer.may("unggah"):
        raise NotYours(texts.NOT_YOURS)


def noun(kind: str) -> str:
    """The name of a kind inside a sentence: 'kerja sama', but 'SP4N-LAPOR!'."""
    name = KINDS[kind]
    return name if name.isupper() else name.lower()


def needs(kind: str) -> str:
    """The columns of a kind in words: which are required, and how many others are known."""
    contract = contracts.load(kind)
    starting = [column.name for column in contract.columns if column.name == contract.opens_with]
    required = [column.name for column in contract.columns if column.required or column.expected]
    required = starting + [name for name in required if name not in starting]
    either = " atau ".join(f"`{name}`" for name in contract.any_of)
    listed = ", ".join([*([either] if either else []), *(f"`{name}`" for name in required)])
    others = len(contract.columns) - len(required) - len(contract.any_of)
    return (
        f"Kolom wajib: {listed}. {others} kolom lain boleh ada; nama kolom dikenali tanpa membedakan huruf."
    )


def form(kind: str) -> Given | None:
    """The drop area and the statements; None until a file has been dropped."""
    number = st.session_state.setdefault("_unggahan_ke", 0)
    dropped = st.file_uploader(
        f"Berkas {noun(kind)} (CSV atau lembar kerja, paling besar 50 MB)",
        type=TYPES,
        key=f"berkas_{kind}_{number}",
        help="CSV dengan pemisah dan penyandian apa pun yang lazim; XLSX, XLS, XLSB, atau ODS.",
    )
    stated = _stated(kind)
    if dropped is None:
        return None
    told = statements(dropped.file_id)
    return Given(
        kind,
        dropped,
        **stated,
        sheet=_sheet(dropped),
        date_order=told["date_order"],
        padanan=tuple(sorted((name, text, value) for (name, text), value in told["padanan"].items())),
        kolom=tuple(sorted(told["kolom"].items())),
    )


def statements(file_id: str) -> dict:
    """What was said about the last file while it was looked at: padanan, kolom, date_order."""
    held = st.session_state.get("_pernyataan")
    if held is None or held["file_id"] != file_id:
        held = {"file_id": file_id, "padanan": {}, "kolom": {}, "date_order": None}
        st.session_state["_pernyataan"] = held
    return held


def _sheet(dropped: Dropped) -> str | None:
    """Which sheet of a workbook is meant; asked only where there are several, None leaves it to the file."""
    if dropped.name.rpartition(".")[2].lower() not in WORKBOOKS:
        return None
    known = st.session_state.get("_lembar")
    if known is None or known[0] != dropped.file_id:
        try:
            known = (dropped.file_id, read.sheets(dropped.getvalue()))
        except UserError:  # the check says why it cannot be read
            known = (dropped.file_id, ())
        st.session_state["_lembar"] = known
    if len(known[1]) < 2:
        return None
    options = {None: "Ditentukan dari judul kolomnya"} | {name: name for name in known[1]}
    return st.selectbox("Lembar", list(options), format_func=options.get, key=f"lembar_{dropped.file_id}")


def another() -> None:
    """Empty the drop area for the next file."""
    st.session_state["_unggahan_ke"] = st.session_state.get("_unggahan_ke", 0) + 1
    for held in ("_lanjut", "_dimasukkan", "_diperiksa"):
        st.session_state.pop(held, None)


def _stated(kind: str) -> dict:
    with st.expander("Pilihan (boleh dibiarkan)", key="pilihan_unggah"):
        left, right = st.columns(2)
        bounds = {"min_value": date(2000, 1, 1), "max_value": date(2035, 12, 31), "format": "DD/MM/YYYY"}
        said = {
            "per_tanggal": left.date_input(
                "Per tanggal",
                value=None,
                help="Keadaan data pada hari apa; kosong: tanggal terakhir dalam berkas.",
                **bounds,
            ),
            "sejak": None,
            "cakupan": None,
        }
        if kind == "laporan":
            said["sejak"] = left.date_input(
                "Mencakup sejak", value=None, help="Kosong: tanggal masuk paling awal dalam berkas.", **bounds
            )
            said["cakupan"] = _provinces(right)
    return said


def _provinces(place) -> tuple[str, ...] | None:
    names = regions.all_provinces()
    chosen = place.multiselect(
        "Cakupan provinsi",
        sorted(names, reverse=True),
        format_func=names.get,
        placeholder="Yang ada dalam berkas",
        help="Provinsi yang laporannya memuat seluruh data pada masa itu.",
    )
    return tuple(chosen) or None
