"""Small-cell suppression: what a limited scope may show, so that no count of 1 to 4 can be computed back.

Everything a limited scope shows of laporan is a cumulative count at quarter ends or a difference of two:
M (masuk), D (ditutup), T (terbuka), tied by M - D - T = U (ditutup tanpa tanggal). Every window (a, b] is
M(b) - M(a), so hiding single windows hides nothing: what counts is the algebra of all that is shown together.

- **Points.** Per cell, a chain forward in time: a quarter end is a point when masuk since the point before is
  zero or large (at least the threshold), and so is ditutup wherever T tells it. Exactly the windows between
  two points are shown: a sum of steps that are zero or large is never small. The chain only looks back, so
  that a quarter that is added later opens nothing before it.
- **Stocks.** T at a quarter end is shown when zero or large; a small one is marked SMALL.
- **Ditutup.** D is shown at points where T is, unless it would tell a small U; masuk and T stay.
- **Totals.** The total of a group (province; region, for its breakdowns) is taken as known. Hidden values of
  a group must stay ambiguous given that total, what the marks themselves say, and that the next one hidden is
  always the smallest; else one more is hidden. With every value hidden the marks fall silent (`neutral`).
- **Breakdowns.** A category shows nothing where its region shows nothing: it reveals nothing of the region.
- **Audit.** What is known about one cell is a system of difference constraints (M and D never fall, M - D is
  known or bounded, points and marks): all-pairs shortest paths give the exact bounds of every window. A true
  window or stock of 1 to 4 keeps at least two possible values, alone and within the known total of its
  group; else marks, then points, are withdrawn until it does. Here U is taken as known, which is too careful.

Limits: the totals are propagated through one window at a time, not through all windows at once. Several
viewers together know the breakdowns of several regions; against that stands only that no total of a
category over regions is shown.
"""

from dataclasses import dataclass

import numpy as np

from pipelines import bounds

SHOWN, SMALL, HIDDEN = 0, 1, 2


@dataclass(frozen=True)
class Counts:
    """Cumulative counts at quarter ends, int64 (cells, quarters), and the group of each cell."""

    masuk: np.ndarray
    ditutup: np.ndarray
    terbuka: np.ndarray
    tanpa_tanggal: np.ndarray
    group: np.ndarray


@dataclass(frozen=True)
class Known:
    """Where the totals of each group are known, bool (groups, quarters): of M, D and T."""

    masuk: np.ndarray
    ditutup: np.ndarray
    terbuka: np.ndarray

    @staticmethod
    def everywhere(groups: int, quarters: int) -> "Known":
        """Every total is known: provinces, whose totals are published."""
        return Known(*np.ones((3, groups, quarters), bool))


@dataclass(frozen=True)
class Released:
    """What may be shown, (cells, quarters): M, D, marks of T, and small windows of M since the last point."""

    masuk: np.ndarray
    ditutup: np.ndarray
    terbuka: np.ndarray
    kecil: np.ndarray


class Stock:
    """The marks of one stock while they are being chosen; `hide_more` hides the next value of a group."""

    def __init__(
        self,
        values: np.ndarray,
        group: np.ndarray,
        known: np.ndarray,
        threshold: int,
        also: np.ndarray | None = None,
        ceiling: np.ndarray | None = None,
        lost: np.ndarray | None = None,
        grows: bool = False,
    ) -> None:
        """`also`: hidden though not small; `ceiling`: none exceeds it; `lost`: hidden by something else;
        `grows`: known never to fall from one quarter end to the next."""
        self.grows = grows
        small = is_small(values, threshold)
        self.values, self.group, self.known, self.threshold = values, group, known, threshold
        self.protected = small if also is None else small | also
        self.marks = np.where(small, SMALL, np.where(self.protected, HIDDEN, SHOWN))
        self.lost = np.zeros_like(small) if lost is None else lost
        self.marks[~known[group] | self.lost] = HIDDEN
        self.neutral = ~known
        self.ceiling = np.full_like(values, bounds.FAR) if ceiling is None else ceiling

    @property
    def shown(self) -> np.ndarray:
        """Where the value may be shown (a silent group shows its marks as hidden)."""
        return self.marks == SHOWN

    def limits(self) -> tuple[np.ndarray, np.ndarray]:
        """What the marks tell about each value: lower and upper bound."""
        visible = np.where(self.shown & (self.values > 0), self.values, bounds.FAR)
        smallest = np.stack(
            [visible[self.group == g].min(axis=0, initial=bounds.FAR) for g in range(len(self.known))]
        )[self.group]
        lower = np.select([self.shown, self.marks == SMALL], [self.values, 1], self.threshold)
        upper = np.select([self.shown, self.marks == SMALL], [self.values, self.threshold - 1], smallest)
        upper = np.where(self.protected & (self.marks == HIDDEN), bounds.FAR, upper)
        silent = self.neutral[self.group] & ~self.shown | self.lost
        lower, upper = np.where(silent, 0, lower), np.where(silent, bounds.FAR, upper)
        upper = np.minimum(upper, self.ceiling)
        if self.grows:
            lower = np.maximum.accumulate(lower, axis=1)
            upper = np.minimum.accumulate(upper[:, ::-1], axis=1)[:, ::-1]
        return lower, np.maximum(upper, lower)

    def pinned(self, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
        """Protected values left one possibility by these bounds and the known total, and lone hidden ones."""
        known = self.known[self.group]
        inside = bounds.squeeze(lower, upper, self.values, self.group, known)
        hidden = np.zeros(self.known.shape, np.int64)
        np.add.at(hidden, self.group, ~self.shown)
        alone = ~self.shown & (hidden[self.group] == 1)
        return known & (self.protected & (inside[1] <= inside[0]) | alone)

    def hide_more(self, pinned: np.ndarray) -> bool:
        """One more value hidden, or marks silenced, for every group and quarter with a pinned value."""
        before = (self.marks != SHOWN).sum() + self.neutral.sum()
        cells, quarters = np.nonzero(pinned)
        for group, quarter in set(zip(self.group[cells], quarters, strict=True)):
            self._hide_one(group, quarter)
        return (self.marks != SHOWN).sum() + self.neutral.sum() > before

    def _hide_one(self, group: int, quarter: int) -> None:
        visible = np.flatnonzero((self.group == group) & (self.marks[:, quarter] == SHOWN))
        values = self.values[visible, quarter]
        if (values > 0).any():
            chosen = visible[np.argmin(np.where(values > 0, values, bounds.FAR))]
            self.marks[chosen, quarter] = HIDDEN
        elif not self.neutral[group, quarter]:
            self.neutral[group, quarter] = True
        elif visible.size:
            likely = np.lexsort((self.values[visible].sum(axis=1), self.ceiling[visible, quarter]))
            self.marks[visible[likely[-1]], quarter] = HIDDEN

    def final(self) -> np.ndarray:
        """The marks as they are shown: in a silent group nothing says which value is small."""
        return np.where(self.neutral[self.group] & (self.marks == SMALL), HIDDEN, self.marks)


def is_small(values: np.ndarray, threshold: int) -> np.ndarray:
    """Where a count, or the size of a difference, is 1 to threshold - 1."""
    size = np.abs(values)
    return (size > 0) & (size < threshold)


def release_stock(stock: Stock, complement: bool = True) -> np.ndarray:
    """The marks (SHOWN, SMALL, HIDDEN) of a stock that is tied to nothing but the total of its group."""
    while complement and stock.values.size and stock.hide_more(stock.pinned(*stock.limits())):
        pass
    return stock.final()
