"""Titles: each states what the figure found, and says what is not known instead of counting it as zero."""

from datetime import date

import polars as pl
import pytest

from portal import findings
from portal.map_classes import LegendItem


def months(**columns) -> pl.DataFrame:
    size = len(next(iter(columns.values())))
    base = {
        "bulan": [date(2026, number + 1, 1) for number in range(size)],
        "masuk": [0] * size,
        "ditutup": [0] * size,
        "terbuka": [0] * size,
        "rasio_penyelesaian": [None] * size,
        "lengkap": [True] * size,
    }
    return pl.DataFrame(
        base | columns, schema_overrides={"rasio_penyelesaian": pl.Float64, "masuk": pl.Int64}
    )


def test_flow_sums_the_months_and_names_what_is_still_open():
    frame = months(masuk=[10, 5], ditutup=[4, 6], terbuka=[12, 11])
    assert findings.flow(frame, "2026") == "15 laporan masuk dan 10 ditutup, 2026; 11 masih terbuka"


def test_flow_says_no_data_when_nothing_is_covered():
    frame = months(masuk=[None, None], ditutup=[1, 1])
    assert "tidak ada data" in findings.flow(frame, "2026")


def test_flow_counts_zero_as_zero():
    assert findings.flow(months(masuk=[0], ditutup=[0]), "2026").startswith("0 laporan masuk")


@pytest.mark.parametrize(
    ("ratios", "complete", "sentence"),
    [
        ([1.2, 0.8, 1.0], [True] * 3, "Pada 2 dari 3 bulan lengkap"),
        ([1.2, 1.1], [True] * 2, "Pada semua 2 bulan lengkap"),
        ([0.2, 0.1], [True] * 2, "Tak satu pun dari 2 bulan lengkap"),
        ([0.2, 5.0], [True, False], "Tak satu pun dari 1 bulan lengkap"),
        ([None], [True], "belum ada bulan lengkap"),
    ],
)
def test_clearance_counts_complete_months_only(ratios, complete, sentence):
    assert sentence in findings.clearance(months(rasio_penyelesaian=ratios, lengkap=complete))


def test_cohort_carries_its_interval():
    row = {"persen_selesai": 84.5, "selesai_bawah": 81.2, "selesai_atas": 87.3}
    assert findings.cohort(row).startswith("84,5% (81,2–87,3%) laporan")


def test_cohort_of_nothing_is_no_data():
    assert "tidak ada data" in findings.cohort({})
    assert "tidak ada data" in findings.cohort({"persen_selesai": None})


def ages(counts: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "tahap": ["Verifikasi", "Pemeriksaan", "LHP"],
            "urutan_tahap": [2, 4, 5],
            "umur": ["0-14", ">180", ">180"],
            "urutan_umur": [1, 6, 6],
            "jumlah": counts,
        },
        schema_overrides={"jumlah": pl.Int64},
    )


def test_ages_name_the_oldest_band_and_where_it_stands():
    said = "5 dari 8 laporan terbuka berumur lebih dari 180 hari kerja, terbanyak pada tahap Pemeriksaan"
    assert findings.ages(ages([3, 4, 1])) == said


def test_ages_keep_zero_and_unknown_apart():
    assert findings.ages(ages([0, 0, 0])) == "Nol laporan terbuka"
    assert "tidak ada data" in findings.ages(ages([None, None, None]))


def test_leftovers_name_the_oldest_year_with_something_open():
    frame = pl.DataFrame({"tahun": [2023, 2021, 2022], "masuk": [9, 5, 7], "terbuka": [4, 0, 2]})
    assert findings.leftovers(frame) == "Sisa tertua dari registrasi 2022: 2 dari 7 masih terbuka"


def test_groups_name_the_largest_but_never_the_unnamed():
    frame = pl.DataFrame(
        {"kelompok": ["Air", "tidak disebut"], "masuk": [3, 9], "penyebut": [12, 12], "persen": [25.0, 75.0]}
    )
    assert findings.groups(frame, "Substansi") == "Substansi terbanyak: Air, 3 dari 12 laporan (25%)"


def test_groups_keep_zero_and_unknown_apart():
    nobody = pl.DataFrame(schema={"kelompok": pl.String, "masuk": pl.Int64})
    assert findings.groups(nobody, "Substansi") == "Substansi: nol laporan bernama pada rentang ini"
    assert findings.groups(nobody, "Substansi", is_covered=False) == "Substansi: tidak ada data"


def test_endings_tell_closing_from_resolution():
    frame = pl.DataFrame({"hasil": ["terselesaikan", "bukan wewenang"], "jumlah": [3, 1]})
    assert findings.endings(frame) == "3 dari 4 penutupan (75%) berarti terselesaikan"


def clocks(late: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "angka_utama": ["ya", "tidak"],
            "penanggung": ["Terlapor", "Ombudsman"],
            "lewat": late,
        },
        schema_overrides={"lewat": pl.Int64},
    )


def test_late_counts_verified_clocks_and_says_whose_lateness_it_is():
    assert findings.late(clocks([7, 30])) == "7 laporan lewat tenggat terverifikasi, tanggung jawab Terlapor"
    assert findings.late(clocks([0, 30])).startswith("Nol laporan")
    assert "tidak ada data" in findings.late(clocks([None, 30]))


def test_marks_tell_a_stated_gap_from_an_unknown_one():
    frame = pl.DataFrame(
        {"celah": ["payung", None, None], "payung": ["belum ada", "tidak diketahui", "berlaku"]}
    )
    said = findings.marks(frame)
    assert said.startswith("1 dari 3 wilayah")
    assert "payung 1 wilayah lain tidak diketahui" in said


def test_states_are_counted_most_frequent_first():
    frame = pl.DataFrame({"payung": ["belum ada", "tidak diketahui", None]})
    assert findings.states_of(frame, "payung") == "Payung: 2 tidak diketahui, 1 belum ada"


def test_classes_of_a_map_are_counted_in_the_order_of_its_legend():
    values = pl.DataFrame({"kelas": ["hijau", "kosong", "kosong"]})
    legend = [LegendItem("hijau", "zona hijau"), LegendItem("merah", "zona merah")]
    legend.append(LegendItem("kosong", "tidak ditemukan"))
    assert findings.classes("Penilaian", values, legend) == "Penilaian: 1 zona hijau, 2 tidak ditemukan"


def test_spread_gives_range_and_median_and_never_a_first_place():
    frame = pl.DataFrame(
        {"kode_wilayah": ["a", "b", "c", None], "nilai": [0.0, 5.0, None, 2.0], "nama": ["A", "B", "C", "?"]}
    )
    said = findings.spread(frame, "Terbuka", "laporan")
    assert said == "Terbuka per wilayah 0–5, median 2; 1 wilayah nol; 1 wilayah tanpa angka"


def test_spread_of_nothing_is_no_data():
    frame = pl.DataFrame({"kode_wilayah": ["a"], "nilai": [None]}, schema_overrides={"nilai": pl.Float64})
    assert "tidak ada data" in findings.spread(frame, "Terbuka", "laporan")
