"""The estimators once more, case by case and day by day in plain Python: slow, and easy to believe."""

from fractions import Fraction
from itertools import pairwise
from math import comb, exp, log, sqrt

Case = tuple[int, str | None]
Z = 1.959963984540054


def log_log(share: float, error: float) -> tuple[float, float] | None:
    """Limits of a share on the log(-log) scale, or nothing at 0 and 1."""
    if not 0 < share < 1:
        return None
    step = Z * error / abs(share * log(share))
    return share ** exp(step), share ** exp(-step)


def kaplan_meier(cases: list[Case]) -> list[tuple]:
    """(day, at risk, closed, share open, limits) of every day on which something happens, and day 0."""
    rows, share, greenwood = [], Fraction(1), Fraction(0)
    for day in sorted({0, *(day for day, _ in cases)}):
        risk = sum(1 for time, _ in cases if time >= day)
        closed = sum(1 for time, cause in cases if time == day and cause)
        share *= 1 - Fraction(closed, risk)
        if closed < risk:
            greenwood += Fraction(closed, risk * (risk - closed))
        rows.append((day, risk, closed, float(share), log_log(float(share), float(share) * sqrt(greenwood))))
    return rows


def median(cases: list[Case]) -> int | None:
    """The first day on which at most half of the cases are open."""
    return next((row[0] for row in kaplan_meier(cases) if row[3] <= 0.5 + 1e-12), None)


def open_after(cases: list[Case], days: int) -> float | None:
    """The share still open after so many days; nothing beyond the longest time watched, unless all closed."""
    rows = kaplan_meier(cases)
    if days > rows[-1][0] and rows[-1][3] > 0:
        return None
    return [row[3] for row in rows if row[0] <= days][-1]


def aalen_johansen(cases: list[Case], cause: str) -> list[tuple[int, float, float]]:
    """(day, incidence, standard error) by the delta method, each term of the variance summed anew."""
    steps, share, total = [], 1.0, 0.0
    for day in sorted({0, *(day for day, _ in cases)}):
        risk = sum(1 for time, _ in cases if time >= day)
        ended = sum(1 for time, kind in cases if time == day and kind)
        own = sum(1 for time, kind in cases if time == day and kind == cause)
        total += share * own / risk
        steps.append((day, risk, ended, own, share, total))
        share *= 1 - ended / risk
    rows = []
    for last, (day, *_, incidence) in enumerate(steps, start=1):
        variance = 0.0
        for _, n, d, c, before, then in steps[:last]:
            gap = incidence - then
            variance += gap**2 * d / (n * (n - d)) if d < n else 0.0
            variance += before**2 * (n - c) * c / n**3 - 2 * gap * before * c / n**2
        rows.append((day, incidence, sqrt(max(variance, 0.0))))
    return rows


def broken_rules(values: list[float | None], mean: float, half: float) -> list[set[str]]:
    """The rules that each point of a chart breaks; None is a period without a figure."""
    found: list[set[str]] = [set() for _ in values]

    def side(place: int) -> int:
        value = values[place]
        if value is None or abs(value - mean) <= 1e-9 * abs(mean):
            return 0
        return 1 if value > mean else -1

    def beyond(place: int, part: float) -> bool:
        return side(place) != 0 and abs(values[place] - mean) > part * half * (1 + 1e-9 * (part == 1))

    for place in range(len(values)):
        if beyond(place, 1):
            found[place].add("luar_batas")
        run = range(place, place + 7)
        if run[-1] < len(values):
            if {side(at) for at in run} in ({1}, {-1}):
                _mark(found, run, "tujuh_satu_sisi")
            if None not in (points := [values[at] for at in run]):
                steps = [after - before for before, after in pairwise(points)]
                if all(step > 0 for step in steps) or all(step < 0 for step in steps):
                    _mark(found, run, "tujuh_searah")
        trio = range(place, place + 3)
        if trio[-1] < len(values) and {side(at) for at in trio} in ({1}, {-1}):
            close = [at for at in trio if beyond(at, 2 / 3) and not beyond(at, 1)]
            if len(close) >= 2:
                _mark(found, close, "dua_dari_tiga")
    return found


def _mark(found: list[set[str]], places: range | list[int], rule: str) -> None:
    for place in places:
        found[place].add(rule)


def binomial_tail(least: int, size: int, share: Fraction) -> Fraction:
    """The chance of at least so many out of `size`, exactly."""
    return sum(
        (comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(max(least, 0), size + 1)),
        Fraction(0),
    )


def poisson_below(count: int, mean: float) -> float:
    """The chance of fewer than `count`."""
    term, total = exp(-mean), 0.0
    for k in range(count):
        total += term
        term *= mean / (k + 1)
    return total


def holm(chances: list[float], error: float) -> list[bool]:
    """Which hypotheses Holm's method rejects."""
    rejected = [False] * len(chances)
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda at: chances[at])):
        if chances[place] > error / (len(chances) - rank):
            break
        rejected[place] = True
    return rejected
