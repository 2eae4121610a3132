"""The one door to DuckDB: read-only, a cursor per use, the pointer, and nothing from outside."""

import threading
from pathlib import Path

import polars as pl
import pytest

from pipelines import build, places, warehouse
from pipelines.errors import UserError


def test_there_is_nothing_to_open_before_the_first_build(cermin_data: Path):
    assert (warehouse.current(), warehouse.build_id()) == (None, None)
    with pytest.raises(UserError, match="belum dibangun"):
        warehouse.connect()


def test_a_reader_cannot_write(sample_data: Path):
    with warehouse.connect().cursor() as cursor, pytest.raises(warehouse.Error, match="read-only"):
        cursor.execute("create table gudang.main.x as select 1")


def test_a_reader_cannot_reach_files(sample_data: Path):
    with (
        warehouse.connect().cursor() as cursor,
        pytest.raises(warehouse.Error, match=r"[Pp]ermission|disabled"),
    ):
        cursor.execute(f"select * from read_csv('{places.REFERENCE / 'wilayah.csv'}')")


def test_the_connection_is_kept_until_the_pointer_moves(cermin_data: Path):
    build.build()
    first = warehouse.connect()
    assert warehouse.connect() is first
    build.build(force=True)
    second = warehouse.connect()
    assert second is not first and second.file == warehouse.current()
    assert first.ask("select count(*) as n from wilayah").item() == 25, (
        "who has begun with the old one ends with it"
    )


def test_a_build_id_is_read_from_the_name(tmp_path: Path):
    for name in ("warehouse-0123abcd.duckdb", "warehouse-0123abcd-ffff.duckdb"):
        assert warehouse.build_of(tmp_path / name) == "0123abcd"


def test_whole_numbers_are_int64_and_dates_are_dates(sample_data: Path):
    found = warehouse.connect().ask(
        "select sum(1) as a, 1::tinyint as b, 1.5::decimal(4,1) as c, date '2025-01-31' as d, null as e,"
        " count(*) as f, true as g, 1::decimal(38,0) as h, 0.5::float as i"
    )
    assert list(found.schema.values()) == [
        pl.Int64, pl.Int64, pl.Float64, pl.Date, pl.String, pl.Int64, pl.Boolean, pl.Int64, pl.Float64,
    ]  # fmt: skip


def test_an_answer_without_rows_keeps_its_columns(sample_data: Path):
    found = warehouse.connect().ask("select kode_wilayah, penduduk from wilayah where false")
    assert found.schema == {"kode_wilayah": pl.String, "penduduk": pl.Int64}


def test_many_threads_share_a_warehouse(sample_data: Path):
    faults: list[BaseException] = []
    counts: list[int] = []

    def read() -> None:
        try:
            for _ in range(25):
                counts.append(warehouse.connect().ask("select count(*) as n from laporan").item())
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not faults and len(set(counts)) == 1 and len(counts) == 200


def test_a_folder_with_a_quote_in_its_name_is_attached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CERMIN_DATA", str(tmp_path / "o'brien"))
    build.build()
    assert warehouse.connect().ask("select count(*) as n from wilayah").item() == 25
