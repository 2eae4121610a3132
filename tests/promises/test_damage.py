"""Counts in = accepted + refused, each refusal explained, and no repair without a word in the receipt."""

import json
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import receipt
from pipelines.errors import UserError
from pipelines.intake import look_at
from tests.promises import damage, world

LINES = [list(world.HEADINGS), *world.rows(1, 30, 12)]


@pytest.fixture(scope="module", autouse=True)
def _empty(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("rusak")))
        yield


def judged(content, kind="laporan", name="rusak.csv"):
    """What is read of a file, after all that must hold for any; None when it is refused by a sentence."""
    try:
        checked = look_at(kind, content, name)
    except UserError as refusal:
        assert str(refusal).endswith(".")
        return None
    result = checked.result
    assert result.rows == result.accepted + result.rejected
    assert result.accepted == result.new + result.changed + result.unchanged
    refused = result.problems.filter(pl.col("level") == "tolak")
    assert refused.select("reason").null_count().item() == 0
    if result.rejected or not result.rows:
        assert refused.height
    if result.accepted:
        assert set(refused["row"]) == set(result.refused_texts["baris"])
        assert refused["row"].n_unique() == result.rejected
    words = receipt.text(
        result.to_json() | {"kind": kind, "alasan_jenis": None, "waktu": None, "catatan": None}
    )
    assert all(said in words for said in result.repairs), (result.repairs, words)
    json.dumps(result.to_json())
    return checked


def damaged(seed, of_lines, of_text, of_bytes, delimiter, codec):
    chance, lines = random.Random(seed), LINES
    for one in of_lines:
        lines = one.do(lines, chance)
    text = damage.join(lines, delimiter)
    for one in of_text:
        text = one.do(text, chance)
    content = damage.encode(text, codec)
    for one in of_bytes:
        content = one.do(content, chance)
    return content


def some(damages):
    return st.lists(st.sampled_from(damages), max_size=2, unique_by=lambda one: one.name)


WAYS = st.tuples(
    st.integers(0, 10**6),
    some(damage.LINES),
    some(damage.TEXTS),
    some(damage.BYTES),
    st.sampled_from(list(damage.DELIMITERS)),
    st.sampled_from(list(damage.CODECS)),
)


@pytest.fixture(scope="module")
def written():
    """What stands in the undamaged file, by number."""
    frame = judged(damage.join(LINES).encode()).frame
    assert frame.height == len(LINES) - 1
    return {row["nomor_laporan"]: row for row in frame.drop("baris").rows(named=True)}


@settings(max_examples=100)
@given(WAYS)
def test_whatever_is_done_to_a_file_its_counts_add_up_and_no_cell_is_made_up(written, ways):
    checked = judged(damaged(*ways))
    if checked is None or not all(one.is_outside for part in ways[1:4] for one in part):
        return
    for row in checked.frame.drop("baris").rows(named=True):
        meant = written[row["nomor_laporan"]]
        assert all(value is None or value == meant[name] for name, value in row.items()), (row, ways)
    if checked.result.accepted:
        assert checked.result.rows == len(written)


EACH = [(one, [one], [], [], ",", "utf-8") for one in damage.LINES]
EACH += [(one, [], [one], [], ",", "utf-8") for one in damage.TEXTS]
EACH += [(one, [], [], [one], ",", "utf-8") for one in damage.BYTES]
EACH += [
    (damage.Damage(mark, None, words), [], [], [], mark, "utf-8") for mark, words in damage.DELIMITERS.items()
]
EACH += [
    (damage.Damage(codec, None, words), [], [], [], ",", codec) for codec, words in damage.CODECS.items()
]


@pytest.mark.parametrize(
    ("one", "ways"), [(one, ways) for one, *ways in EACH], ids=[one.name for one, *_ in EACH]
)
def test_each_repair_is_told_in_the_receipt(one, ways):
    checked = judged(damaged(7, *ways))
    assert checked is not None and checked.result.rows
    for word in one.repaired:
        assert any(word in said for said in checked.result.repairs), checked.result.repairs
