"""The shell: one way to run a part of a page, one table of pages, one start per process."""

import asyncio
import gc
import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.errors import UserError
from pipelines.places import ROOT
from portal import rooms, start
from portal.ask import row


def _script(kind, words):
    from pipelines.errors import UserError
    from portal import shell

    faults = {"user": UserError, "ours": RuntimeError}

    def run():
        raise faults[kind](words)

    shell.guarded(run)
    shell.guarded(lambda: __import__("streamlit").markdown("sesudahnya"))


def _run(kind: str, words: str) -> AppTest:
    return AppTest.from_function(_script, args=(kind, words), default_timeout=30).run()


def test_a_fault_of_ours_shows_its_id_only_and_the_rest_goes_on(caplog):
    with caplog.at_level(logging.ERROR, logger="cermin"):
        app = _run("ours", "sandi rahasia")
    assert not app.exception
    shown = app.error[0].value
    assert "rahasia" not in shown
    fault_id = re.search(r"kode (\w{8}) ", shown)[1]
    assert fault_id in caplog.text and "sandi rahasia" in caplog.text
    assert app.markdown[0].value == "sesudahnya"


def test_what_the_viewer_can_mend_is_said(caplog):
    app = _run("user", "Berkas sedang dikerjakan proses lain; coba lagi sebentar.")
    assert app.error[0].value == "Berkas sedang dikerjakan proses lain; coba lagi sebentar."
    assert [one for one in caplog.records if one.name == "cermin"] == []


def test_pages_stand_at_fixed_addresses():
    assert [room.address for room in rooms.ROOMS] == [
        "", "peta", "kerja-sama", "tren", "deteksi-dini", "perbandingan", "wilayah", "unggah", "register",
        "metode",
    ]  # fmt: skip
    assert all(room.file.is_file() and room.shows for room in rooms.ROOMS)
    assert rooms.file_of("kerja-sama").endswith("pages/kerja_sama.py")


def test_the_main_script_has_no_pages_beside_it():
    assert not (ROOT / "portal" / "pages").exists()


def test_the_start_readies_data_and_modules_and_freezes_them(sample_data):
    async def begin() -> int:
        async with start.lifespan(None):
            return gc.get_freeze_count()

    try:
        assert asyncio.run(begin()) > 0
    finally:
        gc.unfreeze()


def test_an_empty_machine_starts_with_the_sample(cermin_data):
    start.ready()
    assert row("tanggal_data")["contoh"] is True


def test_a_start_that_cannot_build_says_why(cermin_data, monkeypatch):
    def broken():
        raise UserError("berkas wilayah.csv, baris 3: kode kembar")

    monkeypatch.setattr(start.build, "ensure", broken)
    monkeypatch.setattr(start.sample, "ensure_loaded", lambda: None)
    with pytest.raises(UserError, match="baris 3"):
        start.ready()
