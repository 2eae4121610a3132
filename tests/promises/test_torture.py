"""Every file of a torture collection through the whole path: taken once, counted, explained, bounded."""

import json
import os
import subprocess
import sys

import pytest

from pipelines import places

SLOWEST, MOST_MB = 60, 1500
READABLE = {
    *("laporan [1] *.csv", "nama ? {a,b} #%41.csv", "-rf.csv", "pemisah-satuan.csv", "campur.csv"),
    *("baris-dalam-sel.csv", "nakal.csv", "baik.xlsx", "makro.xlsm", "csv-bernama.xlsx"),
    *("tanda-pisah-sep.csv", "seratus-ribu-baris-kosong.csv", "xlsx-bernama.csv"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("siksa")
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.torture", str(folder)],
        cwd=places.ROOT,
        env=os.environ | {"PYTHONPATH": str(places.ROOT)},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_every_file_is_taken_and_none_is_left(run):
    assert sorted(one["file"] for one in run["told"]) == sorted(run["offered"])
    assert sorted(run["left"]) == [".diproses", "ditolak", "selesai"]


def test_no_file_ends_in_a_fault_of_ours(run):
    assert [one["file"] for one in run["told"] if "galat pada program" in (one["catatan"] or "")] == []


def test_every_row_is_accepted_or_refused_with_a_reason(run):
    for one in run["told"]:
        assert one["rows"] == one["accepted"] + one["rejected"], one["file"]
        refused = [problem for problem in one["problems"] if problem["level"] == "tolak"]
        assert all(problem["reason"] for problem in refused)
        assert one["succeeded"] or refused or one["catatan"], one["file"]
        assert not one["rejected"] or refused, one["file"]


def test_what_a_person_could_read_is_read(run):
    assert READABLE - {one["file"] for one in run["told"] if one["accepted"] or one["duplicate_of"]} == set()


def test_time_and_memory_are_bounded(run):
    assert max(one["seconds"] for one in run["told"]) < SLOWEST
    assert run["peak_mb"] < MOST_MB
