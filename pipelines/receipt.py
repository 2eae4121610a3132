"""The receipt of a file in words: what got in, what did not and why, as a colleague would write it; pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipelines import problems, regions

MOST_REASONS, MOST_ROWS = 12, 6


def text(told: Mapping[str, Any]) -> str:
    """The words of a receipt.

    told: `Result.to_json()` and beside it `waktu`, `alasan_jenis`, `berkas_ditolak` (a name or None) and
    `catatan` (a sentence when the file could not be taken at all).
    """
    parts = [_head(told), _counts(told), _reasons(told), _reading(told), _mending(told)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(told: Mapping[str, Any]) -> str:
    kind = f"\nJenis: {told['kind']}" if told.get("kind") else ""
    why = f" ({told['alasan_jenis']})" if kind and told.get("alasan_jenis") else ""
    return f"Berkas: {told['file']}\nDiambil: {told['waktu']}{kind}{why}"


def _counts(told: Mapping[str, Any]) -> str:
    if told.get("catatan"):
        return f"Berkas ini belum dapat dimuat, dan tidak ada data yang berubah. {told['catatan']}"
    if told["duplicate_of"]:
        return (
            f"Isi berkas ini sudah dimuat sebelumnya sebagai batch {told['duplicate_of']}; "
            "tidak ada yang ditambahkan dan tidak ada yang perlu dilakukan."
        )
    read = f"{told['rows']} baris dibaca"
    if not told["accepted"]:
        return f"{read}, dan belum satu pun dapat masuk; tidak ada data yang berubah."
    words = {"new": "baru", "changed": "mengubah yang sudah ada", "unchanged": "sama seperti sebelumnya"}
    changes = ", ".join(f"{told[name]} {said}" for name, said in words.items() if told[name])
    if told["rejected"]:
        counts = f"{read}: {told['accepted']} masuk ({changes}), {told['rejected']} belum dapat masuk."
    else:
        counts = f"{read} dan semuanya masuk: {changes}."
    return f"{counts}\n{_batch(told)}"


def _batch(told: Mapping[str, Any]) -> str:
    names = [regions.gazetteer().display[code] for code in told["cakupan"]]
    covered = f", mencakup {' dan '.join(names)}" if names else ""
    since = f" sejak {_day(told['sejak'])}" if covered and told["sejak"] else ""
    sample = f"\nData contoh dibatalkan: {', '.join(told['undone'])}." if told["undone"] else ""
    kept = f"Tersimpan sebagai batch {told['batch']}, data per {_day(told['per_tanggal'])}"
    return f"{kept}{covered}{since}.{sample}"


def _reasons(told: Mapping[str, Any]) -> str:
    """What stood in the way of rows, reason by reason, and what was only noted."""
    found = told.get("problems") or []
    refused = _grouped([one for one in found if one["level"] == problems.REFUSED])
    noted = _grouped([one for one in found if one["level"] != problems.REFUSED])
    parts = []
    if refused:
        parts.append("\n".join(["Yang perlu diperbaiki:", *refused]))
    if noted:
        parts.append("\n".join(["Diterima, tetapi baik dilihat:", *noted]))
    return "\n\n".join(parts)


def _grouped(found: list[dict[str, Any]]) -> list[str]:
    groups: dict[tuple, list[dict[str, Any]]] = {}
    for one in found:
        groups.setdefault((one["column"], one["reason"], one["fix"]), []).append(one)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    lines = [_line(*key, ones) for key, ones in ordered[:MOST_REASONS]]
    rest = len(ordered) - MOST_REASONS
    return lines + ([f"- dan {rest} alasan lain; semuanya ada di kuitansi JSON."] if rest > 0 else [])


def _line(column: str, reason: str, fix: str | None, ones: list[dict[str, Any]]) -> str:
    rows = [str(one["row"]) for one in ones[:MOST_ROWS]]
    more = f" dan {len(ones) - MOST_ROWS} lainnya" if len(ones) > MOST_ROWS else ""
    values = list(dict.fromkeys(one["value"] for one in ones if one["value"]))[:3]
    shown = f" ({', '.join(f'“{value}”' for value in values)})" if values else ""
    where = f"kolom {column}, baris" if column else "baris"
    mend = f" Caranya: {fix}." if fix else ""
    return f"- {where} {', '.join(rows)}{more}{shown}: {reason}.{mend}"


def _reading(told: Mapping[str, Any]) -> str:
    lines = [f"- {one}" for one in told.get("repairs") or []]
    if lines:
        lines.insert(0, "Yang dibetulkan atau dianggap ketika berkas dibaca:")
    if told.get("dropped_columns"):
        lines.append(f"Kolom data pribadi, tidak dibaca: {', '.join(told['dropped_columns'])}.")
    if told.get("ignored_columns"):
        lines.append(f"Kolom yang tidak dipakai dan tidak disimpan: {', '.join(told['ignored_columns'])}.")
    return "\n".join(lines)


def _mending(told: Mapping[str, Any]) -> str:
    lines = []
    if told.get("berkas_ditolak"):
        rest = "; baris yang sudah masuk tidak perlu diulang" if told["batch"] else ""
        lines.append(
            f"Baris yang belum masuk ada di {told['berkas_ditolak']}, dengan alasannya di tiap baris. "
            f"Perbaiki di situ, lalu taruh berkas itu di kotak masuk{rest}."
        )
    if told.get("batch"):
        lines.append(
            f"Bila ternyata keliru, batalkan dengan: python -m pipelines undo {told['batch']} --by NAMA"
        )
    return "\n".join(lines)


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")
