"""Answers of our own: plain pages from templates, redirects, cookies, and refusals in the viewer's words."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import jinja2
from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from access import audit, forms, roles
from access.roles import Viewer
from access.visit import COOKIE, Visit, cookie_name
from pipelines.dates import WITA
from pipelines.regions import gazetteer

FOLDER = Path(__file__).resolve().parent
LOGO = (FOLDER.parent / "portal" / "assets" / "cermin.svg").read_text(encoding="utf-8")
ROLE_NAMES = {
    "admin": "Admin",
    "petugas": "Petugas",
    "pimpinan": "Pimpinan",
    "pemda": "Pemerintah daerah",
}
WORDS = {
    "401": ("Belum masuk", "Masuk dulu untuk membuka alamat ini."),
    "403": ("Tidak tersedia untuk peran Anda", "Halaman atau tindakan ini bukan untuk peran akun Anda."),
    "404": ("Alamat tidak dikenal", "Di alamat ini tidak ada apa-apa."),
}
EARLY_SECONDS = 3600


def moment(at: float | datetime | None) -> str:
    """A moment as it is read in Kalimantan: 22 Nov 2026, 13.04.05 WITA; "belum" without one."""
    if at is None:
        return "belum"
    when = at if isinstance(at, datetime) else datetime.fromtimestamp(at, WITA)
    return format_datetime(when.astimezone(WITA), "d MMM y, HH.mm.ss", locale="id") + " WITA"


def region(code: str) -> str:
    """The name of a region or province."""
    return gazetteer().display.get(code, code)


def regions() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every region (provincial governments among them) and every province, as (code, name)."""
    known = gazetteer()
    provinces = sorted(set(known.province.values()))
    return sorted(known.display.items()), [(code, known.display[code]) for code in provinces]


def told(detail: dict[str, Any]) -> str:
    """The details of a row of the trail as one line: `akun: ani, peran: petugas`."""
    return ", ".join(f"{name}: {value}" for name, value in detail.items())


_SHEETS = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SHEETS.globals |= {"logo": LOGO, "role_names": ROLE_NAMES}
_SHEETS.filters |= {"moment": moment, "rincian": told}


def sheet(name: str, viewer: Viewer | None = None, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One of our pages from templates/<name>.html; `values` are its words and data."""
    is_demo = bool(os.environ.get("CERMIN_DEMO"))
    values = {"error": "", "note": ""} | values
    home = "/" if viewer is None or viewer.role in roles.PAGES[""] else f"/wilayah?kode={viewer.wilayah}"
    text = _SHEETS.get_template(f"{name}.html").render(viewer=viewer, is_demo=is_demo, home=home, **values)
    return HTMLResponse(text, status_code=status)


def early_sheet(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page with a form for somebody who is not signed in: the form is bound to this browser."""
    kept = forms.early(request) or secrets.token_hex(16)
    answer = sheet(name, status=status, csrf=forms.early_token(kept), **values)
    keep(answer, forms.visit(request), forms.EARLY, kept, EARLY_SECONDS)
    return answer


def go(path: str) -> Response:
    """Lead the browser on with a GET."""
    answer = Response(status_code=303)
    answer.headers["location"] = path
    return answer


def signed_in(request: Request, token: str, path: str) -> Response:
    """Lead on with the cookie of a session; the early cookie has done its work."""
    visit = forms.visit(request)
    answer = go(path)
    keep(answer, visit, COOKIE, token, None)
    keep(answer, visit, forms.EARLY, "", 0)
    return answer


def signed_out(request: Request, path: str) -> Response:
    """Lead on without the cookie of a session."""
    answer = go(path)
    keep(answer, forms.visit(request), COOKIE, "", 0)
    answer.headers["clear-site-data"] = '"storage"'
    return answer


def keep(answer: Response, visit: Visit, name: str, value: str, seconds: int | None) -> None:
    """Set a cookie of ours; `seconds` None: until the browser is closed, 0: take it away."""
    answer.set_cookie(
        cookie_name(visit.is_https, name),
        value,
        max_age=seconds,
        path="/",
        secure=visit.is_https,
        httponly=True,
        samesite="lax",
    )


async def refused(
    step: str, viewer: Viewer | None, visit: Visit, *, to: str, is_page: bool, path: str
) -> Response:
    """The answer of the gate to what it does not let through; a refusal by role is put on record."""
    if to:
        return go(to)
    if step == "403" and viewer is not None:
        await note_refusal(viewer, visit, path)
    title, words = WORDS[step]
    if not is_page:
        return PlainTextResponse(f"{title}. {words}", status_code=int(step))
    return sheet("pesan", viewer, status=int(step), title=title, words=words)


async def note_refusal(viewer: Viewer, visit: Visit, what: str) -> None:
    """Put on record that somebody who is signed in was refused something."""
    record = {"address": visit.address, "detail": {"alamat": what[:200]}}
    await anyio.to_thread.run_sync(lambda: audit.record("ditolak", viewer, **record))


async def too_large(scope, receive, send) -> None:
    """The answer to a body beyond its limit; the rest of it is not read."""
    answer = PlainTextResponse("Kiriman ini terlalu besar.", status_code=413, headers={"connection": "close"})
    await answer(scope, receive, send)
