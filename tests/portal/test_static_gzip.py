"""Streamlit's own files: compressed once, kept, the same bytes inside; everything else untouched."""

import gzip
from functools import partial

import pytest
from starlette.responses import Response

from portal.static_gzip import StaticGzip
from tests.portal import asgi

BODY = b"export const x = 1;\n" * 500


class Server:
    """An ASGI app that counts what it is asked."""

    def __init__(self):
        self.asked = []

    async def __call__(self, scope, receive, send):
        self.asked.append(scope["path"])
        status = 404 if "hilang" in scope["path"] else 200
        await Response(BODY, status, {"etag": "x"}, "text/javascript")(scope, receive, send)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def client(server):
    return partial(asgi.get, StaticGzip(server))


def test_a_script_is_compressed_once_and_kept(client, server):
    for _ in range(3):
        answer = client("/static/js/a.js")
        assert answer.text.encode() == BODY
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert "etag" not in answer.headers
    assert server.asked == ["/static/js/a.js"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/a.js", {"accept-encoding": "identity"}),
        ("/static/js/a.js", {"range": "bytes=0-10"}),
        ("/static/js/a.js", {"if-none-match": "x"}),
        ("/static/media/huruf.woff2", {}),
        ("/media/berkas.js", {}),
        ("/peta", {}),
    ],
)
def test_everything_else_passes_untouched(client, path, headers):
    answer = client(path, headers)
    assert "content-encoding" not in answer.headers
    assert answer.content == BODY


def test_a_missing_file_is_not_kept(client, server):
    assert [client("/static/js/hilang.js").status for _ in range(2)] == [404, 404]
    assert len(server.asked) == 2


def test_the_kept_bytes_are_the_same_each_time():
    assert gzip.compress(BODY, 6, mtime=0) == gzip.compress(BODY, 6, mtime=0)
