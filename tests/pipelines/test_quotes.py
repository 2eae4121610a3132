import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.quotes import QuoteWatch


def adds_up(text, size=1 << 20):
    watch, content = QuoteWatch(), text.encode()
    for start in range(0, len(content), size):
        watch.feed(content[start : start + size])
    return watch.adds_up(",")


@pytest.mark.parametrize(
    "text", ["", "a,b\n", 'a,"b"\n', '"a","b""c"\r\n', '"a\nb",c', '"",""\n', 'a,"""b"""']
)
def test_whole_quoted_cells_add_up(text):
    assert adds_up(text) and adds_up(text, size=1)


@pytest.mark.parametrize(
    "text", ['a,"b\n', 'a,5"\n', 'a,b "c" d\n', '"a"b,c\n', 'a, "b"\n', 'a,"b\nc,"d\n', '"a";"b"']
)
def test_stray_quotes_do_not(text):
    assert not adds_up(text) and not adds_up(text, size=1)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=6), st.integers(1, 9))
def test_what_a_csv_writer_wrote_adds_up_in_chunks_of_any_size(rows, size):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    assert adds_up(text.getvalue(), size)
