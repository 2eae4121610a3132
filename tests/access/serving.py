"""A real server with one account per role, and a client that sends exactly what it is told to send."""

import contextlib
import http.client
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from access import accounts, sessions, store
from bench.children import served
from pipelines.places import ROOT

OWN, OTHER = "64.08", "63.04"
ROLES = ("admin", "petugas", "pimpinan", "pemda")
PASSWORDS = {role: f"kuda laut biru {number}" for number, role in enumerate(ROLES, 71)}
COOKIE = "cermin_sesi"


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` with lower-case names, of several with one name the last."""

    status: int
    headers: dict[str, str]
    text: str
    cookies: dict[str, str]


@dataclass
class Client:
    """A browser without a browser: keeps cookies, follows nothing, normalises nothing."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        method: str = "GET",
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """One request; `fields` make it a form."""
        given = dict(self.told)
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            body = urlencode(fields).encode()
            given |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.address}"}
        given |= headers or {}
        with contextlib.closing(http.client.HTTPConnection(self.address, timeout=60)) as line:
            line.request(method, path, body, {name: value for name, value in given.items() if value})
            return self._taken(line.getresponse())

    def _taken(self, answer: http.client.HTTPResponse) -> Answer:
        text = answer.read().decode("utf-8", "replace")
        fresh = {}
        for line in answer.headers.get_all("set-cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            fresh[name] = line
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, text, fresh)

    def form(self, path: str, **fields: str) -> Answer:
        """Open a page, then send its form with its own token."""
        return self.ask(path, "POST", {"csrf": token_in(self.ask(path).text)} | fields)

    def sign_in(self, name: str, password: str = "", ke: str = "/") -> Answer:
        """Sign in by the form at /masuk."""
        return self.form("/masuk", nama=name, sandi=password or PASSWORDS.get(name, ""), ke=ke)

    def listen(self, path: str = "/_stcore/stream", **told: str) -> ClientConnection:
        """Open the websocket as a browser would; `told` changes headers (Origin="" leaves it out)."""
        given = {"Origin": f"http://{self.address}"} | told
        pairs = [f"{name}={value}" for name, value in self.cookies.items()]
        given |= {"Cookie": "; ".join(pairs)} if pairs and "Cookie" not in given else {}
        origin = given.pop("Origin") or None
        return connect(
            f"ws://{self.address}{path}",
            origin=origin,
            additional_headers=given,
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,
        )

    def is_refused(self, path: str = "/_stcore/stream", **told: str) -> bool:
        """Whether a websocket with these headers is answered with 403."""
        try:
            with self.listen(path, **told):
                return False
        except InvalidStatus as refusal:
            return refusal.response.status_code == 403


def token_in(page: str) -> str:
    """The token of the first form in a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    return found[1] if found else ""


@dataclass(frozen=True)
class Server:
    """A running server: its address, its CERMIN_DATA, and the process that serves."""

    address: str
    data: Path

    def client(self, role: str = "", **told: str) -> Client:
        """A client that nobody or one role is signed in with; the session is made in the store."""
        cookies = {COOKIE: self.token(role)} if role else {}
        return Client(self.address, cookies, told)

    def token(self, role: str) -> str:
        """A new session's token for the account of a role."""
        with self.within():
            return sessions.start(accounts.find(role).id, address="127.0.0.1", agent="uji")

    @contextlib.contextmanager
    def within(self) -> Iterator[None]:
        """Look into the server's own store, from this process."""
        before = os.environ["CERMIN_DATA"]
        os.environ["CERMIN_DATA"] = str(self.data)
        try:
            yield
        finally:
            os.environ["CERMIN_DATA"] = before


@contextlib.contextmanager
def serving(data: Path) -> Iterator[Server]:
    """Serve this CERMIN_DATA on a free port, with one account per role."""
    with served(ROOT / "app.py", data, data.parent / f"{data.name}.log") as (address, _):
        server = Server(address, data)
        with server.within():
            fill()
        yield server
        with server.within():
            store.close()


def fill() -> None:
    """One account per role in the present CERMIN_DATA, where it is missing."""
    for role in ROLES:
        if accounts.find(role) is None:
            place = OWN if role == "pemda" else None
            accounts.add(role, role, wilayah=place, password=PASSWORDS[role], by="uji")
