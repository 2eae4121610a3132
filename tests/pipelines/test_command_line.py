"""The command line as people and scripts meet it: a process, its exit code, its two streams."""

import json
import os
import subprocess
import sys

import pytest

from pipelines import __main__ as command_line
from pipelines.places import ROOT

SHAPE = [
    *["batch", "kind", "file", "encoding", "delimiter", "date_order", "rows", "accepted", "rejected"],
    *["new", "changed", "unchanged", "dropped_columns", "problems"],
]


@pytest.fixture
def run(cermin_data):
    def ran(*arguments):
        words = [sys.executable, "-m", "pipelines", *map(str, arguments)]
        return subprocess.run(
            words, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), timeout=120
        )

    return ran


@pytest.fixture
def called(cermin_data, capsys):
    """The same in this process, for speed: exit code, stdout, stderr."""

    def ran(*arguments):
        try:
            code = command_line.main([str(word) for word in arguments])
        except SystemExit as stopped:
            code = stopped.code
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return ran


@pytest.fixture
def file(tmp_path):
    def written(content, name="laporan.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written


def test_from_a_file_to_a_figure_and_back(run, file, laporan):
    path = file(laporan({"Pelapor": "Budi"}, {"wilayah_terlapor": "Antah"}))
    done = run(
        "ingest",
        "laporan",
        path,
        "--per-tanggal",
        "2025-12-31",
        "--cakupan",
        "64,63",
        "--by",
        "Uji",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said)[: len(SHAPE)] == SHAPE
    assert (said["rows"], said["accepted"], said["rejected"], said["new"]) == (2, 1, 1, 1)
    assert said["dropped_columns"] == ["Pelapor"] and said["date_order"] == "dmy"
    assert set(said["problems"][0]) == {"row", "column", "value", "reason", "fix", "level"}
    assert "1 ditolak" in done.stderr and "Budi" not in done.stdout + done.stderr

    [batch] = json.loads(run("batches", "--json").stdout)
    expected = {
        "batch": said["batch"],
        "kind": "laporan",
        "file": "laporan.csv",
        "rows": 2,
        "per_tanggal": "2025-12-31",
    }
    assert expected | {"by": "Uji", "live": True} == {key: batch[key] for key in (*expected, "by", "live")}

    asked = run("ask", "ringkasan_provinsi", "per_tanggal=2025-12-31", "--json")
    figures = {row["kode_provinsi"]: row["masuk"] for row in json.loads(asked.stdout)}
    assert figures["64"] == 1 and figures["63"] == 0
    assert run("undo", said["batch"]).returncode == 0
    [batch] = json.loads(run("batches", "--json").stdout)
    assert batch["live"] is False


def test_the_same_file_again_is_no_failure(called, file, laporan):
    path = file(laporan({}))
    assert called("ingest", "laporan", path, "--json")[0] == 0
    code, out, err = called("ingest", "laporan", path, "--json")
    assert code == 0 and json.loads(out)["batch"] is None and json.loads(out)["duplicate_of"]
    assert "sudah dimuat" in err


def test_nothing_accepted_ends_with_one_and_the_reasons(called, file, laporan):
    code, out, err = called("ingest", "laporan", file(laporan({"tanggal_masuk": "12/31/2024"})), "--json")
    assert code == 1
    assert json.loads(out)["accepted"] == 0 and "--date-order" in json.loads(out)["problems"][0]["fix"]
    assert "--date-order" in err
    assert called("batches", "--json")[1].strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["muat"],
        ["check", "surat", "a.csv"],
        ["check", "laporan"],
        ["check", "laporan", "tidak-ada.csv"],
        ["check", "laporan", "a.csv", "--per-tanggal", "kemarin"],
        ["check", "laporan", "a.csv", "--date-order", "ymd"],
        ["undo", "000001-laporan-ffffffff"],
        ["sample", "--rows", "0", "--out", "a.csv"],
        ["ask", "ringkasan_provinsi", "per_tanggal"],
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(called, arguments):
    code, out, err = called(*arguments)
    assert code == 2 and out == "" and err.strip()
    assert "Traceback" not in err


def test_wrong_questions_end_with_two(sample_data, capsys):
    for words in (["tidak_ada"], ["arus_bulanan", "warna=biru"], ["arus_bulanan", "wilayah=99.99"]):
        assert command_line.main(["ask", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_an_answer_is_a_table_for_people_and_objects_for_scripts(sample_data, capsys):
    assert command_line.main(["ask", "daftar_wilayah"]) == 0
    assert "Kabupaten Kutai Timur" in capsys.readouterr().out
    assert command_line.main(["ask", "tanggal_data", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert row["contoh"] is True and row["per_tanggal_terakhir"].count("-") == 2


@pytest.mark.parametrize("verb", ["check", "ingest", "undo", "batches", "build", "ask", "sample", "bench"])
def test_every_verb_explains_itself(called, verb):
    code, out, _ = called(verb, "--help")
    assert code == 0 and "usage" in out


def test_refused_rows_are_written_with_their_reasons(called, file, laporan, tmp_path):
    path, refused = file(laporan({}, {"wilayah_terlapor": "Antah"})), tmp_path / "ditolak.csv"
    assert called("check", "laporan", path, "--tolakan", refused)[0] == 0
    head, row = refused.read_text(encoding="utf-8-sig").splitlines()
    assert head.endswith("alasan,cara_memperbaiki") and row.startswith("3,") and "Antah" in row


def test_a_sample_file_is_the_same_every_time(called, tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (first, second):
        assert called("sample", "--rows", "50", "--seed", "7", "--out", path)[0] == 0
    assert first.read_bytes() == second.read_bytes()
    assert first.read_text().count("CONTOH/") >= 50


def test_a_fault_of_ours_has_a_number_and_no_traceback_for_people(called, monkeypatch):
    def broken():
        raise RuntimeError("isi yang rahasia")

    monkeypatch.setattr(command_line.lake, "batches", broken)
    code, out, err = called("batches")
    assert code == 1 and out == "" and "nomor" in err and "rahasia" not in err
