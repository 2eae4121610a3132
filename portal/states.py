"""How the state of a mark is drawn in words and signs: the same in matrix, cards and histories."""

from dataclasses import dataclass
from datetime import date
from html import escape

from portal import formats

TANDA = ("payung", "pelaksanaan", "jejaring")
MEANING = {
    "payung": "Nota Kesepahaman atau Nota Kesepakatan",
    "pelaksanaan": "PKS atau rencana kerja di bawahnya",
    "jejaring": "narahubung (focal point) pada OPD",
}


@dataclass(frozen=True)
class State:
    """The sign of a state, its class in the style sheet, and what it says."""

    sign: str
    kind: str
    says: str


STATES = {
    "berlaku": State("●", "ada", "ditandatangani dan masa berlakunya belum habis"),
    "ada": State("●", "ada", "narahubung sudah berkomitmen"),
    "masa berlaku belum diketahui": State(
        "◐", "tanpa-akhir", "ditandatangani; tanggal berakhir tidak tercatat"
    ),
    "segera berakhir": State("◔", "segera", "berakhir dalam 180 hari atau kurang"),
    "dalam proses": State("◌", "proses", "tahap sebelum penandatanganan dinyatakan sumber"),
    "berakhir": State("⊘", "berakhir", "masa berlakunya sudah habis"),
    "belum ada": State("✕", "belum", "dinyatakan belum ada oleh Ombudsman"),
    "tidak diketahui": State("?", "tak-tahu", "tidak ada sumber; bukan berarti belum ada"),
}
STRANGE = State("?", "tak-tahu", "keadaan tidak dikenal")


def chip(state: str | None, detail: str = "", *, conflict: bool = False) -> str:
    """One state as HTML: sign and word, a small second line, and a flag where sources disagree."""
    words = state or formats.UNKNOWN
    drawn = STATES.get(words, STRANGE)
    lines = [f"<small>{escape(detail)}</small>"] if detail else []
    lines += ['<small class="cermin-bendera">⚑<span> sumber bertentangan</span></small>'] if conflict else []
    below = f'<span class="cermin-rinci">{" ".join(lines)}</span>' if lines else ""
    return (
        f'<span class="cermin-tanda cermin-{drawn.kind}"><b aria-hidden="true">{drawn.sign}</b>'
        f"<span>{escape(words)}{below}</span></span>"
    )


def legend(present: list[str]) -> str:
    """The states that occur, with what each says, as HTML."""
    shown = [name for name in STATES if name in present]
    items = "".join(f"<li>{chip(name)} <span>{escape(STATES[name].says)}</span></li>" for name in shown)
    return f'<ul class="cermin-legenda">{items}</ul>'


def since(row: dict) -> str:
    """The second line of a mark of `tanda_kerja_sama`: since when, how long still, how many OPD."""
    parts = []
    if row["keadaan"] == "belum ada" and row["per_tanggal_sumber"]:
        parts.append(f"dinyatakan {formats.date(row['per_tanggal_sumber'])}")
    elif row["sejak"]:
        parts.append(f"sejak {formats.date(row['sejak'])}")
    if row["jumlah_opd"]:
        parts.append(f"{formats.number(row['jumlah_opd'])} OPD")
    if row["hari_ke_berakhir"] is not None:
        parts.append(ending(row["berakhir"], row["hari_ke_berakhir"]))
    if row["aktif"] == "tidak aktif":
        parts.append("tidak aktif 12 bulan")
    return " · ".join(parts)


def ending(day: date | None, days: int) -> str:
    """'berakhir 31 Des 2026 (61 hari lagi)', or how long ago it ended."""
    left = f"{formats.number(days)} hari lagi" if days >= 0 else f"{formats.number(-days)} hari lalu"
    return f"berakhir {formats.date(day)} ({left})"
