"""Step changes: append-only statements, checked before they are kept, withdrawn by a statement."""

import json
from datetime import date

import pytest

from pipelines import langkah, places
from pipelines.errors import UserError

HERE, REASON, LAST = "wilayah:64.08", "Loket baru dibuka, surat edaran 3/2026", date(2026, 10, 31)


def marked(day: date = date(2026, 3, 17), **more) -> langkah.Langkah:
    given = {"tempat": HERE, "ukuran": "masuk", "alasan": REASON, "oleh": "petugas"} | more
    return langkah.mark(sejak=day, until=LAST, **given)


def test_a_step_begins_with_its_month_and_is_found_where_it_was_marked(cermin_data):
    step = marked()
    assert step.sejak == date(2026, 3, 1) and step.alasan == REASON and step.oleh == "petugas"
    assert langkah.of(HERE, "masuk") == (step,)
    assert langkah.of(HERE, "ditutup") == langkah.of("provinsi:64", "masuk") == ()


def test_a_province_and_its_government_are_two_places(cermin_data):
    marked(tempat=langkah.place(wilayah="64"))
    assert langkah.of(langkah.place(provinsi="64"), "masuk") == ()
    assert langkah.place() == "semua" and langkah.place("64.08", "64") == HERE


def test_steps_come_in_the_order_of_their_days(cermin_data):
    marked(date(2026, 3, 1)), marked(date(2024, 5, 1))
    assert [step.sejak.year for step in langkah.of(HERE, "masuk")] == [2024, 2026]


def test_a_withdrawn_step_is_gone_and_both_statements_stay(cermin_data):
    step = marked()
    assert langkah.withdraw(step.nomor, "Salah bulan, lihat surat", "admin") == step
    assert langkah.of(HERE, "masuk") == ()
    kept = [json.loads(path.read_text()) for path in sorted((places.state() / "langkah").iterdir())]
    assert [one["nomor"] for one in kept] == [1, 2] and kept[1]["mencabut"] == 1
    with pytest.raises(UserError, match="tidak berlaku"):
        langkah.withdraw(step.nomor, "sekali lagi, mohon", "admin")
    assert marked().nomor == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": date(2026, 11, 1)}, "hari terakhir data"),
        ({"day": date(1999, 1, 1)}, "hari terakhir data"),
        ({"alasan": "   pendek  "}, "Tulis alasannya"),
        ({"alasan": "x" * 301}, "Tulis alasannya"),
        ({"alasan": "Diminta Bapak X, NIK 6472010101900001"}, "nik"),
        ({"alasan": "Hubungi 0812 3456 7890 untuk sebabnya"}, "telepon"),
        ({"ukuran": "kepuasan"}, "ukuran=kepuasan"),
        ({"tempat": "wilayah:99.99"}, "tidak dikenal"),
        ({"tempat": "../langkah"}, "tidak dikenal"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(cermin_data, change, sentence):
    with pytest.raises(UserError, match=sentence):
        marked(**change)
    assert not (places.state() / "langkah").exists()


def test_the_same_step_is_not_marked_twice(cermin_data):
    marked(date(2026, 3, 1))
    with pytest.raises(UserError, match="sudah ditandai"):
        marked(date(2026, 3, 31))


def test_what_an_interrupted_write_left_behind_counts_for_nothing(cermin_data):
    folder = places.state() / "langkah"
    folder.mkdir(parents=True)
    (folder / ".tmp-abc").write_text('{"nomor": 7')
    assert langkah.of(HERE, "masuk") == ()
    assert marked().nomor == 1
    assert [path.name for path in folder.iterdir()] == ["000001.json"]


def test_a_reason_is_kept_as_one_line(cermin_data):
    assert marked(alasan="Loket baru\n\n dibuka   di sini").alasan == "Loket baru dibuka di sini"
