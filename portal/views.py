"""What the blocks of a page look at: a region, a province or both, over the period of the filter strip."""

from dataclasses import dataclass
from typing import Any

from portal import filters, regions
from portal.ask import Question, about, row

EVERYWHERE = "semua"


@dataclass(frozen=True)
class View:
    """The filters of this run, and the region that is looked at (None: all regions of the filters)."""

    chosen: filters.Filters
    wilayah: str | None = None

    @property
    def place(self) -> dict[str, str | None]:
        """The region or the province as a parameter of a question; never both."""
        return {"wilayah": self.wilayah} if self.wilayah else {"provinsi": self.chosen.provinsi}

    @property
    def name(self) -> str:
        """The region's name, or the names of the provinces that are shown."""
        if self.wilayah:
            return regions.facts(self.wilayah)["nama"]
        return " dan ".join(regions.province_names(self.chosen.provinces))

    def stock(self, question: str, **more: Any) -> Question:
        """A question about the as-of date, in this place."""
        return about(question, per_tanggal=self.chosen.per_tanggal, **self.place, **more)

    def flow(self, question: str, **more: Any) -> Question:
        """A question about the period, in this place."""
        return self.stock(question, sejak=self.chosen.sejak, **more)

    def summary(self) -> Question:
        """The one row that sums this place up: of `ringkasan_wilayah`, or of `ringkasan_provinsi`."""
        period = {"per_tanggal": self.chosen.per_tanggal, "sejak": self.chosen.sejak}
        if self.wilayah:
            return about("ringkasan_wilayah", only={"kode_wilayah": self.wilayah}, **period)
        only = {"kode_provinsi": self.chosen.provinsi or EVERYWHERE}
        return about("ringkasan_provinsi", only=only, **period)

    @property
    def is_covered(self) -> bool:
        """Whether reports of this place are known at all on that day: then nothing counted means zero."""
        return self.figures().get("terbuka") is not None

    def figures(self) -> dict[str, Any]:
        """The figures of `summary`, by name; empty when there is no such row."""
        return row(self.summary())
