"""Files made for one person, such as the refused rows of their upload: an address only they can open.

What is offered stays in memory until it is displaced by newer offers or the process ends; nothing of it is
written. Streamlit's own download addresses know no owner, so they are not used.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access import audit
from access.roles import Viewer

MOST = 64
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOT_THERE = "Berkas ini tidak ada lagi, atau bukan milik akun Anda. Buka lagi halaman asalnya."


@dataclass(frozen=True)
class Offer:
    """A file that waits for the one account that may have it; made when it is fetched."""

    account: int
    name: str
    make: Callable[[], bytes]


_offers: OrderedDict[str, Offer] = OrderedDict()
_lock = threading.Lock()


def offer(viewer: Viewer, name: str, make: Callable[[], bytes]) -> str:
    """The address at which this account, and no other, finds the file."""
    token = secrets.token_urlsafe(16)
    with _lock:
        _offers[token] = Offer(viewer.account, name, make)
        while len(_offers) > MOST:
            _offers.popitem(last=False)
    return f"/serahan/{token}/{quote(name)}"


def fetch(request: Request) -> Response:
    """GET /serahan/<token>/<name>: the file of the account that asks; 404 for everybody else."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    held = _offers.get(request.path_params["token"])
    if viewer is None or held is None or held.account != viewer.account:
        return PlainTextResponse(NOT_THERE, status_code=404)
    client = request.client.host if request.client else ""
    audit.record("ekspor", viewer, address=client, detail={"berkas": held.name})
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(held.name)}",
        "cache-control": "no-store",
    }
    return Response(held.make(), media_type=media_type(held.name), headers=headers)


def media_type(name: str) -> str:
    """What a file of this name is sent as."""
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")


ROUTES = [Route("/serahan/{token}/{name}", fetch)]
