import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91,08", 91.08),
        ("91.08", 91.08),
        ("91", 91.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        (" -0,5 ", -0.5),
    ],
)
def test_reads_a_decimal_comma_and_a_decimal_point(text, value):
    assert numbers.judge_decimal(text).value == value


@pytest.mark.parametrize(
    ("text", "value"), [("16", 16), ("16,0", 16), ("16.00", 16), ("1.250", 1250), ("1.250.000", 1250000)]
)
def test_reads_whole_numbers_with_groups_of_thousands(text, value):
    assert numbers.judge_whole(text).value == value


@pytest.mark.parametrize("text", ["16,5", "enam belas", "1.2.3", "12.34.567", "1e3", "٣"])
def test_refuses_what_is_no_whole_number(text):
    assert numbers.judge_whole(text).refused


@pytest.mark.parametrize("text", ["A", "9,1,0", "1.2.3", "1e3", "nan", "inf"])
def test_refuses_what_is_no_number(text):
    assert numbers.judge_decimal(text).refused


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_returns_every_decimal_with_a_comma(number):
    assert numbers.judge_decimal(str(number).replace(".", ",")).value == float(number)
