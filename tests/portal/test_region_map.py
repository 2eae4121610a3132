"""The map: what is sent on each run, what is sent once, and whose selection counts."""

import json

import anyio
import polars as pl
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from geo import boundaries
from portal import map_assets, region_map
from portal.map_classes import LegendItem

LEGEND = [LegendItem("k1", "1 atau lebih"), LegendItem("nol", "nol"), LegendItem("kosong", "tidak ada data")]
BOTH = ["64", "63"]


def values(skip: str = "", kelas: str = "k1") -> pl.DataFrame:
    shapes = boundaries.atlas().shapes.values()
    rows = [(s.kode_wilayah, s.nama, "27 laporan", kelas) for s in shapes if s.kode_wilayah != skip]
    rows += [(code, f"Pemerintah {code}", "3 laporan", kelas) for code in BOTH]
    rows += [(None, "wilayah tidak disebut", "12 laporan", kelas)]
    return pl.DataFrame(rows, schema=["kode_wilayah", "nama", "text", "kelas"], orient="row")


def sent(frame: pl.DataFrame, provinces=BOTH, legend=LEGEND, selected=None) -> dict:
    return region_map._payload(frame, "Laporan", legend, selected, provinces, 560)


def test_a_run_sends_classes_and_texts_and_no_geometry():
    payload = json.dumps(sent(values()))
    assert len(payload) < 4_000
    path = next(iter(boundaries.atlas().shapes.values())).path
    assert path[:12] not in payload


def test_a_region_without_a_row_is_drawn_as_no_data():
    payload = sent(values(skip="64.08"))
    row = next(row for row in payload["nilai"] if row[0] == "64.08")
    assert row[2:4] == ("tidak ada data", "kosong")
    assert [item[2] for item in payload["legenda"]] == [24, 0, 1]


def test_counts_of_the_legend_are_of_the_provinces_shown():
    payload = sent(values(kelas="nol"), provinces=["63"])
    assert [item[2] for item in payload["legenda"]] == [0, 14, 0]
    assert {row[0][:2] for row in payload["nilai"]} == {"63"}


def test_what_has_no_region_stands_beside_the_map():
    payload = sent(values())
    assert payload["catatan"] == ["wilayah tidak disebut: 12 laporan"]
    assert all(row[0] for row in payload["nilai"])


def test_a_legend_without_a_class_for_no_data_gets_one():
    payload = sent(values(skip="63.01"), legend=LEGEND[:1])
    assert payload["legenda"][-1] == ["kosong", "tidak ada data", 1]


def test_provincial_governments_come_along_without_a_shape():
    codes = {row[0] for row in sent(values())["nilai"]}
    assert set(BOTH) <= codes
    assert not set(BOTH) & set(boundaries.atlas().shapes)


def get(address: str) -> tuple[int, dict[str, str], bytes]:
    """What the routes answer to a GET: status, headers, body."""
    sent_back = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent_back.append(message)

    scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "headers": []}
    scope |= {"http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "root_path": ""}
    anyio.run(Starlette(routes=map_assets.ROUTES), scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent_back[0]["headers"]}
    return sent_back[0]["status"], headers, b"".join(part.get("body", b"") for part in sent_back[1:])


@pytest.mark.parametrize("name", map_assets.KINDS)
def test_geometry_and_code_are_served_once_for_good(name):
    status, headers, body = get(f"{map_assets.folder()}/{name}")
    assert status == 200
    assert headers["content-type"].startswith(map_assets.KINDS[name])
    assert "immutable" in headers["cache-control"]
    assert body == map_assets.files()[name]


def test_the_geometry_holds_every_region_and_little_else():
    module = map_assets.files()["wilayah.js"].decode()
    content = json.loads(module.removeprefix("export default ").removesuffix(";\n"))
    assert {shape["kode"] for shape in content["wilayah"]} == set(boundaries.atlas().shapes)
    assert len(module) < 30_000


@pytest.mark.parametrize(
    "address", ["/aset/0000000000/peta.js", "{folder}/../map_assets.py", "{folder}/apa.js"]
)
def test_other_addresses_give_nothing(address):
    assert get(address.format(folder=map_assets.folder()))[0] == 404


def test_the_code_writes_text_only_as_text_and_asks_nobody_else():
    for file in map_assets.FOLDER.glob("*.js"):
        code = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "innerHTML" not in code and "insertAdjacentHTML" not in code and "eval(" not in code
        assert "http:" not in code and "https:" not in code


def script() -> None:
    import streamlit as st

    from portal import region_map
    from tests.portal.test_region_map import BOTH, LEGEND, values

    chosen = region_map.draw(
        values(),
        key="peta",
        measure_label="Laporan",
        legend=LEGEND,
        selected=st.query_params.get("wilayah"),
        provinces=BOTH,
    )
    st.text(f"dipilih: {chosen}")


@pytest.mark.parametrize(
    ("address", "said"), [({}, "dipilih: None"), ({"wilayah": "63.02"}, "dipilih: 63.02")]
)
def test_the_address_decides_what_is_selected(address, said):
    app = AppTest.from_function(script, default_timeout=20)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert app.text[0].value == said
    app.run()
    assert app.text[0].value == said
