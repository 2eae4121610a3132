"""The records of a CSV, one by one and with strict quotes: a line that cannot be read spoils only itself."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

# A quoted cell of more lines than this is taken for a quote that was never closed.
_LONGEST = 200


def records(lines: Iterable[str], delimiter: str) -> Iterator[list[str] | None]:
    """The cells of each record; None for a line whose quotes are broken: the next line is then tried."""
    upcoming = _Upcoming(lines)
    reader = csv.reader(upcoming, delimiter=delimiter, strict=True)
    while True:
        upcoming.taken.clear()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            upcoming.give_back_all_but_one()
            reader = csv.reader(upcoming, delimiter=delimiter, strict=True)
            yield None


class _Upcoming:
    """Lines that can be taken again when the record that begins with the first cannot be read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.taken: list[str] = []
        self._again: deque[str] = deque()
        self._source = iter(lines)

    def __iter__(self) -> "_Upcoming":
        return self

    def __next__(self) -> str:
        if len(self.taken) == _LONGEST:
            raise csv.Error("a quote that never closes")
        line = self._again.popleft() if self._again else next(self._source)
        self.taken.append(line)
        return line

    def give_back_all_but_one(self) -> None:
        """The first line is spent; the others are read anew."""
        self._again.extendleft(reversed(self.taken[1:]))
