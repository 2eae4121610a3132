"""XmR charts: which ups and downs are usual and which are not, with the step changes that staff marked."""

from datetime import date

import polars as pl

from pipelines import langkah
from portal import control_findings as words
from portal import filters, formats, periods, regions, step_changes
from portal.ask import Question, derive
from portal.block import figure_block
from portal.figures import control
from portal.views import View

LEAST_MONTHS = 36
EXPLAINED = (
    "Garis tengah adalah rata-rata; garis putus-putus adalah batas gejolak biasa (rata-rata ± 2,66 kali "
    "rata-rata selisih berturutan). Tanda: satu titik di luar batas, tujuh di satu sisi, tujuh searah, atau"
    " dua dari tiga dekat batas. Di antara batas, naik turun dari bulan ke bulan tidak berarti apa-apa. "
    "Bulan yang belum lengkap tidak ikut, dan di bawah 12 titik tidak ada batas. Tanda berarti “tanyakan "
    "sebabnya”, bukan baik atau buruk."
)
STOCK = (
    " Yang terbuka terbawa dari bulan ke bulan, jadi titik yang berdekatan saling terkait: tanda pergeseran"
    " lebih mudah muncul daripada pada laporan masuk."
)
CARRIED = {"terbuka": STOCK, "median_umur": STOCK}
OVER = {
    "masuk": "semua laporan yang masuk pada masa itu",
    "ditutup": "semua laporan yang ditutup pada masa itu",
    "terbuka": "laporan terbuka pada hari terakhirnya",
    "median_umur": "laporan terbuka pada hari terakhirnya; kosong di bawah 10",
    "rasio": "laporan masuk pada masa yang sama",
}


def show(view: View) -> None:
    """The chart of the measure that is chosen in the address."""
    named = {ukuran: measure.name for ukuran, measure in words.MEASURES.items()}
    ukuran = filters.choose("bagan", "Ukuran", named, default="masuk")
    place = langkah.place(view.wilayah, view.chosen.provinsi)
    marked = langkah.of(place, ukuran)
    asked = question(view, ukuran, tuple(one.sejak for one in marked))
    unit = words.MEASURES[ukuran].unit
    steps = tuple((one.sejak, f"{one.alasan} ({one.oleh})") for one in marked)
    figure_block(
        derive(words.title, asked, ukuran=ukuran, province=province(view)),
        asked,
        derive(drawn, asked, ukuran=ukuran, place=view.name, province=province(view), steps=steps),
        key="kendali",
        unit=unit,
        denominator=f"{OVER[ukuran]}, sejak {formats.date(since(view))}",
        how_to_read=EXPLAINED + CARRIED.get(ukuran, ""),
        columns=("periode", "nilai", "rata", "batas_bawah", "batas_atas", "aturan"),
        measures=("nilai",),
        example="xmr",
    )
    step_changes.offer(view, place, ukuran, marked)


def question(view: View, ukuran: str, steps: tuple[date, ...] = ()) -> Question:
    """The chart's question, with the days of its step changes."""
    days = ",".join(day.isoformat() for day in steps) or None
    return view.stock("xmr", ukuran=ukuran, sejak=since(view), langkah=days)


def since(view: View) -> date | None:
    """The first month of the chart: three years back, so that there are points enough; or all there are."""
    if view.chosen.rentang == "semua":
        return None
    return periods.back(view.chosen.per_tanggal.replace(day=1), LEAST_MONTHS)


def province(view: View) -> str:
    """The name of the province that a quiet region is read with."""
    return regions.facts(view.wilayah)["nama_provinsi"] if view.wilayah else view.name


def drawn(
    frame: pl.DataFrame, ukuran: str, place: str, province: str, steps: tuple[tuple[date, str], ...] = ()
) -> str:
    """The chart with what it says about its grain, and each broken rule as a sentence; HTML."""
    measure = words.MEASURES[ukuran]
    pooled = bool(frame.height and frame["gabungan"][0])
    alt = f"Bagan kendali {measure.name.lower()}, {province if pooled else place}"
    picture = control.kendali(frame, alt, decimals=measure.decimals, steps=() if pooled else steps)
    told = words.grain(frame, ukuran, province) + (NOT_HERE if pooled and steps else "")
    return f'<p class="cermin-kecil">{told}</p>{picture}{words.sentences(frame, ukuran)}'


NOT_HERE = " Perubahan yang ditandai untuk wilayah ini tidak dipakai pada angka provinsi."
