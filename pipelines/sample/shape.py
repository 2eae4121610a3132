"""What the synthetic laporan is shaped after: published totals, places, subjects, channels; all data."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pipelines import places

FIRST = date(2021, 1, 1)
LAST = date(2026, 10, 31)
GOLDEN = 0.6180339887498949  # its multiples spread evenly without a pattern
PANDEMIC_CHANNEL, PANDEMIC_UNTIL = "Posko Covid19", 2022
OWN_CHANNEL = "Investigasi Inisiatif"  # how an IAPS arrives
COUNTED = {  # tipe_laporan: the published indicator that counts it
    "LM": "laporan_masyarakat",
    "RCO": "respon_cepat",
    "IAPS": "iaps",
    "KNL": "konsultasi_non_laporan",
    "Tembusan": "tembusan",
}


@dataclass(frozen=True)
class Weights:
    """Terms and how often each is drawn (not yet scaled to one)."""

    terms: tuple[str, ...]
    weight: np.ndarray

    def without(self, term: str) -> "Weights":
        """The same terms, one of them never drawn."""
        return Weights(self.terms, np.where(np.array(self.terms) == term, 0.0, self.weight))

    def draw(self, u: np.ndarray) -> np.ndarray:
        """Positions of terms for uniform numbers u in [0, 1)."""
        edges = np.cumsum(self.weight) / self.weight.sum()
        return np.minimum(np.searchsorted(edges, u, side="right"), len(self.terms) - 1)


def table(name: str) -> pl.DataFrame:
    """A reference list or a register as text; empty cells are null."""
    folder = places.REFERENCE if (places.REFERENCE / f"{name}.csv").exists() else places.REGISTERS
    return pl.read_csv(folder / f"{name}.csv", infer_schema=False)


def published(indikator: str) -> pl.DataFrame:
    """Published rows of one indicator that are no second version, with nilai and the days of their period."""
    end = pl.coalesce(pl.col("periode_akhir"), pl.col("periode_mulai").str.slice(0, 4) + "-12-31")
    return (
        table("angka_publikasi")
        .filter(pl.col("indikator") == indikator, pl.col("versi").is_null())
        .with_columns(nilai=pl.col("nilai").cast(pl.Float64), mulai=pl.col("periode_mulai").str.to_date())
        .with_columns(hari=(end.str.to_date() - pl.col("mulai")).dt.total_days() + 1)
    )


def per_year(provinsi: str, indikator: str) -> dict[int, float]:
    """Contacts of one kind a year: its longest published period scaled to the year, gaps interpolated."""
    rows = published(indikator).filter(
        pl.col("kode_wilayah") == provinsi,
        pl.col("rincian").is_null(),
        pl.col("hari") <= 366,
        pl.col("mulai").dt.month() == 1,
        pl.col("mulai").dt.day() == 1,
    )
    known = rows.sort("hari").group_by(year=pl.col("mulai").dt.year(), maintain_order=True).last()
    known = known.sort("year").with_columns(whole=pl.col("nilai") * 365 / pl.col("hari"))
    years = range(FIRST.year, LAST.year + 1)
    if known.is_empty():
        return dict.fromkeys(years, 0.0)
    return {y: float(np.interp(y, known["year"].to_numpy(), known["whole"].to_numpy())) for y in years}


def provinces() -> list[str]:
    """Codes of the provinces, in order."""
    wilayah = table("wilayah")
    return wilayah.filter(pl.col("kode_wilayah") == pl.col("kode_provinsi"))["kode_wilayah"].sort().to_list()


def expected(akses: bool) -> pl.DataFrame:
    """One row per province, year and tipe: provinsi, tahun, tipe, is_laporan, jumlah (a fraction)."""
    kinds = table("tipe_laporan").select("kode", is_laporan=pl.col("dihitung_sebagai_laporan") == "ya")
    kinds = kinds.filter(pl.col("is_laporan") | akses)
    share = (LAST - date(LAST.year, 1, 1)).days / 365
    rows = [
        (provinsi, year, tipe, is_laporan, jumlah * (share if year == LAST.year else 1))
        for provinsi in provinces()
        for tipe, is_laporan in kinds.iter_rows()
        for year, jumlah in per_year(provinsi, COUNTED[tipe]).items()
    ]
    return pl.DataFrame(rows, schema=["provinsi", "tahun", "tipe", "is_laporan", "jumlah"], orient="row")


def places_of(provinsi: str) -> Weights:
    """Regions of a province: the latest published count of each, else half of what population suggests."""
    wilayah = (
        table("wilayah")
        .filter(pl.col("kode_provinsi") == provinsi)
        .with_columns(pl.col("penduduk").cast(pl.Float64))
    )
    counted = published("per_wilayah").sort("periode_mulai").group_by("rincian", maintain_order=True).last()
    both = wilayah.join(
        counted.select("rincian", "nilai"), left_on="kode_wilayah", right_on="rincian", how="left"
    )
    both = both.sort("kode_wilayah").filter(pl.col("kode_wilayah") != provinsi)
    seen = both.drop_nulls("nilai")
    rate = seen["nilai"].sum() / seen["penduduk"].sum() if len(seen) else 1.0
    weight = both.select(pl.coalesce("nilai", pl.col("penduduk") * rate * 0.5))["nilai"].to_numpy()
    return Weights((*both["kode_wilayah"], provinsi), np.append(weight, weight.sum() * 0.09))


def terms(name: str, indikator: str, provinsi: str) -> Weights:
    """Terms of a list, weighted by the published counts of the province; the rest are rare, unevenly."""
    known = published(indikator).filter(pl.col("kode_wilayah") == provinsi)
    nilai = known.group_by("rincian").agg(pl.col("nilai").sum())
    listed = (
        table(name)
        .select("istilah")
        .join(nilai, left_on="istilah", right_on="rincian", how="left", maintain_order="left")
    )
    uneven = 0.15 + 1.7 * np.modf(np.arange(1, len(listed) + 1) * GOLDEN)[0]
    rare = (nilai["nilai"].max() or 10.0) * 0.09 * uneven
    return Weights(tuple(listed["istilah"]), listed["nilai"].fill_null(0).to_numpy() + rare)


def spellings() -> dict[str, list[str]]:
    """Code -> ways of writing the region that the contract accepts: the code and its aliases, no capitals."""
    refused = {text.casefold() for text in table("wilayah_rancu")["teks"]}
    names = table("wilayah_alias").filter(pl.col("jenis") != "ibu kota")
    found = {code: [code] for code in table("wilayah")["kode_wilayah"]}
    for code, alias in names.select("kode_wilayah", "alias").iter_rows():
        if alias.casefold() not in refused:
            found[code] += [alias, alias.upper()] if alias.startswith("Kab") else [alias]
    return found


def crowded_region() -> str:
    """The kabupaten with the highest published count of complainants, where the clustered incident is put."""
    kabupaten = table("wilayah").filter(pl.col("jenis") == "Kabupaten")["kode_wilayah"].to_list()
    counted = published("per_wilayah_pelapor").filter(pl.col("rincian").is_in(kabupaten))
    return counted.sort("nilai", "rincian")["rincian"].to_list()[-1]
