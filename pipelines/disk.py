"""A disk that does not do what was asked (full, read-only, no right to write), told as one sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines import places
from pipelines.errors import UserError

_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


class Unavailable(UserError):
    """Another process is at work, or the disk cannot be written: the same command may succeed later."""


@contextmanager
def writing() -> Iterator[None]:
    """Turn a folder that cannot be written, or a full disk, into a sentence."""
    try:
        yield
    except UserError:
        raise
    except Exception as fault:
        why = reason(fault)
        if why is None:
            raise
        raise Unavailable(
            f"Folder data {places.lake().parent} tidak dapat ditulis ({why}). "
            "Periksa hak akses dan ruang penyimpanan, lalu coba lagi; tidak ada yang berubah."
        ) from fault


def reason(fault: BaseException) -> str | None:
    """Why the disk refused, in the system's own words ("No space left on device"); None for other faults.

    Polars and DuckDB raise errors of their own that hold the system's words.
    """
    if isinstance(fault, OSError):
        return fault.strerror or str(fault)
    told = str(fault)
    return next((words for words in map(os.strerror, _FAULTS) if words in told), None)
