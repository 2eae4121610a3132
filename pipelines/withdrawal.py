"""The withdrawal of points and marks until nothing small can be computed back (the why: `suppression`)."""

import numpy as np

from pipelines import bounds
from pipelines.suppression import HIDDEN, Counts, Known, Released, Stock, is_small, release_stock


def release(counts: Counts, threshold: int, known: Known, complement: bool = True) -> Released:
    """Points, marks and small windows of cells whose group totals are known where `known` says so."""
    search = Search(counts, threshold, known, complement)
    while complement and counts.masuk.size and search.withdraw():
        pass
    return search.released()


class Search:
    """The withdrawal of marks and points until nothing small is pinned; each step only takes away."""

    def __init__(self, counts: Counts, threshold: int, known: Known, complement: bool) -> None:
        self.complement = complement
        self.counts, self.threshold, self.known = counts, threshold, known
        self.stock = Stock(counts.terbuka, counts.group, known.terbuka, threshold)
        self.allowed = known.masuk[counts.group].copy()
        self.telling = np.ones(len(counts.group), bool)
        self.paths = bounds.Paths(counts.masuk, counts.ditutup, counts.terbuka)
        self._settle()

    def _settle(self) -> None:
        self.titik = _chain(self.counts, self.allowed, self.stock.shown, self.threshold)
        self.kecil = _small_tail(self.counts.masuk, self.titik, self.threshold)
        self.kecil &= self.telling[:, None] & self.known.masuk[self.counts.group]

    def withdraw(self) -> bool:
        """One round: False when nothing had to be, or can be, withdrawn any more."""
        self.paths.refresh(self.titik, self.kecil, self.threshold, *self.stock.limits())
        changed = self._withdraw_own()
        if not changed:
            known = self.known
            told = known.masuk & known.terbuka  # with U taken as known
            self.paths.tighten(self.counts.group, (known.masuk, told, known.terbuka))
            changed = self._withdraw_in_groups() | self._hide_stocks()
        changed = changed or self._withdraw_for_stocks()
        if changed:
            self._settle()
        return changed

    def _withdraw_own(self) -> bool:
        """Windows and stocks pinned by what is known of their own cell alone."""
        changed = False
        for cell, start, end in self.paths.first_pinned(self.threshold):
            if self.kecil[cell].any():
                self.telling[cell] = False
                changed = True
            else:
                changed |= self._withdraw_point(cell, start, end)
        return changed

    def _withdraw_point(self, cell: int, start: int, end: int) -> bool:
        """The first point at or after the window's end, else the last one before (0 = the origin)."""
        after = np.flatnonzero(self.titik[cell, max(end - 1, 0) :]) + max(end - 1, 0)
        before = np.flatnonzero(self.titik[cell, : max(start, 0)])
        if not after.size and not before.size:
            return False
        self.allowed[cell, after[0] if after.size else before[-1]] = False
        return True

    def _withdraw_in_groups(self) -> bool:
        """Windows pinned by the total of their group, and a cell that is the only one hidden."""
        changed = False
        group = self.counts.group
        for cell, start, end in self.paths.first_pinned(self.threshold):
            others = (group == group[cell]) & self.kecil.any(axis=1)
            if others.any():
                self.telling[others] = False
                changed = True
                continue
            hidden = max((end if end and not self.titik[cell, end - 1] else start) - 1, 0)
            changed |= self._withdraw_other(cell, hidden) or self._hide_later(cell, hidden)
        for number, known in enumerate(self.known.masuk):
            members = np.flatnonzero(group == number)
            alone = ((~self.titik[members]).sum(axis=0) == 1) & known
            for quarter in np.flatnonzero(alone):
                changed |= self._withdraw_other(members[np.argmin(self.titik[members, quarter])], quarter)
        return changed

    def _withdraw_other(self, cell: int, quarter: int) -> bool:
        """The smallest step of another cell of the group to a point there, else to the next one after it."""
        others = np.flatnonzero(self.counts.group == self.counts.group[cell])
        others = others[others != cell]
        for later in range(max(quarter, 0), self.titik.shape[1]):
            having = others[self.titik[others, later]]
            if having.size:
                so_far = self.counts.masuk[having]
                size = (so_far - _before(so_far, self.titik[having]))[:, later]
                rank = np.where(size > 0, size, bounds.FAR - so_far[:, later])
                chosen = having[np.argmin(rank)]
                self.allowed[chosen, later] = False
                return True
        return False

    def _hide_later(self, cell: int, quarter: int) -> bool:
        """The first stock of that cell that still bounds its flows from then on."""
        later = np.flatnonzero(self.stock.shown[cell, quarter:] & (self.counts.terbuka[cell, quarter:] > 0))
        if not later.size:
            return False
        self.stock.marks[cell, quarter + later[0]] = HIDDEN
        self.stock.neutral[self.counts.group[cell], quarter + later[0]] = True
        return True

    def _hide_stocks(self) -> bool:
        return self.stock.hide_more(self.stock.pinned(*self.paths.stocks()))

    def _withdraw_for_stocks(self) -> bool:
        """Where hiding stocks is not enough (others are known to have nothing): its point, or another's."""
        undated = self.undated()
        pinned = self.stock.pinned(*self.paths.stocks()) | undated.pinned(*undated.limits())
        changed = False
        for cell, quarter in np.argwhere(pinned):
            if self.titik[cell, quarter]:
                self.allowed[cell, quarter] = False
                changed = True
            else:
                changed |= self._withdraw_other(cell, quarter)
        return changed

    def undated(self) -> Stock:
        """U, hidden where it is small or the total of the group would tell; D is shown where U is."""
        counts = self.counts
        undone = counts.masuk - counts.terbuka
        lost = ~(self.titik & self.stock.shown)
        totals = np.zeros_like(self.known.ditutup, dtype=np.int64)
        np.add.at(totals, counts.group, counts.tanpa_tanggal)
        totals = np.where(self.known.ditutup, totals, bounds.FAR)[counts.group]
        most = self.paths.grown_at_most(totals)
        undated = Stock(
            counts.tanpa_tanggal,
            counts.group,
            self.known.ditutup,
            self.threshold,
            also=is_small(undone - counts.ditutup, self.threshold),
            ceiling=np.where(lost, most, np.minimum(most, undone)),
            lost=lost,
            grows=True,
        )
        release_stock(undated, self.complement)
        return undated

    def released(self) -> Released:
        """What is left."""
        return Released(self.titik, self.undated().shown, self.stock.final(), self.kecil)


def _chain(counts: Counts, allowed: np.ndarray, stock_shown: np.ndarray, threshold: int) -> np.ndarray:
    """The points, forward in time; where T is shown, M - T tells what is open no more (D + U): that must
    have made a safe step too, and D alone."""
    masuk, ditutup, undone = np.zeros((3, len(counts.group)), np.int64)
    titik = np.zeros_like(allowed)
    for quarter in range(allowed.shape[1]):
        told = stock_shown[:, quarter]
        now = counts.masuk[:, quarter], counts.ditutup[:, quarter]
        gone = now[0] - counts.terbuka[:, quarter]
        safe = ~is_small(now[0] - masuk, threshold)
        for step in (now[1] - ditutup, gone - undone):
            safe &= ~(told & is_small(step, threshold))
        titik[:, quarter] = point = allowed[:, quarter] & safe
        masuk = np.where(point, now[0], masuk)
        ditutup = np.where(point & told, now[1], ditutup)
        undone = np.where(point & told, gone, undone)
    return titik


def _before(values: np.ndarray, titik: np.ndarray) -> np.ndarray:
    """The value at the last point before each quarter end (0 at the origin); values never fall."""
    at_points = np.maximum.accumulate(np.where(titik, values, 0), axis=1)
    return np.concatenate([np.zeros((len(values), 1), values.dtype), at_points[:, :-1]], axis=1)


def _small_tail(masuk: np.ndarray, titik: np.ndarray, threshold: int) -> np.ndarray:
    """After the last point: where masuk since then is small."""
    tail = ~(np.cumsum(titik[:, ::-1], axis=1)[:, ::-1] > 0)
    return tail & is_small(masuk - _before(masuk, titik), threshold)
