"""Which class a region falls into on the map: fixed classes, so that two maps can be laid side by side.

Class ids are those of assets/peta.css: each has a fill and a pattern of its own. `k1`..`k6` are the ordered
classes of a measure; the others say in one word what is known (INDICATORS: four marks that are never mixed).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from portal import formats, hidden, texts

NO_DATA, ZERO, NOT_APPLICABLE, WITHHELD = "kosong", "nol", "tak-berlaku", "samar"
WORDED = {"tidak berlaku": NOT_APPLICABLE, texts.HIDDEN: WITHHELD}  # a status that stands for a figure
DECIMALS = {"per ": 1, "rasio": 2}  # a rate ('per 100.000 penduduk') and a ratio; all else is counted


@dataclass(frozen=True)
class LegendItem:
    """One line of the legend: a class id of assets/peta.css and what it means."""

    kelas: str
    label: str


KEADAAN = {
    "berlaku": LegendItem("berlaku", "berlaku"),
    "ada": LegendItem("berlaku", "ada"),
    "masa berlaku belum diketahui": LegendItem("tanpa-masa", "masa berlaku belum diketahui"),
    "segera berakhir": LegendItem("segera", "segera berakhir"),
    "dalam proses": LegendItem("proses", "dalam proses"),
    "berakhir": LegendItem("berakhir", "berakhir"),
    "belum ada": LegendItem("belum", "belum ada (dinyatakan)"),
    "tidak diketahui": LegendItem("kosong", "tidak diketahui (tanpa sumber)"),
}
ORDER = {
    "payung": ("berlaku", "masa berlaku belum diketahui", "segera berakhir", "dalam proses", "berakhir"),
    "jejaring": ("ada", "berakhir"),
}
ORDER["pelaksanaan"] = ORDER["payung"]
ZONA = {
    "Hijau": LegendItem("hijau", "zona hijau"),
    "Kuning": LegendItem("kuning", "zona kuning"),
    "Merah": LegendItem("merah", "zona merah"),
}
LAIN = LegendItem("opini", "dinilai, tanpa zona")
BUKAN_LOKUS = LegendItem(NOT_APPLICABLE, "bukan lokus (dinyatakan)")
TIDAK_DITEMUKAN = LegendItem(NO_DATA, "tidak ditemukan")


def classify(frame: pl.DataFrame, indikator: dict) -> tuple[pl.DataFrame, list[LegendItem]]:
    """Values and legend of a measure, by the fixed class edges of its line in indikator.csv.

    frame: the answer of `indikator_wilayah` (kode_wilayah, nama, pembilang, penyebut, nilai, bawah, atas,
    status). indikator: satuan, kelas (bounds between the classes, `|`-joined, ascending). Zero is a class of
    its own, so a class below the first bound exists only where something lies between it and zero. The
    row without a region is kept: the map writes it below its legend.
    """
    unit = _unit(indikator["satuan"])
    edges = [float(edge) for edge in (indikator.get("kelas") or "1").split("|")]
    edges = edges if edges[0] == 0 or (unit[1] == 0 and edges[0] == 1) else [0.0, *edges]
    rows = frame.sort("kode_wilayah", nulls_last=True).to_dicts()
    values = [
        _value(row, _class(row["nilai"], row["status"], edges), _said(row, unit), _brief(row, unit))
        for row in rows
    ]
    steps = [LegendItem(f"k{at}", label) for at, label in enumerate(_labels(edges, unit), start=1)]
    rest = [LegendItem(ZERO, "nol"), LegendItem(NO_DATA, formats.MISSING)]
    occurring = {value["kelas"] for value in values}
    rest += [LegendItem(WITHHELD, "disamarkan (jumlah kecil)")] if WITHHELD in occurring else []
    rest += [LegendItem(NOT_APPLICABLE, "tidak berlaku")] if NOT_APPLICABLE in occurring else []
    return _frame(values), [*reversed(steps), *rest]


def classify_tanda(frame: pl.DataFrame, tanda: str) -> tuple[pl.DataFrame, list[LegendItem]]:
    """Values and legend of one mark (payung, pelaksanaan, jejaring) from the answer of `celah_kerja_sama`."""
    rows = frame.filter(pl.col("kode_wilayah").is_not_null()).sort("kode_wilayah").to_dicts()
    values = []
    for row in rows:
        state = row[tanda] or formats.UNKNOWN
        item = KEADAAN.get(state, KEADAAN[formats.UNKNOWN])
        values.append(_value(row, item.kelas, _mark(row, tanda, state), _mark_brief(row, tanda, state)))
    legend = [KEADAAN[state] for state in (*ORDER[tanda], "belum ada", "tidak diketahui")]
    return _frame(values), legend


def classify_penilaian(frame: pl.DataFrame, regions: pl.DataFrame) -> tuple[pl.DataFrame, list[LegendItem]]:
    """Values and legend of the newest assessment of each region that states a result; its year is on the map.

    Without any result the newest row counts ('bukan lokus' is stated, 'tidak ditemukan' is not).
    frame: the answer of `penilaian_wilayah`; rows marked is_versi count for nothing. regions: kode_wilayah
    and nama of everything on the map; a region without a row is 'tidak ditemukan', never 'bukan lokus'.
    """
    stated = pl.any_horizontal(pl.col("zona", "kategori", "opini", "nilai").is_not_null())
    plain = frame.filter(~pl.col("is_versi").fill_null(False)).sort(stated, "tahun")
    newest = {row["kode_wilayah"]: row for row in plain.to_dicts()}
    values = []
    for region in regions.drop_nulls("kode_wilayah").sort("kode_wilayah").to_dicts():
        row = newest.get(region["kode_wilayah"])
        item = _assessment(row)
        values.append(_value(region, item.kelas, _assessed(row, item), str(row["tahun"]) if row else "?"))
    return _frame(values), [*ZONA.values(), LAIN, BUKAN_LOKUS, TIDAK_DITEMUKAN]


def _value(row: dict, kelas: str, text: str, brief: str) -> dict:
    return {
        "kode_wilayah": row["kode_wilayah"],
        "nama": row["nama"],
        "text": text,
        "kelas": kelas,
        "singkat": brief,
    }


def _frame(values: list[dict]) -> pl.DataFrame:
    schema = dict.fromkeys(("kode_wilayah", "nama", "text", "kelas", "singkat"), pl.String)
    return pl.DataFrame(values, schema=schema).with_row_index("urut")


def _unit(satuan: str) -> tuple[str, int]:
    """How a measure is written: what follows the number, and its decimals."""
    if satuan in ("persen", "%"):
        return "%", 1
    return f" {satuan}", next((places for word, places in DECIMALS.items() if word in satuan), 0)


def _class(value: float | None, status: str | None, edges: Sequence[float]) -> str:
    if status in WORDED:
        return WORDED[status]
    if value is None:
        return NO_DATA
    if value == 0:
        return ZERO
    return f"k{max(sum(value >= edge for edge in edges), 1)}"


def _labels(edges: Sequence[float], unit: tuple[str, int]) -> list[str]:
    whole = unit[1] == 0 and all(edge == int(edge) for edge in edges)
    suffix = "%" if unit[0] == "%" else ""
    labels = []
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        start = ("> " if low == 0 else "") + formats.number(low, 0 if low == int(low) else 1)
        if high is None:
            labels.append(f"{start}{suffix} atau lebih")
        elif whole:
            last = int(high) - 1
            labels.append(start if last == low else f"{start}–{formats.number(last)}")
        else:
            labels.append(f"{start} sampai < {formats.number(high, 0 if high == int(high) else 1)}{suffix}")
    return labels


def _said(row: dict, unit: tuple[str, int]) -> str:
    if row["nilai"] is None:
        return hidden.mark(row, "nilai") or (row["status"] if row["status"] in WORDED else formats.MISSING)
    limits = (row.get("bawah"), row.get("atas"))
    said = formats.estimate(row["nilai"], *limits, unit[1], unit[0] if unit[0] == "%" else "")
    if unit[0] != "%":
        said += unit[0]
    if unit[0] == "%" and row.get("penyebut") is not None:
        said += f"; {formats.number(row['pembilang'])} dari {formats.number(row['penyebut'])}"
    return said


def _brief(row: dict, unit: tuple[str, int]) -> str:
    if row["nilai"] is None:
        return {None: "–", texts.HIDDEN: "≈"}.get(said := hidden.mark(row, "nilai"), said)
    return formats.number(row["nilai"], 0 if unit[0] == "%" else unit[1]) + ("%" if unit[0] == "%" else "")


def _mark(row: dict, tanda: str, state: str) -> str:
    said = state
    if tanda == "payung" and row.get("payung_sejak"):
        said += f", sejak {formats.date(row['payung_sejak'])}"
    if tanda == "jejaring" and row.get("jumlah_opd") and state == "ada":
        said += f" ({formats.number(row['jumlah_opd'])} OPD)"
    return f"{said}; sumber berbeda" if row.get("konflik") and state != formats.UNKNOWN else said


def _mark_brief(row: dict, tanda: str, state: str) -> str:
    if state == formats.UNKNOWN:
        return "?"
    in_force = state in ("berlaku", "masa berlaku belum diketahui")
    if in_force and tanda == "payung" and row.get("payung_sejak"):
        return f"sejak {row['payung_sejak'].year}"
    brief = {"masa berlaku belum diketahui": "ada", "segera berakhir": "segera", "dalam proses": "proses"}
    return brief.get(state, state)


def _assessment(row: dict | None) -> LegendItem:
    if row is None:
        return TIDAK_DITEMUKAN
    if row["status_lokus"] == "bukan lokus":
        return BUKAN_LOKUS
    if row["zona"]:
        return ZONA.get(row["zona"], LAIN)
    return LAIN if row["opini"] or row["kategori"] or row["nilai"] is not None else TIDAK_DITEMUKAN


def _assessed(row: dict | None, item: LegendItem) -> str:
    if row is None:
        return TIDAK_DITEMUKAN.label
    result = " · ".join(part for part in (row["zona"], row["kategori"], row["opini"]) if part)
    value = "" if row["nilai"] is None else f", nilai {formats.number(row['nilai'], 2)}"
    return f"{row['tahun']}: {result or item.label}{value} ({row['skema']})"
