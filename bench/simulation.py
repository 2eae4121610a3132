"""The simulation of the statistical rules: run, kept as a table for the methods page, written up in docs."""

import time

import polars as pl

from bench.report import HEADINGS, Measure, number
from pipelines.places import REFERENCE, ROOT
from pipelines.statistics import promises, simulation
from pipelines.statistics.promises import Promise

TABLE = REFERENCE / "simulasi.csv"
OUT = ROOT / "docs" / "simulasi.md"
DECIMALS = 3
HEAD = (
    f"Ditulis oleh `make bench` (benih {simulation.SEED}, jadi angkanya selalu sama); jangan disunting "
    f"dengan tangan. Tabelnya `{TABLE.relative_to(ROOT).as_posix()}`, yang dibaca halaman Data & Metode; "
    "kodenya `pipelines/statistics/simulation.py`."
)
NOTES = (
    "Wilayah simulasi: 23 wilayah yang tidak berubah, dengan jumlah laporan setahun seperti kedua provinsi "
    "(190 dan 300), tidak sama besar. Semuanya lewat kode yang sama dengan halaman.",
    "Median: pada 20 laporan yang semuanya ditutup, selang log(-log) hanya dapat mengambil beberapa pasang "
    "nilai dan memilih yang hati-hati; cakupannya sedikit di atas 97%. Begitu ada laporan yang masih "
    "terbuka, ia di antara 93% dan 97%.",
    "Perkiraan semula untuk 23 wilayah dengan 1,6 laporan sebulan adalah sekitar 25 tanda palsu setahun. "
    "Menurut aturan yang dipakai ada 18,6 titik bertanda, atau 4,9 sinyal bila satu rentetan dihitung satu. "
    "Wilayah sepi tetap dibaca per triwulan atau bersama provinsinya.",
    "Perkiraan semula bahwa batas 95% menandai sedikitnya satu dari 23 wilayah sehat pada 69% corong berlaku "
    "untuk peluang yang tepat 5% per wilayah. Batas eksak pada jumlah kecil lebih longgar, jadi lebih "
    "jarang; sinyal tetap hanya di luar batas 99,8%.",
    "Sinyal palsu dihitung per ukuran; Deteksi Dini melihat dua ukuran arus (masuk dan ditutup).",
    "Daya: penggandaan di wilayah kecil hampir tidak terlihat. Tidak ada sinyal bukan berarti tidak ada "
    "perubahan.",
)


def measure(is_kept: bool) -> list[Measure]:
    """Run the simulation; its promises as measures. is_kept: write the table and docs/simulasi.md as well."""
    before = time.process_time()
    frame = simulation.simulate().with_columns(pl.col("nilai", "ketelitian").round(DECIMALS))
    spent = time.process_time() - before
    if is_kept:
        frame.write_csv(TABLE)
        OUT.write_text(document(frame), encoding="utf-8")
    found = [Measure("simulasi: waktu CPU", spent, "s", None, f"benih {simulation.SEED}")]
    return found + [
        Measure(
            f"simulasi: {one.words}",
            outside(one),
            "poin di luar janji",
            0,
            f"{span(one)}; janji {bounds(one)}",
        )
        for one in promises.held(frame)
    ]


def outside(promise: Promise) -> float:
    """By how many points the worst simulated value lies outside the promise; zero when it is kept."""
    below = 0.0 if promise.least is None else promise.least - promise.lowest
    above = 0.0 if promise.most is None else promise.highest - promise.most
    return max(below, above, 0.0)


def span(promise: Promise) -> str:
    """'95,3% sampai 97,4%'."""
    return f"{number(promise.lowest)}% sampai {number(promise.highest)}%"


def bounds(promise: Promise) -> str:
    """'93 sampai 97%', or the one side that is bounded."""
    if promise.least is None:
        return f"paling tinggi {promise.most:g}%"
    return (
        f"paling rendah {promise.least:g}%"
        if promise.most is None
        else f"{promise.least:g} sampai {promise.most:g}%"
    )


def document(frame: pl.DataFrame) -> str:
    """docs/simulasi.md: the promises and what became of them, notes, and the whole table."""
    kept = _table(
        ("Janji", "Batas", "Hasil", HEADINGS[3]),
        [
            (one.words, bounds(one), span(one), "ya" if one.is_kept else "**tidak**")
            for one in promises.held(frame)
        ],
    )
    rows = [
        (
            row["pemeriksaan"],
            row["keadaan"],
            number(row["nilai"]),
            _precision(row),
            row["ulangan"] or "dihitung eksak",
        )
        for row in frame.iter_rows(named=True)
    ]
    whole = _table(("Pemeriksaan", "Keadaan", "Nilai", "Ketelitian 95%", "Ulangan"), rows)
    notes = "\n".join(f"- {note}" for note in NOTES)
    parts = ("# Simulasi", HEAD, "## Janji dan hasilnya", kept, "## Yang perlu diketahui", notes)
    return "\n\n".join((*parts, "## Semua angka", whole)) + "\n"


def _precision(row: dict) -> str:
    return "" if row["ketelitian"] is None else f"± {number(row['ketelitian'])}"


def _table(headings: tuple[str, ...], rows: list[tuple]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
