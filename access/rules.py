"""The table of every route and who may take it. What is not in the table is refused.

A path is matched as it came over the wire. A path that could be read in two ways (percent signs, `//`, `;`,
dots as a segment) matches nothing, so no other part of the server can read it differently.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.types import Scope

from access import roles
from access.roles import Viewer

READ = frozenset({"GET", "HEAD"})
SEND = frozenset({"POST"})
FORM_BYTES = 1_000_000
UPLOAD_BYTES = 2 * 1024**3
HOME = "/"
REGION_PAGE = "/wilayah"
SIGN_IN = "/masuk"
NEW_PASSWORD = "/sandi"

OPEN, HALF, SIGNED_IN = "terbuka", "separuh", "masuk"
EVERYONE = frozenset(roles.ROLES)


@dataclass(frozen=True)
class Rule:
    """One route: its name, the pattern of its path, what it is, who may take it, its methods and body.

    kind: "page" (a document in the browser's tab), "own" (other answers of ours), "file" (Streamlit's
    scripts and ours), "core" (Streamlit's inner addresses), "media", "upload", "export", "websocket".
    who: OPEN (anybody), HALF (the password was right, the code is missing), SIGNED_IN (one of `roles`).
    """

    name: str
    pattern: re.Pattern
    kind: str
    who: str = SIGNED_IN
    roles: frozenset[str] = EVERYONE
    methods: frozenset[str] = READ
    body: int = 0
    before_new_password: bool = False  # may be taken while a new password is due


def _rule(name: str, pattern: str, kind: str, **others) -> Rule:
    return Rule(name, re.compile(pattern), kind, **others)


def _may(action: str) -> frozenset[str]:
    return frozenset(role for role in roles.ROLES if action in roles.ACTIONS[role])


WORD = r"[A-Za-z0-9_-]+"
FILE = r"[A-Za-z0-9_-][A-Za-z0-9_.-]*"
FORM = {"kind": "page", "methods": READ | SEND, "body": FORM_BYTES}
ADMIN = _may("kelola_akun")
SHEETS = ("akun", "pengguna", "jejak-audit")  # pages that we write ourselves, without Streamlit

RULES = (
    *(
        _rule(f"halaman {address or 'ringkasan'}", f"/{re.escape(address)}", "page", roles=frozenset(allowed))
        for address, allowed in roles.PAGES.items()
        if address not in SHEETS
    ),
    _rule("masuk", r"/masuk", **FORM, who=OPEN),
    _rule("kode", r"/masuk/kode", **FORM, who=HALF),
    _rule("oidc", r"/masuk/oidc", "page", who=OPEN),
    _rule("oidc balik", r"/masuk/oidc/balik", "page", who=OPEN),
    _rule("siapkan", rf"/siapkan/{WORD}", **FORM, who=OPEN),
    _rule("gaya masuk", r"/masuk\.css", "file", who=OPEN),
    _rule("ikon", r"/ikon\.svg", "file", who=OPEN),
    _rule("kesehatan", r"/_stcore/health", "core", who=OPEN),
    _rule("keluar", r"/keluar", "own", who=HALF, methods=SEND, body=FORM_BYTES, before_new_password=True),
    _rule("sesi", r"/sesi", "own", before_new_password=True),
    _rule("skrip sesi", r"/sesi\.js", "file", before_new_password=True),
    _rule("sandi", r"/sandi", **FORM, before_new_password=True),
    _rule("akun", r"/akun", "page", roles=roles.PAGES["akun"]),
    _rule("kode akun", r"/akun/kode", **FORM, roles=frozenset(roles.WITH_CODE)),
    _rule("sesi akun", r"/akun/sesi", "own", methods=SEND, body=FORM_BYTES),
    _rule("pengguna", r"/pengguna", **FORM, roles=ADMIN),
    _rule("jejak audit", r"/jejak-audit", "page", roles=_may("baca_jejak")),
    _rule("berkas jejak", r"/jejak-audit\.csv", "export", roles=_may("baca_jejak")),
    _rule("ekspor", rf"/ekspor/{WORD}\.csv", "export", roles=_may("ekspor")),
    _rule("templat", rf"/templat/{WORD}\.csv", "export", roles=_may("unggah")),
    _rule("serahan", rf"/serahan/{WORD}/{FILE}", "export", roles=_may("unggah")),
    _rule("gaya", r"/gaya\.css", "file"),
    _rule("aset", rf"/aset/{WORD}/{FILE}", "file"),
    _rule("berkas portal", rf"/static/{WORD}/{FILE}", "file"),
    _rule("berkas akar", r"/(favicon\.png|manifest\.json)", "file"),
    _rule("media", rf"/media/{FILE}", "media"),
    _rule("komponen", rf"/(_stcore/bidi-components|component)(/{FILE})+", "file"),
    _rule("keterangan server", r"/_stcore/host-config", "core"),
    _rule("ukuran server", r"/_stcore/metrics", "core", roles=ADMIN),
    _rule(
        "unggahan",
        rf"/unggahan/{WORD}",
        "upload",
        roles=_may("unggah"),
        methods=frozenset({"PUT"}),
        body=UPLOAD_BYTES,
    ),
    _rule("aliran", r"/_stcore/stream", "websocket", methods=frozenset()),
)
ODD = re.compile(r"//|/\.{1,2}(/|$)|[^A-Za-z0-9_./~-]")


def path_of(scope: Scope) -> str | None:
    """The path of a request; None where it could be read in more than one way."""
    path = scope["path"]
    raw = scope.get("raw_path") or path.encode("utf-8", "replace")
    plain = path.startswith("/") and not ODD.search(path) and raw.split(b"?")[0] == path.encode()
    return path if plain and not scope.get("root_path") else None


def find(scope: Scope) -> Rule | None:
    """The rule of a request, None without one."""
    path = path_of(scope)
    if path is None:
        return None
    return next((rule for rule in RULES if _fits(rule, scope, path)), None)


def _fits(rule: Rule, scope: Scope, path: str) -> bool:
    is_websocket = scope["type"] == "websocket"
    if is_websocket != (rule.kind == "websocket") or not rule.pattern.fullmatch(path):
        return False
    return is_websocket or scope["method"] in rule.methods


@dataclass(frozen=True)
class Verdict:
    """What is done with a request: "pass", "go" (303 to `to`), or an answer 401, 403 or 404."""

    step: str
    to: str = ""


PASS, ANONYMOUS, FORBIDDEN, UNKNOWN = Verdict("pass"), Verdict("401"), Verdict("403"), Verdict("404")


def judge(rule: Rule | None, viewer: Viewer | None, *, is_page: bool) -> Verdict:
    """Who asks for what. `is_page`: an answer that lands in the browser's tab, so that a redirect helps."""
    if rule is not None and rule.who == OPEN:
        return PASS
    if viewer is None or viewer.awaits_code:
        if viewer is not None and rule is not None and rule.who == HALF:
            return PASS
        return Verdict("go", SIGN_IN) if is_page else ANONYMOUS
    if viewer.must_change and not (rule and rule.before_new_password):
        return Verdict("go", NEW_PASSWORD) if is_page else FORBIDDEN
    if rule is None:
        return UNKNOWN
    if viewer.role not in rule.roles:
        return _elsewhere(rule, viewer)
    return PASS


def _elsewhere(rule: Rule, viewer: Viewer) -> Verdict:
    """A government that opens the front page is led to its own region."""
    if viewer.wilayah and rule.pattern.fullmatch(HOME) and viewer.role in roles.PAGES[REGION_PAGE[1:]]:
        return Verdict("go", f"{REGION_PAGE}?kode={viewer.wilayah}")
    return FORBIDDEN


def is_page(scope: Scope, rule: Rule | None) -> bool:
    """Whether the answer lands in the browser's tab: a page that is read, known or not."""
    if scope["type"] != "http" or scope["method"] not in READ:
        return False
    path = path_of(scope)
    if rule is not None:
        return rule.kind == "page"
    # One word only: Streamlit asks for `/peta/_stcore/health` and has to hear that it is not there.
    return path is not None and bool(re.fullmatch(r"/[A-Za-z0-9][A-Za-z0-9_-]*/?", path))


def names(rules: Iterable[Rule] = RULES) -> list[str]:
    """The names of the rules, each once."""
    return [rule.name for rule in rules]
