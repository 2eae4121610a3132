"""A copy of the store: whole while others write, without sessions, and good to go on with."""

import shutil
import threading

import pytest

from access import __main__ as command_line
from access import accounts, audit, backup, sessions, setup, store
from pipelines.errors import UserError
from tests.access.conftest import PASSWORD


def test_a_copy_taken_while_others_write_is_a_whole_store(admin, state, tmp_path, monkeypatch):
    token = sessions.start(admin.id, address="10.0.0.1", agent="")
    writers = [threading.Thread(target=lambda: [audit.record("lihat") for _ in range(30)]) for _ in range(4)]
    [thread.start() for thread in writers]
    written = backup.write(tmp_path / "cadangan" / "baru")
    [thread.join() for thread in writers]
    assert [path.name for path in written] == ["akses.sqlite", "jejak.kepala"]
    assert {oct(path.stat().st_mode & 0o777) for path in written} == {"0o600"}
    assert sorted(path.name for path in written[0].parent.iterdir()) == ["akses.sqlite", "jejak.kepala"]

    monkeypatch.setenv("CERMIN_DATA", str(tmp_path / "lain"))
    (tmp_path / "lain" / "state").mkdir(parents=True)
    [shutil.copy(path, tmp_path / "lain" / "state") for path in written]
    assert audit.verify().ok and 1 <= audit.verify().rows <= 121
    assert sessions.who(token) is None and accounts.authenticate("kepala", PASSWORD, "10.0.0.1")
    audit.record("masuk")
    assert audit.verify().ok
    with store.reading() as connection:
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"
    store.close()


def test_no_token_and_no_setup_address_is_in_a_copy(state, tmp_path):
    setup.address("http://127.0.0.1:8501")
    written = backup.write(tmp_path / "cadangan")
    assert [path.name for path in written] == ["akses.sqlite"]
    with store.reading() as connection:
        (kept,) = connection.execute("select token_hash from setup").fetchone()
    assert kept not in written[0].read_bytes()


def test_an_older_copy_is_never_overwritten(admin, tmp_path):
    (path, _) = backup.write(tmp_path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="sudah ada; pilihlah folder yang kosong"):
        backup.write(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(admin, capsys):
    assert command_line.main(["backup", "/proc/cermin"]) == 1
    assert "/proc/cermin: cadangan tidak dapat ditulis" in capsys.readouterr().err


def test_the_command_prints_what_it_wrote(admin, tmp_path, capsys):
    assert command_line.main(["backup", str(tmp_path / "c")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path}/c/akses.sqlite",
        f"{tmp_path}/c/jejak.kepala",
    ]
