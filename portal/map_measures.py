"""What the large map can show: the three marks, every indicator meant for it, and the last assessment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from portal import findings, formats, region_map, states
from portal.ask import Question, about, ask, derive
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
    """One choice of the map: its name and question, how it is classed and told, what its figure states.

    classing and telling are pure: answers (and `given`) in; values with legend, or a title, out.
    """

    name: str
    asked: Question
    classing: Callable[..., tuple[pl.DataFrame, list[LegendItem]]]
    telling: Callable[..., str]
    unit: str
    denominator: str
    reading: str
    columns: tuple[str, ...]
    beside: Question | None = None
    given: dict[str, Any] = field(default_factory=dict)

    def classed(self) -> tuple[pl.DataFrame, list[LegendItem]]:
        """The values of the regions, each with its class, and the legend."""
        return derive(self.classing, *self._questions(), **self.given)

    def finding(self) -> str:
        """The title: what the map found."""
        return derive(self.telling, *self._questions(), **self.given)

    def _questions(self) -> list[Question]:
        return [self.asked, self.beside] if self.beside else [self.asked]


def names() -> dict[str, str]:
    """Code -> name of every measure, the marks first."""
    marks = {tanda: tanda.capitalize() for tanda in states.TANDA}
    return marks | derive(_of_indicators, about("daftar_indikator")) | {ASSESSMENT: "Penilaian"}


def _of_indicators(lines: pl.DataFrame) -> dict[str, str]:
    shown = lines.filter(pl.col("peta") == "ya").sort("urutan")
    return dict(shown.select("kode", "nama").iter_rows())


def find(code: str, chosen: Filters) -> Measure:
    """The measure of that code, at the date and over the period of the filters."""
    if code in states.TANDA:
        return _mark(code, chosen)
    return _assessment(chosen) if code == ASSESSMENT else _indicator(code, chosen)


def _mark(tanda: str, chosen: Filters) -> Measure:
    asked = about("celah_kerja_sama", **chosen.stock)
    more = {"payung": ("payung_sejak", "payung_berakhir"), "jejaring": ("jumlah_opd",)}.get(tanda, ())
    return Measure(
        name=tanda.capitalize(),
        asked=asked,
        classing=region_map.classify_tanda,
        telling=findings.states_of,
        given={"tanda": tanda},
        unit=f"keadaan {tanda} ({states.MEANING[tanda]})",
        denominator=f"{ask(asked).height} pemerintah daerah",
        reading=MARK_READING,
        columns=("kode_wilayah", "nama", tanda, *more, "konflik", "sumber_judul", "sumber_alamat"),
    )


def _assessment(chosen: Filters) -> Measure:
    listed = about("daftar_wilayah", only={"provinsi": chosen.provinsi})
    return Measure(
        name="Penilaian",
        asked=about("penilaian_wilayah", **chosen.stock),
        beside=listed,
        classing=region_map.classify_penilaian,
        telling=_zones,
        unit="zona atau opini terakhir",
        denominator=f"{ask(listed).height} pemerintah daerah",
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


def _zones(frame: pl.DataFrame, listed: pl.DataFrame) -> str:
    return findings.classes("Penilaian terakhir", *region_map.classify_penilaian(frame, listed))


def _indicator(kode: str, chosen: Filters) -> Measure:
    lines = about("daftar_indikator", only={"kode": kode})
    line = ask(lines).row(0, named=True)
    period = {"per_tanggal": chosen.per_tanggal, "sejak": chosen.sejak}
    return Measure(
        name=line["nama"],
        asked=about("indikator_wilayah", only={"provinsi": chosen.provinsi}, indikator=kode, **period),
        beside=lines,
        classing=_classed,
        telling=_told,
        unit=line["satuan"],
        denominator=line["penyebut"] or "",
        reading=PLACE_READING + line["cara_membaca"],
        columns=("kode_wilayah", "nama", "pembilang", "penyebut", "nilai", "bawah", "atas", "status"),
    )


def _classed(frame: pl.DataFrame, lines: pl.DataFrame) -> tuple[pl.DataFrame, list[LegendItem]]:
    return region_map.classify(frame, lines.row(0, named=True))


def _told(frame: pl.DataFrame, lines: pl.DataFrame) -> str:
    return findings.spread(frame, lines["nama"][0], lines["satuan"][0])


def text_of(values: pl.DataFrame, kode: str) -> str:
    """What the map says of one region ('27 laporan'); 'tidak ada data' when it is not on it."""
    said = values.filter(pl.col("kode_wilayah") == kode)["text"]
    return said[0] if len(said) else formats.MISSING
