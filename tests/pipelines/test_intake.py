from datetime import date
from pathlib import Path

import pytest

from pipelines import build, contracts, dates, intake, lake, places, questions
from pipelines.errors import UserError
from pipelines.intake import WrongUse


def masuk(**values):
    frame = questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-12-31", **values})
    return dict(zip(frame["kode_provinsi"], frame["masuk"], strict=True))


@pytest.fixture
def covered():
    return {"per_tanggal": date(2025, 12, 31), "cakupan": ["63", "64"]}


def test_figures_move_with_a_file_and_back_with_its_undoing(cermin_data, laporan, covered):
    first = intake.ingest_file("laporan", laporan({}, {}), by="Uji", **covered)
    assert masuk()["64"] == 2
    second = intake.ingest_file("laporan", laporan({}, {}, {}, {}), by="Uji", **covered)
    assert (second.new, second.unchanged) == (2, 2)
    assert masuk()["64"] == 4
    intake.undo_batch(second.batch, by="Uji")
    assert masuk()["64"] == 2
    intake.undo_batch(first.batch, by="Uji")
    assert masuk()["64"] is None


def test_the_same_file_again_adds_nothing(cermin_data, laporan, covered):
    content = laporan({}, {"wilayah_terlapor": "Antah"})
    first = intake.ingest_file("laporan", content, **covered)
    again = intake.ingest_file("laporan", content, **covered)
    assert (again.batch, again.duplicate_of, again.succeeded) == (None, first.batch, True)
    assert (again.rows, again.accepted, again.rejected, again.unchanged) == (2, 1, 1, 1)
    assert len(lake.batches()) == 1


def test_an_undone_file_may_be_sent_again(cermin_data, laporan, covered):
    content = laporan({})
    first = intake.ingest_file("laporan", content, **covered)
    intake.undo_batch(first.batch)
    second = intake.ingest_file("laporan", content, **covered)
    assert second.batch and second.batch != first.batch
    assert masuk()["64"] == 1


def test_a_check_writes_nothing(cermin_data, laporan):
    result = intake.check_file("laporan", laporan({}))
    assert result.batch is None and result.accepted == 1
    assert not places.lake().exists()


def test_a_failed_build_keeps_neither_the_batch_nor_its_figures(cermin_data, laporan, covered, monkeypatch):
    intake.ingest_file("laporan", laporan({}), **covered)

    def broken(force=False):
        raise RuntimeError("rusak")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(build, "build", broken)
        intake.ingest_file("laporan", laporan({}, {}), **covered)
    assert [batch.live for batch in lake.batches()] == [True, False]
    build.ensure()
    assert masuk()["64"] == 1


@pytest.mark.parametrize("kind", contracts.KINDS)
def test_every_template_is_accepted_without_a_problem(without_build, kind):
    result = intake.ingest_file(kind, places.TEMPLATES / f"{kind}.csv")
    assert result.accepted == result.rows > 0
    assert result.problems.is_empty()


@pytest.mark.parametrize(
    ("kind", "options", "word"),
    [
        ("surat", {}, "laporan, kerja_sama"),
        ("laporan", {"per_tanggal": date(2100, 1, 1)}, "belum terjadi"),
        ("laporan", {"cakupan": ["64", "99"]}, "99"),
        ("laporan", {"date_order": "ymd"}, "dmy"),
        ("laporan", {"sejak": date(2025, 2, 1), "per_tanggal": date(2025, 1, 1)}, "--sejak"),
    ],
)
def test_wrong_use_is_a_sentence_before_anything_is_read(cermin_data, kind, options, word):
    with pytest.raises(WrongUse, match=word):
        intake.check_file(kind, Path("tidak-ada.csv"), **options)


def test_a_file_that_is_not_there_is_wrong_use(cermin_data, tmp_path):
    for path in (tmp_path / "tidak-ada.csv", tmp_path):
        with pytest.raises(WrongUse, match="tidak dapat dibaca"):
            intake.check_file("laporan", path)


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch, laporan):
    (tmp_path / "berkas").write_text("bukan folder")
    monkeypatch.setenv("CERMIN_DATA", str(tmp_path / "berkas"))
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        intake.ingest_file("laporan", laporan({}))


def test_dates_of_today_are_believed(without_build, laporan):
    today = dates.today()
    assert intake.check_file("laporan", laporan({"tanggal_masuk": today.isoformat()})).per_tanggal == today
