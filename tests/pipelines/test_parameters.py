"""Parameters by themselves: typed, or refused with a sentence. For answers see test_questions."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import parameters
from pipelines.errors import UserError

KNOWN = {"per_tanggal": False, "sejak": False, "wilayah": False, "provinsi": False}


def check(**values: Any) -> dict[str, Any]:
    return parameters.check("uji", KNOWN, values, lambda: date(2025, 6, 30))


def test_what_is_left_out_is_none_and_the_date_is_the_datas_own():
    assert check() == {"per_tanggal": date(2025, 6, 30), "sejak": None, "wilayah": None, "provinsi": None}
    assert check(wilayah="", sejak=None) == check()


def test_a_region_and_its_own_province_fit_together():
    told = check(wilayah="Kota Samarinda", provinsi="Kaltim")
    assert (told["wilayah"], told["provinsi"]) == ("64.72", "64")


def test_the_same_day_is_a_period():
    told = check(per_tanggal="2025-02-01", sejak="2025-02-01")
    assert told["per_tanggal"] == told["sejak"] == date(2025, 2, 1)


@given(st.text(max_size=40))
def test_any_text_is_a_region_or_a_sentence_that_lists_them(text: str):
    try:
        code = check(wilayah=text)["wilayah"]
    except UserError as refusal:
        assert "64.08 Kabupaten Kutai Timur" in str(refusal)
    else:
        assert code is None or code in ("63", "64") or code[2] == "."


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_sentence_that_names_the_parameter(text: str):
    try:
        assert isinstance(check(per_tanggal=text)["per_tanggal"], date)
    except UserError as refusal:
        assert str(refusal).startswith("per_tanggal=")


def test_an_unknown_parameter_is_named_with_the_known_ones():
    with pytest.raises(UserError, match=r"tidak mengenal parameter `kota`\. Yang dikenal: per_tanggal"):
        check(kota="64.08")
