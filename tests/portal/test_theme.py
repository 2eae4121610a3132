"""Colours can be told apart by every reader, in light and dark, and the frame of figures stays small."""

import itertools
import tomllib

import numpy as np
import pytest
from streamlit.elements.lib import streamlit_plotly_theme

from pipelines.places import ROOT
from portal import theme

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MARKS = {
    "masuk": theme.MASUK,
    "terbuka": theme.TERBUKA,
    "ditutup": theme.DITUTUP,
    "ungu": theme.UNGU,
    "netral": theme.NETRAL,
}
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
BLINDNESS = {
    "biasa": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    levels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = XYZ @ np.clip(rgb, 0, 1) / (XYZ @ np.ones(3))
    cube = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", MARKS)
def test_marks_stand_out_from_both_grounds(mode, name):
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(MARKS[name], CONFIG[mode][ground]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", ["textColor", "linkColor", "grayColor", "redColor", "orangeColor"])
def test_words_are_readable_on_both_grounds(mode, colour):
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(CONFIG[mode][colour], CONFIG[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_words_are_readable_on_the_main_button(mode):
    assert contrast("#ffffff", CONFIG[mode]["primaryColor"]) >= 4.3


@pytest.mark.parametrize("seen", BLINDNESS)
@pytest.mark.parametrize("pair", list(itertools.combinations(["masuk", "terbuka", "ditutup"], 2)))
def test_the_three_main_series_differ_for_colour_blind_readers(seen, pair):
    one, other = (lab(np.array(BLINDNESS[seen]) @ linear(MARKS[name])) for name in pair)
    assert np.linalg.norm(one - other) > 15


def test_series_differ_in_more_than_colour():
    assert len(set(theme.SYMBOLS)) == len(set(theme.DASHES)) == len(set(theme.SERIES)) == 5
    assert set(theme.GLYPHS) == set(theme.SYMBOLS)


def test_text_takes_the_colour_of_the_mode_in_the_browser():
    assert theme.INK == streamlit_plotly_theme.GRAY_90


def test_the_frame_is_small_and_indonesian():
    frame = theme.layout(200, yaxis2={"domain": [0, 0.3]})
    assert frame["template"] == {}
    assert frame["separators"] == ",."
    assert {"xaxis", "yaxis", "yaxis2"} <= set(frame)
    assert all(frame[name]["fixedrange"] for name in ("xaxis", "yaxis", "yaxis2"))
    assert theme.PLOTLY_CONFIG["displayModeBar"] is False
    words = theme.PLOTLY_CONFIG["locales"]["id"]["format"]
    assert (words["months"][7], words["shortMonths"][4], words["days"][0]) == ("Agustus", "Mei", "Minggu")


def test_stronger_steps_of_a_ramp_come_later():
    steps = [float(step.rstrip(")").split(",")[-1]) for step in theme.ramp(6)]
    assert steps == sorted(steps)
    assert steps[-1] == 1


def test_nothing_of_the_look_is_fetched_from_elsewhere():
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "fontFaces" not in CONFIG
