"""Small-cell suppression as an attacker meets it: counts in, what is shown out, and what follows from it."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import suppression, withdrawal
from pipelines.suppression import HIDDEN, SHOWN, SMALL, Counts, Known, Stock
from tests.pipelines.attack import Knowledge

THRESHOLD = 5


@st.composite
def histories(draw, regions=(2, 4), quarters=(3, 6)):
    """Counts of regions of one group: a few laporan a quarter, closed in it, in the next, undated or open."""
    cells, ends = draw(st.integers(*regions)), draw(st.integers(*quarters))
    most = draw(st.lists(st.sampled_from([1, 3, 8, 15]), min_size=cells, max_size=cells))
    new, closed, undated = np.zeros((3, cells, ends), np.int64)
    for cell in range(cells):
        for quarter in range(ends):
            came = draw(st.integers(0, most[cell]))
            at_once = draw(st.integers(0, came))
            later = draw(st.integers(0, came - at_once))
            new[cell, quarter] += came
            closed[cell, quarter] += at_once
            if quarter + 1 < ends:
                closed[cell, quarter + 1] += later
            if came - at_once - later and draw(st.integers(0, 9)) == 0:
                undated[cell, quarter] += 1
    return counts_of(new, closed, undated)


def counts_of(new, closed, undated=None, group=None) -> Counts:
    """Counts from what came, was closed and was closed without a date in each quarter."""
    new, closed = np.array(new), np.array(closed)
    undated = np.zeros_like(new) if undated is None else np.array(undated)
    masuk, ditutup, tanpa = (np.cumsum(values, axis=1) for values in (new, closed, undated))
    group = np.zeros(len(new), np.int64) if group is None else np.array(group)
    return Counts(masuk, ditutup, masuk - ditutup - tanpa, tanpa, group)


def release(counts: Counts, complement: bool = True) -> suppression.Released:
    known = Known.everywhere(int(counts.group.max()) + 1, counts.masuk.shape[1])
    return withdrawal.release(counts, THRESHOLD, known, complement)


class Reader:
    """What somebody knows who reads everything released, and the totals.

    Unknowns: steps of masuk, of ditutup and of undated, and what is open, per cell and quarter.
    """

    def __init__(self, counts: Counts, released: suppression.Released) -> None:
        self.counts, (self.cells, self.ends) = counts, counts.masuk.shape
        self.knowledge = Knowledge(4 * self.cells * self.ends)
        for cell in range(self.cells):
            for end in range(self.ends):
                self._read(released, cell, end)
                self.knowledge.learn(
                    self.masuk(cell, end)
                    - self.ditutup(cell, end)
                    - self.tanpa(cell, end)
                    - self.terbuka(cell, end),
                    0,
                )
        for end in range(self.ends):
            for name in ("masuk", "ditutup", "tanpa", "terbuka"):
                rows = sum(getattr(self, name)(cell, end) for cell in range(self.cells))
                self.knowledge.learn(rows, self.true(rows))

    def _read(self, released: suppression.Released, cell: int, end: int) -> None:
        if released.masuk[cell, end]:
            self._learn(self.masuk(cell, end))
        if released.ditutup[cell, end]:
            self._learn(self.ditutup(cell, end))
        if released.terbuka[cell, end] == SHOWN:
            self._learn(self.terbuka(cell, end))
        if released.terbuka[cell, end] == SMALL:
            self.knowledge.learn_between(self.terbuka(cell, end), 1, THRESHOLD - 1)
        if released.kecil[cell, end]:
            last = np.flatnonzero(released.masuk[cell, :end])
            since = self.masuk(cell, last[-1]) if last.size else 0
            self.knowledge.learn_between(self.masuk(cell, end) - since, 1, THRESHOLD - 1)

    def _learn(self, row: np.ndarray) -> None:
        self.knowledge.learn(row, self.true(row))

    def _row(self, measure: int, cell: int, end: int, summed: bool) -> np.ndarray:
        row = np.zeros((4, self.cells, self.ends))
        row[measure, cell, slice(0, end + 1) if summed else end] = 1
        return row.ravel()

    def masuk(self, cell: int, end: int) -> np.ndarray:
        return self._row(0, cell, end, True)

    def ditutup(self, cell: int, end: int) -> np.ndarray:
        return self._row(1, cell, end, True)

    def tanpa(self, cell: int, end: int) -> np.ndarray:
        return self._row(2, cell, end, True)

    def terbuka(self, cell: int, end: int) -> np.ndarray:
        return self._row(3, cell, end, False)

    def true(self, row: np.ndarray) -> int:
        counts = self.counts
        steps = [
            np.diff(values, axis=1, prepend=0)
            for values in (counts.masuk, counts.ditutup, counts.tanpa_tanggal)
        ]
        return round(row @ np.concatenate([*steps, counts.terbuka]).ravel())

    def small(self) -> list[np.ndarray]:
        """Every count of 1 to 4 that the full scope shows: windows of masuk and ditutup, stocks."""
        found = []
        for cell in range(self.cells):
            found += [self.terbuka(cell, end) for end in range(self.ends)]
            found += [self.tanpa(cell, end) for end in range(self.ends)]
            for name in (self.masuk, self.ditutup):
                found += [name(cell, end) for end in range(self.ends)]
                found += [name(cell, b) - name(cell, a) for a, b in combinations(range(self.ends), 2)]
        return [row for row in found if 0 < self.true(row) < THRESHOLD]

    def computed_back(self) -> int:
        targets = self.small()
        return int(self.knowledge.computed_back(np.array(targets)).sum()) if targets else 0


@settings(max_examples=100)
@given(histories())
def test_no_small_count_follows_from_what_is_released_and_the_totals(counts):
    assert Reader(counts, release(counts)).computed_back() == 0


@settings(max_examples=15)
@given(histories(regions=(2, 3), quarters=(2, 4)))
def test_no_small_count_is_pinned_by_what_cannot_be_negative_either(counts):
    reader = Reader(counts, release(counts))
    for target in reader.small():
        least, most = reader.knowledge.range_of(target)
        assert most - least > 0.5, (reader.true(target), least, most)


def test_the_attack_finds_small_counts_when_only_the_small_ones_are_hidden():
    new = [[8, 9, 7], [9, 2, 9], [12, 15, 9]]
    closed = [[2, 6, 8], [3, 1, 6], [5, 9, 12]]
    counts = counts_of(new, closed)
    assert Reader(counts, release(counts, complement=False)).computed_back() > 0
    assert Reader(counts, release(counts)).computed_back() == 0


def test_windows_are_shown_between_points_and_small_steps_wait_for_more():
    counts = counts_of([[9, 2, 3, 6]] * 3, [[1, 1, 5, 6]] * 3)
    found = release(counts)
    assert counts.terbuka[0].tolist() == [8, 9, 7, 7]
    assert found.masuk[0].tolist() == [False, False, True, True]
    assert found.terbuka[0].tolist() == [SHOWN] * 4


def test_a_region_without_laporan_stays_a_shown_zero():
    found = release(counts_of([[9, 9], [8, 9], [0, 0]], [[1, 5], [0, 5], [0, 0]]))
    assert found.masuk[2].all() and found.ditutup[2].all() and (found.terbuka[2] == SHOWN).all()


def test_one_undated_laporan_hides_ditutup_and_leaves_masuk_and_terbuka():
    new, closed = [[20, 20]] * 3, [[5, 10]] * 3
    found = release(counts_of(new, closed, [[0, 2], [0, 0], [0, 7]]))
    assert found.masuk.all() and (found.terbuka == SHOWN).all()
    assert found.ditutup[:, 0].all() and not found.ditutup[0, 1]
    assert (~found.ditutup[:, 1]).sum() >= 2, "with one hidden, the total of the province would tell"


def test_small_stocks_are_marked_and_a_single_one_takes_another_with_it():
    found = release(counts_of([[9], [30], [20]], [[6], [9], [11]]))
    assert found.terbuka[:, 0].tolist() == [SMALL, SHOWN, HIDDEN]


def test_stocks_whose_total_would_tell_them_hide_one_more():
    values = np.array([[1], [5], [9], [40]])
    group, known = np.zeros(4, np.int64), np.ones((1, 1), bool)
    marks = suppression.release_stock(Stock(values, group, known, THRESHOLD))
    assert marks[:, 0].tolist() == [SMALL, HIDDEN, HIDDEN, SHOWN], "1 + 5 = 6 leaves only 1 with 5"


def test_with_every_value_hidden_nothing_says_which_is_small():
    values = np.array([[4], [4]])
    marks = suppression.release_stock(Stock(values, np.zeros(2, np.int64), np.ones((1, 1), bool), THRESHOLD))
    assert marks[:, 0].tolist() == [HIDDEN, HIDDEN], "two marks <5 and the total 8 would leave only 4 and 4"


def test_a_closed_group_shows_nothing():
    known = Known(*np.zeros((3, 1, 2), bool))
    counts = counts_of([[20, 20], [30, 30]], [[5, 9], [6, 7]])
    found = withdrawal.release(counts, THRESHOLD, known)
    assert not found.masuk.any() and not found.ditutup.any() and not (found.terbuka == SHOWN).any()
