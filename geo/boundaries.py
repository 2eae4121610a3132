"""The boundaries of the regions: read, checked against data/reference/wilayah.csv, projected, as SVG paths.

Source and licence of geo/wilayah.geojson: geo/PROVENANCE.md. Coordinates of paths are whole units of
`METRES_PER_UNIT` metres, x to the east and y to the south (as SVG counts), from the north-west corner.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import polars as pl
from shapely import Polygon, line_merge
from shapely.geometry.base import BaseGeometry

from pipelines.errors import UserError
from pipelines.places import REFERENCE, ROOT

FILE = ROOT / "geo" / "wilayah.geojson"
PROJECTED = "EPSG:9490"  # SRGI2013 / UTM zone 50S: metres, true to shape over the whole of both provinces
METRES_PER_UNIT = 250
SIMPLIFY_METRES = 700  # below half a millimetre on a printed A4 map
PROVINCE = "Provinsi"
CREDIT = "Batas: cahyadsn/wilayah_boundaries (MIT), disederhanakan; bukan acuan batas resmi."


class BrokenBoundaries(UserError):
    """The boundaries cannot be used: a sentence with the file, what was found and what is expected."""


@dataclass(frozen=True)
class Shape:
    """One region, in map units. path: SVG path data; label: a point inside; box: x0, y0, x1, y1."""

    kode_wilayah: str
    nama: str
    jenis: str
    provinsi: str
    path: str
    label: tuple[int, int]
    box: tuple[int, int, int, int]
    neighbours: tuple[str, ...]


@dataclass(frozen=True)
class Atlas:
    """All regions, the box of each province, and the border line between provinces as SVG path data."""

    shapes: dict[str, Shape]
    boxes: dict[str, tuple[int, int, int, int]]
    border: str


def read(file: Path = FILE, regions: pl.DataFrame | None = None) -> gpd.GeoDataFrame:
    """The checked boundaries in degrees (EPSG:4326), one row per region, with the columns of `regions`.

    regions: kode_wilayah, nama, jenis, kode_provinsi, label_lat, label_lon (default: the shipped list).
    Raises BrokenBoundaries: unreadable, a region missing, unknown, repeated, or with a broken outline.
    """
    regions = _regions() if regions is None else regions
    try:
        frame = gpd.read_file(file)
    except Exception as fault:
        raise BrokenBoundaries(f"{file.name}: tidak terbaca sebagai GeoJSON; pulihkan berkasnya.") from fault
    if "kode_wilayah" not in frame.columns:
        raise BrokenBoundaries(
            f"{file.name}: properti kode_wilayah tidak ada; tiap wilayah harus memilikinya."
        )
    expected = regions.filter(pl.col("jenis") != PROVINCE)
    _check_codes(file, frame["kode_wilayah"].tolist(), expected["kode_wilayah"].to_list())
    _check_outlines(file, frame)
    known = expected.to_pandas().set_index("kode_wilayah")
    return (
        frame[["kode_wilayah", "geometry"]].set_crs(4326, allow_override=True).join(known, on="kode_wilayah")
    )


@cache
def atlas() -> Atlas:
    """The shipped boundaries ready for the map; computed once per process (about a second, then free)."""
    return draw(read())


def draw(frame: gpd.GeoDataFrame) -> Atlas:
    """Project and simplify checked boundaries (as `read` gives them); neighbours keep a common border."""
    flat = frame.to_crs(PROJECTED)
    labels = gpd.points_from_xy(frame["label_lon"], frame["label_lat"], crs=4326).to_crs(PROJECTED)
    simple = flat.set_geometry(flat.geometry.simplify_coverage(SIMPLIFY_METRES))
    west, _, _, north = simple.total_bounds
    simple = simple.set_geometry(_to_units(simple.geometry, west, north))
    points = _to_units(gpd.GeoSeries(labels), west, north)
    beside = _neighbours(flat)
    shapes = {
        row.kode_wilayah: Shape(
            row.kode_wilayah,
            row.nama,
            row.jenis,
            row.kode_provinsi,
            path(row.geometry),
            (round(point.x), round(point.y)),
            _whole(row.geometry.bounds),
            beside[row.kode_wilayah],
        )
        for row, point in zip(simple.itertuples(), points, strict=True)
    }
    boxes = {code: _whole(part.total_bounds) for code, part in simple.groupby("kode_provinsi")}
    return Atlas(shapes, boxes, _border(simple))


def path(shape: BaseGeometry) -> str:
    """SVG path data of polygons or lines in map units, as relative whole steps; specks are left out."""
    pieces = []
    for part in getattr(shape, "geoms", [shape]):
        rings = [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]
        pieces += [_steps(ring, closed=isinstance(part, Polygon)) for ring in rings]
    return "".join(pieces)


def _steps(ring: BaseGeometry, closed: bool) -> str:
    corners = [(round(x), round(y)) for x, y in ring.coords]
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(corners)]
    steps = [step for step in (steps[:-1] if closed else steps) if step != (0, 0)]
    if len(steps) < (2 if closed else 1):
        return ""
    moves = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{corners[0][0]} {corners[0][1]}l{moves}{'z' if closed else ''}"


def _regions() -> pl.DataFrame:
    text = ("kode_wilayah", "kode_provinsi")
    return pl.read_csv(REFERENCE / "wilayah.csv", schema_overrides=dict.fromkeys(text, pl.String))


def _check_codes(file: Path, found: list, expected: list[str]) -> None:
    repeated = sorted({str(code) for code in found if found.count(code) > 1})
    unknown = sorted({str(code) for code in found} - set(expected))
    missing = sorted(set(expected) - set(found))
    for codes, said in ((unknown, "tidak dikenal"), (missing, "tidak ada"), (repeated, "berulang")):
        if codes:
            raise BrokenBoundaries(
                f"{file.name}: wilayah {said}: {', '.join(codes)}; harus tepat satu bentuk untuk tiap "
                f"kabupaten/kota di data/reference/wilayah.csv ({len(expected)})."
            )


def _check_outlines(file: Path, frame: gpd.GeoDataFrame) -> None:
    areas = frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~frame.geometry.is_empty
    broken = frame.loc[~(areas & frame.geometry.is_valid), "kode_wilayah"].tolist()
    if broken:
        raise BrokenBoundaries(
            f"{file.name}: garis batas {', '.join(broken)} bukan poligon yang sah; perbaiki bentuknya."
        )


def _to_units(shapes: gpd.GeoSeries, west: float, north: float) -> gpd.GeoSeries:
    moved = shapes.translate(-west, -north)
    return moved.scale(1 / METRES_PER_UNIT, -1 / METRES_PER_UNIT, origin=(0, 0))


def _neighbours(flat: gpd.GeoDataFrame) -> dict[str, tuple[str, ...]]:
    codes = flat["kode_wilayah"].to_list()
    first, second = flat.sindex.query(flat.geometry, predicate="touches")
    found: dict[str, set[str]] = {code: set() for code in codes}
    for one, other in zip(first, second, strict=True):
        found[codes[one]].add(codes[other])
    return {code: tuple(sorted(others)) for code, others in found.items()}


def _border(simple: gpd.GeoDataFrame) -> str:
    outlines = [part.union_all().boundary for _, part in simple.groupby("kode_provinsi")]
    shared = [
        line_merge(one.intersection(other)) for at, one in enumerate(outlines) for other in outlines[at + 1 :]
    ]
    return "".join(path(line) for line in shared if not line.is_empty)


def _whole(bounds) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(float(value)) for value in bounds)
    return (x0, y0, x1, y1)
