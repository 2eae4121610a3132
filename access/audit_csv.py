"""Rows of the audit trail as a CSV file that a spreadsheet opens without running anything."""

import csv
import io
import json
from typing import Any

COLUMNS = ("nomor", "waktu", "tindakan", "nama", "peran", "alamat", "rincian")
# A cell beginning so would be a formula, or would break out of its cell.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text(rows: list[dict[str, Any]]) -> str:
    """Rows as `audit.rows` gives them: a byte order mark, a header, `;` between cells, times in WITA."""
    out = io.StringIO()
    out.write("\ufeff")
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows([defused(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue()


def defused(cell: str) -> str:
    """The cell with a leading apostrophe when a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(DANGEROUS) else cell


def _cells(row: dict[str, Any]) -> list[str]:
    detail = json.dumps(row["detail"], ensure_ascii=False, sort_keys=True) if row["detail"] else ""
    told = (row["action"], row["name"] or "", row["role"] or "", row["address"], detail)
    return [str(row["number"]), row["at"].isoformat(sep=" ", timespec="seconds"), *told]
