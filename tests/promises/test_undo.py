"""An undone batch leaves no trace in any figure, and what stays because others say it too is explained."""

import random

import polars as pl
import pytest

from pipelines import intake, places, undoing
from pipelines.errors import UserError
from tests.promises import world


def same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    return one.keys() == other.keys() and all(one[name].equals(other[name]) for name in one)


def test_undoing_returns_every_figure_to_the_digit(cermin_data):
    world.put_in(world.first())
    before = world.figures()
    batch = world.put_in(world.second())
    between = world.figures()
    moved = [name for name in before if not before[name].equals(between[name])]
    assert len(moved) > 10
    shuffled = random.Random(3).sample(world.rows(1, 40, 10), 40)
    again = world.put_in(world.text(shuffled).encode())  # nothing new, and yet a batch
    assert same(world.figures(), between)
    intake.undo_batch(again)
    assert same(world.figures(), between)
    intake.undo_batch(batch)
    assert same(world.figures(), before)
    assert world.put_in(world.second()) != batch
    assert same(world.figures(), between)


def test_undoing_what_others_build_on_says_what_stays(cermin_data):
    older, newer = world.put_in(world.first()), world.put_in(world.second())
    told = undoing.foresee(older)
    # 1 to 20 are said by nobody else; the newer file says all of 21 to 40, and says it later.
    assert (told.gone, told.changed, told.same, told.others) == (20, 0, 20, (newer,))
    assert "20 tidak lagi terhitung; 20 tetap persis sama" in told.sentence and newer in told.sentence
    told = undoing.foresee(newer)
    # 21 to 30 were closed by it: they are open again; 31 to 40 it only repeats; 41 to 70 are its own.
    assert (told.gone, told.changed, told.same, told.others) == (30, 10, 10, (older,))
    assert "10 kembali ke keterangan sumber lain" in told.sentence
    masuk = world.figures(("arus_bulanan",))["arus_bulanan"]["masuk"].sum()
    intake.undo_batch(older)
    gone = sum(line[3] == "Kab. Kutai Timur" for line in world.rows(1, 20))
    assert world.figures(("arus_bulanan",))["arus_bulanan"]["masuk"].sum() == masuk - gone
    with pytest.raises(UserError, match="sudah dibatalkan"):
        undoing.foresee(older)


def test_undoing_what_the_shipped_register_says_too_changes_nothing(cermin_data):
    shipped = (places.REGISTERS / "kerja_sama.csv").read_bytes()
    batch = intake.ingest_file("kerja_sama", shipped).batch
    told = undoing.foresee(batch)
    assert told.gone == told.changed == 0 < told.same
    assert told.others == ("daftar yang dikirim",)
