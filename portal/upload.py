"""What the upload page does with a file, under a viewer's rights: check it, put it in, undo a batch."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from access import audit
from access.roles import Viewer
from pipelines import comparison, contracts, intake, progress, read, suggest, titipan, waiting
from pipelines.accept import Checked
from pipelines.comparison import Comparison
from pipelines.errors import NotYours, UserError
from pipelines.lake import Batch
from pipelines.result import Result
from pipelines.titipan import Titipan
from portal import formats, texts, verdict
from portal.ask import entered, pin

KINDS = {
    "laporan": "Laporan",
    "kerja_sama": "Kerja sama",
    "penilaian": "Penilaian",
    "kegiatan": "Kegiatan",
    "narahubung": "Narahubung",
    "produk": "Produk pengawasan",
    "sp4n": "SP4N-LAPOR!",
}
COSTLY_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Given:
    """A file as it came in, and what the person stated; None is left to the file.

    padanan: (column, text, value) mended for this file; kolom: (own heading, column).
    """

    file: Titipan
    per_tanggal: date | None = None
    sejak: date | None = None
    cakupan: tuple[str, ...] | None = None
    date_order: str | None = None
    sheet: str | None = None
    padanan: tuple[tuple[str, str, str], ...] = ()
    kolom: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, file: Titipan, told: dict[str, Any]) -> "Given":
        """A file with what was stated about it."""
        plain = {name: told.get(name) for name in ("per_tanggal", "sejak", "cakupan", "date_order", "sheet")}
        padanan = tuple(sorted((name, text, value) for (name, text), value in told["padanan"].items()))
        return cls(file, **plain, padanan=padanan, kolom=tuple(sorted(told["kolom"].items())))

    @property
    def kind(self) -> str:
        """What kind of file it is looked at as."""
        return self.file.kind

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def token(self) -> str:
        """What this upload is known by."""
        return self.file.token

    @property
    def digest(self) -> tuple:
        """The same for the same upload with the same statements; the content need not be read for it."""
        said = (self.per_tanggal, self.sejak, self.cakupan, self.date_order, self.sheet)
        return (self.kind, self.token, *said, self.padanan, self.kolom)

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


@dataclass(frozen=True)
class Reviewed:
    """What ingesting a file would do, and what it would move (None: nothing to put in).

    suggestion: another kind that its headings fit better; sheets: of a workbook; drawn: pieces of the page
    that were made of all this once.
    """

    result: Result
    comparison: Comparison | None = None
    suggestion: str | None = None
    sheets: tuple[str, ...] = ()
    drawn: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """'Laporan, 40 diterima, 2 ditolak'."""
        result = self.result
        if result.duplicate_of:
            return f"sudah ada sebagai batch {result.duplicate_of}"
        if not result.accepted:
            return "ditolak seluruhnya"
        accepted, rejected = formats.number(result.accepted), formats.number(result.rejected)
        return f"{KINDS[result.kind]}, {accepted} diterima, {rejected} ditolak"

    @property
    def is_clean(self) -> bool:
        """Whether it can go in without a look: nothing refused or doubted, no month that falls, one kind."""
        if self.comparison is None or self.suggestion:
            return False
        return self.result.problems.is_empty() and self.comparison.falls.is_empty()


@dataclass(frozen=True)
class Kept:
    """The batch that was made, and the headline figures before and after."""

    result: Result
    before: dict[str, str]
    after: dict[str, str]


def check(given: Given | Resumed, viewer: Viewer) -> Reviewed:
    """What ingesting the file would do for this viewer; what is accepted waits for a day.

    NotYours without the right.
    """
    _demand(viewer)
    checked = _look(given, viewer)
    result, found = checked.result, {}
    if isinstance(given, Given):
        found = {"suggestion": _suggested(given, result), "sheets": _sheets(_path(given))}
    if result.duplicate_of or not result.accepted:
        return Reviewed(result, **found)
    if isinstance(given, Given):
        keys = checked.refused_keys
        waiting.keep(viewer.account, result, checked.frame, keys, checked.sha256, given.sejak, given.cakupan)
    return Reviewed(result, comparison.of(checked), **found)


def _look(given: Given | Resumed, viewer: Viewer) -> Checked:
    if isinstance(given, Resumed):
        return intake.look_again(_waiting(given, viewer), viewer.provinsi)
    path = _path(given)
    return intake.look_at(given.kind, path, given.name, **given.stated, hanya_provinsi=viewer.provinsi)


def _path(given: Given) -> Path:
    if not given.file.path.exists():
        raise UserError(f"Berkas {given.name} sudah dihapus dari server. Unggah lagi berkasnya.")
    return given.file.path


def _sheets(path: Path) -> tuple[str, ...]:
    try:
        return read.sheets(path)
    except UserError:  # the check says why it cannot be opened
        return ()


def _suggested(given: Given, result: Result) -> str | None:
    """The kind that the headings tell, when it is another one; what costs time only if all is refused."""
    is_costly = result.delimiter is None or given.file.size > COSTLY_BYTES
    if result.accepted and is_costly:
        return None
    kind = suggest.suggest_file(_path(given)).kind
    return None if kind == given.kind else kind


def _waiting(given: Resumed, viewer: Viewer) -> waiting.Waiting:
    held = waiting.take(viewer.account, given.token)
    if held is None:
        raise UserError(f"Hasil pemeriksaan {given.name} tidak menunggu lagi. Unggah lagi berkasnya.")
    return held


def ingest(
    given: Given | Resumed, viewer: Viewer, address: str = "", commit: Callable[[], None] | None = None
) -> Kept:
    """Put the file in under the viewer's name, noted in the audit trail; then the raw file is deleted.

    address: where the viewer asked from. commit: called right before rows are kept.
    """
    _demand(viewer)
    with entered(viewer.scope):
        pin()
        before = verdict.snapshot()
        result = _put_in(given, viewer, lambda _: commit and commit())
        progress.tell("Membandingkan angka")
        pin()
        after = verdict.snapshot()
    told = {"batch": result.batch, "jenis": result.kind, "diterima": result.accepted}
    told |= {"ditolak": result.rejected, "urutan_tanggal": result.date_order}
    told |= {
        name: [list(one) for one in said] for name in ("padanan", "kolom") if (said := getattr(result, name))
    }
    audit.record("unggah", viewer, address=address, detail=told)
    drop(given, viewer)
    return Kept(result, before, after)


def _put_in(given: Given | Resumed, viewer: Viewer, before_keep: Callable[[Result], None]) -> Result:
    by = {"by": viewer.name, "hanya_provinsi": viewer.provinsi, "before_keep": before_keep}
    if isinstance(given, Resumed):
        return intake.ingest_waiting(_waiting(given, viewer), **by)
    return intake.ingest_file(given.kind, _path(given), given.name, **given.stated, **by)


def drop(given: Given | Resumed, viewer: Viewer) -> None:
    """Delete the raw file and what waits of it: it was put in, or is not wanted."""
    if isinstance(given, Given):
        titipan.remove(viewer.account, given.token)
        waiting.drop_file(viewer.account, given.kind, given.name)
    else:
        waiting.drop(viewer.account, given.token)


def undo(batch: str, viewer: Viewer, address: str = "", commit: Callable[[], None] | None = None) -> Batch:
    """Undo a batch for a viewer who may: their own, or any for an admin; noted in the audit trail."""
    if not (viewer.may("batalkan_sendiri") or viewer.may("batalkan_semua")):
        raise NotYours(texts.NOT_YOURS)
    only_own = not viewer.may("batalkan_semua")
    undone = intake.undo_batch(
        batch, by=viewer.name, only_own=only_own, before_undo=commit, hanya_provinsi=viewer.provinsi
    )
    audit.record("batalkan", viewer, address=address, detail={"batch": batch})
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
