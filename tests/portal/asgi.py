"""Asks an ASGI app directly, without a server or a client library."""

import asyncio
import gzip
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from access.roles import Viewer


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` with lower-case names, `content` as it was sent."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text, unpacked where it was sent compressed."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode("utf-8")


def get(app, address: str, headers: dict[str, str] | None = None, viewer: Viewer | None = None) -> Answer:
    """GET an address of the app, as a browser that accepts gzip unless `headers` say otherwise.

    viewer: who asks, as the gate hands them on.
    """
    parts = urlsplit(address)
    given = {"host": "localhost", "accept-encoding": "gzip"} | (headers or {})
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {"viewer": viewer},
    }
    return asyncio.run(_call(app, scope))


async def _call(app, scope: dict) -> Answer:
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    names = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], names, b"".join(part.get("body", b"") for part in sent[1:]))


async def messages(app, scope: dict) -> list[dict]:
    """Every message an app sends for a scope that it only has to pass on."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, None, send)
    return sent
