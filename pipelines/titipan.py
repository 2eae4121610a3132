"""Raw files that came in over the network and are being looked at: private, and never for long.

CERMIN_DATA/state/unggahan/<account>/<token>, mode 0700. Removed when put in, thrown away or replaced, an
hour after they were last looked at, and at every start of the server. What did not come in whole is no file.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipelines import places
from pipelines.errors import UserError

LARGEST = 2 * 1024**3
MOST_FILES, MOST_BYTES, RESERVE = 20, 4 * 1024**3, 1024**3
IDLE_SECONDS = 3600.0
TOKEN = re.compile(r"[0-9a-f]{32}")
ABOUT, PART = ".json", ".part"
LONGEST_NAME = 200


@dataclass(frozen=True)
class Titipan:
    """A whole file of an account: its token, the name and kind it was sent with, its size in bytes."""

    account: int
    token: str
    name: str
    kind: str
    size: int
    since: float

    @property
    def path(self) -> Path:
        """Where the content lies."""
        return _folder(self.account) / self.token


def begin(account: int, token: str, announced: int) -> BinaryIO:
    """A new private file that content may be written to. UserError with a sentence when there is no room."""
    if not TOKEN.fullmatch(token):
        raise UserError("Tanda unggahan ini keliru. Muat ulang halaman, lalu unggah lagi.")
    held = listed(account)
    if any(one.token == token for one in held):
        raise UserError("Tanda unggahan ini sudah dipakai. Muat ulang halaman, lalu unggah lagi.")
    if len(held) >= MOST_FILES:
        raise UserError(
            f"Sudah ada {MOST_FILES} berkas yang belum ditinjau. Masukkan atau buang sebagian dulu."
        )
    if announced > LARGEST:
        raise UserError("Berkas ini lebih besar dari 2 GB. Bagi menurut tahun, lalu unggah satu per satu.")
    if sum(one.size for one in held) + announced > MOST_BYTES:
        raise UserError("Berkas yang belum ditinjau sudah 4 GB. Masukkan atau buang sebagian dulu.")
    folder = _folder(account)
    for one in (folder.parent, folder):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    demand_room(announced)
    return os.fdopen(os.open(_part(account, token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def demand_room(coming: int = 0) -> None:
    """UserError unless so many bytes fit on the disk and a reserve stays free."""
    if shutil.disk_usage(places.state()).free < coming + RESERVE:
        raise UserError(
            "Ruang penyimpanan server hampir habis; berkas ini tidak diterima. Hubungi pengelola."
        )


def keep(account: int, token: str, name: str, kind: str, busy: Container[str] = ()) -> Titipan:
    """The part is whole: it becomes a file under its name, in the place of one of the same name and kind.

    busy: tokens of files that are being put in; those stay.
    """
    name = _plain(name)
    for old in listed(account):
        if (old.name, old.kind) == (name, kind) and old.token not in busy:
            remove(account, old.token)
    told = {"name": name, "kind": kind, "since": time.time()}
    _about(account, token).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    os.replace(_part(account, token), _folder(account) / token)
    return Titipan(account, token, size=(_folder(account) / token).stat().st_size, **told)


def _plain(name: str) -> str:
    """A name as it is shown and kept: on one line, without folders and signs that nobody sees."""
    shown = "".join(sign if sign.isprintable() and sign not in "/\\" else " " for sign in name)
    return " ".join(shown.split())[-LONGEST_NAME:] or "unggahan.csv"


def restate(titipan: Titipan, kind: str) -> None:
    """From now on this file is of another kind."""
    told = {"name": titipan.name, "kind": kind, "since": titipan.since}
    _about(titipan.account, titipan.token).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def listed(account: int) -> list[Titipan]:
    """The whole files of an account, oldest first."""
    found = []
    for about in _folder(account).glob(f"*{ABOUT}"):
        try:
            told = json.loads(about.read_text(encoding="utf-8"))
            found.append(Titipan(account, about.stem, size=about.with_suffix("").stat().st_size, **told))
        except (OSError, ValueError, TypeError):  # on its way in or out
            continue
    return sorted(found, key=lambda one: (one.since, one.token))


def touch(titipan: Titipan) -> None:
    """Somebody looks at it: the hour begins anew."""
    try:
        os.utime(_about(titipan.account, titipan.token))
    except FileNotFoundError:
        return


def remove(account: int, token: str) -> None:
    """Delete a file, whole or in part; nothing happens when it is not there."""
    if TOKEN.fullmatch(token):
        for path in (_folder(account) / token, _part(account, token), _about(account, token)):
            path.unlink(missing_ok=True)


def sweep(busy: Container[str] = ()) -> None:
    """Delete what nobody has looked at or written to for an hour, nor waits (`busy`) to be put in."""
    for path in _root().glob("*/*"):
        if path.stem in busy:
            continue
        about = path.with_suffix(ABOUT)
        try:
            age = time.time() - (about if about.exists() else path).stat().st_mtime
        except FileNotFoundError:
            continue
        if age > IDLE_SECONDS:
            path.unlink(missing_ok=True)


def clear() -> None:
    """Delete every raw file: at the start of a server nobody is looking at any."""
    shutil.rmtree(_root(), ignore_errors=True)


def _root() -> Path:
    return places.state() / "unggahan"


def _folder(account: int) -> Path:
    return _root() / str(int(account))


def _part(account: int, token: str) -> Path:
    return _folder(account) / f"{token}{PART}"


def _about(account: int, token: str) -> Path:
    return _folder(account) / f"{token}{ABOUT}"
