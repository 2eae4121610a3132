"""The document: Indonesian, with our style sheet, and home for an unknown address; all else untouched."""

import asyncio
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from portal import document
from tests.portal import asgi

PAGE = (
    '<html lang="en"><head><link href="./favicon.png"><title>Streamlit</title></head><body></body></html>'
    + " " * 900
)


async def _page(request):
    return HTMLResponse(PAGE, headers={"etag": "x"})


@pytest.fixture
def client():
    routes = [
        *document.ROUTES,
        Route("/teks", lambda request: PlainTextResponse("biasa")),
        Route("/{path:path}", _page),
    ]
    inside = Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=1)])
    return partial(asgi.get, document.Document(inside))


@pytest.mark.parametrize("path", ["/", "/peta", "/kerja-sama", "/wilayah?kode=64.08", "/metode/"])
def test_the_document_is_indonesian_and_styled(client, path):
    answer = client(path)
    assert answer.status == 200
    assert '<html lang="id">' in answer.text
    assert "<title>Cermin</title>" in answer.text
    assert document.STYLE in answer.text
    assert "favicon.png" not in answer.text
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/tidak-ada", "/peta/dalam", "/a%2Fb", "/ada spasi"])
def test_an_unknown_address_goes_home_and_says_so(client, path):
    answer = client(path)
    assert answer.status == 303
    assert answer.headers["location"].startswith("/?halaman=")
    assert "\n" not in answer.headers["location"]


def test_other_answers_pass_untouched(client):
    assert client("/teks").text == "biasa"


def test_a_websocket_passes_untouched():
    async def inside(scope, receive, send):
        await send({"type": "websocket.accept", "path": scope["path"]})

    scope = {"type": "websocket", "path": "/peta", "headers": []}
    assert asyncio.run(asgi.messages(document.Document(inside), scope)) == [
        {"type": "websocket.accept", "path": "/peta"}
    ]


def test_the_style_sheet_may_be_kept_for_good(client):
    answer = client(document.STYLE)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert "@media print" in answer.text
    assert client("/ikon.svg").headers["content-type"] == "image/svg+xml"


def test_no_style_is_fetched_from_outside():
    assert b"http" not in document.CSS.replace(b"http://www.w3.org", b"")
