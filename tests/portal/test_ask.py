"""The cached door: one answer per question and build, shared, moved as a whole by a new build."""

from datetime import date

import polars as pl
import pytest

from pipelines import build, warehouse
from pipelines.errors import UserError
from portal import ask


@pytest.fixture(autouse=True)
def _unpinned(monkeypatch):
    monkeypatch.setattr(ask, "_run", type("Run", (), {"scope": "semua"})())


def test_the_same_question_is_answered_once(sample_data):
    first = ask.ask("tanggal_data")
    assert ask.ask(ask.about("tanggal_data")) is first


def test_parameters_become_texts_and_none_is_left_out():
    asked = ask.about("arus_bulanan", per_tanggal=date(2026, 1, 31), provinsi=None, sejak="2025-01-01")
    assert asked.parameters == (("per_tanggal", "2026-01-31"), ("sejak", "2025-01-01"))
    assert asked.parameter("provinsi") is None
    assert ask.about("arus_bulanan", sejak="2025-01-01", per_tanggal="2026-01-31") == asked


def test_only_keeps_the_rows_that_are_meant(sample_data):
    asked = ask.about("tanda_kerja_sama", only={"tanda": "jejaring"})
    assert ask.ask(asked)["tanda"].unique().to_list() == ["jejaring"]


def test_a_derived_thing_is_made_once_per_options(sample_data):
    made = []

    def work(frame: pl.DataFrame, more: int) -> int:
        made.append(more)
        return frame.height + more

    asked = ask.about("daftar_wilayah")
    assert [ask.derive(work, asked, more=n) for n in (1, 1, 2)] == [26, 26, 27]
    assert made == [1, 2]


def test_what_a_viewer_can_mend_is_not_kept(sample_data):
    for _ in range(2):
        with pytest.raises(UserError, match="tidak ada"):
            ask.ask("cuaca")


def test_a_new_build_is_answered_anew(sample_copy):
    before, held = warehouse.build_id(), ask.ask("batch_data")
    from pipelines import lake

    lake.undo(held["batch"][0], "uji")
    build.build()
    assert warehouse.build_id() != before
    assert ask.ask("batch_data")["live"].to_list() == [False]


def test_a_pinned_run_stays_with_its_build(sample_copy):
    ask.pin()
    held = ask.ask("batch_data")
    from pipelines import lake

    lake.undo(held["batch"][0], "uji")
    build.build()
    assert ask.ask("batch_data") is held
    ask.pin()
    assert ask.ask("batch_data")["live"].to_list() == [False]


def test_the_first_row_is_a_dict_or_nothing(sample_data):
    assert ask.row("tanggal_data")["contoh"] is True
    assert ask.row("linimasa_kerja_sama", per_tanggal="2001-01-01") == {}


def test_a_thread_without_a_scope_is_answered_nothing(sample_data):
    ask.leave()
    for asking in (lambda: ask.ask("tanggal_data"), lambda: ask.derive(len, ask.about("tanggal_data"))):
        with pytest.raises(PermissionError):
            asking()


def test_each_scope_has_answers_of_its_own(sample_data):
    asked = ask.about("ringkasan_wilayah", per_tanggal=date(2026, 9, 30))
    whole = ask.ask(asked)
    with ask.entered("pemda:64.08"):
        limited = ask.ask(asked)
    assert "samar" in limited.columns and "samar" not in whole.columns
    assert ask.scope() == "semua"
