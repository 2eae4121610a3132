import errno
import os

import polars as pl
import pytest

from pipelines import disk, warehouse
from pipelines.errors import UserError


def test_tells_the_disks_own_words_whoever_wraps_them(tmp_path):
    assert disk.reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "No space left on device"
    with pytest.raises(pl.exceptions.PolarsError) as found:
        pl.DataFrame({"a": ["x" * 99]}).write_parquet("/dev/full")
    assert disk.reason(found.value) == "No space left on device"
    with pytest.raises(warehouse.Error) as found:
        warehouse.create(tmp_path).close()  # a folder is no file
    assert disk.reason(found.value) is None


def test_turns_only_faults_of_the_disk_into_a_sentence(cermin_data):
    with pytest.raises(disk.Unavailable, match=r"Permission denied.*tidak ada yang berubah"), disk.writing():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with pytest.raises(UserError, match=r"^apa adanya$"), disk.writing():
        raise UserError("apa adanya")
    with pytest.raises(ZeroDivisionError), disk.writing():
        raise ZeroDivisionError
