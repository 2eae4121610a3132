"""The strip: values live in the address as codes; what is unknown is said and replaced by the nearest."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from portal.filters import Filters


def _script(role, wilayah):
    import streamlit as st

    from bench import signing
    from portal import ask, filters

    viewer = signing.viewer(role, wilayah)
    ask.enter(viewer.scope)
    chosen = filters.strip(viewer)
    other = filters.choose("ukuran", "Ukuran", {"a": "Satu", "b": "Dua"}, default="a", kind="list")
    st.button("ke b", on_click=filters.put, args=("ukuran", "b"))
    st.markdown(f"{chosen.provinsi} {chosen.provinces} {chosen.per_tanggal} {chosen.sejak} {other}")
    st.html(filters.linked('<a href="/wilayah?kode=64.08">x</a><a href="https://luar/wilayah?x">y</a>'))


@pytest.fixture
def app(sample_data) -> AppTest:
    return AppTest.from_function(_script, args=("admin", None), default_timeout=30)


def _said(app: AppTest) -> str:
    assert not app.exception
    return app.markdown[0].value


def test_without_a_choice_both_provinces_and_the_latest_day(app):
    assert _said(app.run()) == "None ('64', '63') 2026-10-31 2025-11-01 a"
    assert not app.warning


def test_the_address_decides(app):
    app.query_params.update(provinsi="63", per_tanggal="2025-06-30", rentang="semua", ukuran="b")
    assert _said(app.run()) == "63 ('63',) 2025-06-30 None b"
    assert app.segmented_control(key="_provinsi").value == "63"
    assert app.date_input(key="_per_tanggal").value == date(2025, 6, 30)


def test_a_choice_moves_into_the_address_as_a_code(app):
    app.run()
    app.segmented_control(key="_provinsi").set_value("64").run()
    app.segmented_control(key="_rentang").set_value("24b").run()
    app.date_input(key="_per_tanggal").set_value(date(2025, 12, 31)).run()
    app.selectbox(key="_ukuran").set_value("b").run()
    assert _said(app) == "64 ('64',) 2025-12-31 2024-01-01 b"
    held = {name: app.text_input(key=name).value for name in ("provinsi", "rentang", "per_tanggal", "ukuran")}
    assert held == {"provinsi": "64", "rentang": "24b", "per_tanggal": "2025-12-31", "ukuran": "b"}


def test_the_default_leaves_the_address(app):
    app.query_params.update(provinsi="64", per_tanggal="2025-12-31")
    app.run()
    app.segmented_control(key="_provinsi").set_value("semua").run()
    app.date_input(key="_per_tanggal").set_value(date(2026, 10, 31)).run()
    assert app.text_input(key="provinsi").value == ""
    assert app.text_input(key="per_tanggal").value == ""


def test_clearing_takes_the_strip_back_and_leaves_the_page_its_choice(app):
    app.query_params.update(provinsi="64", rentang="24b", ukuran="b")
    app.run()
    app.button(key="_hapus_semua").click().run()
    assert _said(app) == "None ('64', '63') 2026-10-31 2025-11-01 b"
    assert app.button(key="_hapus_semua").disabled


def test_a_click_elsewhere_moves_a_choice(app):
    app.run()
    app.button[1].click().run()
    assert _said(app).endswith(" b")
    assert app.text_input(key="ukuran").value == "b"


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("provinsi", "99", "Keduanya"),
        ("provinsi", "<b>", "Keduanya"),
        ("rentang", "selamanya", "12 bulan"),
        ("per_tanggal", "kemarin", "31 Okt 2026"),
        ("per_tanggal", "2026-02-31", "31 Okt 2026"),
        ("per_tanggal", "1745-08-17", "1 Jan 2004"),
        ("per_tanggal", "2999-01-01", "31 Des 2035"),
        ("ukuran", "c", "Satu"),
    ],
)
def test_a_foreign_value_gives_a_sentence_and_the_nearest_view(app, name, value, nearest):
    app.query_params[name] = value
    _said(app.run())
    assert [warning.value for warning in app.warning if value in warning.value and nearest in warning.value]


def test_links_to_our_pages_carry_the_filters_and_others_do_not(app):
    app.query_params.update(provinsi="64", rentang="24b")
    _said(app.run())
    carried = '<a href="/wilayah?provinsi=64&amp;rentang=24b&amp;kode=64.08">x</a>'
    assert app.html[0].value == f'{carried}<a href="https://luar/wilayah?x">y</a>'


def test_the_parameters_of_a_question_and_the_period_in_words():
    filters = Filters("64", ("64",), date(2026, 10, 31), "12b", date(2025, 11, 1))
    assert filters.flow == {"per_tanggal": date(2026, 10, 31), "sejak": date(2025, 11, 1), "provinsi": "64"}
    assert filters.stock == {"per_tanggal": date(2026, 10, 31), "provinsi": "64"}
    assert filters.period == "1 Nov 2025 sampai 31 Okt 2026"
    assert filters.before().period == "1 Nov 2024 sampai 31 Okt 2025"
    assert Filters(None, (), date(2026, 10, 31), "semua", None).before() is None
