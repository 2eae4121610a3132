"""Building: the same figures again, checks that stop, one at a time, and nothing lost by a kill."""

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines import build, lake, places, questions, warehouse
from pipelines.errors import UserError
from tests.pipelines import extracts
from tests.pipelines.expected import required
from tests.pipelines.extracts import Extract, laporan

DAY = date(2025, 3, 31)


def upload(number: int, code: str = "64.08") -> lake.Batch:
    row = laporan(number, tanggal_masuk=date(2025, 1, 10), wilayah_terlapor=code)
    return extracts.keep(Extract([row], DAY, date(2025, 1, 1)))


def received() -> int:
    """The number of laporan that the current warehouse tells."""
    return questions.answer("ringkasan_provinsi", {"per_tanggal": DAY})["masuk"].to_list()[-1]


def everything() -> dict[str, pl.DataFrame]:
    return {name: questions.answer(name, required(name)) for name in questions.CATALOGUE}


def test_building_twice_gives_the_same_figures_in_another_file(cermin_data: Path):
    upload(1)
    first = build.build()
    figures, file = everything(), warehouse.current()
    assert build.build(force=True) == first
    assert warehouse.current() != file
    for name, frame in everything().items():
        assert frame.equals(figures[name]), name


def test_the_build_id_says_what_went_in(cermin_data: Path):
    empty = build.build()
    batch = upload(1)
    one = build.build()
    assert one != empty and build.build() == one and warehouse.build_id() == one
    lake.undo(batch.batch, "uji")
    assert build.build() not in (one, empty)
    assert all(len(found) == 16 for found in (empty, one))


def test_the_same_inputs_are_not_built_again(cermin_data: Path):
    build.build()
    file = warehouse.current()
    written = file.stat().st_ino
    build.build()
    assert build.ensure() == warehouse.build_id()
    assert (warehouse.current(), file.stat().st_ino) == (file, written)


def test_ensure_builds_when_the_lake_has_moved_or_the_file_is_gone(cermin_data: Path):
    build.ensure()
    upload(1)
    build.ensure()
    assert received() == 1
    warehouse.current().unlink()
    assert warehouse.current() is None and warehouse.build_id() is None
    build.ensure()
    assert received() == 1


def test_three_warehouses_are_kept_and_nothing_else(cermin_data: Path):
    for number in range(5):
        upload(number)
        build.build()
    assert received() == 5
    assert len(list(places.warehouse().glob("warehouse-*.duckdb"))) == 3
    assert len(list(places.warehouse().iterdir())) == 4


def _break(path: Path, batch: lake.Batch, frame: pl.DataFrame) -> None:
    path.unlink()
    frame.write_parquet(path)


def test_a_row_lost_on_the_disk_stops_the_build_and_the_old_one_answers(cermin_data: Path):
    upload(1)
    build.build()
    batch = upload(2)
    _break(batch.path, batch, extracts.frame([]))
    with pytest.raises(UserError, match="baris_cocok_dengan_lake") as refusal:
        build.build()
    assert "Gudang sebelumnya tetap dipakai" in str(refusal.value)
    assert received() == 1


def test_an_unknown_region_stops_the_build_and_the_old_one_answers(cermin_data: Path):
    upload(1)
    build.build()
    upload(2, code="64.99")
    with pytest.raises(UserError, match=r"wilayah_dikenal.*64\.99"):
        build.build()
    assert received() == 1
    assert not list(places.warehouse().glob("*.tmp*"))


def test_an_unknown_instrument_stops_the_build(cermin_data: Path):
    row = {"id": "X", "kode_wilayah": "64.08", "instrumen": "Janji", "per_tanggal": DAY}
    extracts.keep(Extract([row], DAY, kind="kerja_sama"))
    with pytest.raises(UserError, match="istilah_kerja_sama_dikenal"):
        build.build()


def test_a_question_that_no_longer_fits_stops_the_build(cermin_data: Path, monkeypatch: pytest.MonkeyPatch):
    question = questions.CATALOGUE["daftar_wilayah"]
    monkeypatch.setattr(type(question), "text", property(lambda self: "select * from tidak_ada"))
    with pytest.raises(warehouse.Error, match="tidak_ada"):
        build.build()
    assert warehouse.current() is None


def test_two_builds_at_once_are_refused_with_a_sentence(cermin_data: Path):
    build.build()
    code = "from pipelines import build; build.build(force=True)"
    with lake.locked("build"):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=places.ROOT)
    assert run.returncode == 1
    assert "dikerjakan proses lain" in run.stderr


def test_readers_move_to_a_new_warehouse_as_a_whole(cermin_data: Path):
    """Each answer is one of the built states and never an older one; nothing fails during the swaps."""
    upload(0)
    build.build()
    seen: list[list[int]] = [[] for _ in range(2)]
    faults: list[BaseException] = []
    done = threading.Event()

    def read(into: list[int]) -> None:
        try:
            while not done.is_set():
                into.append(received())
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read, args=(into,)) for into in seen]
    for reader in readers:
        reader.start()
    for number in range(1, 5):
        upload(number)
        build.build()
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert all(into == sorted(into) and set(into) <= set(range(1, 6)) for into in seen)
    assert received() == 5


@pytest.mark.kill
def test_a_kill_at_any_moment_leaves_a_warehouse_that_answers(cermin_data: Path):
    upload(1)
    build.build()
    upload(2)
    moments = []
    for moment in range(1, 40):
        run = subprocess.run(
            [sys.executable, "-m", "tests.pipelines.dying_build", str(moment)],
            capture_output=True,
            text=True,
            cwd=places.ROOT,
        )
        moments.append(received())
        assert moments[-1] in (1, 2), moment
        if run.returncode == 0:
            break
        assert run.returncode == -9, run.stderr
        if moments[-1] == 2:  # published already: start again from the old one
            old = next(f for f in places.warehouse().glob("warehouse-*.duckdb") if f != warehouse.current())
            warehouse.current().unlink()
            warehouse.publish(old)
    assert run.returncode == 0, "the build never came to its end"
    assert len(moments) > 8 and moments == sorted(moments)
    assert received() == 2
    assert not list(places.warehouse().glob("*.tmp*"))


def every_table(file: Path) -> dict[str, pl.DataFrame]:
    """Every row of every table of a warehouse, in the order in which it holds them."""
    with warehouse.workbench() as bench:
        bench.execute("attach $berkas as g (read_only)", {"berkas": str(file)})
        names = warehouse.frame(bench, "select table_name from duckdb_tables() where database_name = 'g'")
        return {name: warehouse.frame(bench, f"from g.{name}") for name in sorted(names["table_name"])}


def test_a_build_that_copies_the_lists_of_the_one_before_equals_one_that_reads_them(cermin_data: Path):
    upload(1)
    for identity in ("X", "Y"):
        row = {"id": identity, "kode_wilayah": "64.08", "instrumen": "Berita Acara", "per_tanggal": DAY}
        extracts.keep(Extract([row], DAY, kind="kerja_sama"))
        upload(2 if identity == "X" else 3)
        build.build()
    copied, file = every_table(warehouse.current()), warehouse.current()
    build.build(force=True)
    read = every_table(warehouse.current())
    assert warehouse.current() != file and copied.keys() == read.keys()
    assert "muat_sumber" in read and read["muat_kerja_sama"]["urutan_batch"].max() == 2
    for name, frame in read.items():
        if name.startswith("muat_"):
            assert copied[name].equals(frame), name
        assert sorted(map(str, copied[name].rows())) == sorted(map(str, frame.rows())), name


def test_a_damaged_warehouse_is_no_reason_not_to_build_the_next(cermin_data: Path):
    upload(1)
    build.build()
    warehouse.current().write_bytes(b"rusak")
    upload(2)
    build.build()
    assert received() == 2
