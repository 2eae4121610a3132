"""What people confirmed once, kept so that it can be offered again: what, who, when. Nothing is applied here.

One JSON object a line, only ever appended to: the history stays, and the newest entry about a thing counts.
"""

import json
from datetime import datetime
from typing import Any

from pipelines import places
from pipelines.dates import WITA
from pipelines.errors import UserError

FOLDER = "diingat"


def note(name: str, entries: list[dict[str, Any]], by: str) -> None:
    """Append what was confirmed, with who and when. UserError when the folder cannot be written."""
    when = datetime.now(WITA).isoformat(timespec="seconds")
    lines = "".join(
        json.dumps(entry | {"by": by, "when": when}, ensure_ascii=False) + "\n" for entry in entries
    )
    path = places.state() / FOLDER / f"{name}.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as written:
            written.write(lines)
    except OSError as fault:
        raise UserError(
            f"Folder {path.parent} tidak dapat ditulis ({fault.strerror or fault}). "
            "Periksa hak akses dan ruang penyimpanan, lalu coba lagi."
        ) from fault


def noted(name: str) -> list[dict[str, Any]]:
    """Everything noted under a name, oldest first; a line that was cut off is left out."""
    path = places.state() / FOLDER / f"{name}.jsonl"
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        found += [entry] if isinstance(entry, dict) else []
    return found
