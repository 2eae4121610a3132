"""A viewer's own account: password, second factor, sessions."""

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access import accounts, answers, audit, forms, limits, second_factor, sessions
from access.entry import hashing, later, run, same_twice
from access.memory import NOTES, Memory
from access.roles import WITH_CODE, Viewer
from pipelines.errors import UserError

_PENDING = Memory(900.0)  # secrets whose first code is still to come, by session


async def password(request: Request) -> Response:
    """GET and POST /sandi: fields lama, sandi, ulang, ke and csrf."""
    viewer, visit = forms.viewer(request), forms.visit(request)
    if request.method != "POST":
        return answers.sheet("sandi", viewer, ke=forms.local(request.query_params.get("ke")))
    given = await forms.fields(request)
    ke = forms.local(given.get("ke"))

    def change() -> None:
        """Set the new password; every other session of the account ends."""
        names = {"by": viewer.name, "keep": viewer.session, "address": visit.address}
        accounts.set_password(viewer.account, given.get("sandi", ""), old=given.get("lama", ""), **names)

    try:
        forms.check(viewer, given)
        same_twice(given)
        await hashing(change)
        token = await run(lambda: sessions.rotate(visit.token))
    except (UserError, limits.TooMany) as refusal:
        answer = answers.sheet("sandi", viewer, status=_status(refusal), ke=ke, error=str(refusal))
        return _told(answer, refusal)
    return answers.signed_in(request, token, ke if ke != "/" or viewer.must_change else "/akun")


async def account(request: Request) -> Response:
    """GET /akun: who I am, my second factor, my sessions."""
    viewer = forms.viewer(request)
    mine = await run(lambda: accounts.find_by_id(viewer.account))
    own = await run(lambda: sessions.listed(viewer.account))
    note = NOTES.take(viewer.session) or ""
    shown = {"account": mine, "sessions": own, "may_have_code": viewer.role in WITH_CODE}
    return answers.sheet("akun", viewer, note=note, place=place_of(viewer), **shown)


async def end_sessions(request: Request) -> Response:
    """POST /akun/sesi: field `sesi` names one of my sessions, or `semua` all of them."""
    viewer, visit = forms.viewer(request), forms.visit(request)
    given = await forms.fields(request)
    try:
        forms.check(viewer, given)
    except forms.Expired as refusal:
        return answers.sheet("pesan", viewer, status=403, title="Belum diakhiri", words=str(refusal))
    one = given.get("sesi", "")

    def end() -> int:
        """End the session that was named, or all of them; how many, which is put on record."""
        ended = sessions.end_public(one, viewer.account) if one else sessions.end_all(viewer.account)
        if ended:
            audit.record("sesi_diakhiri", viewer, address=visit.address, detail={"banyak": int(ended)})
        return int(ended)

    ended = await run(end)
    if not one or one == viewer.session:
        return answers.signed_out(request, "/masuk")
    NOTES.put(viewer.session, "Sesi itu sudah diakhiri." if ended else "Sesi itu sudah tidak ada.")
    return answers.go("/akun")


async def code(request: Request) -> Response:
    """GET and POST /akun/kode: field `tindakan` is mulai, pasang (with `kode`) or lepas (with `sandi`)."""
    viewer = forms.viewer(request)
    if request.method != "POST":
        return await run(lambda: _code_sheet(viewer))
    given = await forms.fields(request)
    try:
        forms.check(viewer, given)
        note = await hashing(lambda: _change_code(viewer, given, forms.visit(request).address))
    except (UserError, limits.TooMany) as refusal:
        shown = {"status": _status(refusal), "error": str(refusal)}
        return _told(await run(lambda: _code_sheet(viewer, **shown)), refusal)
    if not note:
        return answers.go("/akun/kode")
    _PENDING.take(viewer.session)
    NOTES.put(viewer.session, note)
    return answers.go("/akun")


def _change_code(viewer: Viewer, given: dict[str, str], address: str) -> str:
    """Do one step; a note when the work is done, "" when the next step is due."""
    step = given.get("tindakan")
    if step == "mulai":
        if viewer.has_totp:
            raise UserError("Kode masuk sudah terpasang. Lepaskan dulu sebelum memasang yang baru.")
        _PENDING.put(viewer.session, accounts.start_totp(viewer.account))
        return ""
    if step == "pasang":
        accounts.confirm_totp(viewer.account, given.get("kode", ""), address=address)
        return "Kode masuk terpasang. Mulai sekarang diminta setiap kali masuk."
    if step == "lepas":
        accounts.drop_totp(viewer.account, given.get("sandi", ""), address=address)
        return "Kode masuk dilepas."
    raise UserError("Tindakan itu tidak dikenal. Pilih salah satu tombol di halaman ini.")


def _code_sheet(viewer: Viewer, *, status: int = 200, error: str = "") -> Response:
    secret = None if viewer.has_totp else _PENDING.peek(viewer.session)
    drawn = ""
    if secret:
        address = second_factor.address_of(viewer.account, secret)
        drawn = segno.make(address, error="m", micro=False).svg_inline(scale=5, border=2, title="Kode QR")
    return answers.sheet("kode_akun", viewer, status=status, error=error, secret=secret, qr=drawn)


def place_of(account: Viewer | accounts.Account) -> str:
    """The region or province an account is tied to, in words; "" for none."""
    code = account.wilayah or account.provinsi
    return answers.region(code) if code else ""


def _status(refusal: Exception) -> int:
    if isinstance(refusal, limits.TooMany):
        return 429
    return 403 if isinstance(refusal, forms.Expired) else 422


def _told(answer: Response, refusal: Exception) -> Response:
    return later(answer, refusal) if isinstance(refusal, limits.TooMany) else answer


ROUTES = [
    Route("/sandi", password, methods=["GET", "POST"]),
    Route("/akun", account),
    Route("/akun/sesi", end_sessions, methods=["POST"]),
    Route("/akun/kode", code, methods=["GET", "POST"]),
]
