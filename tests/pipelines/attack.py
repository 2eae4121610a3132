"""An attacker's arithmetic: which numbers follow from the numbers that are shown, by sums and differences.

What is known is a list of linear equations over unknowns that cannot be negative. A number is computed back
when its vector lies in the row space of the equations, once all that is known to be zero is taken out.
"""

import numpy as np
from scipy.optimize import linprog

TOLERANCE = 1e-7


class Knowledge:
    """Equations `row . unknowns = value`, and inequalities `row . unknowns <= bound`."""

    def __init__(self, unknowns: int) -> None:
        self.unknowns = unknowns
        self.rows: list[np.ndarray] = []
        self.values: list[float] = []
        self.limits: list[tuple[np.ndarray, float]] = []

    def learn(self, row: np.ndarray, value: float) -> None:
        """A number that is shown."""
        self.rows.append(np.asarray(row, float))
        self.values.append(float(value))

    def learn_between(self, row: np.ndarray, lower: float, upper: float) -> None:
        """A mark that is shown: `<5` says from 1 to 4."""
        self.limits += [(np.asarray(row, float), upper), (-np.asarray(row, float), -lower)]

    def without_zeros(self) -> tuple[np.ndarray, np.ndarray]:
        """The distinct equations, and which unknowns are not known to be zero (a zero sum of what is never
        negative makes every part zero)."""
        rows = np.array(self.rows).reshape(-1, self.unknowns)
        values = np.array(self.values)
        rows, first = np.unique(rows, axis=0, return_index=True)
        values = values[first]
        alive = np.ones(self.unknowns, bool)
        while True:
            live = np.where(alive, rows, 0)
            nothing = (values == 0) & (live >= 0).all(axis=1) & (live != 0).any(axis=1)
            if not nothing.any():
                return live, alive
            alive &= ~(live[nothing] > 0).any(axis=0)

    def computed_back(self, targets: np.ndarray) -> np.ndarray:
        """Which of the targets (vectors over the unknowns) follow by sums and differences."""
        rows, alive = self.without_zeros()
        targets = np.where(alive, targets, 0)
        _, sizes, basis = np.linalg.svd(rows, full_matrices=False)
        basis = basis[sizes > TOLERANCE * max(1.0, sizes.max(initial=0))]
        rest = targets - targets @ basis.T @ basis
        return np.abs(rest).max(axis=1) < 1e-6

    def range_of(self, target: np.ndarray) -> tuple[float, float]:
        """The least and the largest value of a target that fits everything known (linear programming)."""
        above = np.array([row for row, _ in self.limits]).reshape(-1, self.unknowns)
        found = [
            linprog(
                sign * target,
                A_ub=above if len(above) else None,
                b_ub=[bound for _, bound in self.limits] if len(above) else None,
                A_eq=np.array(self.rows),
                b_eq=self.values,
                bounds=(0, None),
                method="highs",
            )
            for sign in (1, -1)
        ]
        assert all(one.status in (0, 3) for one in found), [one.message for one in found]
        least = found[0].fun if found[0].status == 0 else -np.inf
        return least, (-found[1].fun if found[1].status == 0 else np.inf)
