"""Files for one person: the account that made them gets them, everybody else is told they are not there."""

from functools import partial

import pytest
from starlette.applications import Starlette

from bench import signing
from portal import handout
from tests.portal import asgi


@pytest.fixture
def ask_for(cermin_data):
    return partial(asgi.get, Starlette(routes=handout.ROUTES))


def test_the_owner_gets_the_file_as_a_download(ask_for):
    owner = signing.viewer("petugas")
    answer = ask_for(handout.offer(owner, "ditolak laporan.csv", lambda: b"a;b"), viewer=owner)
    assert (answer.status, answer.content) == (200, b"a;b")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", ["admin", "pimpinan", None])
def test_the_address_is_worth_nothing_to_anybody_else(ask_for, role):
    address = handout.offer(signing.viewer("petugas"), "ditolak.csv", lambda: b"rahasia")
    answer = ask_for(address, viewer=role and signing.viewer(role))
    assert answer.status == 404 and b"rahasia" not in answer.content


def test_an_unknown_address_is_not_there(ask_for):
    assert ask_for("/serahan/tebakan/x.csv", viewer=signing.viewer("petugas")).status == 404


def test_old_offers_make_room(ask_for):
    owner = signing.viewer("petugas")
    first = handout.offer(owner, "a.csv", lambda: b"a")
    for _ in range(handout.MOST):
        handout.offer(owner, "b.csv", lambda: b"b")
    assert ask_for(first, viewer=owner).status == 404
