"""What the tests of questions share: ask, compare rows, the figures of one region."""

import math
from datetime import date
from typing import Any

from pipelines import questions
from tests.pipelines import boring
from tests.pipelines.boring import Figures

NEEDED = {"wilayah": "64.08", "indikator": "persen_selesai", "per_tanggal_sebelum": "2024-12-31"}


def required(question: str) -> dict[str, str]:
    """A fitting value for every parameter that a question requires."""
    asked = questions.CATALOGUE[question]
    names = [name for name, is_required in asked.parameters.items() if is_required]
    return {name: asked.choices[name][0] if name in asked.choices else NEEDED[name] for name in names}


def rows(question: str, **values: Any) -> list[dict[str, Any]]:
    found = questions.answer(question, values)
    assert tuple(found.columns) == questions.CATALOGUE[question].columns
    return found.to_dicts()


def same(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Equal row by row; numbers with a fraction to a relative 1e-9."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.keys() == other.keys()
        apart = {name: (value, other[name]) for name, value in one.items() if not _equal(value, other[name])}
        assert not apart, (apart, other)


def _equal(value: Any, other: Any) -> bool:
    if isinstance(value, float) and isinstance(other, int | float):
        return math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def region_row(figures: Figures, region: dict[str, Any], t: date, s: date | None) -> dict[str, Any]:
    """The figures of one region that a province can add up; None throughout where it is not covered."""
    if not figures.covered(region["provinsi"], t):
        return dict.fromkeys(
            ["masuk", "ditutup", "terbuka", "tanpa", "lewat", "selesai", "setahun", "peristiwa"]
        )
    cases = figures.of(region)
    cohort = [c for c in cases if boring.received(c, t, s)]
    return {
        "masuk": len(cohort),
        "ditutup": sum(boring.closed(c, t, s) for c in cases),
        "terbuka": sum(boring.is_open(c, t) for c in cases),
        "tanpa": sum(c["tanpa_tanggal"] and c["tanggal_masuk"] <= t for c in cases),
        "lewat": sum(boring.late(c, t) for c in cases),
        "selesai": sum(boring.closed(c, t) for c in cohort),
        "setahun": sum(boring.year_before(t) < c["tanggal_masuk"] <= t for c in cases),
        "peristiwa": boring.incidents(cohort),
    }


def total_of(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
