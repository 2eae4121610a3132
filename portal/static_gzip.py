"""Pure ASGI: Streamlit's own scripts and styles, compressed once per process and kept.

Streamlit serves them uncompressed (9 MB for a page with a chart), and Starlette's middleware would compress
them anew for every viewer. Their names change with their content, so the compressed bytes are kept for good.
"""

import gzip

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "/static/"
KINDS = (".js", ".css", ".json", ".svg")
LEVEL = 6
CHANGED = (b"content-length", b"etag", b"accept-ranges")


class StaticGzip:
    """Middleware for GET of files below /static/ by clients that accept gzip; all else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, tuple[Message, Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_wanted(scope):
            return await self.app(scope, receive, send)
        path = scope["path"]
        if path not in self.kept:
            whole = _Whole(send)
            await self.app(scope, receive, whole)
            if whole.body is None:
                return None
            self.kept[path] = await anyio.to_thread.run_sync(_compressed, whole.start, whole.body)
        for message in self.kept[path]:
            await send(message)
        return None


class _Whole:
    """Collects an answer of status 200; passes any other on and leaves body None."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message = {}
        self.body: bytes | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self.start, self.body = message, b""
        elif self.body is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")


def _compressed(start: Message, body: bytes) -> tuple[Message, Message]:
    small = gzip.compress(body, LEVEL, mtime=0)
    headers = [pair for pair in start["headers"] if pair[0] not in CHANGED]
    headers += [
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
        (b"content-length", str(len(small)).encode()),
    ]
    return start | {"headers": headers}, {"type": "http.response.body", "body": small}


def _is_wanted(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    is_asset = scope["path"].startswith(FOLDER) and scope["path"].endswith(KINDS)
    is_plain = scope["method"] == "GET" and "range" not in headers and "if-none-match" not in headers
    return is_asset and is_plain and "gzip" in headers.get("accept-encoding", "")
