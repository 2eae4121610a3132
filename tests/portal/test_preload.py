"""The document names the drawing library only where a page draws with it, by the name it has on the disk."""

import re

import pytest

from portal import preload


def test_the_named_file_is_there():
    found = re.findall(r'href="\./([^"]+)"', preload.links("tren").decode())
    assert len(found) == 1
    assert (preload.STATIC / found[0]).stat().st_size > 1_000_000


@pytest.mark.parametrize("address", ["", "peta", "kerja-sama", "unggah", "masuk"])
def test_other_addresses_fetch_nothing_more(address: str):
    assert preload.links(address) == b""
