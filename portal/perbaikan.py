"""Periksa: what has to be mended, only the bad rows, common reasons mended for all rows, the file to mend."""

from collections import Counter
from typing import Any

import polars as pl
import streamlit as st

from access import audit
from pipelines import contracts, mendings
from pipelines.result import Result
from pipelines.workbook import refused
from portal import formats, handout, verdict, viewer
from portal.pilihan import statements
from portal.upload import Given, Resumed
from portal.viewer import whence

MOST_ASKED, MOST_REASONS = 6, 40
EVERY = "Semua alasan"
NOUNS = {
    "date": "tanggal",
    "region": "nama wilayah",
    "term": "istilah",
    "terms": "istilah",
    "int": "angka",
    "decimal": "angka",
    "yesno": "ya/tidak",
    "text": "isian",
}


def draw(given: Given | Resumed, result: Result, drawn: dict[str, Any]) -> None:
    """What has to be mended, if anything. `drawn` keeps what was made for this file."""
    if isinstance(given, Given):
        _in_force(given, result)
    if result.problems.is_empty():
        return
    if "tugas" not in drawn:
        drawn["tugas"] = tasks(result)
    st.subheader(drawn["tugas"], anchor=False)
    if isinstance(given, Given):
        _mend(given, result, drawn)
    else:
        st.caption(
            "Isi sel yang ditolak tidak disimpan selama menunggu; unggah lagi berkasnya untuk melihatnya."
        )
    if "alasan" not in drawn:
        drawn["alasan"], drawn["pilihan"] = verdict.reasons(result.problems), reasons(result.problems)
    links = _downloads(result, drawn) if result.rejected and isinstance(given, Given) else ""
    st.html(links + drawn["alasan"])
    chosen = _choose(drawn["pilihan"])
    if chosen not in drawn:
        found = of_reason(result.problems, chosen)
        drawn[chosen] = f"<h4>{verdict.listing(found.height)}</h4>" + verdict.rows(found.head(verdict.SHOWN))
    st.html(drawn[chosen])


def tasks(result: Result) -> str:
    """'Yang perlu diperbaiki: 12 nama wilayah, 3 tanggal; 2 peringatan'."""
    found = result.problems.filter(level="tolak")
    types = _types(result)
    counted = Counter()
    for column, many in found.group_by("column", maintain_order=True).len().iter_rows():
        counted[types.get(column, "baris")] += many
    shown = ", ".join(f"{formats.number(many)} {noun}" for noun, many in counted.most_common())
    warnings = result.problems.height - found.height
    if not shown:
        return f"Yang perlu diperhatikan: {formats.number(warnings)} peringatan"
    return f"Yang perlu diperbaiki: {shown}" + (
        f"; {formats.number(warnings)} peringatan" if warnings else ""
    )


def _types(result: Result) -> dict[str, str]:
    """The file's own heading -> what its cells are called."""
    contract, own = contracts.load(result.kind), {name: own for own, name in result.reading.columns}
    return {
        own.get(column.name, column.name): "nomor" if column.number else NOUNS[column.type]
        for column in contract.columns
    }


def reasons(problems: pl.DataFrame) -> list[str]:
    """The choices of the filter: every reason, the most frequent first."""
    found = problems.group_by("reason").len().sort("len", "reason", descending=[True, False])
    return [EVERY, *found["reason"].head(MOST_REASONS)]


def of_reason(problems: pl.DataFrame, reason: str) -> pl.DataFrame:
    """The problems of one reason, or all of them."""
    return problems if reason == EVERY else problems.filter(pl.col("reason") == reason)


def _choose(choices: list[str]) -> str:
    if len(choices) < 3:
        return EVERY
    return st.selectbox("Tampilkan baris dengan alasan", choices, key="_alasan")


def _downloads(result: Result, drawn: dict[str, Any]) -> str:
    """Links to the refused rows as XLSX and CSV, for this viewer alone; offered once for a result."""
    if "unduh" not in drawn:
        who = viewer.current()
        book = handout.offer(who, f"ditolak-{result.kind}.xlsx", lambda: refused.write(result))
        text = handout.offer(who, f"ditolak-{result.kind}.csv", lambda: verdict.refused(result))
        label = f"Unduh {formats.count(result.rejected, 'baris yang ditolak')} beserta alasannya"
        drawn["unduh"] = (
            f'<p><a class="cermin-unduh" href="{book}" download>{label} (XLSX, sel ditandai)</a> · '
            f'<a class="cermin-unduh" href="{text}" download>{label} (CSV)</a></p>'
            '<p class="cermin-kecil">Perbaiki di berkas itu, lalu unggah apa adanya.</p>'
        )
    return drawn["unduh"]


def _in_force(given: Given, result: Result) -> None:
    """The mendings of this file, and the way to take them back."""
    if not given.padanan:
        return
    contract = contracts.load(result.kind)
    for name, text, value in given.padanan:
        shown = mendings.shown_value(value, contract.column(name))
        st.markdown(f"Padanan untuk berkas ini: “{formats.unmarked(text)}” di `{name}` dibaca **{shown}**.")
    if st.button("Hapus padanan berkas ini", icon=":material/backspace:", key="_hapus_padanan"):
        statements(given.token)["padanan"] = {}
        st.rerun()


def _mend(given: Given, result: Result, drawn: dict[str, Any]) -> None:
    """What a text that nobody knows means, asked once for all rows that have it."""
    offered = result.reading.mendable
    if offered.is_empty():
        return
    if "padanan" not in drawn:
        drawn["padanan"] = mendings.known(result.kind)
    contract, known, chosen = contracts.load(result.kind), drawn["padanan"], {}
    with st.form(f"padanan_{given.token}"):
        st.markdown("**Padankan untuk semua baris berkas ini sekaligus**")
        place = st.container(horizontal=True)
        for one in offered.head(MOST_ASKED).iter_rows(named=True):
            options = mendings.candidates(contract.column(one["column"]))
            held = known.get((one["column"], mendings.fold(one["text"])))
            chosen[one["column"], one["text"]] = place.selectbox(
                f"“{formats.unmarked(one['text'])}” di {formats.unmarked(one['heading'])} ("
                f"{formats.count(one['rows'], 'baris')}) berarti",
                [None, *options],
                index=[None, *options].index(held["value"]) if held and held["value"] in options else 0,
                format_func=lambda value, options=options: options.get(value, "biarkan"),
                help=f"Pernah dipadankan oleh {held['by']}, {held['when'][:10]}." if held else None,
                key=f"padan_{given.token}_{one['column']}_{one['text']}",
                width=420,
            )
        if offered.height > MOST_ASKED:
            st.caption(f"{offered.height - MOST_ASKED} teks lain menyusul sesudah yang ini.")
        agreed = st.form_submit_button("Pakai padanan ini", icon=":material/rule:")
    if agreed and any(chosen.values()):
        _confirm(given, result, {key: value for key, value in chosen.items() if value})


def _confirm(given: Given, result: Result, chosen: dict[tuple[str, str], str]) -> None:
    """Apply to this file, remember for the next one, and note who decided it."""
    who, contract = viewer.current(), contracts.load(result.kind)
    settled = mendings.settled(chosen, contract)
    mendings.remember(result.kind, settled, who.name)
    told = {"jenis": result.kind, "berkas": result.file, "padanan": [list(one) for one in settled]}
    audit.record("padanan", who, address=whence(), detail=told)
    statements(given.token)["padanan"] |= {(name, text): value for name, text, value in settled}
    st.rerun()
