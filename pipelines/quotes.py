"""Whether the quotes of a CSV add up: a quick reader may only be believed when they do.

A fast CSV reader takes two stray quotes, lines apart, for one long cell and swallows the rows between
them. In a well-formed file a quote opens only after a delimiter or a line end and closes only before
one, so it is enough to look at what stands beside each quote, counted from the beginning of the file.
"""

import numpy as np

_QUOTE = ord('"')
_EDGE = ord("\n")  # what the beginning and the end of a file count as


class QuoteWatch:
    """Fed a file in chunks; remembers only which bytes stand before opening and after closing quotes."""

    def __init__(self) -> None:
        self._before = np.zeros(256, dtype=bool)
        self._after = np.zeros(256, dtype=bool)
        self._count = 0
        self._last = _EDGE
        self._closes_at_end = False

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the file."""
        if not chunk:
            return
        if self._closes_at_end:
            self._after[chunk[0]] = True
            self._closes_at_end = False
        if _QUOTE in chunk:
            self._look(np.frombuffer(chunk, dtype=np.uint8))
        self._last = chunk[-1]

    def _look(self, chunk: np.ndarray) -> None:
        at = np.flatnonzero(chunk == _QUOTE)
        is_opening = (np.arange(at.size) + self._count) % 2 == 0
        opening, closing = at[is_opening], at[~is_opening]
        if opening.size and opening[0] == 0:
            self._before[self._last] = True
            opening = opening[1:]
        self._before[chunk[opening - 1]] = True
        if closing.size and closing[-1] == chunk.size - 1:
            self._closes_at_end = True
            closing = closing[:-1]
        self._after[chunk[closing + 1]] = True
        self._count += at.size

    @property
    def count(self) -> int:
        """How many quotes there are."""
        return self._count

    def adds_up(self, delimiter: str) -> bool:
        """Whether every quote opens and closes a whole cell of a file with that delimiter."""
        beside = {ord(delimiter), _EDGE, _QUOTE}
        opens_well = set(np.flatnonzero(self._before).tolist()) <= beside
        closes_well = set(np.flatnonzero(self._after).tolist()) <= beside | {ord("\r")}
        return self._count % 2 == 0 and opens_well and closes_well
