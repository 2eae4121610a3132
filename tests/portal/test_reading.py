"""How to read a chart: three short sentences and a drawn example, for every kind that is explained."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from portal import reading
from portal.figures import examples

CHARTS = sorted(reading.guides())
ALLOWED = {"svg", "polyline", "polygon", "path", "circle", "text"}


def _picture(chart: str) -> ElementTree.Element:
    kind, drawn = examples.picture(chart).split(",", 1)
    assert kind == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(drawn))


def test_what_the_pages_ask_for_is_explained():
    needed = {"kurva", "kurva_hasil", "funnel", "xmr", "sinyal", "rekonsiliasi", "prioritas"}
    assert needed | {"peta", "arus", "umur", "sebanding"} <= set(CHARTS)
    assert set(CHARTS) == set(examples.DRAWINGS)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_guide_is_three_short_sentences(chart):
    sentences = reading.guides()[chart].sentences
    assert len(sentences) == 3
    for sentence in sentences:
        assert sentence.endswith(".") and sentence[0].isupper() and 4 <= len(sentence.split()) <= 28


@pytest.mark.parametrize("chart", CHARTS)
def test_each_sentence_has_its_disc_inside_the_picture(chart):
    svg = _picture(chart)
    assert {element.tag.split("}")[1] for element in svg.iter()} <= ALLOWED
    texts = [element for element in svg.iter() if element.tag.endswith("text")]
    assert [element.text for element in texts] == ["1", "2", "3"]
    for element in texts:
        assert 9 <= float(element.get("x")) <= examples.WIDTH - 9
        assert 9 <= float(element.get("y")) - 4 <= examples.HEIGHT - 8


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_drawn_leaves_the_picture(chart):
    for element in _picture(chart).iter():
        pairs = [pair.split(",") for pair in element.get("points", "").split()]
        assert all(0 <= float(x) <= examples.WIDTH and 0 <= float(y) <= examples.HEIGHT for x, y in pairs)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_discs_do_not_cover_each_other(chart):
    discs = [element for element in _picture(chart).iter() if element.get("r") == "9"]
    places = [(float(disc.get("cx")), float(disc.get("cy"))) for disc in discs]
    for at, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 > 18**2 for a, b in places[:at])


@pytest.mark.parametrize("chart", CHARTS)
def test_a_guide_is_light_and_its_html_whole(chart):
    html = reading.fold(chart)
    assert len(html.encode()) < 6000
    assert html.count("<li>") == 3 and html.count("<details") == html.count("</details>") == 1
    assert re.search(r'<img class="cermin-contoh" alt="[^"]{20,}" src="data:image/svg\+xml,[^"]+">', html)


def test_a_guide_is_folded_into_one_piece_of_html():
    def script():
        from portal.reading import how_to_read

        how_to_read("kurva")

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert [part.value for part in app.html] == [reading.fold("kurva")]


def test_an_unknown_chart_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        reading.how_to_read("tidak ada")
