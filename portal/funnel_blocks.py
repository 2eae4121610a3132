"""The blocks of the comparison page: the funnel, laporan beside peristiwa, regions with few laporan."""

from dataclasses import dataclass

import polars as pl

from portal import filters, funnel_findings, incident_findings, texts
from portal.ask import Question, about, derive
from portal.block import figure_block
from portal.figures.funnel import Measure, corong
from portal.figures.incidents import peristiwa
from portal.filters import Filters

TERLAPOR = "Wilayah = wilayah terlapor (tempat instansi yang dilaporkan)."
GUIDE = (
    "Pada batas 95% saja, 23 wilayah yang sama-sama wajar pun sering memberi satu tanda palsu (seberapa "
    "sering: simulasi pada Data & Metode); karena itu hanya yang di luar 99,8% disebut sinyal."
)
RATE = Measure("laporan per 100.000 penduduk", "penduduk", is_rate=True)
OWN = "{owner}"  # where the words say whose lateness it is
YEAR = "{year}"  # where they say of which year and source the population is
COLUMNS = (
    *("kode_wilayah", "nama", "pembilang", "penyebut", "nilai", "acuan"),
    *("bawah95", "atas95", "bawah998", "atas998", "sinyal"),
)


@dataclass(frozen=True)
class Choice:
    """One measure: its name in the list, its words, its unit, its denominator, how it is read."""

    name: str
    measure: Measure
    unit: str
    denominator: str
    reading: str


CHOICES = {
    "persen_selesai": Choice(
        "Persen selesai",
        Measure("persen selesai", "laporan masuk", "tidak ada laporan masuk pada rentang ini"),
        "persen",
        "laporan yang masuk pada rentang, termasuk yang ditutup tanpa tanggal",
        "Persen selesai: dari laporan yang masuk pada rentang, bagian yang sudah ditutup pada tanggal ini. "
        "Ditutup tidak sama dengan terselesaikan.",
    ),
    "lewat_tenggat": Choice(
        "Lewat tenggat",
        Measure("bagian yang lewat tenggat", "laporan terbuka", "tidak ada laporan terbuka pada tanggal ini"),
        f"persen; keterlambatan {OWN}",
        "laporan terbuka pada tanggal ini",
        f"Lewat tenggat: hanya jam yang terverifikasi, dan keterlambatannya milik {OWN}; waktu "
        "pemeriksaan Ombudsman sendiri tidak termasuk.",
    ),
    "terbukti": Choice(
        "Terbukti",
        Measure("bagian yang terbukti", "laporan ber-LHP", "tidak ada laporan ber-LHP pada rentang ini"),
        "persen",
        "laporan dengan LHP bertanggal pada rentang, yang kesimpulannya kosong juga",
        "Terbukti: kesimpulan LHP “ditemukan Maladministrasi”. Sebagian besar laporan selesai tanpa LHP.",
    ),
    "tingkat": Choice(
        "Laporan per penduduk",
        RATE,
        "laporan masuk dalam 12 bulan per 100.000 penduduk",
        f"penduduk {YEAR}",
        "Tingkat: laporan yang masuk dalam 12 bulan sampai tanggal ini, lepas dari rentang; bila cakupan "
        "data kurang dari 12 bulan, angkanya lebih rendah dari yang sebenarnya. Tingkat tinggi dapat berarti "
        "warga mudah melapor, atau satu peristiwa dengan banyak laporan. Pemerintah provinsi "
        "tidak ikut: penduduknya sudah terhitung di kabupaten/kota. Kedua sumbu berskala akar.",
    ),
}
DEFAULT = "persen_selesai"


def names() -> dict[str, str]:
    """Code -> name of every measure, for the choice."""
    return {code: choice.name for code, choice in CHOICES.items()}


def funnel(chosen: Filters, code: str, wilayah: str | None) -> None:
    """The funnel of one measure, a region marked in it when one is chosen."""
    choice, asked, regions = CHOICES[code], _asked(chosen, code), about("daftar_wilayah")
    title = derive(funnel_findings.title, asked, regions, measure=choice.measure)
    drawn = derive(
        _drawn, asked, regions, measure=choice.measure, alt=f"Gambar corong. {title}", chosen=wilayah
    )
    figure_block(
        title,
        asked,
        filters.linked(drawn),
        key="corong",
        unit=_told(choice.unit, chosen),
        denominator=_told(choice.denominator, chosen),
        how_to_read=f"{_told(choice.reading, chosen)} {GUIDE} {TERLAPOR} {texts.NOT_A_RANKING}",
        columns=COLUMNS,
        measures=("pembilang",),
        example="funnel",
    )


def incidents(chosen: Filters) -> None:
    """Laporan beside the incidents behind them, and what the funnel of rates says with each."""
    asked = about("laporan_peristiwa", **chosen.stock)
    title = derive(incident_findings.title, asked)
    figure_block(
        title,
        asked,
        derive(peristiwa, asked, alt=title),
        key="peristiwa",
        unit="laporan dan peristiwa, 12 bulan sampai tanggal ini",
        denominator=_told(f"untuk tingkat per 100.000: penduduk {YEAR}", chosen),
        how_to_read="Laporan yang berbagi satu nomor peristiwa dihitung satu peristiwa; laporan tanpa nomor "
        "peristiwa dihitung sendiri. Batang: bagian utuh peristiwa, bagian berarsir laporan lain tentang "
        "peristiwa yang sama. Batas funnel menganggap laporan datang sendiri-sendiri; satu peristiwa dengan "
        f"banyak laporan melanggarnya, jadi sinyal dibaca pada keduanya. {TERLAPOR} {texts.NOT_A_RANKING}",
        measures=("laporan",),
        level=3,
    )


def few(chosen: Filters) -> None:
    """Regions with unusually few laporan for their population, as a question about access."""
    asked, regions = _asked(chosen, "tingkat"), about("daftar_wilayah")
    figure_block(
        derive(funnel_findings.few_title, asked, regions),
        asked,
        filters.linked(derive(funnel_findings.few_list, asked, regions, measure=RATE)),
        key="sedikit",
        unit="laporan masuk dalam 12 bulan per 100.000 penduduk",
        denominator=_told(f"penduduk {YEAR}", chosen),
        how_to_read="Daftar menurut kode wilayah: tingkatnya di bawah batas bawah 95% pada penduduknya "
        "sendiri (pertanyaan), atau di bawah 99,8% (sinyal). Bila pelebaran membuat batas bawahnya nol, yang "
        "ditanyakan adalah yang di bawah batas 99,8% dari kebetulan saja. Pada batas 95%, satu dari empat "
        "puluh wilayah yang sama saja pun dapat masuk daftar ini karena kebetulan. "
        f"{TERLAPOR} {texts.NOT_A_RANKING}",
        columns=COLUMNS,
        measures=("pembilang",),
        level=3,
    )


def _asked(chosen: Filters, code: str) -> Question:
    """The funnel of a measure; a rate is of twelve months and a stock of one day, whatever the period."""
    over = chosen.flow if code in ("persen_selesai", "terbukti") else chosen.stock
    return about("funnel", ukuran=code, **over)


def _drawn(frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure, alt: str, chosen: str | None) -> str:
    return corong(frame, regions, measure, alt, chosen) + funnel_findings.notes(frame, regions, measure)


def _told(words: str, chosen: Filters) -> str:
    """Words with what the data say: whose lateness, and of which year and source the population is."""
    if OWN in words:
        words = words.replace(OWN, derive(_owners, about("tenggat_berjalan", **chosen.stock)))
    return words.replace(YEAR, derive(_year, about("daftar_wilayah"))) if YEAR in words else words


def _owners(clocks: pl.DataFrame) -> str:
    return " dan ".join(
        clocks.filter(pl.col("angka_utama") == "ya")["penanggung"].unique(maintain_order=True)
    )


def _year(regions: pl.DataFrame) -> str:
    """The years of the populations and where they come from, without the provinces, which are sums."""
    own = regions.filter(pl.col("kode_wilayah") != pl.col("provinsi")).drop_nulls("penduduk")
    years = own["penduduk_tahun"].unique().sort().cast(pl.String)
    told = own["penduduk_sumber"].str.split(" (").list.first().unique(maintain_order=True)
    return f"{' dan '.join(years)} ({'; '.join(told)})"
