"""Selesai: the receipt of an upload, as a good colleague would write it; to copy, and as a file."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from access.roles import Viewer
from pipelines import lake, regions
from pipelines.result import Result
from portal import formats, handout, verdict
from portal.upload import Kept

MOST_REASONS = 12


def draw(kept: Kept, who: Viewer, *, is_open: bool) -> None:
    """The receipt as text to copy, and a link to it as a file of this viewer."""
    batch, held = kept.result.batch, st.session_state.setdefault("_tanda_terima", {})
    if batch not in held:
        told = text(kept.result, kept.before, kept.after, who.name)
        name = f"tanda-terima-{batch}.txt"
        address = handout.offer(who, name, lambda: told.replace("\n", "\r\n").encode("utf-8-sig"))
        held[batch] = (told, address)
    told, address = held[batch]
    with st.expander(f"Tanda terima {batch}", expanded=is_open, key=f"tanda_terima_{batch}"):
        st.code(told, language=None, wrap_lines=True)
        st.html(f'<a class="cermin-unduh" href="{address}" download>Unduh tanda terima (TXT)</a>')


def text(result: Result, before: Mapping[str, str], after: Mapping[str, str], by: str) -> str:
    """What came in, what moved, what was assumed or mended, what was refused, and how to undo it."""
    when = next((one.when for one in lake.batches(result.kind) if one.batch == result.batch), "")
    parts = [
        _first(result, by, when),
        _listed("Yang bergerak", moved(before, after) or ["tidak ada angka utama yang berubah"]),
        _listed("Yang disimpulkan atau dipadankan saat membaca", list(result.repairs)),
        _listed("Yang tidak disimpan", dropped(result)),
        _listed("Yang ditolak", refused(result.problems)),
        _listed("Peringatan", warned(result.problems)),
        "Membatalkan: di halaman Unggah tekan Batalkan kiriman ini, atau pilih batch ini di daftar batch. "
        "Angka kembali seperti sebelum kiriman ini; barisnya tetap tercatat.",
    ]
    return "\n\n".join(part for part in parts if part)


def _first(result: Result, by: str, when: str) -> str:
    lines = [
        f"Batch {result.batch}",
        f"Berkas {result.file}, dimasukkan {by}" + (f", {formats.moment(when)} WITA" if when else ""),
        f"{formats.count(result.rows, 'baris')}: {formats.number(result.accepted)} diterima "
        f"({formats.number(result.new)} baru, {formats.number(result.changed)} berubah, "
        f"{formats.number(result.unchanged)} sama), {formats.number(result.rejected)} ditolak",
        f"Keadaan per {formats.long_date(result.per_tanggal)}"
        + (f", mencakup {', '.join(map(_province, result.cakupan))}" if result.cakupan else "")
        + (f" sejak {formats.long_date(result.sejak)}" if result.sejak else ""),
    ]
    lines += [f"Batch contoh dibatalkan karena data nyata masuk: {', '.join(result.undone)}"] * bool(
        result.undone
    )
    return "\n".join(lines)


def _province(code: str) -> str:
    return regions.gazetteer().display.get(code, code)


def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The headline figures that are not what they were."""
    return [f"{name}: {before[name]} menjadi {after[name]}" for name in after if before[name] != after[name]]


def dropped(result: Result) -> list[str]:
    """Columns that were not kept, and why."""
    private, unused = ", ".join(result.dropped_columns), ", ".join(result.ignored_columns)
    parts = [f"data diri atau teks bebas: {private}"] * bool(private)
    return parts + [f"tidak dipakai: {unused}"] * bool(unused)


def refused(problems: pl.DataFrame) -> list[str]:
    """The reasons of refusals with how many cells and how to mend them, the most frequent first."""
    return _reasons(problems.filter(level="tolak"))


def warned(problems: pl.DataFrame) -> list[str]:
    """The warnings, the most frequent first."""
    return _reasons(problems.filter(level="peringatan"))


def _reasons(problems: pl.DataFrame) -> list[str]:
    if problems.is_empty():
        return []
    grouped = verdict.grouped(problems)
    lines = [
        f"{formats.number(r['many'])}× {r['column']}: {r['reason']}"
        + (f" ({r['fix']})" if r["fix"] else "")
        + f"; baris {r['where']}"
        for r in grouped.head(MOST_REASONS).iter_rows(named=True)
    ]
    rest = grouped.height - MOST_REASONS
    return lines + [f"dan {rest} alasan lain"] * (rest > 0)


def _listed(head: str, lines: list[str]) -> str:
    return "\n".join([f"{head}:", *(f"- {line}" for line in lines)]) if lines else ""
