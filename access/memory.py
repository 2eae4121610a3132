"""What one request leaves for the next of the same browser: a note, a one-time password, a step of a sign-in.

Kept in this process only, bounded in number and time; nothing of it is written anywhere.
"""

import threading
import time
from collections import OrderedDict
from typing import Any


class Memory:
    """Values by key; each is forgotten after `seconds`, the oldest when there are more than `most`."""

    def __init__(self, seconds: float, most: int = 1000) -> None:
        self._seconds, self._most = seconds, most
        self._kept: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: str, value: Any) -> None:
        """Keep a value, in the place of an earlier one."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic() + self._seconds, value)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def peek(self, key: str) -> Any | None:
        """The value, None when there is none (any more)."""
        with self._lock:
            until, value = self._kept.get(key, (0.0, None))
        return value if time.monotonic() < until else None

    def take(self, key: str) -> Any | None:
        """The value, for the last time."""
        value = self.peek(key)
        with self._lock:
            self._kept.pop(key, None)
        return value


NOTES = Memory(300.0)
