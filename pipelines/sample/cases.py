"""The synthetic contacts: when, where and about what each is registered, and which share an incident."""

import numpy as np
import polars as pl

from pipelines.sample import course, shape
from pipelines.sample.course import Draws

ABOUT_LAPORAN = 3000


def registered(draws: Draws, rows: int | None, akses: bool) -> pl.DataFrame:
    """One row per contact in the order of registration.

    urut, provinsi, tahun, tipe, masuk (day number), kode (region), peristiwa (incident id or null), and what
    it is about: substansi, jenis_1, jenis_2, jenis_3, channel.
    """
    cases = _contacts(draws, rows, akses)
    parts = [(p, cases.filter(pl.col("provinsi") == p)) for p in shape.provinces()]
    cases = pl.concat([_with_subject(draws, part, p) for p, part in parts if len(part)]).sort("urut")
    cases = _incidents(draws, cases).sort("masuk", "urut")
    return cases.with_columns(urut=pl.int_range(pl.len()))


def _contacts(draws: Draws, rows: int | None, akses: bool) -> pl.DataFrame:
    expected = shape.expected(akses)
    laporan = expected.filter(pl.col("is_laporan"))["jumlah"].sum()
    wanted = rows if rows is not None else round(ABOUT_LAPORAN / laporan * expected["jumlah"].sum())
    times = _whole(expected["jumlah"].to_numpy(), wanted)
    each = expected.select("provinsi", "tahun", "tipe", "is_laporan")[
        np.repeat(np.arange(len(expected)), times)
    ]
    masuk = pl.Series("masuk", _days_of_registration(draws, each["tahun"].to_numpy()))
    return each.with_columns(masuk).sort("masuk", "provinsi", "tipe").with_row_index("urut")


def _whole(expected: np.ndarray, total: int) -> np.ndarray:
    """Whole counts in the proportion of expected whose sum is total (largest remainders first)."""
    exact = expected / expected.sum() * total
    whole = np.floor(exact).astype(np.int64)
    first = np.argsort(whole - exact, kind="stable")[: total - whole.sum()]
    whole[first] += 1
    return whole


def _days_of_registration(draws: Draws, year: np.ndarray) -> np.ndarray:
    """Day numbers within the year: an uneven season, nine of ten on a workday, none after LAST."""
    starts = np.array(
        [np.datetime64(f"{y}-01-01", "D").astype(int) for y in range(1970, shape.LAST.year + 2)]
    )
    start = starts[year - 1970]
    until = np.minimum(starts[year - 1969] - 1, course.LAST_DAY)
    u = draws.uniform(len(year))
    season = np.clip(u + 0.035 * np.sin(2 * np.pi * u) - 0.02 * np.sin(6 * np.pi * u), 0, 0.999999)
    day = start + np.floor(season * (until - start + 1)).astype(np.int64)
    return np.where(draws.uniform(len(year)) < 0.9, np.minimum(course.workday(day), until), day)


def _with_subject(draws: Draws, cases: pl.DataFrame, provinsi: str) -> pl.DataFrame:
    """Region, substansi, one to three jenis and channel, weighted by what the province published."""
    n = len(cases)
    jenis = shape.terms("maladministrasi", "per_maladministrasi", provinsi)
    channel = shape.terms("cara_penyampaian", "per_cara_penyampaian", provinsi)
    drawn = cases.with_columns(
        kode=_pick(draws, shape.places_of(provinsi), n),
        substansi=_pick(draws, shape.terms("substansi", "per_substansi", provinsi), n),
        channel=_pick(draws, channel.without(shape.OWN_CHANNEL), n),
        later=_pick(draws, channel.without(shape.OWN_CHANNEL).without(shape.PANDEMIC_CHANNEL), n),
        jenis_1=_pick(draws, jenis, n),
        jenis_2=_pick(draws, jenis, n),
        jenis_3=_pick(draws, jenis, n),
        more=pl.Series(draws.uniform(n)),
    )
    return drawn.with_columns(
        jenis_2=pl.when(pl.col("more") < 0.3).then("jenis_2"),
        jenis_3=pl.when(pl.col("more") < 0.06).then("jenis_3"),
        channel=pl.when(pl.col("tipe") == "IAPS")
        .then(pl.lit(shape.OWN_CHANNEL))
        .when(pl.col("tahun") > shape.PANDEMIC_UNTIL)
        .then("later")
        .otherwise("channel"),
        peristiwa=pl.lit(None, pl.String),
    ).drop("more", "later")


def _pick(draws: Draws, weights: shape.Weights, n: int) -> pl.Series:
    return pl.Series(weights.terms, dtype=pl.String).gather(weights.draw(draws.uniform(n)))


def _incidents(draws: Draws, cases: pl.DataFrame) -> pl.DataFrame:
    """One matter of about 60 laporan of one regency within two weeks, and small ones of two laporan each."""
    day = int(np.datetime64(f"{shape.LAST.year - 1}-04-14", "D").astype(int))
    crowded = shape.crowded_region()
    eligible = cases.filter(pl.col("tipe") == "LM")
    away = (pl.col("masuk") - day).abs() + pl.when(pl.col("provinsi") == crowded[:2]).then(0).otherwise(10**6)
    near = eligible.sort(away, "urut").head(min(60, len(cases) // 40))
    big = near.select(
        "urut", masuk=pl.Series(day + np.floor(draws.uniform(len(near)) ** 2 * 14).astype(np.int64))
    )
    subject = near.head(1).select("substansi", "jenis_1")
    big = big.join(subject, how="cross").with_columns(
        kode=pl.lit(crowded), peristiwa=pl.lit("CONTOH/P/00001")
    )
    rest = eligible.filter(~pl.col("urut").is_in(big["urut"].implode())).sort("provinsi", "urut")
    return cases.update(big, on="urut").update(_pairs(draws, rest), on="urut")


def _pairs(draws: Draws, eligible: pl.DataFrame) -> pl.DataFrame:
    """Two laporan in a hundred share an incident: the second takes the region and subject of the first."""
    pairs = eligible.select("urut", "kode", "substansi", "jenis_1").with_row_index("i")
    first = pairs.filter(pl.Series(draws.uniform(len(pairs))) < 0.01, pl.col("i") % 2 == 0)
    first = first.with_row_index("p", offset=2).with_columns(
        peristiwa=pl.format("CONTOH/P/{}", pl.col("p").cast(pl.String).str.zfill(5))
    )
    second = first.with_columns(pl.col("i") + 1).drop("urut").join(pairs.select("i", "urut"), on="i")
    columns = ["urut", "kode", "substansi", "jenis_1", "peristiwa"]
    return pl.concat([first.select(columns), second.select(columns)])
