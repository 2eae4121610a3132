"""The same rows in any other clothes are nothing new."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import intake
from tests.pipelines.workbooks import day, ods, xlsx
from tests.promises import world

LINES = world.rows(1, 40, 20)
LATIN = world.text(LINES).replace("–", "-")


def shuffled(seed=3):
    lines = list(LINES)
    random.Random(seed).shuffle(lines)
    return lines


def serial(text):
    day_of, month, year = map(int, text.split("/"))
    return day((date(year, month, day_of) - date(1899, 12, 30)).days)


def saved(lines):
    """The rows as a spreadsheet holds them: dates are days, not text."""
    return [
        [serial(cell) if place in (1, 2) and cell else cell for place, cell in enumerate(line)]
        for line in lines
    ]


CLOTHES = {
    "the same bytes": LATIN.encode(),
    "other rows first": world.text(shuffled()).encode(),
    "with a mark": LATIN.encode("utf-8-sig"),
    "UTF-16": LATIN.encode("utf-16"),
    "UTF-16 without a mark": LATIN.encode("utf-16-le"),
    "UTF-32": LATIN.encode("utf-32"),
    "Latin-1": LATIN.encode("latin-1"),
    "encoded twice": LATIN.encode().decode("cp1252").encode(),
    "semicolons": world.text(LINES, ";").encode(),
    "tabs": world.text(LINES, "\t").encode(),
    "bars": world.text(LINES, "|", "\r\n").encode(),
    "carriage returns": world.text(LINES, line_end="\r").encode(),
    "blank lines between": world.text(LINES).replace("\n", "\n\n").encode(),
    "titles above": f"Laporan 2025\n\nDicetak 1/1/2026\n{LATIN}".encode(),
    "headings again": world.text([*LINES[:9], list(world.HEADINGS), *LINES[9:]]).encode(),
    "every row twice": world.text([*LINES, *LINES]).encode(),
    "XLSX": xlsx({"Lembar": [list(world.HEADINGS), *saved(LINES)]}),
    "XLSX of texts, below titles": xlsx({"L": [["Laporan 2025"], [], list(world.HEADINGS), *shuffled()]}),
    "ODS": ods({"Lembar": [list(world.HEADINGS), *LINES]}),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A lake that holds the rows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("sama")))
        patched.setattr(intake.build, "build", lambda force=False: "tanpa-gudang")
        assert intake.ingest_file("laporan", LATIN.encode(), **world.STATED).new == len(LINES)
        yield


@pytest.mark.parametrize("clothes", CLOTHES)
def test_the_same_rows_in_other_clothes_are_nothing_new(kept, clothes):
    result = intake.check_file("laporan", CLOTHES[clothes], "lain.csv", **world.STATED)
    times = 2 if clothes == "every row twice" else 1
    assert (result.new, result.changed, result.rejected) == (0, 0, 0), result.problems
    assert result.unchanged == result.accepted == result.rows == times * len(LINES)


@settings(max_examples=15)
@given(st.permutations(LINES), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_no_order_of_rows_makes_anything_new(kept, lines, delimiter, codec):
    result = intake.check_file("laporan", world.text(lines, delimiter).encode(codec), **world.STATED)
    assert (result.new, result.changed, result.unchanged) == (0, 0, len(LINES))
