"""Marks on the time axis: what was signed or stated, and events of their own, each once."""

from datetime import date

import polars as pl

from portal.trend_marks import marks

HISTORY = {
    "tanggal": date(2026, 1, 27),
    "instrumen": "Nota Kesepakatan",
    "tanda": "payung",
    "is_versi": False,
    "per_tanggal_sumber": None,
}
EVENT = {
    "id": "KG-9",
    "tanggal": date(2025, 8, 5),
    "jenis": "audiensi",
    "is_versi": False,
    "bagian_dari": None,
}
HISTORY_SCHEMA = {"per_tanggal_sumber": pl.Date, "tanggal": pl.Date}
EVENT_SCHEMA = {"bagian_dari": pl.String, "tanggal": pl.Date}


def found(history: list[dict], events: list[dict]) -> list[tuple]:
    left = pl.DataFrame([HISTORY | one for one in history], schema_overrides=HISTORY_SCHEMA)
    right = pl.DataFrame([EVENT | one for one in events], schema_overrides=EVENT_SCHEMA)
    return marks(left, right).rows()


def test_agreements_and_events_stand_in_order_of_time():
    assert found([{}], [{}]) == [(date(2025, 8, 5), "audiensi"), (date(2026, 1, 27), "Nota Kesepakatan")]


def test_another_version_is_left_out():
    assert found([{"is_versi": True}], [{"is_versi": True}]) == []


def test_a_part_of_an_event_is_left_out_only_beside_the_whole():
    part = {"id": "KG-2", "bagian_dari": "KG-1", "jenis": "penandatanganan"}
    assert [label for _, label in found([{"is_versi": True}], [part])] == ["penandatanganan"]
    assert [label for _, label in found([{"is_versi": True}], [{"id": "KG-1"}, part])] == ["audiensi"]


def test_the_event_of_a_signing_is_not_drawn_twice():
    assert found([{}], [{"tanggal": date(2026, 1, 27), "jenis": "penandatanganan"}]) == [
        (date(2026, 1, 27), "Nota Kesepakatan")
    ]


def test_a_statement_of_none_is_marked_on_the_day_it_was_made():
    said = {"tanda": "keadaan", "instrumen": "Belum ada", "per_tanggal_sumber": date(2025, 11, 28)}
    assert found([said], [{}])[-1] == (date(2025, 11, 28), "dinyatakan belum ada")


def test_what_is_not_known_and_has_no_date_is_no_mark():
    assert found([{"tanda": "keadaan", "instrumen": "Tidak diketahui", "tanggal": None}], [{}]) == [
        (date(2025, 8, 5), "audiensi")
    ]
