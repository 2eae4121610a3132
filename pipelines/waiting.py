"""What was read from a file and waits to be put in, for a day: leaving the page loses nothing.

Only accepted rows are kept (identity columns and free text were never read), and of the problems the reasons
without the cells. One folder per account below CERMIN_DATA/state, mode 0700, written beside and renamed.
"""

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import disk, places
from pipelines.privacy import mask
from pipelines.result import Reading, Result

SECONDS, MOST = 24 * 3600, 20
ROWS, PROBLEMS, REFUSED = "rows.parquet", "problems.parquet", "refused.parquet"
MANIFEST, TEMPORARY = "read.json", ".tmp-"
_PLAIN = ("kind", "file", "encoding", "delimiter", "date_order", "rows", "accepted", "rejected")
_LISTS = ("dropped_columns", "ignored_columns", "repairs", "padanan", "kolom")


@dataclass(frozen=True)
class Waiting:
    """A file that was read: its result without cells, its accepted rows, what was stated of coverage."""

    token: str
    result: Result
    frame: pl.DataFrame
    refused_keys: pl.DataFrame
    sha256: str
    since: float
    sejak: date | None = None
    cakupan: tuple[str, ...] | None = None

    @property
    def until(self) -> float:
        """When it is swept away, in seconds since 1970."""
        return self.since + SECONDS


@disk.writing()
def keep(
    account: int,
    result: Result,
    frame: pl.DataFrame,
    refused_keys: pl.DataFrame,
    sha256: str,
    sejak: date | None = None,
    cakupan: tuple[str, ...] | None = None,
) -> str:
    """Let the accepted rows of a file wait for an account; its token. The same file takes its own place.

    sejak, cakupan: as the person stated them, None when they are left to the file. Unavailable when
    it cannot be written.
    """
    sweep()
    token = f"{result.kind}-{sha256[:16]}"
    temporary = _folder(account) / f"{TEMPORARY}{secrets.token_hex(6)}"
    temporary.mkdir(mode=0o700)
    try:
        frame.write_parquet(temporary / ROWS)
        _masked(refused_keys).write_parquet(temporary / REFUSED)
        result.problems.with_columns(value=pl.lit(None, pl.String)).write_parquet(temporary / PROBLEMS)
        told = _told(result) | {"sha256": sha256, "since": time.time()}
        told |= {"stated_sejak": sejak and sejak.isoformat(), "stated_cakupan": cakupan}
        (temporary / MANIFEST).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(_folder(account) / token, ignore_errors=True)
        os.replace(temporary, _folder(account) / token)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    for older in listed(account)[MOST:]:
        drop(account, older["token"])
    return token


def listed(account: int) -> list[dict[str, Any]]:
    """What waits for an account, the newest first: token, kind, file, accepted, rejected, since."""
    folders = [folder for folder in _root().glob(f"{account}/*") if not folder.name.startswith(".")]
    known = [_manifest(folder) | {"token": folder.name} for folder in folders if (folder / MANIFEST).exists()]
    fresh = [told for told in known if told["since"] + SECONDS > time.time()]
    return sorted(fresh, key=lambda told: told["since"], reverse=True)


def take(account: int, token: str) -> Waiting | None:
    """What waits under a token; None when it is not there, or no longer. It goes on waiting until dropped."""
    if token not in {told["token"] for told in listed(account)}:
        return None
    folder = _root() / str(account) / token
    told = _manifest(folder)
    result = Result(
        **{name: told[name] for name in _PLAIN},
        **{name: _tuples(told[name]) for name in _LISTS},
        per_tanggal=date.fromisoformat(told["per_tanggal"]),
        problems=pl.read_parquet(folder / PROBLEMS, glob=False),
        reading=Reading(columns=_tuples(told["columns"]), signature=told["signature"]),
    )
    sejak, cakupan = told["stated_sejak"], told["stated_cakupan"]
    return Waiting(
        token,
        result,
        pl.read_parquet(folder / ROWS, glob=False),
        pl.read_parquet(folder / REFUSED, glob=False),
        told["sha256"],
        told["since"],
        date.fromisoformat(sejak) if sejak else None,
        tuple(cakupan) if cakupan else None,
    )


def drop(account: int, token: str) -> None:
    """Forget what waits under a token; nothing happens when it is not there."""
    if token in {folder.name for folder in _root().glob(f"{account}/*")}:
        shutil.rmtree(_root() / str(account) / token, ignore_errors=True)


def drop_file(account: int, kind: str, file: str) -> None:
    """Forget what waits of a file that was put in."""
    for told in listed(account):
        if (told["kind"], told["file"]) == (kind, file):
            drop(account, told["token"])


def sweep() -> None:
    """Remove what has waited for a day, and what an interrupted write left behind for an hour."""
    for folder in _root().glob("*/*"):
        try:
            age = time.time() - folder.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > (3600 if folder.name.startswith(TEMPORARY) else SECONDS):
            shutil.rmtree(folder, ignore_errors=True)


def _masked(refused_keys: pl.DataFrame) -> pl.DataFrame:
    """Keys of refused rows, those with a number of a person masked: they may have been refused for it."""
    texts = [name for name, kind in refused_keys.schema.items() if kind == pl.String]
    return refused_keys.with_columns(
        pl.Series(name, [mask(value) for value in refused_keys[name]], dtype=pl.String) for name in texts
    )


def _told(result: Result) -> dict[str, Any]:
    told = {name: getattr(result, name) for name in (*_PLAIN, *_LISTS)}
    told |= {"per_tanggal": result.per_tanggal.isoformat(), "columns": result.reading.columns}
    return told | {"signature": result.reading.signature}


def _tuples(listed: list) -> tuple:
    return tuple(tuple(one) if isinstance(one, list) else one for one in listed)


def _manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def _root() -> Path:
    return places.state() / "menunggu"


def _folder(account: int) -> Path:
    """The folder of an account, made for nobody else to read."""
    folder = _root() / str(account)
    for one in (_root(), folder):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
