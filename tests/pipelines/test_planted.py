"""Planted names, NIK and telephone numbers: after uploads none of them stands in any file of CERMIN_DATA."""

import sqlite3
from pathlib import Path

import duckdb
import polars as pl
import pytest

from access import accounts, audit
from bench import signing
from pipelines import build, intake

NAME, NIK, PHONE = "Siti Zulaikha Rahmawati", "6408015512900003", "081254417788"
STORY = f"{NAME} mengadu; hubungi {PHONE}"
HEAD = "nomor_laporan,tanggal_masuk,wilayah_terlapor,instansi_terlapor,Nama Pelapor,NIK,No HP,kronologi\n"
ROWS = (
    f"1/LM/2026,03/02/2026,64.08,Dinas Pendidikan,{NAME},{NIK},{PHONE},{STORY}\n"
    f"2/LM/2026,04/02/2026,64.08,{NIK},{NAME},{NIK},{PHONE},{STORY}\n"
    f"3/LM/2026,31/02/2026,64.08,{PHONE},{NAME},{NIK},{PHONE},{STORY}\n"
)
PLANTED = (NAME, "Zulaikha", NIK, PHONE, PHONE.lstrip("0"))


@pytest.fixture
def uploaded(cermin_data: Path, tmp_path: Path) -> Path:
    """A CERMIN_DATA after an upload with all of it, a refused file, an undone batch and a failed sign-in."""
    file = tmp_path / "ekstrak.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    result = intake.ingest_file("laporan", file, by="uji")
    assert (result.accepted, result.rejected) == (1, 2)
    file.write_text(HEAD.replace("nomor_laporan", "nomor") + ROWS, encoding="utf-8")
    assert intake.ingest_file("laporan", file.read_bytes(), "lain.csv", by="uji").accepted == 0
    viewer = signing.viewer("petugas")
    audit.record("unggah", viewer, detail={"batch": result.batch})
    accounts.authenticate(viewer.name, "sandi yang salah sama sekali", "127.0.0.1")
    intake.undo_batch(result.batch, by="uji")
    build.build(force=True)
    return cermin_data


def _texts(file: Path) -> str:
    """Everything a file says: its bytes, and what a reader of its kind unpacks from them."""
    said = [file.read_bytes().decode("latin-1")]
    if file.suffix == ".parquet":
        said.append(str(pl.read_parquet(file).to_dicts()))
    elif file.suffix == ".duckdb":
        with duckdb.connect(str(file), read_only=True) as connection:
            for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                said.append(str(connection.table(table).fetchall()))
    elif file.suffix == ".sqlite":
        with sqlite3.connect(file) as connection:
            said += connection.iterdump()
        connection.close()
    return "\n".join(said)


def test_nothing_planted_stands_in_any_file(uploaded):
    files = [path for path in uploaded.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert {".parquet", ".duckdb", ".sqlite"} <= kinds
    found = {
        (path.name, word) for path in files for text in [_texts(path)] for word in PLANTED if word in text
    }
    assert found == set()


def test_the_search_finds_what_is_there(uploaded):
    assert any("Dinas Pendidikan" in _texts(path) for path in uploaded.rglob("*.parquet"))
    assert any("Dinas Pendidikan" in _texts(path) for path in uploaded.rglob("*.duckdb"))
