"""The boundaries: the shipped ones are whole, broken ones are refused with a sentence, paths are faithful."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from shapely import Point, Polygon

from geo import boundaries
from pipelines.errors import UserError
from pipelines.places import REFERENCE

REGIONS = pl.read_csv(
    REFERENCE / "wilayah.csv", schema_overrides={"kode_wilayah": pl.String, "kode_provinsi": pl.String}
)
WITH_SHAPE = REGIONS.filter(pl.col("jenis") != "Provinsi")
KM2_PER_UNIT2 = (boundaries.METRES_PER_UNIT / 1000) ** 2


def rings(path: str) -> list[list[tuple[int, int]]]:
    """SVG path data back into rings of corners: the second, boring way to read what `path` wrote."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([-\d ]+)z", path):
        corner = tuple(map(int, start.split()))
        ring = [corner]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corner = (corner[0] + dx, corner[1] + dy)
            ring.append(corner)
        found.append(ring)
    return found


@pytest.fixture
def shipped() -> dict:
    return json.loads(boundaries.FILE.read_text(encoding="utf-8"))


def written(content: dict | str, folder: Path) -> Path:
    file = folder / "batas.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_every_listed_region_has_one_shape():
    assert sorted(boundaries.atlas().shapes) == sorted(WITH_SHAPE["kode_wilayah"])
    assert set(boundaries.atlas().boxes) == set(REGIONS["kode_provinsi"])


def test_names_and_provinces_come_from_the_list_of_regions():
    listed = {row["kode_wilayah"]: row for row in WITH_SHAPE.to_dicts()}
    for code, shape in boundaries.atlas().shapes.items():
        row = listed[code]
        assert (shape.nama, shape.jenis, shape.provinsi) == (row["nama"], row["jenis"], row["kode_provinsi"])


def test_projected_areas_agree_with_the_official_ones():
    official = dict(WITH_SHAPE.select("kode_wilayah", "luas_km2").rows())
    for code, shape in boundaries.atlas().shapes.items():
        drawn = sum(Polygon(ring).area for ring in rings(shape.path)) * KM2_PER_UNIT2
        assert drawn == pytest.approx(official[code], rel=0.05), code


def test_label_points_lie_inside_their_region():
    for code, shape in boundaries.atlas().shapes.items():
        assert any(Polygon(ring).contains(Point(shape.label)) for ring in rings(shape.path)), code


def test_boxes_hold_what_is_drawn():
    atlas = boundaries.atlas()
    for shape in atlas.shapes.values():
        x0, y0, x1, y1 = shape.box
        outer = atlas.boxes[shape.provinsi]
        assert all(x0 <= x <= x1 and y0 <= y <= y1 for ring in rings(shape.path) for x, y in ring)
        assert outer[0] <= x0 and outer[1] <= y0 and outer[2] >= x1 and outer[3] >= y1


def test_neighbours_are_mutual_and_touch_across_provinces():
    shapes = boundaries.atlas().shapes
    for code, shape in shapes.items():
        assert code not in shape.neighbours
        assert shape.neighbours, code
        assert all(code in shapes[other].neighbours for other in shape.neighbours)
    assert {"64.02", "64.08"} == set(shapes["64.74"].neighbours)
    assert any(
        shapes[other].provinsi != shape.provinsi for shape in shapes.values() for other in shape.neighbours
    )


def test_neighbours_share_the_corners_of_their_border():
    shapes = boundaries.atlas().shapes
    corners = {
        code: {corner for ring in rings(shape.path) for corner in ring} for code, shape in shapes.items()
    }
    for code, shape in shapes.items():
        assert all(corners[code] & corners[other] for other in shape.neighbours), code


def test_the_map_is_small_enough_to_send():
    atlas = boundaries.atlas()
    assert sum(len(shape.path) for shape in atlas.shapes.values()) < 25_000
    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+)+", atlas.border)


def drop_one(content: dict) -> None:
    del content["features"][3]


def repeat_one(content: dict) -> None:
    content["features"].append(content["features"][0])


def make_one_foreign(content: dict) -> None:
    content["features"][0]["properties"]["kode_wilayah"] = "99.99"


def take_the_codes(content: dict) -> None:
    for feature in content["features"]:
        del feature["properties"]["kode_wilayah"]


def cross_one(content: dict) -> None:
    bow = [[[115.0, -3.0], [116.0, -2.0], [116.0, -3.0], [115.0, -2.0], [115.0, -3.0]]]
    content["features"][2]["geometry"] = {"type": "Polygon", "coordinates": bow}


def make_one_a_line(content: dict) -> None:
    line = [[115.0, -3.0], [116.0, -2.0]]
    content["features"][2]["geometry"] = {"type": "LineString", "coordinates": line}


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (drop_one, r"batas\.geojson: wilayah tidak ada: 63\.04;"),
        (repeat_one, r"batas\.geojson: wilayah berulang: 63\.01;"),
        (make_one_foreign, r"batas\.geojson: wilayah tidak dikenal: 99\.99;"),
        (take_the_codes, r"batas\.geojson: properti kode_wilayah tidak ada"),
        (cross_one, r"batas\.geojson: garis batas 63\.03 bukan poligon"),
        (make_one_a_line, r"batas\.geojson: garis batas 63\.03 bukan poligon"),
    ],
)
def test_refuses_broken_boundaries_and_says_where(harm, said, shipped, tmp_path):
    harm(shipped)
    with pytest.raises(boundaries.BrokenBoundaries, match=said):
        boundaries.read(written(shipped, tmp_path))


@pytest.mark.parametrize("content", ["", "bukan geojson", '{"type": "FeatureCollection", "features": ['])
def test_refuses_a_file_that_is_no_geojson(content, tmp_path):
    with pytest.raises(UserError, match=r"batas\.geojson: tidak terbaca"):
        boundaries.read(written(content, tmp_path))


def test_a_new_province_is_data_only(shipped, tmp_path):
    square = [[[118.0, 3.0], [118.5, 3.0], [118.5, 3.5], [118.0, 3.5], [118.0, 3.0]]]
    new = {"kode_wilayah": "65.99", "kode_provinsi": "65", "nama": "Baru", "jenis": "Kabupaten"}
    shipped["features"].append(
        {"type": "Feature", "properties": new, "geometry": {"type": "Polygon", "coordinates": square}}
    )
    row = pl.DataFrame([new | {"label_lat": 3.2, "label_lon": 118.2}])
    regions = pl.concat([REGIONS, row], how="diagonal_relaxed")
    atlas = boundaries.draw(boundaries.read(written(shipped, tmp_path), regions))
    assert atlas.shapes["65.99"].provinsi == "65"
    assert set(atlas.boxes) == {"63", "64", "65"}


def test_specks_leave_no_trace_in_a_path():
    assert boundaries.path(Polygon([(0, 0), (0.2, 0), (0.2, 0.2)])) == ""
    assert boundaries.path(Polygon([(0, 0), (4, 0), (4, -3)])) == "M0 0l4 0 0-3z"
