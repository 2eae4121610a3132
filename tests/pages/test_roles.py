"""Each role finds its pages and nothing else; a page that is reached around the menu shows nothing."""

import pytest
from streamlit.testing.v1 import AppTest

from access import audit, roles, sessions
from bench import signing
from pipelines.places import ROOT
from portal import rooms, texts
from portal.rooms import ROOMS
from tests.pages.conftest import opened, said

OWN = "64.08"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.file.stem)
def test_a_page_file_asked_for_alone_shows_nothing_to_a_stranger(sample_data, room):
    app = AppTest.from_file(str(room.file), default_timeout=60).run()
    assert not app.metric and not app.html and not app.get("plotly_chart")
    assert app.exception or app.error


@pytest.mark.parametrize("user", [{}, {"sesi": "0" * 32}, {"email": "admin@contoh.id"}])
def test_the_shell_shows_a_stranger_one_sentence(sample_data, user):
    app = AppTest.from_file(str(ROOT / "portal" / "shell.py"), default_timeout=60)
    app.user = user
    app.run()
    assert [one.value for one in app.error] == [texts.STRANGER]
    assert not app.metric and not app.html and not app.title


@pytest.mark.parametrize("role", roles.ROLES)
def test_the_menu_holds_the_pages_of_the_role(role):
    shown = {room.address for room in rooms.open_to(role)}
    assert shown == {room.address for room in ROOMS if role in roles.PAGES[room.address]}
    assert ("unggah" in shown) == (role in ("admin", "petugas"))
    assert ("tren" in shown) == (role != "pemda")


@pytest.mark.parametrize("address", ["unggah"])
def test_a_page_of_another_role_is_not_to_be_had(sample_data, address):
    with pytest.raises(ValueError):
        opened(address, role="pimpinan")


def test_an_account_of_one_region_begins_at_its_own_page(sample_data):
    app = opened(role="pemda", own=OWN)
    assert not app.exception
    assert "Kabupaten Kutai Timur" in [one.value for one in app.title]


def test_another_region_in_the_address_is_answered_with_the_own_one(sample_data):
    app = opened("wilayah", role="pemda", own=OWN, kode="64.72")
    assert [one.value for one in app.title] == ["Kabupaten Kutai Timur"]
    assert any("Akun ini hanya untuk Kabupaten Kutai Timur" in one.value for one in app.warning)
    assert "Samarinda" not in said(app)


@pytest.mark.parametrize("address", ["peta", "kerja-sama", "wilayah", "metode"])
def test_the_pages_of_one_region_work(any_data, address):
    app = opened(address, role="pemda", own=OWN)
    assert [one.value for one in (*app.exception, *app.error)] == []


def test_a_session_that_ended_shows_nothing_on_the_next_run(sample_copy):
    viewer = signing.viewer("pimpinan")
    app = opened(role="pimpinan")
    assert app.metric
    sessions.end_public(viewer.session, viewer.account)
    app.run()
    assert [one.value for one in app.error] == [texts.STRANGER] and not app.metric


def test_an_opened_page_is_noted_once(sample_copy):
    before = len(audit.rows(action="lihat", limit=10_000))
    app = opened("wilayah", role="pemda", own=OWN)
    app.run()
    noted = audit.rows(action="lihat", limit=10_000)
    assert len(noted) == before + 1
    assert {"halaman": "/wilayah", "wilayah": OWN} in [row["detail"] for row in noted]
