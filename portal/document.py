"""Pure ASGI around the pages: the document says it is Indonesian, carries our style sheet, and an unknown
address goes home.

Streamlit serves one and the same document for every address; only its head is changed here, once per
answer.
"""

import hashlib
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.places import ROOT
from portal import preload, texts
from portal.rooms import ADDRESSES

ASSETS = ROOT / "portal" / "assets"
SHEETS = ("halaman.css", "tanda.css", "gambar.css", "bidang.css", "corong.css", "sinyal.css")
ICON = (ASSETS / "ikon.svg").read_bytes()
CSS = b"\n".join((ASSETS / name).read_bytes() for name in SHEETS)
STYLE = f"/gaya.css?v={hashlib.sha256(CSS).hexdigest()[:12]}"
DROPPED = (b"content-length", b"etag", b"last-modified")
CHANGES = (
    (b'<html lang="en">', b'<html lang="id">'),
    (b"<title>Streamlit</title>", f"<title>{texts.PRODUCT}</title>".encode()),
    (b"./favicon.png", b"/ikon.svg"),
    (b"</head>", f'<link rel="stylesheet" href="{STYLE}"><script src="/sesi.js"></script></head>'.encode()),
)


class Document:
    """Middleware that rewrites the document; websockets, files and every other answer pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_page(scope["path"]):
            return await self.app(scope, receive, send)
        # Compressed by Streamlit it could not be changed; the document is eight kilobytes.
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        return await self.app(scope | {"headers": headers}, receive, _Rewrite(scope["path"], send))


class _Rewrite:
    """Holds an HTML answer back until it is whole, then sends it changed."""

    def __init__(self, path: str, send: Send) -> None:
        self.path, self.send = path, send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        if b"<title>Streamlit" not in self.body:  # a page of our own, whole as it is
            await self.send(start)
            return await self.send({"type": "http.response.body", "body": self.body})
        unknown = self.path.strip("/")
        headers = [(name, value) for name, value in start["headers"] if name not in DROPPED]
        if start["status"] == 200 and unknown not in ADDRESSES:
            headers = [
                (b"location", f"/?halaman={quote(unknown, safe='')}".encode()),
                (b"content-length", b"0"),
            ]
            await self.send(start | {"status": 303, "headers": headers})
            return await self.send({"type": "http.response.body", "body": b""})
        for old, new in CHANGES:
            self.body = self.body.replace(old, new, 1)
        self.body = self.body.replace(b"</head>", preload.links(unknown) + b"</head>", 1)
        headers.append((b"content-length", str(len(self.body)).encode()))
        await self.send(start | {"headers": headers})
        return await self.send({"type": "http.response.body", "body": self.body})


async def style(request: Request) -> Response:
    """GET /gaya.css: the style sheets of the pages; the address names their content, so they may be kept."""
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(CSS, media_type="text/css", headers=headers)


async def icon(request: Request) -> Response:
    """GET /ikon.svg: the small picture of the browser's tab."""
    return Response(ICON, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


ROUTES = [Route("/gaya.css", style), Route("/ikon.svg", icon)]


def _is_page(path: str) -> bool:
    return not path.startswith("/_stcore") and "." not in path.rsplit("/", 1)[-1]


def _is_html(message: Message) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"]
    )
