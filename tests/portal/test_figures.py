"""Figures: pure, small, honest about what is incomplete or not known, and never by colour alone."""

import datetime as dt
import json

import plotly.graph_objects as go
import polars as pl
import pytest

from portal import figures, formats

MONTHS = [dt.date(2025 + at // 12, at % 12 + 1, 1) for at in range(15)]


def flow(**columns) -> pl.DataFrame:
    """15 months of `arus_bulanan`; columns are replaced whole."""
    base = {
        "bulan": MONTHS,
        "masuk": [30 + at for at in range(15)],
        "ditutup": [25 + at for at in range(15)],
        "terbuka": [200 + 5 * at for at in range(15)],
        "rasio_penyelesaian": [0.83333] * 15,
        "lengkap": [True] * 14 + [False],
    }
    return pl.DataFrame(base | columns)


def cohort(**columns) -> pl.DataFrame:
    base = {
        "bulan": MONTHS,
        "kohort": [20] * 15,
        "selesai": [10] * 15,
        "persen_selesai": [50.0] * 15,
        "bawah": [29.93] * 15,
        "atas": [70.07] * 15,
        "lengkap": [True] * 14 + [False],
    }
    return pl.DataFrame(base | columns)


def assessed(*rows: dict) -> pl.DataFrame:
    base = {"skema": "A", "status_lokus": "dinilai", "nilai": None, "zona": None, "kategori": None}
    base |= {"opini": None, "is_versi": False}
    return pl.DataFrame([base | row for row in rows], schema_overrides={"nilai": pl.Float64})


def peers(**row) -> pl.DataFrame:
    base = {"ukuran": "persen_selesai", "nilai": 45.2, "median": 51.0, "terendah": 30.1, "tertinggi": 70.2}
    return pl.DataFrame([base | {"jumlah_wilayah": 18, "kelompok": "kabupaten"} | row])


def intervals() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "nama": ["Kabupaten Satu", "Kota Dua"],
            "nilai": [40.0, None],
            "bawah": [30.0, None],
            "atas": [51.5, None],
        }
    )


def contacts() -> pl.DataFrame:
    rows = [{"bulan": month, "tipe_laporan": kind, "jumlah": 5} for month in MONTHS for kind in ("LM", "KNL")]
    return pl.DataFrame(rows)


ROWS = {"bars", "linimasa", "sisa", "umur"}  # HTML: test_figure_rows.py
DRAWN = {
    "arus_bulanan": lambda: figures.arus_bulanan(flow()),
    "rasio": lambda: figures.rasio(flow()),
    "kohort": lambda: figures.kohort(cohort()),
    "akses": lambda: figures.akses(contacts()),
    "penilaian": lambda: figures.penilaian(
        assessed({"tahun": 2021, "nilai": 80.0}, {"tahun": 2022, "nilai": 90.0})
    ),
    "sebanding": lambda: figures.sebanding(peers()),
    "selang": lambda: figures.selang(intervals(), "nilai", "bawah", "atas", unit="%"),
}


def content(figure: go.Figure) -> dict:
    return json.loads(figure.to_json())


def notes(figure: go.Figure) -> list[str]:
    return [note["text"] for note in content(figure)["layout"].get("annotations", [])]


def trace(figure: go.Figure, name: str) -> dict:
    return next(trace for trace in content(figure)["data"] if trace.get("name") == name)


def test_every_figure_is_tried():
    assert {*DRAWN, *ROWS} == set(figures.__all__)


@pytest.mark.parametrize("name", DRAWN)
def test_figures_are_small_and_bring_no_title_or_default_look(name):
    figure = DRAWN[name]()
    made = content(figure)
    assert len(figure.to_json()) < 9_000
    assert len(json.dumps(made["layout"]["template"])) < 100
    assert "title" not in made["layout"]
    assert len(made["data"]) <= 6
    assert made["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
    assert 60 <= made["layout"]["height"] <= 500


@pytest.mark.parametrize("name", DRAWN)
def test_every_mark_says_itself_in_indonesian_or_stays_silent(name):
    for drawn in content(DRAWN[name]())["data"]:
        assert "hovertemplate" in drawn or drawn["hoverinfo"] == "skip"
        assert "trace " not in drawn.get("name", "")


@pytest.mark.parametrize("name", DRAWN)
def test_a_frame_is_never_changed_and_draws_the_same_twice(name):
    assert DRAWN[name]().to_json() == DRAWN[name]().to_json()


@pytest.mark.parametrize(
    "figure",
    [
        figures.arus_bulanan(flow(masuk=[None] * 15, ditutup=[None] * 15, terbuka=[None] * 15)),
        figures.rasio(flow(rasio_penyelesaian=[None] * 15)),
        figures.kohort(cohort(persen_selesai=[None] * 15)),
        figures.akses(contacts().clear()),
        figures.sebanding(peers().clear()),
        figures.selang(intervals().filter(pl.col("nilai").is_null()), "nilai", "bawah", "atas"),
    ],
)
def test_nothing_known_is_said_in_words(figure):
    assert notes(figure) == [formats.MISSING]
    assert not content(figure)["data"]


def test_an_incomplete_month_is_hollow_dotted_and_named():
    figure = figures.arus_bulanan(flow())
    assert trace(figure, "masuk")["y"][-1] is None
    hollow = trace(figure, "masuk (belum lengkap)")
    assert (hollow["x"], hollow["y"]) == (["2026-03-01"], [44])
    assert hollow["marker"]["symbol"].endswith("-open")
    assert "belum lengkap" in notes(figure)
    dotted = [s for s in content(figure)["layout"]["shapes"] if s["line"].get("dash") == "dot"]
    assert (dotted[0]["x0"], dotted[0]["y0"], dotted[0]["x1"], dotted[0]["y1"]) == (
        "2026-03-01",
        44,
        "2026-02-01",
        43,
    )


def test_complete_months_alone_are_not_called_incomplete():
    figure = figures.arus_bulanan(flow(lengkap=[True] * 15))
    assert "belum lengkap" not in notes(figure)
    assert len(figure.data) == 3


def test_an_uncovered_month_is_a_gap_and_never_a_zero():
    masuk = [10, 10, None, None, None, *[10] * 10]
    figure = figures.arus_bulanan(flow(masuk=masuk))
    drawn = trace(figure, "masuk")
    assert drawn["y"][2:5] == [None] * 3
    assert drawn["connectgaps"] is False
    assert formats.MISSING in notes(figure)
    field = next(s for s in content(figure)["layout"]["shapes"] if s["type"] == "rect")
    assert (field["x0"], field["x1"]) == ("2025-02-14", "2025-05-16")


def test_the_interval_of_a_cohort_is_broken_where_a_month_is_missing():
    gone = [50.0] * 6 + [None] * 3 + [50.0] * 6
    low, high = ([limit if known else None for known in gone] for limit in (29.9, 70.1))
    band = content(figures.kohort(cohort(persen_selesai=gone, bawah=low, atas=high)))["data"][0]
    assert band["x"].count(None) == band["y"].count(None) == 2
    assert band["x"][:6] == list(reversed(band["x"][6:12]))


def test_hover_of_a_cohort_gives_interval_and_denominator():
    text = trace(figures.kohort(cohort()), "selesai")["text"][0]
    assert text == "(29,9–70,1); 10 dari 20 laporan"


def test_lines_of_one_figure_differ_in_dash_or_marker():
    styles = [
        (drawn["line"].get("dash"), drawn["marker"]["symbol"])
        for drawn in content(figures.arus_bulanan(flow()))["data"]
        if "lines" in drawn["mode"]
    ]
    assert len(set(styles)) == len(styles) == 3


def test_labels_at_the_end_of_lines_do_not_cover_each_other():
    figure = figures.arus_bulanan(flow(ditutup=[29 + at for at in range(15)]))
    heights = [
        note["y"] for note in content(figure)["layout"]["annotations"] if note.get("xanchor") == "left"
    ]
    assert max(heights[:2]) - min(heights[:2]) >= 4.9


def test_events_stand_on_the_axis_with_short_labels_and_full_words_on_hover():
    long = "audiensi dengan bupati tentang rencana kerja dan nota kesepakatan"
    events = pl.DataFrame(
        {
            "tanggal": [dt.date(2025, 6, 5), dt.date(2025, 6, 5), dt.date(2026, 3, 30), dt.date(2019, 1, 1)],
            "label": [long, "lain", "Nota Kesepakatan", "terlalu lama lalu"],
        }
    )
    figure = figures.arus_bulanan(flow(), events)
    flags = [note for note in content(figure)["layout"]["annotations"] if "hovertext" in note]
    assert [flag["x"] for flag in flags] == ["2025-06-05", "2026-03-30"]
    assert flags[0]["text"].endswith("…") and len(flags[0]["text"]) <= 34
    assert flags[0]["hovertext"] == f"5 Jun 2025: {long}; lain"
    assert figure.layout.height > figures.arus_bulanan(flow()).layout.height


def test_only_the_newest_events_carry_labels():
    days = [dt.date(2025, month, 3) for month in range(1, 9)]
    figure = figures.rasio(flow(), pl.DataFrame({"tanggal": days, "label": [str(day) for day in days]}))
    flags = [note["text"] for note in content(figure)["layout"]["annotations"] if "hovertext" in note]
    assert flags == [str(day) for day in days[-4:]]
    uprights = [
        s
        for s in content(figure)["layout"]["shapes"]
        if s["line"].get("dash") == "dot" and s["x0"] == s["x1"]
    ]
    assert len(uprights) == 8


def test_schemes_of_assessment_never_share_a_line():
    figure = figures.penilaian(
        assessed(
            {"tahun": 2020, "nilai": 70.0},
            {"tahun": 2021, "nilai": 80.0},
            {"tahun": 2022, "nilai": 81.0, "skema": "B"},
            {"tahun": 2024, "nilai": 88.0, "skema": "B"},
        )
    )
    lines = [drawn["x"] for drawn in content(figure)["data"] if drawn["mode"] == "lines"]
    assert lines == [[2020, 2021], [2022, 2024]]
    breaks = [s["x0"] for s in content(figure)["layout"]["shapes"]]
    assert breaks == [2021.5]
    assert notes(figure) == ["A", "B", "tidak<br>ditemukan"]


def test_not_assessed_not_known_and_another_version_are_three_marks():
    figure = figures.penilaian(
        assessed(
            {"tahun": 2023, "status_lokus": "bukan lokus"},
            {"tahun": 2024, "zona": "Hijau"},
            {"tahun": 2025, "nilai": 80.0},
            {"tahun": 2025, "nilai": 82.0, "is_versi": True},
        )
    )
    drawn = next(drawn for drawn in content(figure)["data"] if "markers" in drawn["mode"])
    assert drawn["text"] == ["bukan<br>lokus", "Hijau", "80,0", "82,0"]
    assert drawn["marker"]["symbol"] == ["x-thin", "circle-open", "circle", "circle-open"]
    assert not [drawn for drawn in content(figure)["data"] if drawn["mode"] == "lines"]


def test_peers_are_a_range_and_a_median_and_nobody_by_name():
    figure = figures.sebanding(peers())
    assert notes(figure) == [
        "<b>persen selesai: 45,2%</b>",
        "18 kabupaten lain: median 51,0%, kisaran 30,1–70,2%",
    ]


def test_peers_are_withheld_when_the_group_is_small():
    figure = figures.sebanding(peers(median=None, terendah=None, tertinggi=None, jumlah_wilayah=3))
    assert "pembanding tidak ditampilkan" in notes(figure)[1]
    assert len(content(figure)["layout"]["shapes"]) == 1


def test_a_region_without_a_share_says_so_on_its_row():
    figure = figures.selang(intervals(), "nilai", "bawah", "atas", unit="%")
    assert notes(figure) == [formats.MISSING]
    whiskers = content(figure)["data"][0]["error_x"]
    assert (whiskers["array"], whiskers["arrayminus"]) == ([11.5, None], [10.0, None])
