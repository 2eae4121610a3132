"""What a pemda account is shown is the figure of the full scope or nothing, and nothing is always marked."""

from datetime import date

import polars as pl
import pytest

from pipelines import questions, warehouse

OWN = "63.71"
SCOPE = f"pemda:{OWN}"
DAYS = [date(2023, 3, 31), date(2024, 12, 31), date(2026, 9, 30)]
SINCE = [None, date(2022, 1, 1), date(2022, 7, 1)]
INDICATORS = [
    *("masuk", "ditutup", "terbuka", "ditutup_tanpa_tanggal", "lewat_tenggat", "persen_selesai"),
    *("rasio_penyelesaian", "tingkat_100k", "peristiwa", "terbukti", "akses"),
]


def _marked(row: dict, column: str) -> bool:
    return any(part.startswith(f"{column}=") for part in (row["samar"] or "").split())


def _same(shown: pl.DataFrame, full: pl.DataFrame, keys: list[str], absent: dict | None = None) -> int:
    """Compares rows by their keys, value by value (`absent`: a row that is not in full); how many numbers."""
    ours = {tuple(row[key] for key in keys): row for row in full.to_dicts()}
    numbers = 0
    for row in shown.to_dicts():
        true = ours.get(tuple(row[key] for key in keys), absent or {})
        for column in set(shown.columns) - {*keys, "samar", "status"}:
            if row[column] is None:
                assert true.get(column) is None or _marked(row, column), (column, row)
            else:
                assert not _marked(row, column)
                assert row[column] == pytest.approx(true.get(column, 0)), (column, row, true)
                numbers += isinstance(row[column], (int, float))
    return numbers


@pytest.mark.parametrize("since", SINCE)
@pytest.mark.parametrize("day", DAYS)
def test_figures_of_all_regions_are_those_of_the_full_scope(sample_data, day, since):
    asked = {"per_tanggal": day, "sejak": since}
    shown, full = (questions.answer("ringkasan_wilayah", asked, scope) for scope in (SCOPE, "semua"))
    assert shown["kode_wilayah"].null_count() == 0 and shown.height == full.height - 1
    assert _same(shown, full, ["kode_wilayah"]) > 60
    for indicator in INDICATORS:
        asked["indikator"] = indicator
        shown, full = (questions.answer("indikator_wilayah", asked, scope) for scope in (SCOPE, "semua"))
        _same(shown, full, ["kode_wilayah"])
        both = shown.join(full, on="kode_wilayah")
        assert both.filter(
            (pl.col("status") != pl.col("status_right")) & (pl.col("status") != "disamarkan")
        ).is_empty()
        hidden = both.filter(pl.col("status") == "disamarkan")
        assert hidden["nilai"].null_count() == hidden.height


@pytest.mark.parametrize("question", ["per_substansi", "per_instansi"])
def test_breakdowns_are_those_of_the_full_scope(sample_data, question):
    numbers = 0
    for day in DAYS:
        for since in SINCE:
            asked = {"per_tanggal": day, "sejak": since, "wilayah": OWN}
            shown, full = (questions.answer(question, asked, scope) for scope in (SCOPE, "semua"))
            numbers += _same(shown, full, ["kelompok"], {"penyebut": full["penyebut"].max()})
            left = set(full["kelompok"]) - set(shown["kelompok"])
            assert not left, "what has figures is in the list, hidden or not"
    assert numbers > 50


def test_own_stocks_quarters_clocks_and_comparison_are_those_of_the_full_scope(sample_data):
    for day in DAYS:
        asked = {"per_tanggal": day, "wilayah": OWN}
        shown, full = (questions.answer("umur_terbuka", asked, scope) for scope in (SCOPE, "semua"))
        summed = full.group_by("umur", "urutan_umur").agg(pl.col("jumlah").sum())
        _same(shown.drop("tahap", "urutan_tahap"), summed, ["umur"])
        for name, key in (("tenggat_berjalan", "kode"), ("arus_triwulan", "triwulan")):
            shown, full = (questions.answer(name, asked, scope) for scope in (SCOPE, "semua"))
            _same(shown, full, [key])
        shown, full = (questions.answer("sebanding", asked, scope) for scope in (SCOPE, "semua"))
        own = ["ukuran", "nilai", "kelompok"]
        _same(shown.select(*own, "samar"), full.select(own), ["ukuran"])
        few = shown.filter(pl.col("jumlah_wilayah") < 4)
        assert few["median"].null_count() == few.height


def test_gaps_show_the_stocks_of_the_full_scope_and_the_whole_register(sample_data):
    asked = {"per_tanggal": DAYS[-1]}
    shown, full = (questions.answer("celah_kerja_sama", asked, scope) for scope in (SCOPE, "semua"))
    assert _same(shown, full, ["kode_wilayah"]) > 20
    for name in (
        "daftar_wilayah",
        "daftar_sumber",
        "tanda_kerja_sama",
        "angka_publikasi",
        "penilaian_wilayah",
    ):
        values = asked if "per_tanggal" in questions.CATALOGUE[name].parameters else {}
        shown, full = (questions.answer(name, values, scope) for scope in (SCOPE, "semua"))
        assert shown.drop("samar").equals(full)
        assert shown["samar"].null_count() == shown.height


def test_quarters_add_up_to_the_months_of_the_full_scope(sample_data):
    asked = {"per_tanggal": date(2025, 8, 15), "wilayah": OWN, "sejak": date(2024, 2, 10)}
    quarters, months = (questions.answer(name, asked) for name in ("arus_triwulan", "arus_bulanan"))
    assert quarters["triwulan"].to_list()[:2] == [date(2024, 3, 31), date(2024, 6, 30)]
    assert quarters["masuk"].sum() == months["masuk"].sum()
    assert quarters["ditutup"].sum() == months["ditutup"].sum()
    assert quarters["terbuka"].to_list()[-1] == months["terbuka"].to_list()[-1]
    assert quarters["lengkap"].to_list() == [False, True, True, True, True, True, False]


def test_a_region_without_laporan_shows_zeros_and_is_not_hidden_for_nothing(sample_data):
    with_few = questions.answer("ringkasan_wilayah", {"per_tanggal": DAYS[-1]}, SCOPE)
    shown = with_few.filter(pl.col("terbuka").is_not_null())
    assert shown.height >= 10
    assert with_few.filter(pl.col("masuk").is_between(1, 4)).is_empty()


def test_the_register_of_released_points_is_made_once_for_all_scopes_of_a_build(sample_data, monkeypatch):
    from pipelines import release

    warehouse.connect(SCOPE)
    monkeypatch.setattr(release, "of_regions", None)
    assert warehouse.connect("pemda:63.72").ask("select count(*) as n from titik")["n"].item() > 25
