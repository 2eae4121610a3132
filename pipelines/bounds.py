"""What can be inferred about hidden counts: bounds from difference constraints, and from known totals."""

from collections.abc import Iterator, Sequence

import numpy as np

FAR = 10**9
ROUNDS = 3  # totals and paths feed each other; what three rounds do not find is left


class Paths:
    """Bounds of every window of masuk and ditutup, per cell: all-pairs shortest paths over quarter ends.

    Nodes: the origin, then masuk, then ditutup at each quarter end. `reach[c, i, j]` is the most by which
    node j can exceed node i. Only cells whose knowledge changed since the last refresh are computed again.
    """

    def __init__(self, masuk: np.ndarray, ditutup: np.ndarray, terbuka: np.ndarray) -> None:
        cells, self.quarters = masuk.shape
        self.masuk, self.ditutup, self.terbuka = masuk, ditutup, terbuka
        self.loose = masuk - ditutup - terbuka
        self.alone = np.zeros((cells, 2 * self.quarters + 1, 2 * self.quarters + 1), np.int64)
        self.reach = self.alone
        self.seen: np.ndarray | None = None

    def refresh(
        self,
        titik: np.ndarray,
        kecil: np.ndarray,
        threshold: int,
        lower: np.ndarray,
        upper: np.ndarray,
    ) -> None:
        """Take in what is shown now: points, small windows since the last point, bounds of the stock."""
        state = np.stack([titik, kecil, lower, upper], axis=1).astype(np.int64)
        if self.seen is None:
            stale = np.arange(len(state))
        else:
            stale = np.flatnonzero((state != self.seen).any(axis=(1, 2)))
        self.seen = state
        if stale.size:
            start = self._constraints(
                stale, titik[stale], kecil[stale], threshold, lower[stale], upper[stale]
            )
            self.alone[stale] = shortest(start)
        self.reach = self.alone

    def _constraints(
        self,
        cells: np.ndarray,
        titik: np.ndarray,
        kecil: np.ndarray,
        threshold: int,
        lower: np.ndarray,
        upper: np.ndarray,
    ) -> np.ndarray:
        nodes = 2 * self.quarters + 1
        reach = np.full((len(cells), nodes, nodes), FAR, np.int64)
        reach[:, np.arange(nodes), np.arange(nodes)] = 0
        masuk, ditutup = (each[1:] for each in self._nodes())
        for chain in (masuk, ditutup):
            reach[:, chain, np.concatenate([[0], chain[:-1]])] = 0  # never falls
        values = self.masuk[cells]
        base = np.maximum.accumulate(np.where(titik, values, 0), axis=1)
        reach[:, 0, masuk] = np.where(titik, values, np.where(kecil, base + threshold - 1, FAR))
        floor = np.where(titik, values, np.where(kecil, base + 1, 0))
        reach[:, masuk, 0] = np.minimum(reach[:, masuk, 0], -floor)
        self._bound_stocks(cells, reach, lower, upper)
        return reach

    def _windows(self) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """(true, lower, upper) of every window of masuk, then of ditutup: (cells, starts, ends)."""
        for values, nodes in zip((self.masuk, self.ditutup), self._nodes(), strict=True):
            reach = self.reach[:, nodes][:, :, nodes]
            yield _windows_of(values), -reach.transpose(0, 2, 1), reach

    def stocks(self) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper bound of T at every quarter end, (cells, quarters)."""
        masuk, ditutup = (nodes[1:] for nodes in self._nodes())
        return -self.reach[:, masuk, ditutup] - self.loose, self.reach[:, ditutup, masuk] - self.loose

    def grown_at_most(self, totals: np.ndarray) -> np.ndarray:
        """Upper bound of a part of M that grows only with M and never exceeds `totals`, (cells, quarters)."""
        nodes, _ = self._nodes()
        grown = np.minimum(self.reach[:, nodes][:, :, nodes], FAR)
        start = np.concatenate([np.zeros((len(totals), 1), np.int64), totals], axis=1)
        return (start[:, :, None] + grown).min(axis=1, where=np.tri(len(nodes), dtype=bool).T, initial=FAR)[
            :, 1:
        ]

    def tighten(self, group: np.ndarray, known: Sequence[np.ndarray]) -> None:
        """Take in what the known totals of M, D and T leave for each window and stock, and follow it up."""
        masuk, ditutup, terbuka = known
        self.reach = self.alone.copy()
        for _ in range(ROUNDS):
            before = self.reach.copy()
            for nodes, true, total in zip(
                self._nodes(), (self.masuk, self.ditutup), (masuk, ditutup), strict=True
            ):
                lower, upper = self._squeezed(nodes, true, group, total)
                part = np.minimum(upper, -lower.transpose(0, 2, 1))
                grid = np.ix_(np.arange(len(true)), nodes, nodes)
                self.reach[grid] = np.minimum(self.reach[grid], part)
            lower, upper = squeeze(*self.stocks(), self.terbuka, group, terbuka[group])
            self._bound_stocks(np.arange(len(group)), self.reach, lower, upper)
            narrowed = np.flatnonzero((self.reach < before).any(axis=(1, 2)))
            if not narrowed.size:
                return
            self.reach[narrowed] = shortest(self.reach[narrowed])

    def _squeezed(
        self, nodes: np.ndarray, values: np.ndarray, group: np.ndarray, total: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        ends = np.concatenate([np.ones((len(total), 1), bool), total], axis=1)[group]
        both = ends[:, :, None] & ends[:, None, :]
        true, reach = _windows_of(values), self.reach[:, nodes][:, :, nodes]
        return squeeze(-reach.transpose(0, 2, 1), reach, true, group, both)

    def _nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """The origin with every node of masuk, and of ditutup."""
        first = np.arange(1, self.quarters + 1)
        return np.concatenate([[0], first]), np.concatenate([[0], first + self.quarters])

    def _bound_stocks(
        self, cells: np.ndarray, reach: np.ndarray, lower: np.ndarray, upper: np.ndarray
    ) -> None:
        """T between lower and upper, as bounds of M - D."""
        masuk, ditutup = (nodes[1:] for nodes in self._nodes())
        loose = self.loose[cells]
        most = np.where(upper < FAR // 2, loose + upper, FAR)
        reach[:, ditutup, masuk] = np.minimum(reach[:, ditutup, masuk], most)
        reach[:, masuk, ditutup] = np.minimum(reach[:, masuk, ditutup], -(loose + lower))

    def first_pinned(self, threshold: int) -> list[tuple[int, int, int]]:
        """(cell, start, end) of the first small window, or stock (start = end), with one possible value."""
        found: dict[int, tuple[int, int, int]] = {}
        for true, lower, upper in self._windows():
            _first(found, _small(true, threshold) & (upper <= lower))
        lower, upper = self.stocks()
        for cell, quarter in zip(
            *np.nonzero(_small(self.terbuka, threshold) & (upper <= lower)), strict=True
        ):
            found.setdefault(int(cell), (int(cell), int(quarter) + 1, int(quarter) + 1))
        return list(found.values())


def shortest(reach: np.ndarray) -> np.ndarray:
    """All-pairs shortest paths (Floyd-Warshall) of every cell at once, in place."""
    for middle in range(reach.shape[1]):
        np.minimum(reach, reach[:, :, middle, None] + reach[:, None, middle, :], out=reach)
    return reach


def squeeze(
    lower: np.ndarray, upper: np.ndarray, true: np.ndarray, group: np.ndarray, known: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds narrowed by the known total of the group: what the others cannot take, and what they must."""
    low, high = lower.copy(), upper.copy()
    for number in np.unique(group):
        cells = group == number
        total = true[cells].sum(axis=0)
        low[cells] = np.maximum(lower[cells], total - (upper[cells].sum(axis=0) - upper[cells]))
        high[cells] = np.minimum(upper[cells], total - (lower[cells].sum(axis=0) - lower[cells]))
    return np.where(known, low, lower), np.where(known, high, upper)


def _windows_of(values: np.ndarray) -> np.ndarray:
    """The true count of every window (cells, starts, ends) of cumulative values, from the origin on."""
    whole = np.concatenate([np.zeros((len(values), 1), np.int64), values], axis=1)
    return whole[:, None, :] - whole[:, :, None]


def _small(true: np.ndarray, threshold: int) -> np.ndarray:
    return (true > 0) & (true < threshold)


def _first(found: dict[int, tuple[int, int, int]], failing: np.ndarray) -> None:
    """The first failing window of each cell that has none yet."""
    flat = failing.reshape(len(failing), -1)
    for cell in np.flatnonzero(flat.any(axis=1)):
        start, end = np.unravel_index(int(np.argmax(flat[cell])), failing.shape[1:])
        found.setdefault(int(cell), (int(cell), int(start), int(end)))
