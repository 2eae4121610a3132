"""What a form sends back: its fields, the token that proves it is ours, and the way it asks to go on."""

import hashlib
import hmac
import re
import secrets
from urllib.parse import parse_qsl

from starlette.requests import Request

from access.roles import Viewer
from access.visit import Visit, cookie, cookie_name
from pipelines.errors import UserError

EARLY = "cermin_awal"  # the cookie that binds a form to a browser before anybody is signed in
MOST_FIELDS, LONGEST = 40, 4000
# Forms that were open while the server was restarted have to be sent again.
_KEY = secrets.token_bytes(32)
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")


class Expired(UserError):
    """The form's token does not belong to this browser or session."""

    def __init__(self) -> None:
        super().__init__("Formulir ini sudah tidak berlaku. Isi dan kirim sekali lagi.")


async def fields(request: Request) -> dict[str, str]:
    """The fields of a form as text; of two with one name the last. Anything but a plain form is empty."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        pairs = parse_qsl(
            (await request.body()).decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        return {}
    return {name: value for name, value in pairs if len(value) <= LONGEST}


def local(given: str | None) -> str:
    """An address of ours to go on to; "/" for anything that could lead elsewhere or sign out again."""
    given = given or ""
    if len(given) > 2000 or not _LOCAL.fullmatch(given):
        return "/"
    return "/" if re.match(r"/(masuk|keluar|siapkan|sandi)\b", given) else given


def early(request: Request) -> str:
    """The value of the early cookie, "" without one."""
    return cookie(request.headers, cookie_name(visit(request).is_https, EARLY))


def early_token(value: str) -> str:
    """The form's token that belongs to a value of the early cookie."""
    return hmac.new(_KEY, value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def check_early(request: Request, given: dict[str, str]) -> None:
    """Refuse a form from a browser that was not given it; Expired."""
    value = early(request)
    if not value or not hmac.compare_digest(early_token(value).encode(), given.get("csrf", "").encode()):
        raise Expired


def check(viewer: Viewer, given: dict[str, str]) -> None:
    """Refuse a form that was not made for this session; Expired."""
    if not hmac.compare_digest(viewer.csrf.encode(), given.get("csrf", "").encode()):
        raise Expired


def visit(request: Request) -> Visit:
    """What the gate read from the request's head."""
    return request.scope["state"]["visit"]


def viewer(request: Request) -> Viewer:
    """Whom the gate let through; only for routes that no anonymous visitor reaches."""
    found = request.scope["state"]["viewer"]
    if found is None:
        raise PermissionError("a route for signed-in viewers was reached by nobody")
    return found
