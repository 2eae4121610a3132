"""The figure block: title, figure or "tidak ada data", facts, how to read, table twin, file."""

from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from portal import block


def _script(question, parameters, given):
    import streamlit as st

    from portal.ask import about, enter
    from portal.block import figure_block

    enter("semua")
    figure_block(
        "Empat puluh laporan",
        about(question, **parameters),
        (lambda: st.markdown("gambar")) if given.pop("drawn", False) else None,
        key="uji",
        unit="laporan",
        how_to_read="Baca dari kiri.",
        **given,
    )


def _run(question, parameters=None, **given) -> AppTest:
    app = AppTest.from_function(_script, args=(question, parameters or {}, given), default_timeout=30).run()
    assert not app.exception
    return app


def test_a_figure_owes_its_reader_all_of_this(sample_data):
    asked = {"per_tanggal": date(2026, 3, 31), "provinsi": "64"}
    app = _run("ringkasan_wilayah", asked, drawn=True, denominator="semua", columns=("nama", "masuk"))
    assert [part.value for part in app.markdown] == ["## Empat puluh laporan", "gambar"]
    foot = app.html[0].value
    for part in (
        "<b>Satuan</b>laporan",
        "<b>Penyebut</b>semua",
        "<b>Per</b>31 Mar 2026",
        "<b>Sumber</b>batch ",
    ):
        assert part in foot
    assert "<summary>Cara membaca</summary><p>Baca dari kiri.</p>" in foot
    assert "<summary>Tabel</summary>" in foot and ">Masuk</th>" in foot
    assert (
        'href="/ekspor/ringkasan_wilayah.csv?per_tanggal=2026-03-31&amp;provinsi=64&amp;kolom=nama%2Cmasuk"'
        in foot
    )


def test_a_table_alone_stands_open(sample_data):
    foot = _run("cakupan_data").html[0].value
    assert "<summary>Tabel</summary>" not in foot
    assert foot.index("<table") < foot.index("cermin-fakta")


def test_what_is_not_known_is_said_and_not_drawn(sample_data):
    app = _run(
        "arus_bulanan", {"per_tanggal": "2001-12-31", "sejak": "2001-01-01"}, drawn=True, measures=("masuk",)
    )
    assert [part.value for part in app.info] == ["Tidak ada data untuk pilihan ini."]
    assert "gambar" not in [part.value for part in app.markdown]


def test_a_long_table_is_sent_only_when_it_is_opened(sample_data):
    app = _run("angka_publikasi", drawn=True)
    assert not app.dataframe
    assert "<table" not in app.html[0].value
    assert app.expander(key="tabel_uji").label.startswith("Tabel (")


def test_a_source_of_its_own_wins(sample_data):
    assert "<b>Sumber</b>berkas" in _run("cakupan_data", source="berkas").html[0].value


@pytest.mark.parametrize(
    ("frame", "measures", "empty"),
    [
        (pl.DataFrame({"a": []}), (), True),
        (pl.DataFrame({"a": [None, None], "b": [1, 2]}), ("a",), True),
        (pl.DataFrame({"a": [None, None], "b": [1, 2]}), ("a", "b"), False),
        (pl.DataFrame({"a": [0]}), ("a",), False),
        (pl.DataFrame({"a": [None]}), (), False),
    ],
)
def test_zero_is_a_figure_and_unknown_is_not(frame, measures, empty):
    assert block.is_empty(frame, measures) is empty


def test_a_grid_has_indonesian_headings(sample_data):
    frame = pl.DataFrame({"tanggal": [date(2026, 1, 1)], "tahun": [2026], "sumber_alamat": ["https://a.id"]})
    made = block.grid_columns(frame, frame.columns)
    assert [column["label"] for column in made.values()] == ["Tanggal", "Tahun", "Alamat sumber"]
