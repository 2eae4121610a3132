"""What a request says of itself before anyone is known: cookie, address, origin, and scheme.

uvicorn believes what a proxy on this machine says of address and scheme; proxies elsewhere are believed when
the setting `proksi_tepercaya` names them.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from access import settings

COOKIE = "cermin_sesi"
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@dataclass(frozen=True)
class Visit:
    """One request: its token ("" without), client address, agent, and what its origin says."""

    token: str
    address: str
    agent: str
    host: str
    is_https: bool
    has_own_origin: bool  # for a websocket: no other site can have made it
    is_same_origin: bool  # nothing says that another site made the request
    is_loopback: bool  # made on this machine, without a proxy in between

    @classmethod
    def of(cls, scope: Scope) -> "Visit":
        """Read a request's head."""
        given = Headers(scope=scope)
        told = settings.read()
        proxies = tuple(ipaddress.ip_network(one) for one in told.proxies)
        peer = scope["client"][0] if scope.get("client") else ""
        is_proxied = _is_within(peer, proxies)
        is_https = told.https or scope["scheme"] in ("https", "wss")
        is_https = is_https or (is_proxied and given.get("x-forwarded-proto") == "https")
        hosts = given.getlist("host")
        host = hosts[0] if len(hosts) == 1 else ""
        address = _behind(peer, given, proxies) if is_proxied else peer
        return cls(
            token=cookie(given, cookie_name(is_https)),
            address=address,
            agent=given.get("user-agent", "")[:200],
            host=host,
            is_https=is_https,
            has_own_origin=_is_own_socket(given, host),
            is_same_origin=_is_same_origin(given, host),
            is_loopback=_is_loopback(address, host) and not any(name in given for name in FORWARDED),
        )


def cookie_name(is_https: bool, name: str = COOKIE) -> str:
    """The name of a cookie of ours: on https with the mark that no other host may set it."""
    return f"__Host-{name}" if is_https else name


def cookie(given: Headers, name: str) -> str:
    """A cookie's value; "" without one, and where two of the same name contradict each other."""
    pairs = [part.strip().partition("=") for line in given.getlist("cookie") for part in line.split(";")]
    values = {value.strip() for key, _, value in pairs if key == name}
    return values.pop() if len(values) == 1 else ""


def _is_within(address: str, networks: tuple) -> bool:
    try:
        return any(ipaddress.ip_address(address) in network for network in networks)
    except ValueError:
        return False


def _behind(peer: str, given: Headers, proxies: tuple) -> str:
    """The nearest address that is no proxy of ours; what a client itself wrote stands further left."""
    chain = [part.strip() for line in given.getlist("x-forwarded-for") for part in line.split(",")]
    for address in reversed(chain):
        if not _is_within(address, proxies):
            return address[:45]
    return peer


def _is_same_origin(given: Headers, host: str) -> bool:
    """Browsers say by Origin, Sec-Fetch-Site or Referer where a request comes from; none may be foreign.

    A client that says nothing is no browser that another site could drive; forms hold their own token.
    """
    fetched = given.get("sec-fetch-site")
    if fetched not in (None, "same-origin", "none"):
        return False
    named = given.get("origin") or given.get("referer")
    return named is None or _is_own(named, host)


def _is_own_socket(given: Headers, host: str) -> bool:
    """Browsers always name the site that opens a websocket: theirs has to be ours.

    A program that names none (a measurement, a monitor) is driven by nobody else and holds its own cookie;
    what looks like a browser and names none is refused.
    """
    named = given.get("origin")
    if named is not None:
        return _is_own(named, host)
    looks_like_a_browser = given.get("user-agent", "").startswith("Mozilla/")
    return not looks_like_a_browser and not any(name.startswith("sec-fetch-") for name in given)


def _is_own(named: str | None, host: str) -> bool:
    try:
        parts = urlsplit(named or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.netloc.lower() == host.lower()


def _is_loopback(address: str, host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        is_local = name == "localhost" or ipaddress.ip_address(name).is_loopback
        return is_local and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
