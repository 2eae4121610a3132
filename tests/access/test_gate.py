"""The gate by itself: which path is which route, who is let through, and what an open websocket costs."""

import asyncio
import tomllib
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access import forms, gate, rules, visit
from access.roles import PAGES, ROLES, Viewer
from pipelines import titipan
from pipelines.places import ROOT


def viewer(role: str, **others) -> Viewer:
    place = {"wilayah": "64.08" if role == "pemda" else None, "provinsi": None}
    state = {"must_change": False, "has_totp": False, "awaits_code": False} | others
    return Viewer(account=1, name=role, role=role, session="a" * 32, csrf="c", **place, **state)


def scope(
    path: str, method: str = "GET", kind: str = "http", raw: bytes | None = None, **headers: str
) -> dict:
    given = {"host": "cermin.test", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {
        "type": kind,
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": raw or path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("10.1.2.3", 5),
    }


def test_every_route_of_the_app_has_a_rule():
    from app import ROUTES

    words = {"token": "abc", "question": "abc", "kind": "abc", "version": "abc", "name": "abc.js"}
    for route in ROUTES:
        path = route.path.format(**words)
        for method in route.methods or {"GET"}:
            assert rules.find(scope(path, method)), f"{method} {path} has no rule"


def test_every_page_of_the_roles_table_has_a_rule_with_the_same_roles():
    for address, allowed in PAGES.items():
        assert rules.find(scope(f"/{address}")).roles == allowed


def test_no_two_rules_share_a_name():
    assert len(set(rules.names())) == len(rules.RULES)


@pytest.mark.parametrize(
    "path",
    [
        *("//peta", "/peta//", "/./peta", "/peta/..", "/x/../peta", "/peta;x", "/Peta", "/PETA", "peta", ""),
        *(
            "/_STCORE/stream",
            "/_stcore//health",
            "/_stcore/health/",
            "/_stcore/./health",
            "/_stcore/health\x00",
        ),
        *(
            "/static/../media/x",
            "/media/../x",
            "/peta\\",
            "/pét",
            "/peta ",
            "/peta\n",
            "/masuk/",
            "/masuk/kode/x",
        ),
        *(
            "/_stcore/agent/interact",
            "/_stcore/script-health-check",
            "/oauth2callback",
            "/auth/login",
            "/app/static/x",
        ),
    ],
)
def test_a_path_that_is_not_written_as_in_the_table_has_no_rule(path):
    assert rules.find(scope(path)) is None


@pytest.mark.parametrize("raw", [b"/%70eta", b"/peta%2f", b"/peta%00", b"/%2e/peta", b"/%2fpeta"])
def test_a_path_in_disguise_has_no_rule(raw):
    assert rules.find(scope("/peta", raw=raw)) is None


def test_a_mounted_root_path_has_no_rule():
    assert rules.find(scope("/peta") | {"root_path": "/x"}) is None


@given(st.text(max_size=40))
def test_no_text_is_an_open_path_except_those_of_the_table(path):
    rule = rules.find(scope(f"/{path}"))
    known = ("masuk", "siapkan/", "ikon.svg", "_stcore/health", "masuk.css")
    assert rule is None or rule.who != rules.OPEN or path.startswith(known)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_nobody_reaches_what_is_not_open(rule):
    verdict = rules.judge(rule, None, is_page=rule.kind == "page")
    assert (verdict is rules.PASS) == (rule.who == rules.OPEN)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("role", ROLES)
def test_a_half_session_reaches_the_code_and_the_way_out_only(rule, role):
    verdict = rules.judge(rule, viewer(role, awaits_code=True), is_page=False)
    assert (verdict is rules.PASS) == (rule.who in (rules.OPEN, rules.HALF))


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("role", ROLES)
def test_a_due_password_comes_before_everything_else(rule, role):
    verdict = rules.judge(rule, viewer(role, must_change=True), is_page=rule.kind == "page")
    assert (verdict is rules.PASS) == (rule.who == rules.OPEN or rule.before_new_password)
    if verdict is not rules.PASS and rule.kind == "page":
        assert verdict.to == "/sandi"


def test_a_government_is_led_from_the_front_page_to_its_own_region():
    verdict = rules.judge(rules.find(scope("/")), viewer("pemda"), is_page=True)
    assert verdict == rules.Verdict("go", "/wilayah?kode=64.08")


def test_the_gate_and_the_settings_of_the_server_agree():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert rules.UPLOAD_BYTES == titipan.LARGEST
    assert config["server"]["trustedUserHeaders"] == {"X-Cermin-Sesi": "sesi"}
    assert gate.VIEWER == b"x-cermin-sesi"


@pytest.mark.parametrize(
    "ke",
    [
        *(
            "//evil.test",
            "/\\evil.test",
            "https://evil.test",
            "\\\\evil",
            "/a\\b",
            "/\tx",
            "/x\r\nSet-Cookie: a=b",
        ),
        *(
            "javascript:alert(1)",
            "evil",
            "",
            None,
            "/ /evil",
            "/\x00",
            "/" + "x" * 3000,
            "/keluar",
            "/masuk?ke=/",
            "/sandi",
        ),
    ],
)
def test_an_address_to_go_on_to_stays_here(ke):
    assert forms.local(ke) == "/"


@pytest.mark.parametrize(
    "ke", ["/", "/peta", "/wilayah?kode=64.08&rentang=12b", "/masukan", "/tren?x=%2F%2Fy"]
)
def test_an_address_of_ours_survives(ke):
    assert forms.local(ke) == ke


@pytest.mark.parametrize(
    ("told", "is_ours"),
    [
        ({}, True),
        ({"origin": "http://cermin.test"}, True),
        ({"origin": "https://cermin.test"}, True),
        ({"origin": "http://cermin.test:81"}, False),
        ({"origin": "http://evil.test"}, False),
        ({"origin": "http://cermin.test.evil.test"}, False),
        ({"origin": "http://cermin.test@evil.test"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://evil.test/cermin.test"}, False),
        ({"referer": "http://cermin.test/masuk"}, True),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "same-site", "origin": "http://cermin.test"}, False),
        ({"sec_fetch_site": "same-origin"}, True),
    ],
)
def test_a_request_that_names_another_site_is_foreign(told, is_ours):
    assert visit.Visit.of(scope("/masuk", "POST", **told)).is_same_origin is is_ours


def test_a_websocket_names_this_site_or_comes_from_no_browser():
    browser = {"user_agent": "Mozilla/5.0 (X11; Linux x86_64)"}
    kinds = [
        browser,
        {"sec_fetch_mode": "websocket"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
        {"origin": "http://cermin.test"},
        browser | {"origin": "http://cermin.test"},
        {"user_agent": "Python/3.11 websockets/17.4"},
    ]
    found = [
        visit.Visit.of(scope("/_stcore/stream", kind="websocket", **told)).has_own_origin for told in kinds
    ]
    assert found == [False, False, False, False, True, True, True]


def test_two_cookies_that_contradict_each_other_are_none():
    both = visit.Visit.of(scope("/", cookie="cermin_sesi=a; cermin_sesi=b"))
    assert both.token == ""
    assert visit.Visit.of(scope("/", cookie="x=1; cermin_sesi=a")).token == "a"


def test_on_https_only_the_cookie_that_no_other_host_can_set_counts():
    told = {"cookie": "cermin_sesi=a; __Host-cermin_sesi=b"}
    assert visit.Visit.of(scope("/", **told) | {"scheme": "https"}).token == "b"
    assert visit.Visit.of(scope("/", **told)).token == "a"


def test_only_this_machine_without_a_proxy_counts_as_this_machine():
    here = scope("/siapkan/x") | {"client": ("127.0.0.1", 1)}
    local = [(b"host", b"127.0.0.1:8501")]
    assert visit.Visit.of(here | {"headers": local}).is_loopback
    assert not visit.Visit.of(here).is_loopback
    assert not visit.Visit.of(here | {"headers": [*local, (b"x-forwarded-for", b"127.0.0.1")]}).is_loopback
    assert not visit.Visit.of(here | {"headers": local, "client": ("10.0.0.1", 1)}).is_loopback


def test_a_proxy_of_the_settings_tells_the_address_and_nobody_else_does(monkeypatch):
    told = SimpleNamespace(https=False, proxies=("10.1.0.0/16",))
    monkeypatch.setattr(visit.settings, "read", lambda: told)
    asked = scope("/", x_forwarded_for="6.6.6.6, 8.8.4.4, 10.1.9.9", x_forwarded_proto="https")
    assert visit.Visit.of(asked).address == "8.8.4.4"
    assert visit.Visit.of(asked).is_https
    stranger = visit.Visit.of(asked | {"client": ("9.9.9.9", 1)})
    assert (stranger.address, stranger.is_https) == ("9.9.9.9", False)


def test_a_body_is_counted_while_it_is_read_whatever_its_head_says():
    async def receive():
        return {"type": "http.request", "body": b"x" * 60, "more_body": True}

    async def read(meter) -> int:
        return len((await meter())["body"]) + len((await meter())["body"])

    with pytest.raises(gate.TooLarge):
        asyncio.run(read(gate._Meter(receive, 100)))
    assert asyncio.run(read(gate._Meter(receive, 120))) == 120


@pytest.mark.parametrize("length", ["101", "-1", "x", "99999999999999999999"])
def test_an_announced_length_is_refused_before_anything_is_read(length):
    from starlette.datastructures import Headers

    with pytest.raises(gate.TooLarge):
        gate._Meter(None, 100).announce(Headers({"content-length": length}))
