"""The synthetic extract: the same every time, shaped after what was published, consistent within each row."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from pipelines import build, errors, intake, lake, places, sample, warehouse
from pipelines.sample import shape

STEPS = [
    "tanggal_masuk",
    "tanggal_verifikasi",
    "tanggal_pleno",
    "tanggal_lhp",
    "tanggal_resmon",
    "tanggal_tutup",
]


@pytest.fixture(scope="module")
def contacts() -> pl.DataFrame:
    return sample.frame()


@pytest.fixture(scope="module")
def laporan(contacts: pl.DataFrame) -> pl.DataFrame:
    return contacts.filter(pl.col("tipe_laporan").is_in(["LM", "RCO", "IAPS"]))


def test_writes_the_same_bytes_for_the_same_seed(tmp_path):
    sample.write(tmp_path / "satu.csv", 500, seed=7)
    sample.write(tmp_path / "dua.csv", 500, seed=7)
    sample.write(tmp_path / "lain.csv", 500, seed=8)
    assert (tmp_path / "satu.csv").read_bytes() == (tmp_path / "dua.csv").read_bytes()
    assert (tmp_path / "satu.csv").read_bytes() != (tmp_path / "lain.csv").read_bytes()


@pytest.mark.parametrize("rows", [1, 40, 777])
def test_writes_as_many_rows_as_asked(tmp_path, rows):
    assert sample.write(tmp_path / "a.csv", rows) == rows
    assert len(pl.read_csv(tmp_path / "a.csv", infer_schema=False)) == rows


def test_holds_about_three_thousand_laporan_and_more_akses(contacts, laporan):
    assert 2900 <= len(laporan) <= 3100
    assert len(contacts) > 2 * len(laporan)


def test_leaves_konsultasi_and_tembusan_out_when_told(laporan):
    only = sample.frame(1000, akses=False)
    assert len(only) == 1000
    assert set(only["tipe_laporan"]) == set(laporan["tipe_laporan"])


def test_every_number_says_that_it_is_an_example(contacts):
    for column in ("nomor_laporan", "nomor_agenda"):
        assert contacts[column].drop_nulls().str.starts_with("CONTOH/").all()
        assert contacts[column].drop_nulls().is_unique().all()
    assert contacts["nomor_agenda"].null_count() == 0


def test_dates_follow_the_order_of_the_stages_and_stay_within_the_period(contacts):
    dates = contacts.select(pl.col(STEPS).str.to_date())
    for earlier, later in pairwise(STEPS):
        assert dates.filter(pl.col(earlier) > pl.col(later)).is_empty(), (earlier, later)
    assert dates.filter(pl.col("tanggal_masuk") > pl.col("tanggal_tutup")).is_empty()
    assert dates.min_horizontal().min() >= date(2020, 12, 31)
    assert dates.max_horizontal().max() <= shape.LAST


def test_the_stage_agrees_with_the_dates(laporan):
    dated = laporan.filter(pl.col("tanggal_tutup").is_not_null())
    assert set(dated["tahap"]) == {"Ditutup"}
    undated = laporan.filter(pl.col("tahap") == "Ditutup", pl.col("tanggal_tutup").is_null())
    assert len(undated) >= 5
    in_lhp = laporan.filter(pl.col("tahap") == "LHP")
    assert in_lhp["tanggal_lhp"].null_count() == 0 and len(in_lhp) > 0
    assert laporan.filter(pl.col("kesimpulan_lhp").is_null() != pl.col("tanggal_lhp").is_null()).is_empty()


def test_some_lhp_wait_too_long_for_a_follow_up(laporan):
    waiting = laporan.filter(
        pl.col("kesimpulan_lhp") == "ditemukan Maladministrasi",
        pl.col("tahap") == "LHP",
        pl.col("tanggal_lhp").str.to_date() < pl.date(2026, 9, 1),
    )
    assert len(waiting) >= 3


def test_durations_are_skewed_to_the_right(laporan):
    closed = laporan.with_columns(pl.col("tanggal_masuk", "tanggal_tutup").str.to_date())
    days = closed.select((pl.col("tanggal_tutup") - pl.col("tanggal_masuk")).dt.total_days()).to_series()
    assert days.mean() > 1.25 * days.median()


def test_one_matter_brings_about_sixty_laporan_from_one_regency_within_two_weeks(laporan):
    matters = laporan.drop_nulls("peristiwa")
    biggest = matters["peristiwa"].value_counts(sort=True)["peristiwa"][0]
    reports = matters.filter(pl.col("peristiwa") == biggest)
    days = reports["tanggal_masuk"].str.to_date()
    assert 55 <= len(reports) <= 65
    assert (days.max() - days.min()).days < 14
    assert reports["substansi"].n_unique() == 1
    assert reports["nomor_agenda"].str.slice(7, 2).n_unique() == 1


def test_covers_every_region_substansi_jenis_and_channel(laporan):
    spelled = {way: code for code, ways in shape.spellings().items() for way in ways}
    regions = {spelled[text] for text in laporan["wilayah_terlapor"].drop_nulls()}
    assert regions == set(shape.table("wilayah")["kode_wilayah"])
    assert set(laporan["substansi"]) == set(shape.table("substansi")["istilah"])
    assert set(laporan["cara_penyampaian"]) == set(shape.table("cara_penyampaian")["istilah"])
    jenis = laporan["maladministrasi"].drop_nulls().str.split(" | ").explode()
    assert set(jenis) == set(shape.table("maladministrasi")["istilah"])
    assert laporan["maladministrasi"].str.contains("|", literal=True).sum() > 100


def test_about_two_in_a_hundred_name_no_region(contacts):
    assert 0.01 < contacts["wilayah_terlapor"].null_count() / len(contacts) < 0.03


def test_follows_the_published_totals_of_province_and_year(laporan):
    """The published LM of 2025 are 298 and 188 (to 22 December): their ratio has to show in the sample."""
    year = laporan.filter(pl.col("tipe_laporan") == "LM", pl.col("tanggal_masuk").str.starts_with("2025"))
    counts = dict(year.group_by(pl.col("nomor_agenda").str.slice(7, 2)).len().iter_rows())
    assert counts["63"] / counts["64"] == pytest.approx(298 / (188 * 365 / 356), rel=0.15)


def test_a_missing_year_lies_between_its_neighbours():
    by_year = shape.per_year("63", "laporan_masyarakat")
    assert by_year[2023] < by_year[2024] < by_year[2025]


def test_every_substansi_has_a_body_to_report():
    assert set(shape.table("contoh_instansi")["substansi"]) == set(shape.table("substansi")["istilah"])
    assert set(shape.table("contoh_instansi")["kelompok_instansi"]) <= set(
        shape.table("kelompok_terlapor")["istilah"]
    )


def test_a_bench_file_is_wide_and_partly_broken(tmp_path):
    sample.write(tmp_path / "b.csv", 5000, prefix="BENCH/", akses=False, with_free_text=True, bad_share=0.01)
    wide = pl.read_csv(tmp_path / "b.csv", infer_schema=False)
    assert {"NIK", "Kronologi", "Nama Pelapor"} <= set(wide.columns)
    assert 350 < (tmp_path / "b.csv").stat().st_size / 5000 < 500
    assert 1 <= (wide["wilayah_terlapor"] == "Antah Berantah").sum() <= 50


def test_the_contract_accepts_every_row_without_a_problem(tmp_path, cermin_data):
    rows = sample.write(tmp_path / "contoh.csv")
    result = intake.check_file("laporan", tmp_path / "contoh.csv", per_tanggal=shape.LAST)
    assert (result.rows, result.accepted, result.rejected) == (rows, rows, 0)
    assert len(result.problems) == 0


def test_the_contract_refuses_the_broken_rows_of_a_bench_file_and_only_those(tmp_path, cermin_data):
    sample.write(tmp_path / "b.csv", 3000, prefix="BENCH/", akses=False, with_free_text=True, bad_share=0.02)
    result = intake.check_file("laporan", tmp_path / "b.csv", per_tanggal=shape.LAST)
    assert 30 <= result.rejected <= 90
    assert {"NIK", "Kronologi", "Nama Pelapor"} <= set(result.dropped_columns)


def test_is_loaded_once_as_an_ordinary_batch_of_examples(cermin_data):
    sample.ensure_loaded()
    sample.ensure_loaded()
    (batch,) = lake.batches()
    assert (batch.kind, batch.contoh, batch.by, batch.rejected) == ("laporan", True, "contoh", 0)
    assert (batch.per_tanggal, batch.sejak, batch.cakupan) == (shape.LAST, shape.FIRST, ("63", "64"))
    assert list(places.state().glob("**/*.csv")) == []


def test_loading_does_not_build(cermin_data):
    sample.ensure_loaded()
    assert not places.warehouse().exists() or not list(places.warehouse().glob("*.duckdb"))


def test_once_undone_it_never_comes_back_by_itself(sample_copy):
    intake.undo_batch(lake.live("laporan")[0].batch, by="uji")
    sample.ensure_loaded()
    assert lake.live("laporan") == []


def test_a_failing_build_leaves_the_sample_for_the_next_one(cermin_data, monkeypatch):
    sample.ensure_loaded()
    with monkeypatch.context() as broken:
        broken.setattr(build, "check", _refuse)
        with pytest.raises(errors.UserError):
            build.build()
    build.build()
    assert warehouse.build_id()
    assert len(lake.live("laporan")) == 1


def _refuse(*_given: object) -> None:
    raise errors.UserError("register rusak")
