"""The route that takes a file in: who may send, what is left when it breaks, and how much memory it takes."""

import asyncio
import secrets
import tracemalloc

import pytest
from starlette.applications import Starlette

from bench import signing
from pipelines import places, titipan
from portal import penerimaan

APP = Starlette(routes=penerimaan.ROUTES)
MB = 1 << 20


@pytest.fixture(autouse=True)
def _data(cermin_data):
    places.state().mkdir(parents=True)


def _put(content, viewer, token: str | None = None, breaks: bool = False, **told: str) -> tuple[int, str]:
    """PUT chunks of content as a viewer; `breaks`: the connection is gone after them."""
    given = {"x-cermin-nama": "ekstrak%20baru.csv", "x-cermin-jenis": "laporan"} | told
    path = f"/unggahan/{token or secrets.token_hex(16)}"
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "PUT",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "state": {"viewer": viewer},
    }
    chunks, sent = iter(content), []

    async def receive() -> dict:
        chunk = next(chunks, None)
        if chunk is None:
            return {"type": "http.disconnect"} if breaks else {"type": "http.request", "body": b""}
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    return sent[0]["status"], b"".join(part.get("body", b"") for part in sent[1:]).decode()


def _left() -> list[str]:
    return [path.name for path in (places.state() / "unggahan").rglob("*") if path.is_file()]


@pytest.mark.parametrize("role", ["admin", "petugas"])
def test_those_who_may_upload_send_a_file(role):
    who = signing.viewer(role)
    assert _put([b"a,b\n", b"1,2\n"], who) == (201, "Berkas diterima.")
    kept = titipan.listed(who.account)[0]
    assert (kept.name, kept.kind, kept.path.read_bytes()) == ("ekstrak baru.csv", "laporan", b"a,b\n1,2\n")


@pytest.mark.parametrize("role", ["pimpinan", "pemda"])
def test_others_are_refused_and_nothing_is_written(role):
    assert _put([b"x"], signing.viewer(role, "64.08" if role == "pemda" else None))[0] == 403
    assert _left() == []


def test_nobody_is_refused():
    assert _put([b"x"], None)[0] == 403


def test_a_token_is_worth_nothing_to_another_account():
    token, mine, other = secrets.token_hex(16), signing.viewer("admin"), signing.viewer("petugas")
    assert _put([b"milik admin"], mine, token)[0] == 201
    assert _put([b"milik petugas"], other, token)[0] == 201
    assert titipan.listed(mine.account)[0].path.read_bytes() == b"milik admin"
    assert titipan.listed(other.account)[0].path.read_bytes() == b"milik petugas"


def test_a_connection_that_breaks_leaves_nothing():
    who = signing.viewer("admin")
    assert _put([b"x" * MB, b"y" * MB], who, breaks=True)[0] == 400
    assert _left() == [] and titipan.listed(who.account) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"x-cermin-jenis": "foto"}, "tidak dikenal"),
        ({"content-length": str(titipan.LARGEST + 1)}, "lebih besar dari 2 GB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(told, words):
    status, said = _put([b"x"], signing.viewer("admin"), **told)
    assert status == 422 and words in said and _left() == []


def test_a_token_that_is_none_is_refused():
    status, said = _put([b"x"], signing.viewer("admin"), "abc")
    assert status == 422 and "Tanda unggahan" in said


def test_a_disk_that_fills_while_the_file_comes_leaves_nothing(monkeypatch):
    who, free = signing.viewer("admin"), titipan.demand_room

    def full(coming: int = 0) -> None:
        if not coming:
            monkeypatch.setattr(titipan, "RESERVE", 2**60)
        free(coming)

    monkeypatch.setattr(titipan, "demand_room", full)
    status, said = _put([b"x" * MB] * 3, who, **{"content-length": str(3 * MB)})
    assert status == 507 and "hampir habis" in said and _left() == []


def test_memory_stays_flat_whatever_the_size():
    who, chunk = signing.viewer("admin"), b"x" * (64 * 1024)
    _put([chunk], who)
    tracemalloc.start()
    assert _put((chunk for _ in range(1600)), who)[0] == 201
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert titipan.listed(who.account)[0].size == 1600 * len(chunk)
    assert peak < 8 * MB
