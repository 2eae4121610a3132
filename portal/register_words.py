"""What the columns and values of a register are called, in the form, the preview and the history."""

from datetime import date
from typing import Any

from pipelines import contracts, regions, terms
from pipelines.contracts import Column
from portal import formats, upload
from portal.columns import column as named

KINDS = {kind: upload.KINDS[kind] for kind in contracts.KINDS if kind not in contracts.EXTRACTS}
AS_OF, SOURCE = "per_tanggal", "sumber_alamat"
NOTHING = "(kosong)"
LABELS = {
    "berakhir_terbuka": "Tanpa batas waktu",
    "berakhir_tertulis": "Masa berlaku tertulis (bila bukan tanggal)",
    "bagian_dari": "Bagian dari (kunci)",
    "id": "Kunci",
    "id_induk": "Kunci induk",
    "id_pendahulu": "Kunci pendahulu",
    "id_peristiwa": "Kunci peristiwa",
    "jumlah_dokumen": "Jumlah dokumen",
    "kode_wilayah": "Wilayah",
    "opd": "OPD (nama unit, bukan orang)",
    "penerima": "Penerima (instansi)",
    "per_tanggal": "Per tanggal (keadaan menurut sumber)",
    "pihak_daerah": "Pihak daerah (jabatan atau instansi)",
    "pihak_ombudsman": "Pihak Ombudsman (jabatan)",
    "sumber_alamat": "Sumber (alamat laman atau nomor surat)",
    "sumber_judul": "Judul sumber",
    "status_lokus": "Status lokus",
    "versi": "Versi lain dari hasil yang sama",
    "versi_dari": "Versi lain dari (kunci)",
}


def label(name: str) -> str:
    """What a column is called: 'Wilayah' for kode_wilayah."""
    return LABELS.get(name) or named(name).heading


def noun(kind: str) -> str:
    """The register inside a sentence: 'produk pengawasan'."""
    return upload.noun(kind)


def shown(value: Any, column: Column, missing: str = NOTHING) -> str:
    """A value as a reader sees it: a region by its name, a date in words, nothing as (kosong)."""
    if value is None or value == "":
        return missing
    if column.type == "region":
        return regions.gazetteer().display.get(value, value)
    if column.type == "date":
        return formats.date(value if isinstance(value, date) else date.fromisoformat(value))
    return as_typed(value)


def as_typed(value: Any) -> str:
    """A value as one would type it: 91.08 -> '91,08'."""
    if value is None:
        return ""
    return str(value).removesuffix(".0").replace(".", ",") if isinstance(value, float) else str(value)


def options(column: Column, provinsi: str | None = None) -> dict[str, str]:
    """What may be chosen in a column of regions, terms or ya/tidak: value -> what is read.

    provinsi: the only province whose regions are offered; None for all.
    """
    if column.type == "region":
        known = regions.gazetteer()
        allowed = (code for code in known.display if provinsi in (None, known.province[code]))
        return {code: known.display[code] for code in allowed}
    if column.type == "yesno":
        return {"ya": "ya", "tidak": "tidak"}
    return {term: term for term in terms.known_terms(column.terms).values()}
