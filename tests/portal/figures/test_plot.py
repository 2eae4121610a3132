"""Plots as HTML: lines keep their values, step curves their corners, words are escaped."""

import re
from itertools import pairwise
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from portal.figures import plot
from portal.figures.plot import Field, Scale

FIELD = Field(Scale(0, 100), Scale(0, 10))
steps = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 10)), min_size=1, max_size=20, unique_by=lambda s: s[0]
)


@given(steps.map(sorted))
def test_a_step_curve_holds_each_level_until_the_next_place(values):
    corners = FIELD.corners(values)
    assert corners[0] == FIELD.point(*values[0])
    assert corners[-1] == FIELD.point(*values[-1])
    for before, after in pairwise(corners):
        assert before[0] == after[0] or before[1] == after[1], "only across, or up and down"
    for x, y in values:
        assert FIELD.point(x, y)[1] in {level for at, level in corners if at <= FIELD.point(x, y)[0]}


@given(steps.map(sorted))
def test_a_path_leads_through_every_point_in_few_letters(values):
    points = FIELD.points(values)
    assert _walked(plot.path(points)) == [
        point for at, point in enumerate(points) if not at or point != points[at - 1]
    ]


def _walked(path: str) -> list[tuple[int, int]]:
    """A second reading of the path, letter by letter."""
    found = []
    for letter, numbers in re.findall(r"([MLHV])([\d ]+)", path):
        given_numbers = [int(part) for part in numbers.split()]
        x, y = found[-1] if found else (0, 0)
        match letter:
            case "H":
                found.append((given_numbers[0], y))
            case "V":
                found.append((x, given_numbers[0]))
            case _:
                found.append(tuple(given_numbers))
    return found


@given(st.floats(0.01, 1e6), st.integers(3, 8))
def test_steps_of_an_axis_are_round_and_reach_the_top(high, most):
    found = plot.round_steps(high, most)
    assert found[0] == 0 and found[-1] >= high * (1 - 1e-6)
    assert len(found) <= most + 1


def test_a_place_beyond_the_field_stays_at_its_edge():
    assert FIELD.point(500, -3) == (plot.WIDE, plot.HIGH)
    assert Scale(5, 5).share(5) == 0


def test_lines_are_an_image_that_any_page_may_show():
    address = plot.lines([plot.stroke([(0, 0), (10, 10)], "#2F7FB8", "4 4")])
    assert address.startswith('<img alt="" src="data:image/svg+xml,')
    assert "#" not in address.split("src=")[1], "a bare # would cut the address"
    assert "stroke='#2F7FB8'" in unquote(address)


def test_words_are_escaped():
    drawn = FIELD.mark(1, 1, "◆", "red", '<b>"x"</b>') + plot.picture('<"alt">', [FIELD.level(1, "<1>")])
    assert '<b>"x"' not in drawn and "<1>" not in drawn and '<"alt">' not in drawn
