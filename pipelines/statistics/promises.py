"""What was promised of the figures, held against the table that the simulation leaves behind."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Promise:
    """A promise in words, its bounds (None: open), and the least and greatest simulated value, in percent."""

    words: str
    least: float | None
    most: float | None
    lowest: float
    highest: float

    @property
    def is_kept(self) -> bool:
        """Whether every simulated value lies within the bounds."""
        above = self.least is None or self.lowest >= self.least
        return above and (self.most is None or self.highest <= self.most)


PROMISES = (
    (
        "cakupan Wilson, rata-rata atas p (%)",
        "Interval Wilson 95%, rata-rata atas p, 3 sampai 200 laporan",
        94,
        96,
    ),
    (
        "cakupan Poisson eksak, paling rendah (%)",
        "Interval Poisson eksak 95%, terendah, 3 sampai 200 laporan",
        95,
        None,
    ),
    ("cakupan median Kaplan-Meier (%)", "Interval 95% median Kaplan-Meier, dari 20 penutupan", 93, 97),
    ("bulan dengan gugus palsu (%)", "Bulan dengan gugus palsu, semua sel bersama", None, 5),
)


def held(frame: pl.DataFrame) -> list[Promise]:
    """The promises with the extremes of their rows; frame: the table of `simulation.simulate`."""
    found = []
    for check, words, least, most in PROMISES:
        values = frame.filter(pemeriksaan=check)["nilai"]
        found.append(Promise(words, least, most, values.min(), values.max()))
    return found


def value(frame: pl.DataFrame, check: str, state: str) -> float:
    """One simulated figure; a fault when the table has no such row."""
    return frame.filter(pemeriksaan=check, keadaan=state)["nilai"].item()
