"""The course of each synthetic case: right-skewed days from stage to stage, in the order of the stages."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.shape import LAST

NEVER = 10**6  # a day number that no calendar here reaches
LAST_DAY = int(np.datetime64(LAST, "D").astype(int))
FOUND, NOT_FOUND, STOPPED, NONE = "ditemukan", "tidak ditemukan", "dihentikan", ""
CONCLUSION = {
    FOUND: "ditemukan Maladministrasi",
    NOT_FOUND: "tidak ditemukan Maladministrasi",
    STOPPED: "pemeriksaan dihentikan",
    NONE: None,
}


@dataclass(frozen=True)
class Course:
    """Day numbers since 1970-01-01 (NEVER where a step is not reached by LAST), and how it ended."""

    masuk: np.ndarray
    verifikasi: np.ndarray
    pleno: np.ndarray
    lhp: np.ndarray
    resmon: np.ndarray
    tutup: np.ndarray
    hasil: np.ndarray  # FOUND, NOT_FOUND, STOPPED or NONE
    ending: np.ndarray  # 'penerimaan', 'pemeriksaan', 'lhp' or 'akses': where it is closed once it is
    undated: np.ndarray  # closed without a date


class Draws:
    """Random numbers from the raw stream of one generator, whose values are the same in every NumPy."""

    def __init__(self, seed: int):
        self._stream = np.random.Generator(np.random.PCG64(seed))

    def uniform(self, n: int) -> np.ndarray:
        """n numbers in [0, 1)."""
        return self._stream.random(n)

    def days(self, n: int, median: float, sigma: float) -> np.ndarray:
        """n whole numbers of days, lognormal with that median: many short, few very long."""
        radius = np.sqrt(-2 * np.log1p(-self.uniform(n)))
        normal = radius * np.cos(2 * np.pi * self.uniform(n))
        return np.floor(median * np.exp(sigma * normal)).astype(np.int64)


def workday(day: np.ndarray) -> np.ndarray:
    """The day itself, or the Monday after it when it is a Saturday or Sunday."""
    from_monday = (day + 3) % 7
    return day + np.where(from_monday >= 5, 7 - from_monday, 0)


def run(draws: Draws, masuk: np.ndarray, tipe: np.ndarray) -> Course:
    """Carry every case from masuk as far as it got by LAST; tipe holds the codes of tipe_laporan."""
    n = len(masuk)
    akses = np.isin(tipe, ["KNL", "Tembusan"])
    pace = np.where(tipe == "RCO", 0.15, np.where(tipe == "IAPS", 1.6, 1.0))
    at_door = (draws.uniform(n) < 0.27) & (tipe == "LM")
    verifikasi = masuk + (draws.days(n, 5, 0.8) * pace).astype(np.int64) + 1
    door_closed = verifikasi + draws.days(n, 12, 0.9)
    pleno = verifikasi + (draws.days(n, 7, 0.7) * pace).astype(np.int64) + 1
    examined, lhp, resmon, after_lhp, hasil = _examination(draws, pleno, pace, tipe)
    with_lhp = lhp < NEVER
    tutup = np.where(at_door, door_closed, np.where(with_lhp, after_lhp, examined))
    tutup = np.where(akses, masuk + draws.days(n, 1.5, 1.0), tutup)
    steps = [
        np.where(akses, NEVER, verifikasi),
        np.where(akses | at_door, NEVER, pleno),
        np.where(akses | at_door, NEVER, lhp),
        np.where(akses | at_door, NEVER, resmon),
        tutup,
    ]
    ending = np.where(
        akses, "akses", np.where(at_door, "penerimaan", np.where(with_lhp, "lhp", "pemeriksaan"))
    )
    return _until_last(draws, masuk, steps, np.where(steps[2] < NEVER, hasil, NONE), ending)


def _examination(
    draws: Draws, pleno: np.ndarray, pace: np.ndarray, tipe: np.ndarray
) -> tuple[np.ndarray, ...]:
    """(closed without LHP, lhp, resmon, closed after LHP, hasil); one case in twenty takes far longer."""
    n = len(pleno)
    stuck = np.where(draws.uniform(n) < 0.05, 9, 1)
    examined = pleno + (draws.days(n, 60, 0.95) * pace * stuck).astype(np.int64) + 3
    lhp = np.where(draws.uniform(n) < np.where(tipe == "IAPS", 0.7, 0.26), examined, NEVER)
    which = draws.uniform(n)
    hasil = np.where(which < 0.68, FOUND, np.where(which < 0.92, NOT_FOUND, STOPPED))
    follow_up = np.where(draws.uniform(n) < 0.1, 12, 1) * draws.days(n, 30, 0.75) + 2
    moves = (follow_up > 46) & (draws.uniform(n) < 0.5)
    resmon = np.where(moves & (hasil == FOUND), lhp + 43 + draws.days(n, 7, 0.6), NEVER)
    resolved = np.where(moves, np.minimum(resmon, NEVER) + draws.days(n, 95, 0.9), lhp + follow_up)
    after_lhp = np.where(hasil == FOUND, resolved, lhp + draws.days(n, 11, 0.6))
    return examined, lhp, resmon, after_lhp, hasil


def _until_last(
    draws: Draws, masuk: np.ndarray, steps: list, hasil: np.ndarray, ending: np.ndarray
) -> Course:
    """Move every step to a workday, forget what lies after LAST, lose the closing date of a few old cases."""
    reached = [np.where((at := workday(np.minimum(step, NEVER))) <= LAST_DAY, at, NEVER) for step in steps]
    verifikasi, pleno, lhp, resmon, tutup = reached
    old = (masuk < LAST_DAY - 3 * 365) & (ending != "akses")
    undated = old & (tutup < NEVER) & (draws.uniform(len(masuk)) < 0.025)
    hasil = np.where(lhp < NEVER, hasil, NONE)
    return Course(
        masuk, verifikasi, pleno, lhp, resmon, np.where(undated, NEVER, tutup), hasil, ending, undated
    )
