"""What the large map can show: the three marks, every indicator meant for it, and the last assessment."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl

from portal import findings, formats, region_map, states
from portal.ask import Question, about, ask
from portal.filters import Filters
from portal.region_map import LegendItem

ASSESSMENT = "penilaian"
MARK_READING = (
    "“Belum ada” dinyatakan oleh Ombudsman; “tidak diketahui” berarti tidak ada sumber, bukan berarti "
    "belum ada. Lencana di samping peta: pemerintah provinsi."
)
ASSESSMENT_READING = (
    "Hasil terakhir yang ditemukan sampai tanggal ini, dari skema tahunnya sendiri; skema tidak disamakan. "
    "“Bukan lokus” dinyatakan tidak dinilai; “tidak ditemukan” berarti tidak ada sumber."
)
PLACE_READING = "Wilayah = wilayah terlapor. Kelas tetap, jadi dua peta dapat disandingkan. "


@dataclass(frozen=True)
class Measure:
    """One choice of the map: its name, question and classes, and all that a figure owes its reader."""

    name: str
    asked: Question
    classed: Callable[[], tuple[pl.DataFrame, list[LegendItem]]]
    finding: Callable[[], str]
    unit: str
    denominator: str
    reading: str
    columns: tuple[str, ...]


def names() -> dict[str, str]:
    """Code -> name of every measure, the marks first."""
    marks = {tanda: tanda.capitalize() for tanda in states.TANDA}
    rates = dict(_indicators().select("kode", "nama").iter_rows())
    return marks | rates | {ASSESSMENT: "Penilaian"}


def find(code: str, chosen: Filters) -> Measure:
    """The measure of that code, at the date and over the period of the filters."""
    if code in states.TANDA:
        return _mark(code, chosen)
    return _assessment(chosen) if code == ASSESSMENT else _indicator(code, chosen)


def _indicators() -> pl.DataFrame:
    return ask("daftar_indikator").filter(pl.col("peta") == "ya").sort("urutan")


def _mark(tanda: str, chosen: Filters) -> Measure:
    asked = about("celah_kerja_sama", **chosen.stock)
    more = ("payung_sejak", "payung_berakhir") if tanda == "payung" else ()
    more += ("jumlah_opd",) if tanda == "jejaring" else ()
    return Measure(
        name=tanda.capitalize(),
        asked=asked,
        classed=lambda: region_map.classify_tanda(ask(asked), tanda),
        finding=lambda: findings.states_of(ask(asked), tanda),
        unit=f"keadaan {tanda} ({states.MEANING[tanda]})",
        denominator=f"{ask(asked).height} pemerintah daerah",
        reading=MARK_READING,
        columns=("kode_wilayah", "nama", tanda, *more, "konflik", "sumber_judul", "sumber_alamat"),
    )


def _assessment(chosen: Filters) -> Measure:
    asked = about("penilaian_wilayah", **chosen.stock)
    listed = ask("daftar_wilayah").filter(pl.col("provinsi").is_in(list(chosen.provinces)))
    return Measure(
        name="Penilaian",
        asked=asked,
        classed=partial(region_map.classify_penilaian, ask(asked), listed),
        finding=lambda: findings.zones(ask(asked), listed.height),
        unit="zona atau opini terakhir",
        denominator=f"{listed.height} pemerintah daerah",
        reading=ASSESSMENT_READING,
        columns=(
            "kode_wilayah",
            "nama",
            "tahun",
            "skema",
            "status_lokus",
            "nilai",
            "zona",
            "opini",
            "sumber_alamat",
        ),
    )


def _indicator(kode: str, chosen: Filters) -> Measure:
    line = _indicators().row(by_predicate=pl.col("kode") == kode, named=True)
    asked = about("indikator_wilayah", indikator=kode, per_tanggal=chosen.per_tanggal, sejak=chosen.sejak)
    return Measure(
        name=line["nama"],
        asked=asked,
        classed=lambda: region_map.classify(_shown(asked, chosen), line),
        finding=lambda: findings.spread(_shown(asked, chosen), line["nama"], line["satuan"]),
        unit=line["satuan"],
        denominator=line["penyebut"] or "",
        reading=PLACE_READING + line["cara_membaca"],
        columns=("kode_wilayah", "nama", "pembilang", "penyebut", "nilai", "bawah", "atas", "status"),
    )


def _shown(asked: Question, chosen: Filters) -> pl.DataFrame:
    """The regions of the chosen provinces, and the line of those without a region when both are shown."""
    mine = pl.col("provinsi").is_in(list(chosen.provinces))
    unnamed = pl.col("provinsi").is_null() & (chosen.provinsi is None)
    return ask(asked).filter(mine | unnamed)


def text_of(values: pl.DataFrame, kode: str) -> str:
    """What the map says of one region ('27 laporan'); 'tidak ada data' when it is not on it."""
    said = values.filter(pl.col("kode_wilayah") == kode)["text"]
    return said[0] if len(said) else formats.MISSING
