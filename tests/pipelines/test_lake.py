import json
import multiprocessing
import os
from datetime import date

import polars as pl
import pytest

from pipelines import lake, places
from pipelines.errors import UserError

ROWS = pl.DataFrame({"nomor_laporan": ["A/1", "A/2"], "baris": pl.Series([2, 3], dtype=pl.Int32)})


@pytest.fixture(autouse=True)
def _private(cermin_data):
    return cermin_data


def keep(sha="a" * 64, per_tanggal=date(2025, 1, 31), contoh=False, kind="laporan"):
    return lake.keep(
        kind,
        ROWS,
        file="a.csv",
        sha256=sha,
        rows=3,
        accepted=2,
        rejected=1,
        per_tanggal=per_tanggal,
        sejak=None,
        cakupan=("64",),
        by="Uji",
        contoh=contoh,
    )


def test_a_batch_is_a_folder_of_rows_and_a_manifest():
    batch = keep()
    assert batch.batch == "000001-laporan-aaaaaaaa"
    assert sorted(path.name for path in batch.path.parent.iterdir()) == ["manifest.json", "rows.parquet"]
    assert pl.read_parquet(batch.path).equals(ROWS)
    manifest = json.loads((batch.path.parent / "manifest.json").read_text())
    assert manifest["sha256"] == "a" * 64 and manifest["when"].endswith("+08:00")
    assert lake.batches() == [batch]


def test_lists_by_upload_and_folds_by_day_then_upload():
    late, early, same = keep("a" * 64), keep("b" * 64, date(2024, 1, 1)), keep("c" * 64)
    assert lake.batches() == [late, early, same]
    assert lake.live("laporan") == [early, late, same]
    assert lake.live("kegiatan") == []


def test_undo_is_a_mark_and_the_rows_stay():
    batch = keep()
    assert lake.undo(batch.batch, "Uji").live is False
    assert lake.live("laporan") == [] and batch.path.exists()
    assert [found.live for found in lake.batches()] == [False]


def test_undoing_twice_or_nothing_is_refused_with_a_sentence():
    batch = keep()
    lake.undo(batch.batch, "Uji")
    with pytest.raises(UserError, match="sudah dibatalkan"):
        lake.undo(batch.batch, "Uji")
    with pytest.raises(UserError, match="tidak ada"):
        lake.undo("000009-laporan-ffffffff", "Uji")


def test_holds_a_file_until_it_is_undone():
    batch = keep()
    assert lake.held("laporan", "a" * 64) == batch
    assert lake.held("kegiatan", "a" * 64) is None
    lake.undo(batch.batch, "Uji")
    assert lake.held("laporan", "a" * 64) is None
    assert keep().batch == "000002-laporan-aaaaaaaa"


def test_a_real_batch_hides_the_sample_even_before_the_mark_is_written():
    sample, real = keep("a" * 64, contoh=True), keep("b" * 64)
    assert lake.live("laporan") == [real]
    lake.recover()
    lake.undo(real.batch, "Uji")
    assert lake.live("laporan") == []
    assert (places.lake() / "undone" / f"{sample.batch}.json").exists()


def test_what_an_interrupted_write_left_is_removed_at_the_next_start():
    keep()
    leftover = places.lake() / ".tmp-0123"
    leftover.mkdir()
    (leftover / "rows.parquet").write_bytes(b"half")
    assert len(lake.batches()) == 1
    lake.recover()
    assert not leftover.exists() and len(lake.batches()) == 1


def test_a_folder_that_cannot_be_written_is_a_sentence_and_leaves_nothing(monkeypatch):
    keep()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        keep("b" * 64)
    assert len(lake.batches()) == 1
    assert not list(places.lake().glob(".tmp-*"))


def test_a_path_that_is_a_file_is_a_sentence_too(tmp_path, monkeypatch):
    (tmp_path / "berkas").write_text("bukan folder")
    monkeypatch.setenv("CERMIN_DATA", str(tmp_path / "berkas"))
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        keep()


def _hold(entered, leave):
    with lake.locked("ingest"):
        entered.set()
        leave.wait(20)


def test_a_second_process_is_told_to_wait():
    spawn = multiprocessing.get_context("spawn")
    entered, leave = spawn.Event(), spawn.Event()
    process = spawn.Process(target=_hold, args=(entered, leave))
    process.start()
    try:
        assert entered.wait(20)
        with pytest.raises(lake.Unavailable, match="sedang dikerjakan proses lain"):
            keep()
    finally:
        leave.set()
        process.join()
    assert keep().seq == 1


def test_the_same_thread_may_enter_a_lock_again():
    with lake.locked("ingest"), lake.locked("ingest"):
        assert keep().seq == 1
