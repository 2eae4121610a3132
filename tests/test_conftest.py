"""The guard of the tests themselves."""

import os
from pathlib import Path

import pytest

from pipelines import places


def test_writes_outside_the_tree():
    assert not places.lake().is_relative_to(places.ROOT)


@pytest.mark.parametrize("folder", ["lake", "warehouse", "state"])
def test_refuses_to_touch_the_real_data(folder):
    real = Path(places.ROOT, "data", folder)
    with pytest.raises(PermissionError, match="real data"):
        (real / "probe").open("w")
    with pytest.raises(PermissionError, match="real data"):
        os.mkdir(real / "probe")
