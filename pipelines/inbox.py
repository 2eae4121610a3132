"""A watched folder: each finished file is taken once, gets a receipt beside it, and is moved out of the way.

The file goes to `selesai` or `ditolak`; `.diproses` holds what a receipt will say before rows are kept, so
that a run that was killed is finished by the next one: the file is still there, the lake knows its hash.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines import intake, lake, receipt, suggest
from pipelines.dates import WITA
from pipelines.encoding import hash_of
from pipelines.errors import UserError, report
from pipelines.lake import Unavailable
from pipelines.result import Result

DONE, REFUSED, DRAFTS = "selesai", "ditolak", ".diproses"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".swp")
SECONDS, SOMEONE = 5.0, "kotak masuk"


@dataclass(frozen=True)
class Taken:
    """A file that was taken: where it and its receipts lie now, and what the receipt tells."""

    file: Path
    told: dict[str, Any]
    succeeded: bool

    @property
    def note(self) -> Path:
        """The receipt in words."""
        return _beside(self.file, "kuitansi.txt")


def take(
    folder: Path, kind: str | None = None, seconds: float = SECONDS, by: str = "", **stated: Any
) -> Iterator[Taken]:
    """Take every finished file of a folder, one after the other; each is yielded when it has been moved.

    kind: of all files; None lets the headings of each decide. seconds: how long a file must not have changed.
    stated: as for `intake.ingest_file`. UserError for a folder that is none, Unavailable when another process
    is at work or nothing can be written: the files that are left stay for the next run.
    """
    if not folder.is_dir():
        raise UserError(f"Folder {folder} tidak ada. Buat foldernya, atau periksa --inbox.")
    with lake.locked("inbox"), _writing(folder):
        for name in (DONE, REFUSED, DRAFTS):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        _forget_drafts(folder)
        for path in finished(folder, seconds):
            taken = _take(path, kind, stated | {"by": by or SOMEONE})
            if taken is not None:
                yield taken


def finished(folder: Path, seconds: float) -> list[Path]:
    """The files whose size and times stay the same for some seconds, oldest first; part files never."""
    seen = {path: _stamp(path) for path in folder.iterdir() if _is_offered(path)}
    before = {path: stamp for path, stamp in seen.items() if stamp is not None}
    if any(time.time() - stamp[2] / 1e9 < seconds for stamp in before.values()):
        time.sleep(seconds)
    same = [path for path, stamp in before.items() if _stamp(path) == stamp]
    return sorted(same, key=lambda path: (before[path][1], path.name))


def _is_offered(path: Path) -> bool:
    name = path.name.lower()
    hidden = name.startswith((".", "~$")) or name.endswith(UNFINISHED)
    return not hidden and path.is_file() and not path.is_symlink()


def _stamp(path: Path) -> tuple[int, int, int, int] | None:
    """Size, modification, change and identity; None for a file that is gone."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _take(path: Path, kind: str | None, stated: dict[str, Any]) -> Taken | None:
    """Take one file; None when it changed meanwhile: then it is left where it is."""
    before, sha256 = _stamp(path), _hash(path)
    draft = _draft(path, sha256)
    told = _told(path, kind, stated, lambda result: _keep_draft(draft, result))
    if _stamp(path) != before:
        return None
    if told["duplicate_of"] and draft.exists():
        # A run before this one kept the rows and was killed before the receipt stood.
        held = json.loads(draft.read_text(encoding="utf-8"))
        told |= held | {"batch": told["duplicate_of"], "duplicate_of": None}
    succeeded = bool(told["batch"] or told["duplicate_of"])
    target = _free(path.parent / (DONE if succeeded else REFUSED), path, sha256)
    _write_receipts(target, told, draft)
    os.replace(path, target)
    for left in (draft, _refused_of(draft)):
        left.unlink(missing_ok=True)
    return Taken(target, told, succeeded)


def _told(
    path: Path, kind: str | None, stated: dict[str, Any], before_keep: Callable[[Result], None]
) -> dict[str, Any]:
    """What the receipt tells about a file, once it has been ingested or refused."""
    result, why, said = Result(kind or "", path.name), None, None
    try:
        if kind is None:
            proposed = suggest.suggest_file(path)
            if proposed.kind is None:
                raise UserError(proposed.reason)
            kind, why = proposed.kind, "dikenali dari judul kolomnya"
        result = intake.ingest_file(kind, path, before_keep=before_keep, **stated)
        if not result.succeeded:
            before_keep(result)
    except Unavailable:
        raise
    except UserError as refusal:
        said = str(refusal)
    except OSError as fault:
        said = f"Berkas ini tidak dapat dibaca ({fault.strerror or fault}); periksa hak aksesnya."
    except Exception as fault:
        said = f"Terjadi galat pada program (nomor {report(fault)}); serahkan nomor ini kepada pengelola."
    now = datetime.now(WITA).isoformat(timespec="seconds")
    return result.to_json() | {"kind": kind, "alasan_jenis": why, "waktu": now, "catatan": said}


def _keep_draft(draft: Path, result: Result) -> None:
    """Write what will be told beside the file, refused rows too, before anything is kept."""
    rows = result.rejected_rows()
    with _writing(draft.parent.parent):
        if rows.height:
            content = rows.write_csv(separator=result.delimiter or ",", include_bom=True)
            _write(_refused_of(draft), content)
        _write(draft, json.dumps(result.to_json(), ensure_ascii=False))


def _write_receipts(target: Path, told: dict[str, Any], draft: Path) -> None:
    """The refused rows, the receipt as JSON and in words: all of them before the file itself is moved."""
    refused, told["berkas_ditolak"] = _refused_of(draft), None
    if refused.exists() and not told["duplicate_of"] and not told["catatan"]:
        told["berkas_ditolak"] = _beside(target, "ditolak.csv").name
        _write(_beside(target, "ditolak.csv"), refused.read_text(encoding="utf-8"))
    _write(_beside(target, "kuitansi.json"), json.dumps(told, ensure_ascii=False, indent=1))
    _write(_beside(target, "kuitansi.txt"), receipt.text(told))


def _forget_drafts(folder: Path) -> None:
    """Remove drafts of files that are no longer there."""
    for draft in (folder / DRAFTS).iterdir():
        if not (folder / draft.name.rsplit(".", 2)[0]).exists():
            draft.unlink()


def _draft(path: Path, sha256: str) -> Path:
    return path.parent / DRAFTS / f"{path.name}.{sha256[:16]}.json"


def _refused_of(draft: Path) -> Path:
    return draft.with_suffix(".csv")


def _beside(file: Path, what: str) -> Path:
    return file.with_name(f"{file.name}.{what}")


def _free(folder: Path, path: Path, sha256: str) -> Path:
    """A name in a folder that no earlier file has: its own, else with some of its hash, then a number."""
    found, number = folder / path.name, 1
    while found.exists():
        found = folder / f"{path.stem}-{sha256[:8]}{f'-{number}' if number > 1 else ''}{path.suffix}"
        number += 1
    return found


def _hash(path: Path) -> str:
    """The hash of a file; of one that may not be read a word, for its receipt says why."""
    try:
        return hash_of(path)
    except PermissionError:
        return "tidak-terbaca"


def _write(path: Path, content: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("w", encoding="utf-8") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, path)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unavailable(
            f"Kotak masuk {folder} tidak dapat ditulis ({fault.strerror or fault}). Periksa hak akses dan "
            "ruang penyimpanan, lalu coba lagi; berkas yang belum diambil tetap di tempatnya."
        ) from fault
