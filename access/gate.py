"""Pure ASGI around everything: who asks is decided here, before Streamlit or any route sees the request.

Every request is held against the table in rules.py. The header that names the viewer to Streamlit is taken
from clients and set here. A websocket is looked at again with each message and every two seconds, so that a
session that ended stops in open tabs as well.
"""

import asyncio
import contextlib
import time
from urllib.parse import quote

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access import answers, headers, oidc, rules, sessions, settings
from access.roles import PAGES, Viewer
from access.visit import Visit
from pipelines.errors import UserError

VIEWER = b"x-cermin-sesi"
PULSE_SECONDS = 2.0
CLOSED = 4401
MINUTE = sessions.TOUCH_SECONDS
REMEMBERED = 10_000


class TooLarge(Exception):
    """The body of a request is larger than its rule allows."""


class Gate:
    """The middleware; it belongs first in the list."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.activity = Activity()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._start(scope, receive, send)
        visit = Visit.of(scope)
        rule = rules.find(scope)
        viewer = await self.activity.who(visit.token, counts=_is_activity(scope))
        inner = _vouched(scope, visit, viewer)
        if scope["type"] == "websocket":
            return await self._websocket(inner, receive, send, rule, viewer, visit)
        return await self._http(inner, receive, send, rule, viewer, visit)

    async def _start(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Settings that cannot be are said once, at the start, and nothing is served with half of them."""
        try:
            settings.read()
            oidc.provider()
        except UserError as wrong:
            await receive()
            return await send({"type": "lifespan.startup.failed", "message": str(wrong)})
        return await self.app(scope, receive, send)

    async def _http(self, scope, receive, send, rule, viewer, visit) -> None:
        is_page = rules.is_page(scope, rule)
        dressed = _Dressed(send, is_sheet=not _is_portal(rule), is_https=visit.is_https)
        verdict = rules.judge(rule, viewer, is_page=is_page)
        if verdict is rules.PASS and scope["method"] not in rules.READ and not visit.is_same_origin:
            verdict = rules.FORBIDDEN
        if verdict is not rules.PASS:
            to = _way(verdict, scope, is_page)
            answer = await answers.refused(
                verdict.step, viewer, visit, to=to, is_page=is_page, path=scope["path"]
            )
            return await answer(scope, receive, dressed)
        meter = _Meter(receive, rule.body)
        try:
            meter.announce(Headers(scope=scope))
            return await self.app(scope, meter, dressed)
        except TooLarge:
            if not dressed.is_started:
                await answers.too_large(scope, receive, dressed)
            return None

    async def _websocket(self, scope, receive, send, rule, viewer, visit) -> None:
        verdict = rules.judge(rule, viewer, is_page=False)
        if verdict is not rules.PASS or not visit.has_own_origin:
            await receive()
            if verdict is rules.PASS:
                await answers.note_refusal(viewer, visit, "asal asing")
            return await send({"type": "websocket.close", "code": CLOSED})
        watch = _Watch(self.activity, visit.token, viewer, receive, send)
        pulse = asyncio.create_task(watch.beat())
        try:
            return await self.app(scope, watch.receive, watch.send)
        finally:
            pulse.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pulse


class Activity:
    """Asks the store who a token belongs to: one read here, and at most once a minute a write elsewhere."""

    def __init__(self) -> None:
        self._noted: dict[str, float] = {}

    async def who(self, token: str, *, counts: bool) -> Viewer | None:
        """The viewer, fresh from the store. `counts`: a person asks, so the session lives on."""
        viewer = sessions.who(token) if token else None
        now = time.monotonic()
        if viewer is None or not counts or now - self._noted.get(viewer.session, -MINUTE) < MINUTE:
            return viewer
        if len(self._noted) >= REMEMBERED:
            self._noted.clear()
        self._noted[viewer.session] = now
        # The write waits for the disk; nobody else has to wait with it.
        return await anyio.to_thread.run_sync(lambda: sessions.who(token, touch=True))


class _Watch:
    """An open websocket: looked at with each message and at each beat; over once the viewer is another."""

    def __init__(
        self, activity: "Activity", token: str, viewer: Viewer, receive: Receive, send: Send
    ) -> None:
        self.activity, self.token, self.viewer = activity, token, _identity(viewer)
        self._receive, self._send = receive, send
        self.over = asyncio.Event()
        self.is_open = False

    async def receive(self) -> Message:
        """The next message of the browser; a disconnect once the session is over."""
        if self.over.is_set():
            return _gone()
        coming = asyncio.ensure_future(self._receive())
        ended = asyncio.ensure_future(self.over.wait())
        try:
            await asyncio.wait((coming, ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            if not coming.done():
                coming.cancel()
        if self.over.is_set():
            return _gone()
        message = coming.result()
        if message["type"] == "websocket.receive" and not await self.look(counts=True):
            return _gone()
        return message

    async def send(self, message: Message) -> None:
        """What the portal sends; nothing more once the session is over."""
        if self.over.is_set():
            return
        self.is_open = self.is_open or message["type"] == "websocket.accept"
        await self._send(message)

    async def beat(self) -> None:
        """Look at the session every two seconds."""
        while not self.over.is_set():
            await asyncio.sleep(PULSE_SECONDS)
            if self.is_open:
                await self.look()

    async def look(self, counts: bool = False) -> bool:
        """Whether the same viewer is still signed in; closes the websocket when not."""
        if self.over.is_set():
            return False
        if _identity(await self.activity.who(self.token, counts=counts)) == self.viewer:
            return True
        self.over.set()
        with contextlib.suppress(RuntimeError, OSError):
            await self._send({"type": "websocket.close", "code": CLOSED})
        return False


class _Meter:
    """Counts the body of a request while it is read; TooLarge where it passes its limit."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self.left = receive, limit

    def announce(self, given: Headers) -> None:
        """Hold the announced length against the limit, before anything is read."""
        length = given.get("content-length", "0")
        if not length.isdigit() or int(length) > self.left:
            raise TooLarge

    async def __call__(self) -> Message:
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLarge
        return message


class _Dressed:
    """Puts our headers on the start of an answer."""

    def __init__(self, send: Send, *, is_sheet: bool, is_https: bool) -> None:
        self._send, self.is_sheet, self.is_https = send, is_sheet, is_https
        self.is_started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_started = True
            message = headers.dressed(message, is_sheet=self.is_sheet, is_https=self.is_https)
        await self._send(message)


def _vouched(scope: Scope, visit: Visit, viewer: Viewer | None) -> Scope:
    """The request as the others see it: the viewer's header is ours, and routes find the viewer in state."""
    given = [pair for pair in scope["headers"] if pair[0].lower() != VIEWER]
    if viewer is not None and not viewer.awaits_code and not viewer.must_change:
        given.append((VIEWER, viewer.session.encode()))
    state = {**scope.get("state", {}), "viewer": viewer, "visit": visit}
    client = (visit.address, (scope.get("client") or ("", 0))[1])
    return {**scope, "headers": given, "state": state, "client": client}


def _is_activity(scope: Scope) -> bool:
    """What a person does keeps a session alive; the script that only asks whether it lives does not."""
    return scope["type"] == "http" and scope["path"] not in ("/sesi", "/_stcore/health")


def _is_portal(rule: rules.Rule | None) -> bool:
    return rule is not None and rule.name.startswith("halaman ")


def _way(verdict: rules.Verdict, scope: Scope, is_page: bool) -> str:
    """Where the browser is led; to the sign-in page with the address that was asked for."""
    if verdict is rules.UNKNOWN and is_page:
        bare = scope["path"].strip("/")
        if bare in PAGES:
            return f"/{bare}{_query(scope)}"
        return f"/?halaman={quote(scope['path'].strip('/'), safe='')}"
    if verdict.to != rules.SIGN_IN:
        return verdict.to
    asked = scope["path"] + _query(scope)
    return rules.SIGN_IN if asked == "/" else f"{rules.SIGN_IN}?ke={quote(asked, safe='/')}"


def _query(scope: Scope) -> str:
    return f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""


def _identity(viewer: Viewer | None) -> tuple | None:
    """What must stay the same for a websocket to go on."""
    if viewer is None or viewer.awaits_code or viewer.must_change:
        return None
    return viewer.account, viewer.role, viewer.wilayah, viewer.provinsi, viewer.session


def _gone() -> Message:
    return {"type": "websocket.disconnect", "code": CLOSED}
