"""From synthetic cases to the columns of a laporan extract, all as text, as a spreadsheet holds them."""

import numpy as np
import polars as pl

from pipelines.sample import course, shape
from pipelines.sample.course import Course, Draws

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
KLASIFIKASI = shape.Weights(("sederhana", "sedang", "berat"), np.array([6.0, 3.0, 1.0]))
SAME_PLACE, BLANK_PLACE = 0.85, 0.02
REASONS = {  # where a laporan ended: hasil of alasan_tutup -> weight; akses have no reason
    "penerimaan": {"berkas tidak lengkap": 5, "bukan wewenang": 4, "ditutup lain": 2},
    "pemeriksaan": {"terselesaikan": 7, "ditutup lain": 2, "tidak terbukti": 1},
    course.FOUND: {"terselesaikan": 1},
    course.NOT_FOUND: {"tidak terbukti": 1},
    course.STOPPED: {"ditutup lain": 1},
}


def of(draws: Draws, cases: pl.DataFrame, path: Course, prefix: str) -> pl.DataFrame:
    """The columns of the laporan contract in its order, one row per case."""
    n = len(cases)
    stage = _stage(draws, path)
    dates = {
        name: _date(getattr(path, name))
        for name in ("masuk", "verifikasi", "pleno", "lhp", "resmon", "tutup")
    }
    examined = pl.Series(path.pleno < course.NEVER)
    klasifikasi = pl.Series(KLASIFIKASI.terms).gather(KLASIFIKASI.draw(draws.uniform(n)))
    body = _bodies(draws, cases["substansi"])
    together = pl.concat_str("jenis_1", "jenis_2", "jenis_3", separator=" | ", ignore_nulls=True)
    closed = pl.Series(path.undated | (path.tutup < course.NEVER))
    return (
        cases.with_columns(
            dates["masuk"].alias("tanggal_masuk"), stage.alias("tahap"), examined.alias("examined")
        )
        .with_columns(_numbers(prefix), wilayah_terlapor=_written(draws, _blanked(draws, cases["kode"])))
        .with_columns(wilayah_pelapor=_written(draws, _complainants(draws, cases)))
        .with_columns(body["kelompok_instansi"], body["instansi_terlapor"], klasifikasi.alias("klasifikasi"))
        .with_columns(
            maladministrasi=pl.when("examined").then(together),
            klasifikasi=pl.when("examined").then("klasifikasi"),
            kesimpulan_lhp=pl.Series([course.CONCLUSION[h] for h in path.hasil.tolist()], dtype=pl.String),
            alasan_tutup=pl.when(closed).then(_reasons(draws, path)),
            **{f"tanggal_{name}": day for name, day in dates.items() if name != "masuk"},
        )
        .select(ORDER)
    )


ORDER = [
    "nomor_laporan",
    "nomor_agenda",
    pl.col("tipe").alias("tipe_laporan"),
    "tanggal_masuk",
    "wilayah_terlapor",
    "wilayah_pelapor",
    "kelompok_instansi",
    "instansi_terlapor",
    "substansi",
    "maladministrasi",
    "klasifikasi",
    pl.col("channel").alias("cara_penyampaian"),
    "tahap",
    "tanggal_verifikasi",
    "tanggal_pleno",
    "tanggal_lhp",
    "tanggal_resmon",
    "kesimpulan_lhp",
    "tanggal_tutup",
    "alasan_tutup",
    "peristiwa",
]


def _date(days: np.ndarray) -> pl.Series:
    known = pl.Series(days)
    return known.set(known >= course.NEVER, None).cast(pl.Int32).cast(pl.Date).dt.to_string("%Y-%m-%d")


def _numbers(prefix: str) -> list[pl.Expr]:
    """nomor arsip for laporan past registration, nomor agenda for all; serials run per office and year."""
    date = pl.col("tanggal_masuk").str.to_date()
    serial = pl.int_range(1, pl.len() + 1).over("provinsi", date.dt.year()).cast(pl.String).str.zfill(4)
    roman = date.dt.month().replace_strict(range(1, 13), ROMAN, return_dtype=pl.String)
    year = date.dt.year()
    arsip = pl.format(prefix + "{}/{}/{}/{}/{}", serial, "tipe", roman, year, "provinsi")
    agenda = pl.format(prefix + "{}.{}.{}", "provinsi", year, serial)
    filed = pl.col("is_laporan") & (pl.col("tahap") != stages()[0])
    return [pl.when(filed).then(arsip).alias("nomor_laporan"), agenda.alias("nomor_agenda")]


def stages() -> list[str]:
    """The stages in their order, 'Ditutup' last."""
    order = pl.col("urutan").cast(pl.Int64)
    return shape.table("tahap").sort(order, nulls_last=True)["istilah"].to_list()


def _stage(draws: Draws, path: Course) -> pl.Series:
    """Where a case stands on LAST: the step it reached; a few long in monitoring became a Rekomendasi."""
    reached = [path.masuk + 2, path.verifikasi, path.pleno, path.lhp, path.resmon]
    position = sum((day <= course.LAST_DAY).astype(np.int64) for day in reached)
    long_in_monitoring = (path.resmon < course.LAST_DAY - 120) & (draws.uniform(len(position)) < 0.3)
    position = np.where(long_in_monitoring, 6, position)
    position = np.where(path.undated | (path.tutup < course.NEVER), 7, position)
    return pl.Series(stages()).gather(position)


def _reasons(draws: Draws, path: Course) -> pl.Series:
    """A closing reason that fits where the case ended; one in twenty is not recorded."""
    listed = shape.table("alasan_tutup")
    kind = np.where(
        path.hasil != course.NONE, path.hasil, np.where(path.ending == "lhp", "pemeriksaan", path.ending)
    )
    u, silent = draws.uniform(len(kind)), draws.uniform(len(kind)) < 0.05
    chosen = np.full(len(kind), -1, dtype=np.int64)
    for ending, weights in REASONS.items():
        each = [weights.get(hasil, 0) / listed["hasil"].to_list().count(hasil) for hasil in listed["hasil"]]
        here = kind == ending
        chosen[here] = shape.Weights(tuple(listed["istilah"]), np.array(each)).draw(u[here])
    terms = listed["istilah"].gather(np.maximum(chosen, 0))
    return terms.set(pl.Series(silent | (chosen < 0)), None)


def _bodies(draws: Draws, substansi: pl.Series) -> pl.DataFrame:
    """kelompok_instansi and instansi_terlapor (the body, never a person) for each substansi."""
    listed = shape.table("contoh_instansi").with_row_index("position")
    spans = listed.group_by("substansi").agg(first=pl.col("position").min(), many=pl.len())
    of = pl.DataFrame({"substansi": substansi, "u": draws.uniform(len(substansi))})
    of = of.join(spans, on="substansi", how="left", maintain_order="left")
    at = (pl.col("first") + (pl.col("u") * pl.col("many")).floor().cast(pl.UInt32)).alias("position")
    return of.select(at).join(listed, on="position", how="left", maintain_order="left")


def _blanked(draws: Draws, kode: pl.Series) -> pl.Series:
    return kode.set(pl.Series(draws.uniform(len(kode)) < BLANK_PLACE), None)


def _complainants(draws: Draws, cases: pl.DataFrame) -> pl.Series:
    """Where the complainant lives: mostly the region of the body, else in the province, or unknown."""
    n = len(cases)
    other = pl.Series([""] * n, dtype=pl.String)
    u = draws.uniform(n)
    for provinsi in shape.provinces():
        weights = shape.places_of(provinsi)
        here = pl.Series(weights.terms[:-1]).gather(np.minimum(weights.draw(u), len(weights.terms) - 2))
        other = other.zip_with(cases["provinsi"] != provinsi, here)
    same = pl.Series(draws.uniform(n) < SAME_PLACE) & (cases["kode"] != cases["provinsi"])
    return _blanked(draws, cases["kode"].zip_with(same, other))


def _written(draws: Draws, kode: pl.Series) -> pl.Series:
    """One of the accepted spellings of each region."""
    ways = shape.spellings()
    flat = pl.Series([way for code in ways for way in ways[code]])
    many = [len(ways[code]) for code in ways]
    spans = pl.DataFrame({"kode": list(ways), "first": np.cumsum([0, *many[:-1]]), "many": many})
    of = pl.DataFrame({"kode": kode, "u": draws.uniform(len(kode))}).join(
        spans, on="kode", how="left", maintain_order="left"
    )
    at = of.select(pl.col("first") + (pl.col("u") * pl.col("many")).floor().cast(pl.Int64))
    return flat.gather(at.to_series().fill_null(0)).set(kode.is_null(), None)
