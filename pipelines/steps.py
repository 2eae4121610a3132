"""The SQL of a build, in order: a table of contents of pipelines/sql."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import places
from pipelines.sources import REGISTERS

STAGING = ("muat_laporan", "laporan", "muat_sp4n", "sp4n", *REGISTERS)
MARTS = (
    "wilayah",
    "lingkup",
    "kalender",
    "batch",
    "cakupan",
    "cakupan_lingkup",
    "laporan",
    "harian",
    "akses_harian",
    "jam",
    "masa_lewat",
    "lewat_harian",
    "jam_harian",
    "pita_umur",
    "kerja_sama",
    "narahubung",
    "kegiatan",
    "penilaian",
    "pernyataan_tanda",
    "angka_publikasi_bersumber",
    "istilah",
    "produk",
    "status_produk",
    "sp4n",
    "status_sp4n",
    "cakupan_sp4n",
)
VIEWS = ("jam", "masa_lewat")
SLICES = (
    "masa_cakupan",
    "provinsi_tercakup",
    "wilayah_tercakup",
    "wilayah_dipilih",
    "laporan_dipilih",
    "bulan_wilayah",
    "arus_bulan_wilayah",
    "lama_kelompok",
    "tahap_terbuka",
    "tanda_pada",
    "jumlah_opd_pada",
    "target_pada",
    "zona_pada",
    "produk_pada",
    "patuh_pada",
    "sp4n_pada",
    "kelompok_laporan",
    "sp4n_kelompok",
    "banding_jumlah",
    "banding_hasil_bagi",
    "banding_publikasi",
    "banding_masa",
    "hitungan_publikasi",
    "celah_pada",
)
SCOPED = ("stok_pada", "nilai_sebanding")  # slices of indicators; a limited scope has its own by these names
PARAMETERS = ("per_tanggal", "sejak", "wilayah", "provinsi", "kelompok")


@dataclass(frozen=True)
class Step:
    """One SQL file as it runs in a build: its label (folder/name) and the statement."""

    label: str
    statement: str


def steps() -> list[Step]:
    """Every SQL statement of a build in its order, as run after `sources.load`."""
    found = [_step("staging", name, "temp view", "stg_") for name in STAGING]
    found += [_step("marts", name, "view" if name in VIEWS else "table") for name in MARTS]
    found += [_step("slices", name, "macro") for name in SLICES]
    found += [_step("indicators", name, "macro", "ind_") for name in indicators()]
    return found + [_step("slices", name, "macro") for name in SCOPED]


def slices(names: Sequence[str], folder: str = "slices") -> list[str]:
    """The statements that make these slices in any database that holds what they read."""
    return [_step(folder, name, "macro").statement for name in names]


def indicators() -> list[str]:
    """The codes that have an SQL file."""
    return sorted(path.stem for path in (places.SQL / "indicators").glob("*.sql"))


def _step(folder: str, name: str, how: str, prefix: str = "") -> Step:
    """Wrap a file: staging as views stg_*, marts as tables, slices and indicators as table macros."""
    text = (places.SQL / folder / f"{name}.sql").read_text(encoding="utf-8")
    target = name if name.startswith("muat_") else prefix + name
    if how != "macro":
        return Step(f"{folder}/{name}", f"create {how} {target} as\n{text}")
    arguments = ", ".join(f"_{parameter}" for parameter in PARAMETERS if f"${parameter}" in text)
    body = re.sub(r"\$(\w+)", r"_\1", text)
    return Step(f"{folder}/{name}", f"create macro {target}({arguments}) as table\n{body}")
