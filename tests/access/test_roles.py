"""Who may do and open what."""

import pytest

from access.roles import ACTIONS, PAGES, ROLES, Viewer


def viewer(role: str, **changed) -> Viewer:
    values = {"account": 1, "name": "x", "role": role, "wilayah": "64.08" if role == "pemda" else None}
    values |= {"provinsi": None, "session": "0" * 32, "csrf": "c"}
    values |= {"must_change": False, "has_totp": False, "awaits_code": False}
    return Viewer(**values | changed)


ALLOWED = {
    "admin": "lihat_semua lihat_wilayah unggah batalkan_semua kelola_akun baca_jejak ekspor",
    "petugas": "lihat_semua lihat_wilayah unggah batalkan_sendiri ekspor",
    "pimpinan": "lihat_semua lihat_wilayah ekspor",
    "pemda": "lihat_wilayah ekspor",
}
OPEN = {
    "admin": [
        "",
        "akun",
        "deteksi-dini",
        "jejak-audit",
        "kerja-sama",
        "metode",
        "pengguna",
        "perbandingan",
        "peta",
        "register",
        "tren",
        "unggah",
        "wilayah",
    ],
    "petugas": [
        "",
        "akun",
        "deteksi-dini",
        "kerja-sama",
        "metode",
        "perbandingan",
        "peta",
        "register",
        "tren",
        "unggah",
        "wilayah",
    ],
    "pimpinan": [
        "",
        "akun",
        "deteksi-dini",
        "kerja-sama",
        "metode",
        "perbandingan",
        "peta",
        "tren",
        "wilayah",
    ],
    "pemda": ["akun", "kerja-sama", "metode", "peta", "wilayah"],
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_the_table_says(role):
    every = set().union(*ACTIONS.values())
    assert {action for action in every if viewer(role).may(action)} == set(ALLOWED[role].split())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_exactly_its_pages(role):
    assert sorted(page for page in PAGES if viewer(role).may_open(page)) == OPEN[role]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_allowed_before_the_sign_in_is_complete(role):
    for half in (viewer(role, awaits_code=True), viewer(role, must_change=True)):
        assert not any(half.may(action) for action in set().union(*ACTIONS.values()))
        assert not any(half.may_open(page) for page in PAGES)


def test_unknown_actions_and_pages_are_nobodys():
    assert not viewer("admin").may("terbang")
    assert not viewer("admin").may_open("rahasia")


def test_only_a_pemda_has_a_limited_scope():
    assert [viewer(role).scope for role in ROLES] == ["semua", "semua", "semua", "pemda:64.08"]


def test_a_slash_before_the_page_changes_nothing():
    assert viewer("pemda").may_open("/peta") and not viewer("pemda").may_open("/")
