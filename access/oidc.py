"""Sign-in through a provider that speaks OpenID Connect: a second way to the same row of sessions.

Settings, in the table [oidc] of pengaturan.toml: `nama` (what the button says), `discovery` (address of the
provider's metadata), `client_id`, `client_secret_file` or `client_secret_env`, `klaim_nama` (claim that gives
the account's name), `alamat` (this portal's own address, where it differs from what the browser asked), and
`aturan`: rules in order, the first whose claim holds its value gives role and region.
"""

import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from access import accounts, answers, audit, forms, sessions, settings
from access.entry import enter, run
from access.memory import Memory
from access.visit import cookie, cookie_name
from pipelines.errors import UserError, report

STEP_SECONDS = 600
TIMEOUT_SECONDS = 10
COOKIE = "cermin_oidc"
BACK = "/masuk/oidc/balik"
KEYS = {"nama", "discovery", "client_id", "client_secret_file", "client_secret_env"} | {
    "klaim_nama",
    "alamat",
    "aturan",
    "scope",
}
RULE_KEYS = {"klaim", "nilai", "peran", "wilayah", "provinsi", "klaim_wilayah", "klaim_provinsi"}
_STEPS = Memory(STEP_SECONDS)


@dataclass(frozen=True)
class Provider:
    """The settings of the provider, judged."""

    name: str
    discovery: str
    client_id: str
    secret: str
    name_claim: str
    base: str
    scope: str
    rules: tuple[tuple[tuple[str, str], ...], ...]


def name() -> str:
    """What the button on the sign-in page says; "" while no provider is set."""
    return str(settings.table("oidc").get("nama", ""))


def provider() -> Provider | None:
    """The provider of pengaturan.toml, None without one; UserError naming the key that is wrong."""
    given = settings.table("oidc")
    if not given:
        return None
    for key in given.keys() - KEYS:
        raise _wrong(key, f"tidak dikenal; yang dikenal: {', '.join(sorted(KEYS))}")
    for key in ("nama", "discovery", "client_id"):
        if not isinstance(given.get(key), str) or not given[key]:
            raise _wrong(key, "harus berisi teks")
    texts = {key: str(given.get(key, "")) for key in KEYS - {"aturan"}}
    return Provider(
        name=texts["nama"],
        discovery=texts["discovery"],
        client_id=texts["client_id"],
        secret=_secret(texts),
        name_claim=texts["klaim_nama"] or "preferred_username",
        base=texts["alamat"].rstrip("/"),
        scope=texts["scope"] or "openid profile email",
        rules=_rules(given.get("aturan")),
    )


def _secret(texts: dict[str, str]) -> str:
    if texts["client_secret_env"]:
        secret = os.environ.get(texts["client_secret_env"], "")
        if not secret:
            raise _wrong("client_secret_env", f"menyebut {texts['client_secret_env']}, yang kosong")
        return secret
    try:
        return Path(texts["client_secret_file"] or "-").read_text(encoding="utf-8").strip()
    except OSError:
        raise _wrong("client_secret_file", "harus menyebut berkas rahasia yang dapat dibaca") from None


def _rules(given: Any) -> tuple[tuple[tuple[str, str], ...], ...]:
    if not isinstance(given, list) or not given:
        raise _wrong("aturan", "harus berisi sedikitnya satu aturan")
    for rule in given:
        if not isinstance(rule, dict) or not {"klaim", "nilai", "peran"} <= rule.keys() <= RULE_KEYS:
            raise _wrong(
                "aturan", f"memerlukan klaim, nilai, dan peran; yang dikenal: {', '.join(sorted(RULE_KEYS))}"
            )
    return tuple(tuple((key, str(value)) for key, value in rule.items()) for rule in given)


def _wrong(key: str, why: str) -> UserError:
    return UserError(f"{settings.path()}: '{key}' di [oidc] {why}.")


@lru_cache(maxsize=4)
def _client(known: Provider) -> Any:
    """The client of a provider; it keeps the provider's metadata and keys."""
    return OAuth().register(
        "penyedia",
        server_metadata_url=known.discovery,
        client_id=known.client_id,
        client_secret=known.secret,
        client_kwargs={
            "scope": known.scope,
            "code_challenge_method": "S256",
            "timeout": TIMEOUT_SECONDS,
        },
    )


async def begin(request: Request) -> Response:
    """GET /masuk/oidc: to the provider, with state, nonce and proof key bound to this browser."""
    try:
        known = provider()
    except UserError as wrong:
        return _refused(f"Penyedia belum disetel dengan benar (kode {report(wrong)}).", status=500)
    if known is None:
        return _refused("Masuk lewat penyedia belum disetel di Cermin ini.", status=404)
    request.scope["session"] = {}
    try:
        answer = await _client(known).authorize_redirect(request, _back(request, known))
    except (OAuthError, httpx2.HTTPError, ValueError) as fault:
        return _refused(
            f"{known.name} tidak dapat dihubungi (kode {report(fault)}). Coba lagi nanti.", status=502
        )
    key = secrets.token_urlsafe(24)
    kept = {"session": dict(request.session), "ke": forms.local(request.query_params.get("ke"))}
    _STEPS.put(key, kept)
    answers.keep(answer, forms.visit(request), COOKIE, key, STEP_SECONDS)
    answer.status_code = 303
    return answer


async def back(request: Request) -> Response:
    """GET /masuk/oidc/balik: the provider's answer; a session, or a sentence."""
    known = provider()
    kept = _STEPS.take(cookie(request.headers, cookie_name(forms.visit(request).is_https, COOKIE)))
    if known is None or kept is None:
        return _refused("Langkah masuk ini sudah tidak berlaku. Mulai lagi dari halaman masuk.", status=403)
    request.scope["session"] = kept["session"]
    try:
        claims = await _claims(request, known)
    except (OAuthError, JoseError, httpx2.HTTPError, ValueError, KeyError) as fault:
        await run(lambda: _fail(request, known, "jawaban penyedia ditolak"))
        return _refused(f"Jawaban {known.name} tidak dapat diterima (kode {report(fault)}).", status=403)
    try:
        return await run(
            lambda: enter(request, _account(request, known, claims), kept["ke"], "oidc", is_sure=True)
        )
    except UserError as refusal:
        return _refused(str(refusal), status=403)


async def _claims(request: Request, known: Provider) -> dict[str, Any]:
    """What the signed token says, and of what it leaves out what the provider says when asked."""
    client = _client(known)
    token = await client.authorize_access_token(request)
    claims = dict(token["userinfo"])
    wanted = {known.name_claim, *(dict(rule)["klaim"] for rule in known.rules)}
    if wanted <= claims.keys():
        return claims
    more = dict(await client.userinfo(token=token))
    if more.get("sub") != claims["sub"]:
        raise ValueError("the provider answered for somebody else")
    return more | claims


def _account(request: Request, known: Provider, claims: dict[str, Any]) -> accounts.Account:
    """The account of the person whom the provider names, made or brought up to date; UserError."""
    identity, address = f"{claims['iss']}|{claims['sub']}", forms.visit(request).address
    place = placed(known, claims)
    found = accounts.find_identity(identity)
    if place is None:
        if found:
            sessions.end_all(found.id)
        _fail(request, known, "tanpa peran", found and found.name)
        raise UserError(
            f"Akun {known.name} Anda belum diberi peran di Cermin. Minta admin Cermin menambahkan aturannya."
        )
    if found is None:
        return _made(request, known, claims, identity, place)
    if found.is_locked:
        _fail(request, known, "terkunci", found.name)
        raise UserError("Akun ini dikunci. Hubungi admin Cermin.")
    if (found.role, found.wilayah, found.provinsi) != (place["role"], place["wilayah"], place["provinsi"]):
        return accounts.change(found.name, by=found.name, address=address, **place)
    return found


def _made(
    request: Request, known: Provider, claims: dict[str, Any], identity: str, place: dict[str, Any]
) -> accounts.Account:
    wanted = str(claims.get(known.name_claim) or "")
    try:
        return accounts.add(
            wanted,
            place.pop("role"),
            password=None,
            by=wanted,
            address=forms.visit(request).address,
            identity=identity,
            **place,
        )
    except UserError:
        _fail(request, known, "akun tidak dapat dibuat")
        raise


def placed(known: Provider, claims: dict[str, Any]) -> dict[str, str | None] | None:
    """Role and region by the first rule that fits the claims; None when none does."""
    for rule in map(dict, known.rules):
        held = claims.get(rule["klaim"])
        if rule["nilai"] not in [str(one) for one in (held if isinstance(held, list) else [held])]:
            continue
        regions = {
            key: rule.get(key) or claims.get(rule.get(f"klaim_{key}", "")) for key in ("wilayah", "provinsi")
        }
        return {"role": rule["peran"]} | {
            key: str(value) if value else None for key, value in regions.items()
        }
    return None


def _fail(request: Request, known: Provider, why: str, name: str | None = None) -> None:
    detail = {"sebab": why, "penyedia": known.name}
    audit.record("masuk_gagal", None, name=name, address=forms.visit(request).address, detail=detail)


def _back(request: Request, known: Provider) -> str:
    visit = forms.visit(request)
    base = known.base or f"{'https' if visit.is_https else 'http'}://{visit.host}"
    return base + BACK


def _refused(words: str, *, status: int) -> Response:
    return answers.sheet("pesan", status=status, title="Belum masuk", words=words)


ROUTES = [Route("/masuk/oidc", begin), Route(BACK, back)]
