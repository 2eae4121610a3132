"""What a build reads: shipped lists first, then the live batches in the order of the fold."""

from datetime import date
from pathlib import Path

from pipelines import contracts, lake, sources, warehouse
from tests.pipelines import extracts
from tests.pipelines.extracts import Extract, laporan

MAY, JUNE = date(2025, 5, 31), date(2025, 6, 30)


def test_batches_come_in_the_order_of_their_data_then_of_their_upload(cermin_data: Path):
    late = extracts.keep(Extract([laporan(1)], JUNE))
    early = extracts.keep(Extract([laporan(2)], MAY))
    later = extracts.keep(Extract([laporan(3)], JUNE))
    lake.undo(extracts.keep(Extract([laporan(4)], MAY)).batch, "uji")
    found = [batch.batch for batch in sources.in_fold_order(lake.batches(), "laporan")]
    assert found == [early.batch, late.batch, later.batch]
    assert found == [batch.batch for batch in lake.live("laporan")]


def test_every_shipped_list_and_register_is_loaded(cermin_data: Path):
    with warehouse.workbench() as bench:
        assert sources.load(bench) == {"staging/muat_laporan", "staging/muat_sp4n"}
        tables = set(warehouse.frame(bench, "select table_name from duckdb_tables()")["table_name"])
    assert tables >= {f"muat_{name}" for name in contracts.names()}
    assert tables >= {"muat_kalender", "muat_batch", "muat_laporan", "muat_sp4n"}


def test_an_uploaded_register_stands_behind_the_shipped_one(cermin_data: Path):
    row = {"id": "X", "kode_wilayah": "64.08", "instrumen": "Berita Acara", "per_tanggal": MAY}
    extracts.keep(Extract([row], MAY, kind="kerja_sama"))
    with warehouse.workbench() as bench:
        sources.load(bench)
        found = warehouse.frame(
            bench, "select id, urutan_batch from muat_kerja_sama order by id desc limit 2"
        )
    assert found.rows()[0] == ("X", 1) and found.rows()[1][1] == 0


def test_an_undone_batch_stays_listed(cermin_data: Path):
    batch = extracts.keep(Extract([laporan(1)], MAY, cakupan=("63", "64")))
    lake.undo(batch.batch, "uji")
    with warehouse.workbench() as bench:
        assert sources.load(bench) == {"staging/muat_laporan", "staging/muat_sp4n"}
        found = warehouse.frame(bench, "select * from muat_batch").row(0, named=True)
    assert (found["batch"], found["live"], found["urutan_batch"], found["cakupan"]) == (
        batch.batch,
        False,
        None,
        "63 | 64",
    )
