"""What was read waits for a day without cells that were refused, and goes in as the file would have."""

import os
import stat
import time

import pytest

from pipelines import intake, lake, places, waiting

pytestmark = pytest.mark.usefixtures("without_build")
NIK = "6472010101900001"


@pytest.fixture
def kept(laporan):
    content = laporan(
        {}, {"tanggal_masuk": "31/02/2025"}, {"wilayah_terlapor": f"Budi {NIK}"}, {"Nama": "Siti"}
    )
    checked = intake.look_at("laporan", content, "a.csv", cakupan=["64"])
    keys = checked.refused_keys
    return content, waiting.keep(7, checked.result, checked.frame, keys, checked.sha256, None, ("64",))


def test_what_waits_goes_in_with_the_counts_of_the_file(kept, laporan):
    content, token = kept
    direct = intake.check_file("laporan", content, cakupan=["64"])
    done = intake.ingest_waiting(waiting.take(7, token), "budi")
    for name in ("rows", "accepted", "rejected", "new", "changed", "unchanged", "cakupan", "sejak"):
        assert getattr(done, name) == getattr(direct, name)
    assert done.rows == done.accepted + done.rejected
    assert lake.live("laporan")[0].by == "budi"
    again = intake.look_again(waiting.take(7, token))
    assert again.result.duplicate_of == done.batch


def test_nothing_of_a_person_and_no_refused_cell_is_written(kept):
    folder = places.state() / "menunggu"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not any(word in path.read_bytes() for path in files for word in (b"Siti", NIK.encode(), b"31/02"))
    for one in (folder, folder / "7"):
        assert stat.S_IMODE(one.stat().st_mode) == 0o700


def test_only_the_account_that_read_it_finds_it(kept):
    _, token = kept
    assert waiting.take(8, token) is None and waiting.listed(8) == []
    assert [told["token"] for told in waiting.listed(7)] == [token]


@pytest.mark.parametrize("token", ["../7", "x", "", "..", "/etc"])
def test_a_token_that_is_none_opens_nothing(kept, token):
    assert waiting.take(7, token) is None
    waiting.drop(7, token)
    assert len(waiting.listed(7)) == 1


def test_the_same_file_waits_once_and_is_forgotten_when_it_is_put_in(kept, laporan):
    content, _ = kept
    checked = intake.look_at("laporan", content, "a.csv")
    waiting.keep(7, checked.result, checked.frame, checked.refused_keys, checked.sha256)
    assert len(waiting.listed(7)) == 1
    waiting.drop_file(7, "laporan", "a.csv")
    assert waiting.listed(7) == []


def test_after_a_day_it_is_swept_away(kept, monkeypatch):
    _, token = kept
    folder = places.state() / "menunggu" / "7"
    (folder / ".tmp-abc").mkdir()
    os.utime(folder / ".tmp-abc", (0, 0))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + waiting.SECONDS + 1)
    assert waiting.take(7, token) is None
    waiting.sweep()
    assert list(folder.iterdir()) == []


def test_rows_that_can_stand_no_longer_are_refused_when_they_go_in(laporan):
    first = intake.ingest_file("laporan", laporan({}))
    closing = laporan({"tanggal_masuk": None, "tanggal_tutup": "07/01/2025"})
    checked = intake.look_at("laporan", closing, "tutup.csv")
    assert checked.result.accepted == 1
    token = waiting.keep(7, checked.result, checked.frame, checked.refused_keys, checked.sha256)
    intake.undo_batch(first.batch)
    result = intake.look_again(waiting.take(7, token)).result
    assert (result.rows, result.accepted, result.rejected) == (1, 0, 1)
    assert "belum dikenal" in result.problems["reason"][0]
