"""The watched folder: finished files once, a receipt beside each, and nothing lost when it is killed."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from pipelines import __main__ as command_line
from pipelines import inbox, lake, places, questions
from pipelines.errors import UserError
from pipelines.places import TEMPLATES

KILLED = Path(__file__).with_name("killed.py")
STATED = {"per_tanggal": date(2025, 12, 31), "cakupan": ("64",)}


@pytest.fixture
def folder(cermin_data: Path, tmp_path: Path) -> Path:
    made = tmp_path / "kotak"
    made.mkdir()
    return made


def take(folder: Path, kind: str | None = None, seconds: float = 0, **stated) -> dict[str, inbox.Taken]:
    return {one.told["file"]: one for one in inbox.take(folder, kind, seconds, **stated)}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def masuk() -> int:
    frame = questions.answer("ringkasan_provinsi", {"per_tanggal": "2025-12-31"})
    return dict(zip(frame["kode_provinsi"], frame["masuk"], strict=True))["64"]


def test_a_file_is_taken_once_with_its_receipts_beside_it(folder, laporan):
    (folder / "a.csv").write_bytes(laporan({}, {"Pelapor": "Budi"}, {"wilayah_terlapor": "Antah"}))
    taken = take(folder, **STATED)["a.csv"]
    assert taken.succeeded and taken.file == folder / "selesai" / "a.csv"
    beside = ["a.csv", "a.csv.ditolak.csv", "a.csv.kuitansi.json", "a.csv.kuitansi.txt"]
    assert names(folder / "selesai") == beside
    assert names(folder) == [".diproses", "ditolak", "selesai"] and names(folder / ".diproses") == []
    told = json.loads((folder / "selesai" / "a.csv.kuitansi.json").read_text())
    assert (told["kind"], told["accepted"], told["rejected"]) == ("laporan", 2, 1)
    assert told["batch"] == lake.live("laporan")[0].batch
    assert "Antah" in (folder / "selesai" / "a.csv.ditolak.csv").read_text(encoding="utf-8-sig")
    words = taken.note.read_text()
    assert "3 baris dibaca: 2 masuk (2 baru), 1 belum dapat masuk." in words
    assert "baris 4 (“Antah”)" in words and "undo 000001-laporan" in words
    assert "Budi" not in words and "Pelapor" in words
    assert lake.live("laporan")[0].by == "kotak masuk"
    assert take(folder) == {}
    assert (folder / "selesai").stat().st_mode & 0o077 == 0


def test_the_refused_rows_mended_and_dropped_again_get_in(folder, laporan):
    (folder / "a.csv").write_bytes(laporan({}, {"wilayah_terlapor": "Antah"}))
    take(folder, **STATED)
    mended = (
        (folder / "selesai" / "a.csv.ditolak.csv").read_text(encoding="utf-8-sig").replace("Antah", "Berau")
    )
    (folder / "mended.csv").write_text(mended)
    assert take(folder, **STATED)["mended.csv"].told["new"] == 1
    assert masuk() == 2


def test_each_kind_is_told_from_the_columns(folder):
    for path in TEMPLATES.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    taken = take(folder)
    assert {name: one.told["kind"] for name, one in taken.items()} == {
        f"{kind}.csv": kind for kind in _kinds()
    }
    assert all(one.succeeded for one in taken.values())


def _kinds() -> list[str]:
    return [path.stem for path in TEMPLATES.glob("*.csv")]


def test_what_fits_no_kind_and_what_holds_no_good_row_is_set_aside_with_a_reason(folder, laporan):
    (folder / "aneh.csv").write_bytes(b"a,b\n1,2\n")
    (folder / "gambar.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "salah.csv").write_bytes(laporan({"wilayah_terlapor": "Antah"}))
    taken = take(folder)
    assert not any(one.succeeded for one in taken.values())
    assert {"aneh.csv", "gambar.csv", "salah.csv", "salah.csv.ditolak.csv"} <= set(names(folder / "ditolak"))
    assert "nyatakan jenisnya" in taken["aneh.csv"].note.read_text()
    assert "belum satu pun dapat masuk" in taken["salah.csv"].note.read_text()
    assert lake.batches() == []


def test_the_same_content_again_adds_nothing_and_keeps_the_first_receipt(folder, laporan):
    (folder / "a.csv").write_bytes(laporan({}))
    first = take(folder, **STATED)["a.csv"]
    (folder / "a.csv").write_bytes(laporan({}))
    again = take(folder, **STATED)["a.csv"]
    assert again.succeeded and again.told["duplicate_of"] == first.told["batch"]
    assert again.file != first.file and first.file.exists() and again.file.name.startswith("a-")
    assert "sudah dimuat sebelumnya" in again.note.read_text()
    assert len(lake.batches()) == 1


def test_part_files_hidden_files_links_and_folders_stay(folder, laporan):
    (folder / "besar.csv.part").write_bytes(laporan({}))
    (folder / ".diam.csv").write_bytes(laporan({}))
    (folder / "~$buka.xlsx").write_bytes(b"x")
    (folder / "sub").mkdir()
    (folder / "tautan.csv").symlink_to(TEMPLATES / "laporan.csv")
    assert take(folder) == {}
    assert {"besar.csv.part", ".diam.csv", "~$buka.xlsx", "sub", "tautan.csv"} <= set(names(folder))


def test_a_file_that_still_grows_is_left_for_the_next_run(folder, laporan):
    path = folder / "a.csv"
    path.write_bytes(laporan({})[:20])
    (folder / "tenang.csv").write_bytes(laporan({}))

    def grow() -> None:
        for _ in range(10):
            time.sleep(0.05)
            with path.open("ab") as handle:
                handle.write(b" ")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        assert list(take(folder, seconds=0.3, **STATED)) == ["tenang.csv"]
    finally:
        writer.join()
    assert path.exists()


def test_a_file_at_rest_is_not_waited_for(folder, monkeypatch):
    (folder / "a.csv").write_bytes(b"a")
    monkeypatch.setattr(time, "time", lambda: (folder / "a.csv").stat().st_ctime + 100)
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("waited"))
    assert inbox.finished(folder, 30) == [folder / "a.csv"]


def test_two_runs_at_once_do_not_meet(folder, laporan):
    (folder / "a.csv").write_bytes(laporan({}))
    refused = []

    def other() -> None:
        try:
            take(folder)
        except UserError as refusal:
            refused.append(str(refusal))

    with lake.locked("inbox"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "proses lain" in refused[0] and (folder / "a.csv").exists()


def test_a_lake_at_work_leaves_the_files_for_the_next_run(folder, laporan):
    (folder / "a.csv").write_bytes(laporan({}))
    words = [sys.executable, "-m", "pipelines", "ingest", "--inbox", str(folder), "--tunggu", "0"]
    with lake.locked("ingest"):
        done = subprocess.run(words, capture_output=True, text=True, cwd=places.ROOT, timeout=60)
    assert done.returncode == 1 and "proses lain" in done.stderr
    assert (folder / "a.csv").exists()
    assert take(folder, **STATED)["a.csv"].succeeded


def test_the_command_line_tells_each_file_and_its_receipt(folder, laporan, capsys):
    (folder / "a.csv").write_bytes(laporan({}))
    (folder / "b.csv").write_bytes(b"a,b\n1,2\n")
    assert command_line.main(["ingest", "--inbox", str(folder), "--tunggu", "0", "--by", "Sari"]) == 1
    streams = capsys.readouterr()
    assert "a.csv: masuk; lihat" in streams.err and "b.csv: ditolak; lihat" in streams.err
    assert [one["kind"] for one in json.loads(streams.out)] == ["laporan", None]
    assert command_line.main(["ingest", "--inbox", str(folder), "--tunggu", "0", "laporan"]) == 0
    assert "Tidak ada berkas" in capsys.readouterr().err
    assert lake.live("laporan")[0].by == "Sari"


@pytest.mark.parametrize(
    "words", [["--inbox", "tidak/ada"], ["--inbox", ".", "laporan", "a.csv"], ["laporan"], []]
)
def test_wrong_use_is_told(cermin_data, capsys, words):
    assert command_line.main(["ingest", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.kill
def test_a_kill_at_any_step_loses_nothing_and_the_next_run_writes_the_whole_receipt(folder, laporan):
    content = laporan({}, {}, {"wilayah_terlapor": "Antah"})
    words = [
        "ingest",
        "--inbox",
        str(folder),
        "--tunggu",
        "0",
        "--per-tanggal",
        "2025-12-31",
        "--cakupan",
        "64",
    ]
    environment = dict(os.environ) | {"PYTHONPATH": str(places.ROOT)}
    for step in range(1, 60):
        (folder / "a.csv").write_bytes(content)
        ran = subprocess.run(
            [sys.executable, str(KILLED), str(step), *words],
            env=environment,
            cwd=places.ROOT,
            capture_output=True,
        )
        take(folder, **STATED)
        (batch,) = lake.live("laporan")
        told = json.loads((folder / "selesai" / "a.csv.kuitansi.json").read_text())
        assert (told["batch"], told["accepted"], told["new"]) == (batch.batch, 2, 2), step
        assert "Antah" in (folder / "selesai" / "a.csv.ditolak.csv").read_text(encoding="utf-8-sig"), step
        assert (folder / "selesai" / "a.csv").read_bytes() == content
        assert names(folder) == [".diproses", "ditolak", "selesai"] and names(folder / ".diproses") == []
        assert masuk() == 2
        lake.undo(batch.batch, "uji")
        for left in (folder / "selesai").iterdir():
            left.unlink()
        if ran.returncode == 0:
            break
    assert 5 < step < 59, "the steps of a whole run were gone through"
