"""What the gate adds to a rerun: CPU of one websocket's messages through it, beyond the same without it."""

import asyncio
import time
from pathlib import Path

from bench import signing
from bench.children import measured
from bench.report import Measure, number

LIMIT_MS = 2
RERUNS, SENT = 2_000, 60  # runs that are asked for, and messages that a page answers each with


def measure(data: Path) -> list[Measure]:
    """CPU milliseconds per rerun that checking the session and passing messages on costs."""
    spent = measured("gate_beyond", data=data).result
    note = f"{number(RERUNS)} jalan ulang, tiap kali 1 pesan masuk dan {SENT} keluar; "
    note += f"tanpa gerbang {number(spent['bare_ms'])} ms"
    return [Measure("gerbang: CPU tambahan satu jalan ulang", spent["beyond_ms"], "ms", LIMIT_MS, note)]


def beyond() -> dict[str, float]:
    """The same conversation with and without the gate, in this process and CERMIN_DATA."""
    from access.gate import Gate

    scope = _scope(signing.token())
    asyncio.run(_drive(Gate(_page), scope, 50))
    bare, guarded = (asyncio.run(_drive(app, scope, RERUNS)) for app in (_page, Gate(_page)))
    return {"bare_ms": bare, "beyond_ms": guarded - bare}


async def _page(scope, receive, send) -> None:
    """A portal that answers each message with as many as a page is made of."""
    while (await receive())["type"] != "websocket.disconnect":
        for _ in range(SENT):
            await send({"type": "websocket.send", "bytes": b""})


async def _drive(app, scope: dict, reruns: int) -> float:
    """CPU milliseconds per rerun."""
    coming = [{"type": "websocket.receive", "bytes": b""}] * reruns + [{"type": "websocket.disconnect"}]
    waiting = iter(coming)

    async def receive() -> dict:
        await asyncio.sleep(0)
        return next(waiting)

    async def send(message: dict) -> None:
        if message["type"] == "websocket.close":
            raise RuntimeError("the gate closed a session that is open")

    start = time.process_time()
    await app(scope, receive, send)
    return (time.process_time() - start) * 1000 / reruns


def _scope(token: str) -> dict:
    host = b"localhost:8501"
    given = {b"host": host, b"origin": b"http://" + host, b"cookie": f"{signing.COOKIE}={token}".encode()}
    return {
        "type": "websocket",
        "path": "/_stcore/stream",
        "raw_path": b"/_stcore/stream",
        "query_string": b"",
        "root_path": "",
        "scheme": "ws",
        "headers": list(given.items()),
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8501),
        "subprotocols": ["streamlit"],
    }
