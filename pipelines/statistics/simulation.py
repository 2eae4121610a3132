"""What the rules do at the counts we have: coverage, false signals in stable regions, power; seeded.

The regions of the simulation are 10 and 13 with 190 and 300 laporan a year, unequal as regions are (by rank
to the power of -1.3: the largest about 120, the quietest about 4 a year). Everything runs through the
production code. `simulate` gives one table; the methods page and the benchmark print it.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
from scipy.special import bdtr, pdtr

from pipelines import intervals
from pipelines.statistics import clusters, funnel, survival, xmr

SEED = 20260131
SIZES = (3, 5, 10, 20, 50, 100, 200)
PROVINCES = ((10, 190), (13, 300))
MONTHS, YEAR = 36, 12
REGIONS = sum(regions for regions, _ in PROVINCES)
Row = tuple[str, str, float, float | None, int | None]
TABLE = {
    "pemeriksaan": pl.String,
    "keadaan": pl.String,
    "nilai": pl.Float64,
    "ketelitian": pl.Float64,
    "ulangan": pl.Int64,
}


def _yearly_means() -> np.ndarray:
    """Laporan a year of each region."""
    parts = []
    for regions, yearly in PROVINCES:
        weight = np.arange(1, regions + 1) ** -1.3
        parts.append(yearly * weight / weight.sum())
    return np.concatenate(parts)


def _comma(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _mean(check: str, state: str, values: np.ndarray) -> Row:
    """A row for a mean of simulated values, with the half width of its 95% interval."""
    precision = 1.96 * float(np.std(values)) / np.sqrt(values.size)
    return check, state, float(np.mean(values)), float(precision), values.size


def _share(check: str, state: str, happened: np.ndarray) -> Row:
    """A row for how often something happened, in percent, with the half width of its Wilson interval."""
    lower, upper = intervals.wilson(np.sum(happened), np.size(happened))
    return check, state, 100.0 * float(np.mean(happened)), 50.0 * float(upper - lower), np.size(happened)


def wilson_coverage() -> Iterator[Row]:
    """Exact coverage of the Wilson interval in percent, the mean over p and the least, for each n."""
    shares = np.arange(0.5, 100, 0.5) / 100
    for size in SIZES:
        count = np.arange(size + 1)
        lower, upper = intervals.wilson(count, np.full(size + 1, size))
        chance = np.diff(bdtr(count[:, None].astype(float), size, shares), axis=0, prepend=0)
        inside = (lower[:, None] <= shares) & (shares <= upper[:, None])
        covered = 100 * (chance * inside).sum(axis=0)
        yield "cakupan Wilson, rata-rata atas p (%)", f"n = {size}", float(covered.mean()), None, None


def poisson_coverage() -> Iterator[Row]:
    """Least exact coverage of the exact Poisson interval in percent, for means around each size."""
    count = np.arange(500.0)
    lower, upper = intervals.poisson(count)
    for size in SIZES:
        mean = np.linspace(0.8 * size, 1.2 * size, 201)
        chance = np.diff(pdtr(count[:, None], mean), axis=0, prepend=0)
        inside = (lower[:, None] <= mean) & (mean <= upper[:, None])
        least = 100 * float((chance * inside).sum(axis=0).min())
        yield "cakupan Poisson eksak, paling rendah (%)", f"sekitar {size} laporan", least, None, None


def median_coverage(random: np.random.Generator, repeats: int = 2000) -> Iterator[Row]:
    """How often the interval of the Kaplan-Meier median holds the true median; closings after 60 days."""
    for cases, watched in ((20, None), (24, 300), (30, 180), (40, 90), (100, 120)):
        closing = np.ceil(random.exponential(60 / np.log(2), (repeats, cases))).astype(int)
        until = random.integers(0, 2 * watched, (repeats, cases)) if watched else np.full_like(closing, 10**6)
        closed = closing <= until
        days = pl.DataFrame(
            {
                "kelompok": np.repeat(np.arange(repeats), cases),
                "hari": np.minimum(closing, until).ravel(),
                "ditutup": closed.ravel().astype(int),
                "disensor": (~closed).ravel().astype(int),
            }
        )
        found = survival.summarise(days)
        lower, upper = found["median_bawah"].fill_null(0), found["median_atas"].fill_null(10**9)
        state = f"{cases} laporan, sekitar {closed.sum() / repeats:.0f} ditutup"
        covered = ((lower <= 60) & (upper >= 60)).to_numpy()
        yield _share("cakupan median Kaplan-Meier (%)", state, covered)


def _marks(values: np.ndarray) -> np.ndarray:
    """Which points of each chart break which rule: rules x charts x periods."""
    return np.stack(list(xmr.break_rules(values, *xmr.limits(values)).values()))


def _episodes(values: np.ndarray) -> np.ndarray:
    """Signals of each chart (charts x periods): every unbroken stretch of marks of one rule counts once."""
    marks = _marks(values)
    return (np.diff(marks.astype(int), axis=2, prepend=0) == 1).sum(axis=(0, 2))


def _alarms(values: np.ndarray) -> np.ndarray:
    """Alarms of each chart in its last year, drawn anew every month: the newest point starts a mark."""
    before, alarms = None, np.zeros(len(values))
    for month in range(MONTHS - YEAR, MONTHS + 1):
        newest = _marks(values[:, :month])[:, :, -1]
        alarms += 0 if before is None else (newest & ~before).sum(axis=0)
        before = newest
    return alarms


def _by_grain(months: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Charts of single regions (regions x months) at the grain that fits them: by month, by quarter."""
    grains = np.array([xmr.choose_grain(row).butir for row in months])
    quarters = months.reshape(len(months), -1, xmr.MONTHS_IN_A_QUARTER).sum(axis=2)
    return months[grains == "bulan"], quarters[grains == "triwulan"]


def false_alarms(random: np.random.Generator, repeats: int = 400) -> Iterator[Row]:
    """Signals per year that XmR charts raise in regions where nothing ever changes."""
    check, yearly = "sinyal palsu XmR per tahun", YEAR / MONTHS
    for mean in (1.6, 5, 10, 20):
        state = f"{REGIONS} wilayah, masing-masing {_comma(mean)} laporan sebulan"
        values = random.poisson(mean, (repeats * REGIONS, MONTHS)).astype(float)
        yield _mean(check, state, yearly * _episodes(values).reshape(repeats, REGIONS).sum(axis=1))
        points = _marks(values).any(axis=0).sum(axis=1).reshape(repeats, REGIONS).sum(axis=1)
        yield _mean("titik bertanda palsu XmR per tahun", state, yearly * points)
        fresh = _alarms(values).reshape(repeats, REGIONS).sum(axis=1)
        yield _mean("tanda palsu XmR pada bulan terbaru, per tahun", state, fresh)
    means = _yearly_means()[:, None] / YEAR
    worlds = random.poisson(means, (repeats, REGIONS, MONTHS)).astype(float)
    first = PROVINCES[0][0]
    pooled = np.stack([worlds[:, :first].sum(axis=1), worlds[:, first:].sum(axis=1)], axis=1)
    together = _episodes(pooled.reshape(-1, MONTHS)).reshape(repeats, 2).sum(axis=1)
    fitted = np.array([sum(_episodes(part).sum() for part in _by_grain(world)) for world in worlds])
    monthly = _episodes(worlds.reshape(-1, MONTHS)).reshape(repeats, REGIONS).sum(axis=1)
    yield _mean(check, f"{REGIONS} wilayah tidak sama besar, semua per bulan", yearly * monthly)
    yield _mean(check, f"{REGIONS} wilayah tidak sama besar, butir yang sesuai", yearly * fitted)
    yield _mean(check, "dua provinsi per bulan", yearly * together)


def _regions(count: np.ndarray, size: np.ndarray) -> pl.DataFrame:
    codes = [str(place) for place in range(len(count))]
    return pl.DataFrame({"kode_wilayah": codes, "pembilang": count, "penyebut": size})


def _flags(found: pl.DataFrame) -> tuple[bool, bool]:
    """Whether any region lies beyond the 95% limits, and whether any is a signal."""
    beyond = found.select(
        ((pl.col("nilai") > pl.col("atas95")) | (pl.col("nilai") < pl.col("bawah95"))).any()
    )
    return bool(beyond.item()), found["sinyal"].is_not_null().any()


def funnel_errors(random: np.random.Generator, repeats: int = 600) -> Iterator[Row]:
    """How often a funnel of regions that do not differ flags at least one of them."""
    means = _yearly_means()
    shares, rates = [], []
    for _ in range(repeats):
        size = random.poisson(means)
        shares.append(_flags(funnel.compare_shares(_regions(random.binomial(size, 0.8), size))))
        rates.append(_flags(funnel.compare_rates(_regions(random.poisson(means), means * 10_000))))
    for name, found in (("persen", shares), ("tingkat", rates)):
        for level, flagged in zip(("95%", "99,8%"), np.array(found).T, strict=True):
            yield _share(f"corong {name} dengan tanda palsu (%)", f"di luar batas {level}", flagged)


def cluster_errors(random: np.random.Generator, repeats: int = 400, cells: int = 300) -> Iterator[Row]:
    """How often a month of daily looks calls a cluster though every cell keeps its rate."""
    weight = np.arange(1, cells + 1) ** -1.0
    daily = sum(yearly for _, yearly in PROVINCES) / 365 * weight / weight.sum()
    window, past, looks = clusters.WINDOW_DAYS, clusters.HISTORY_DAYS, clusters.LOOKS_PER_MONTH
    called = np.zeros(repeats, bool)
    for repeat in range(repeats):
        older = random.poisson(daily * (past - looks))
        days = np.cumsum(random.poisson(daily[:, None], (cells, looks + window + looks)), axis=1)
        for look in range(looks):
            recent = days[:, look + window + looks] - days[:, look + looks]
            total = older + days[:, look + window + looks]
            family = total >= clusters.LEAST_REPORTS
            chance = clusters.tail_chance(recent[family], total[family], window / (window + past))
            _, below = clusters.hold_family(chance, clusters.ERROR_PER_MONTH / looks)
            called[repeat] |= (below & (recent[family] >= clusters.LEAST_REPORTS)).any()
    yield _share("bulan dengan gugus palsu (%)", f"{cells} sel, dilihat setiap hari", called)


def doubling_power(random: np.random.Generator, repeats: int = 2000) -> Iterator[Row]:
    """How often a doubling is seen on an XmR chart after so many months."""
    for mean in (5, 10, 20):
        for months in (3, 6, 12):
            course = np.where(np.arange(24 + months) < 24, mean, 2 * mean)
            values = random.poisson(course, (repeats, course.size)).astype(float)
            broken = xmr.break_rules(values, *xmr.limits(values))
            seen = np.any([marks[:, 24:].any(axis=1) for marks in broken.values()], axis=0)
            yield _share("penggandaan terlihat pada XmR (%)", f"dari {mean} sebulan, {months} bulan", seen)


def funnel_power(random: np.random.Generator, repeats: int = 200) -> Iterator[Row]:
    """How often a region whose rate is twice that of the others is a signal in a year's funnel."""
    for place in (0, 3, 9):
        means = _yearly_means()
        actual = means * np.where(np.arange(REGIONS) == place, 2, 1)
        found = [
            funnel.compare_rates(_regions(random.poisson(actual), means * 10_000))["sinyal"][place] == "atas"
            for _ in range(repeats)
        ]
        state = f"wilayah dengan {means[place]:.0f} laporan setahun"
        yield _share("penggandaan terlihat pada corong (%)", state, np.array(found))


def least_cluster(cells: int = 100) -> Iterator[Row]:
    """The smallest number of laporan in 14 days that is a signal, by what two years before had brought."""
    share = clusters.WINDOW_DAYS / (clusters.WINDOW_DAYS + clusters.HISTORY_DAYS)
    threshold = clusters.ERROR_PER_MONTH / clusters.LOOKS_PER_MONTH / cells
    recent = np.arange(clusters.LEAST_REPORTS, 200)
    for history in (0, 6, 12, 24, 48):
        chance = clusters.tail_chance(recent, recent + history, share)
        least = float(recent[chance <= threshold][0])
        state = f"{history} laporan dalam dua tahun, {cells} sel"
        yield "gugus terkecil yang menjadi sinyal (laporan)", state, least, None, None


def simulate(seed: int = SEED) -> pl.DataFrame:
    """The whole table: pemeriksaan, keadaan, nilai, ketelitian (95% half width; null if exact), ulangan."""
    random = np.random.default_rng(seed)
    rows = [*wilson_coverage(), *poisson_coverage()]
    for study in (median_coverage, false_alarms, funnel_errors, cluster_errors, doubling_power, funnel_power):
        rows += study(random)
    return pl.DataFrame([*rows, *least_cluster()], schema=TABLE, orient="row")
