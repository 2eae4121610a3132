"""How values of signals are said."""

import pytest

from pipelines.signals import sentences


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (48, "48 hari"),
        (-304, "lewat 304 hari"),
        (1234.5, "1.234,5 hari"),
        (None, "tidak diketahui"),
        (0, "0 hari"),
    ],
)
def test_days_that_have_run_out_are_said_as_past_not_as_a_negative_number(value, said):
    assert sentences.measured(value, "hari") == said
