"""Pages of the admin: the accounts, and the audit trail with its file."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from access import accounts, answers, audit, audit_csv, forms, roles
from access.entry import hashing, run
from access.memory import NOTES, Memory
from access.roles import Viewer
from access.web_account import place_of
from pipelines.dates import WITA
from pipelines.errors import UserError

PER_PAGE, PER_READ = 100, 2000
CHECKED_AT_ONCE = 20_000  # a longer trail is checked when asked for
FILTERS = ("sejak", "sampai", "tindakan", "nama")
_SHOWN_ONCE = Memory(300.0)  # a one-time password, by session


async def users(request: Request) -> Response:
    """GET and POST /pengguna: field `tindakan` is tambah, ubah, kunci, buka or reset, `nama` the account."""
    viewer = forms.viewer(request)
    if request.method != "POST":
        await run(lambda: _note(request, viewer))
        return await run(lambda: _users_sheet(viewer))
    given = await forms.fields(request)
    try:
        forms.check(viewer, given)
        note = await hashing(lambda: _change(viewer, given, forms.visit(request).address))
    except UserError as refusal:
        shown = {"status": 403 if isinstance(refusal, forms.Expired) else 422, "error": str(refusal)}
        return await run(lambda: _users_sheet(viewer, given, **shown))
    NOTES.put(viewer.session, note)
    return answers.go("/pengguna")


def _note(request: Request, viewer: Viewer) -> None:
    seen = {"halaman": request.url.path}
    audit.record("lihat", viewer, address=forms.visit(request).address, detail=seen)


def _change(viewer: Viewer, given: dict[str, str], address: str) -> str:
    """One change to one account; what to say of it."""
    name, step, who = given.get("nama", ""), given.get("tindakan"), {"by": viewer.name, "address": address}
    place = {"wilayah": given.get("wilayah") or None, "provinsi": given.get("provinsi") or None}
    if step == "tambah":
        made = accounts.add(name, given.get("peran", ""), password=None, **place, **who)
        _show_once(viewer, made.name, accounts.reset(made.name, **who))
        return f"Akun {made.name} dibuat."
    if step == "ubah":
        changed = accounts.change(name, role=given.get("peran"), **place, **who)
        return f"Akun {changed.name} diubah; semua sesinya berakhir."
    if step == "kunci":
        accounts.lock(name, **who)
        return f"Akun {name} dikunci; semua sesinya berakhir."
    if step == "buka":
        accounts.unlock(name, **who)
        return f"Akun {name} dibuka."
    if step == "reset":
        if accounts.key_of(name) == accounts.key_of(viewer.name):
            raise UserError("Sandi Anda sendiri diganti di halaman Akun.")
        _show_once(viewer, name, accounts.reset(name, **who))
        return f"Sandi akun {name} diganti dengan sandi sekali pakai; semua sesinya berakhir."
    raise UserError("Tindakan itu tidak dikenal. Pilih salah satu tombol di halaman ini.")


def _show_once(viewer: Viewer, name: str, password: str) -> None:
    _SHOWN_ONCE.put(viewer.session, (name, password))


def _users_sheet(
    viewer: Viewer, given: dict[str, str] | None = None, *, status: int = 200, error: str = ""
) -> Response:
    listed = [(account, place_of(account)) for account in accounts.listed()]
    note = "" if error else NOTES.take(viewer.session) or ""
    regions, provinces = answers.regions()
    shown = {"listed": listed, "given": given or {}, "regions": regions, "provinces": provinces}
    once = None if error else _SHOWN_ONCE.take(viewer.session)
    return answers.sheet(
        "pengguna", viewer, status=status, error=error, note=note, once=once, roles=roles.ROLES, **shown
    )


async def trail(request: Request) -> Response:
    """GET /jejak-audit: parameters sejak, sampai (dates), tindakan, nama, hal (page), periksa."""
    viewer = forms.viewer(request)
    asked = {name: request.query_params.get(name, "").strip()[:64] for name in FILTERS}
    try:
        wanted, error = _wanted(asked), ""
    except UserError as refusal:
        wanted, error = {}, str(refusal)
    page = _page(request.query_params.get("hal"))
    await run(lambda: _note(request, viewer))
    must_check = "periksa" in request.query_params
    return await run(lambda: _trail_sheet(viewer, asked, wanted, page, must_check, error))


def _trail_sheet(
    viewer: Viewer, asked: dict[str, str], wanted: dict[str, Any], page: int, must_check: bool, error: str
) -> Response:
    total, everything = audit.count(**wanted), audit.count()
    last = max(1, -(-total // PER_PAGE))
    page = min(page, last)
    rows = audit.rows(**wanted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    verdict = audit.verify() if must_check or everything <= CHECKED_AT_ONCE else None
    words = {name: value for name, value in asked.items() if value}
    shown = {"asked": asked, "rows": rows, "total": total, "page": page, "last": last, "verdict": verdict}
    links = {"file": _link("/jejak-audit.csv", words)}
    links |= {"check": _link("/jejak-audit", words | {"periksa": "1"})}
    links |= {"before": _link("/jejak-audit", words | {"hal": page - 1}) if page > 1 else ""}
    links |= {"after": _link("/jejak-audit", words | {"hal": page + 1}) if page < last else ""}
    return answers.sheet(
        "jejak",
        viewer,
        status=422 if error else 200,
        error=error,
        actions=audit.ACTIONS,
        links=links,
        **shown,
    )


async def trail_file(request: Request) -> Response:
    """GET /jejak-audit.csv: the rows of the same filters as a file for a spreadsheet."""
    viewer, address = forms.viewer(request), forms.visit(request).address
    asked = {name: request.query_params.get(name, "").strip()[:64] for name in FILTERS}
    try:
        wanted = _wanted(asked)
    except UserError as refusal:
        return answers.sheet("pesan", viewer, status=422, title="Saringan tidak terbaca", words=str(refusal))
    # Rows that are added while the file is written would shift the ones still to be read.
    wanted["until"] = min(wanted.get("until") or datetime.max.replace(tzinfo=WITA), datetime.now(WITA))
    chosen = {name: value for name, value in asked.items() if value}
    detail = {"berkas": "jejak-audit", "saringan": chosen}
    await run(lambda: audit.record("ekspor", viewer, address=address, detail=detail))
    headers = {"content-disposition": 'attachment; filename="cermin-jejak-audit.csv"'}
    return StreamingResponse(_lines(wanted), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(wanted: dict[str, Any]) -> Iterator[str]:
    """The file in pieces; the head stands over the first only."""
    offset = 0
    while rows := audit.rows(**wanted, limit=PER_READ, offset=offset):
        piece = audit_csv.text(rows)
        yield piece.split("\r\n", 1)[1] if offset else piece
        offset += len(rows)
    if not offset:
        yield audit_csv.text([])


def _wanted(asked: dict[str, str]) -> dict[str, Any]:
    """The filters as audit.rows takes them; UserError where one cannot be read."""
    wanted: dict[str, Any] = {"action": asked["tindakan"] or None, "name": asked["nama"] or None}
    if wanted["action"] not in (None, *audit.ACTIONS):
        raise UserError(f"Tindakan “{asked['tindakan']}” tidak dikenal. Pilih salah satu dari daftar.")
    try:
        days = {name: date.fromisoformat(asked[name]) for name in ("sejak", "sampai") if asked[name]}
    except ValueError:
        raise UserError("Tanggal pada saringan tidak terbaca. Tulis seperti 2026-10-31.") from None
    if "sejak" in days:
        wanted["since"] = days["sejak"]
    if "sampai" in days and days["sampai"] < date.max:
        wanted["until"] = datetime.combine(days["sampai"] + timedelta(days=1), time(), WITA)
    return wanted


def _page(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 and int(text) > 0 else 1


def _link(path: str, words: dict[str, Any]) -> str:
    return path + (f"?{urlencode(words)}" if words else "")


ROUTES = [
    Route("/pengguna", users, methods=["GET", "POST"]),
    Route("/jejak-audit", trail),
    Route("/jejak-audit.csv", trail_file),
]
