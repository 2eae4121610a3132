"""The course of a region for its own account: the shortest spans that may be told, and exact ones."""

from datetime import date
from itertools import pairwise

import pytest

from bench import signing
from portal import ask, quarter_blocks
from portal.filters import Filters
from portal.views import View

LAST = date(2026, 9, 30)


@pytest.fixture
def told(sample_data):
    def spans(kode: str):
        chosen = Filters(None, ("64", "63"), LAST, "12b", date(2025, 10, 1))
        with ask.entered(signing.viewer("pemda", kode).scope):
            return quarter_blocks.spans(View(chosen, kode))

    return spans


@pytest.mark.parametrize("kode", ["64.08", "64.72", "63.71", "64"])
def test_spans_follow_each_other_and_hold_five_or_none(told, kode):
    spans = told(kode)
    assert spans and spans[0].start == date(2021, 1, 1)
    for before, after in pairwise(spans):
        assert (after.start - before.end).days == 1
    assert all(span.masuk == 0 or span.masuk >= 5 for span in spans)
    assert all(span.ditutup is None or span.ditutup == 0 or span.ditutup >= 5 for span in spans)


@pytest.mark.parametrize("kode", ["64.08", "64.72"])
def test_what_is_told_is_what_everybody_else_counts(told, kode):
    for span in told(kode):
        flow = ask.ask("arus_bulanan", wilayah=kode, sejak=span.start, per_tanggal=span.end)
        assert flow["masuk"].sum() == span.masuk
        assert span.ditutup in (None, flow["ditutup"].sum())


def test_nothing_to_tell_is_said(sample_data):
    assert "disamarkan" in quarter_blocks.drawn((), "Laporan")
    span = quarter_blocks.Span(date(2026, 1, 1), date(2026, 3, 31), 7, None)
    assert span.words == "7 masuk"
    assert "Jan 2026–Mar 2026" in quarter_blocks.drawn((span,), "Laporan")
