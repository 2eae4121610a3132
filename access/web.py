"""The way in and out: sign-in, second factor, sign-out, the first admin, and what the script of a page asks.

The gate has judged every request before it comes here; `request.state` holds the viewer and the visit.
"""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access import accounts, answers, audit, forms, limits, oidc, sessions, setup
from access.entry import enter, hashing, later, onward, run, same_twice
from access.roles import Viewer
from pipelines.errors import UserError

ASSETS = Path(__file__).resolve().parent / "assets"
NO_MATCH = "Nama atau sandi tidak cocok."
NO_CODE = "Kode tidak cocok. Buka lagi aplikasi kode Anda dan ketik kode yang sekarang tampak."


async def sign_in(request: Request) -> Response:
    """GET and POST /masuk: fields nama, sandi, ke and csrf."""
    if request.method != "POST":
        if await run(setup.needed):
            return answers.sheet("pesan", title="Belum ada akun", words=_FIRST)
        return _door(request, request.query_params.get("ke"))
    given = await forms.fields(request)
    try:
        forms.check_early(request, given)
        account = await hashing(lambda: _checked(request, given))
    except forms.Expired as refusal:
        return _door(request, given.get("ke"), given.get("nama", ""), status=403, error=str(refusal))
    except limits.TooMany as wait:
        return later(
            _door(request, given.get("ke"), given.get("nama", ""), status=429, error=str(wait)), wait
        )
    if account is None:
        return _door(request, given.get("ke"), given.get("nama", ""), status=401, error=NO_MATCH)
    return await run(lambda: enter(request, account, given.get("ke"), "sandi"))


def _checked(request: Request, given: dict[str, str]) -> accounts.Account | None:
    name, address = given.get("nama", ""), forms.visit(request).address
    account = accounts.authenticate(name, given.get("sandi", ""), address)
    if account is None:
        # A name that nobody has may be a password typed into the wrong field: it is not written down.
        known = accounts.find(name)
        audit.record(
            "masuk_gagal", None, name=known and known.name, address=address, detail={"sebab": "sandi"}
        )
    return account


async def code(request: Request) -> Response:
    """GET and POST /masuk/kode: the code of the second factor; fields kode, ke and csrf."""
    viewer = forms.viewer(request)
    if not viewer.awaits_code:
        return answers.go("/")
    if request.method != "POST":
        return _code_sheet(viewer, request.query_params.get("ke"))
    given = await forms.fields(request)
    ke = given.get("ke")
    try:
        forms.check(viewer, given)
        is_right = await run(lambda: accounts.check_code(viewer.account, given.get("kode", "")))
    except forms.Expired as refusal:
        return _code_sheet(viewer, ke, status=403, error=str(refusal))
    except limits.TooMany as wait:
        return later(_code_sheet(viewer, ke, status=429, error=str(wait)), wait)
    return await run(lambda: _settled(request, viewer, ke, is_right))


def _settled(request: Request, viewer: Viewer, ke: str | None, is_right: bool) -> Response:
    visit = forms.visit(request)
    if not is_right:
        audit.record("masuk_gagal", viewer, address=visit.address, detail={"sebab": "kode"})
        return _code_sheet(viewer, ke, status=401, error=NO_CODE)
    token = sessions.settle_code(visit.token)
    audit.record("masuk", viewer, address=visit.address, detail={"cara": "sandi dan kode"})
    path = onward("/sandi", ke) if viewer.must_change else forms.local(ke)
    return answers.signed_in(request, token, path)


async def sign_out(request: Request) -> Response:
    """POST /keluar: end this session."""
    viewer, visit = forms.viewer(request), forms.visit(request)
    given = await forms.fields(request)
    try:
        forms.check(viewer, given)
    except forms.Expired as refusal:
        return answers.sheet("pesan", viewer, status=403, title="Belum keluar", words=str(refusal))
    await run(lambda: sessions.end(visit.token))
    await run(lambda: audit.record("keluar", viewer, address=visit.address))
    return answers.signed_out(request, "/masuk")


async def alive(request: Request) -> Response:
    """GET /sesi: 200 while the session lives (the gate answers 401 otherwise)."""
    return Response("ada", media_type="text/plain", headers={"cache-control": "no-store"})


async def first_admin(request: Request) -> Response:
    """GET and POST /siapkan/<token>: make the first admin, on this machine only, once."""
    visit, token = forms.visit(request), request.path_params["token"]
    if not visit.is_loopback or not await run(setup.needed):
        return answers.sheet("pesan", status=404, title=answers.WORDS["404"][0], words=_NO_SETUP)
    if request.method != "POST":
        return answers.early_sheet(request, "siapkan", nama="")
    given = await forms.fields(request)
    try:
        forms.check_early(request, given)
        same_twice(given)
        name, password = given.get("nama", ""), given.get("sandi", "")
        account = await hashing(lambda: setup.redeem(token, name, password, visit.address))
    except UserError as refusal:
        status = 403 if isinstance(refusal, forms.Expired) else 422
        shown = {"nama": given.get("nama", ""), "error": str(refusal)}
        return answers.early_sheet(request, "siapkan", status=status, **shown)
    return await run(lambda: enter(request, account, "/", "penyiapan"))


def _door(
    request: Request, ke: str | None, nama: str = "", *, status: int = 200, error: str = ""
) -> Response:
    shown = {"ke": forms.local(ke), "nama": nama[:64], "error": error, "oidc": oidc.name()}
    return answers.early_sheet(request, "masuk", status=status, **shown)


def _code_sheet(viewer: Viewer, ke: str | None, *, status: int = 200, error: str = "") -> Response:
    return answers.sheet("kode", None, status=status, ke=forms.local(ke), csrf=viewer.csrf, error=error)


def _file(name: str, kind: str) -> Callable:
    content = (ASSETS / name).read_bytes()
    headers = {"cache-control": "no-cache"}

    async def serve(request: Request) -> Response:
        """The file as it was when the server started."""
        return Response(content, media_type=kind, headers=headers)

    return serve


_FIRST = (
    "Cermin ini belum punya akun. Alamat sekali pakai untuk membuat admin pertama ada di layar tempat Cermin "
    "dijalankan; alamat itu hanya dapat dibuka di mesin yang sama."
)
_NO_SETUP = "Alamat penyiapan ini tidak berlaku. Jalankan lagi Cermin di mesin ini untuk alamat yang baru."

ROUTES = [
    Route("/masuk", sign_in, methods=["GET", "POST"]),
    Route("/masuk/kode", code, methods=["GET", "POST"]),
    Route("/masuk.css", _file("masuk.css", "text/css")),
    Route("/sesi.js", _file("sesi.js", "text/javascript")),
    Route("/keluar", sign_out, methods=["POST"]),
    Route("/sesi", alive),
    Route("/siapkan/{token}", first_admin, methods=["GET", "POST"]),
]
