"""How a chart is read: three short sentences and one drawn example, folded away until it is opened.

A page writes `how_to_read("kurva")` below its figure, or puts `fold("kurva")` into HTML of its own. It costs
a rerun nothing to speak of: the HTML of a chart is made once per process.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape

import streamlit as st

from pipelines.places import ROOT
from portal import texts
from portal.figures import examples

TEXTS = ROOT / "portal" / "assets" / "cara_membaca.toml"


@dataclass(frozen=True)
class Guide:
    """What is said about one kind of chart: the words of its picture, and the three sentences."""

    picture: str
    sentences: tuple[str, str, str]


@cache
def guides() -> dict[str, Guide]:
    """Every kind of chart that is explained, by the name pages use."""
    content = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {chart: Guide(entry["gambar"], tuple(entry["kalimat"])) for chart, entry in content.items()}


def how_to_read(chart: str) -> None:
    """Draw the folded guide of a chart; KeyError for a chart that has none."""
    st.html(fold(chart))


@cache
def fold(chart: str) -> str:
    """The folded guide of a chart as HTML."""
    return f"<details class='cermin-cara'><summary>{texts.HOW_TO_READ}</summary>{example(chart)}</details>"


@cache
def example(chart: str) -> str:
    """The drawn example and its three numbered sentences as HTML, without the fold around it."""
    guide = guides()[chart]
    picture = f'<img class="cermin-contoh" alt="{escape(guide.picture)}" src="{examples.picture(chart)}">'
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in guide.sentences)
    return f'<div class="cermin-bacaan">{picture}<ol>{listed}</ol></div>'
