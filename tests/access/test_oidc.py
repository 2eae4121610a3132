"""Signing in through a provider: a real OpenID Connect provider in a process of its own, on loopback."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest

from access import accounts, audit, oidc, sessions, settings
from bench.children import free_port
from pipelines.errors import UserError
from tests.access.test_web import Page, Tab

SETTINGS = """
[oidc]
nama = "SSO Uji"
discovery = "{provider}/.well-known/openid-configuration"
client_id = "cermin"
client_secret_file = "{secret}"
klaim_nama = "preferred_username"
aturan = [
  {{ klaim = "groups", nilai = "cermin-petugas", peran = "petugas", provinsi = "64" }},
  {{ klaim = "groups", nilai = "cermin-pimpinan", peran = "pimpinan" }},
  {{ klaim = "groups", nilai = "pemda", peran = "pemda", klaim_wilayah = "kode_wilayah" }},
]
"""


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running provider."""
    port = free_port()
    log = tmp_path_factory.mktemp("penyedia") / "log.txt"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    with log.open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, child, log)
        yield address
    finally:
        child.terminate()
        child.wait(timeout=15)


def _wait(address: str, child: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(log.read_text(errors="replace"))


@pytest.fixture
def person(provider: str, state: Path) -> Iterator[Callable[..., None]]:
    """person("ani", groups=["pemda"]) is known to the provider; the provider stands in our settings."""
    secret = state.parent / "rahasia"
    state.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("rahasia-klien", encoding="utf-8")
    text = SETTINGS.format(provider=provider, secret=secret)
    (state.parent / settings.FILE).write_text(text, encoding="utf-8")
    settings.forget()

    def known(sub: str, **claims) -> None:
        httpx2.put(f"{provider}/users/{sub}", json={"preferred_username": sub, **claims}).raise_for_status()

    yield known
    oidc._client.cache_clear()


def through(tab: Tab, sub: str, ke: str = "/") -> Page:
    """The whole way: our button, the provider's form, back to us."""
    there = tab.get(f"/masuk/oidc?{urlencode({'ke': ke})}")
    assert there.status == 303
    answer = httpx2.post(there.to, data={"sub": sub})
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    return tab.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_the_provider(person):
    accounts.add("kepala", "admin", password="kuda laut biru 77", by="uji")
    assert "Masuk dengan SSO Uji" in Tab().get("/masuk").text


def test_state_nonce_and_proof_key_go_along(person):
    asked = parse_qs(urlsplit(Tab().get("/masuk/oidc").to).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://127.0.0.1:8501/masuk/oidc/balik"]


def test_a_person_with_a_rule_gets_a_session_like_any_other(person):
    person("ani", groups=["lain", "cermin-petugas"])
    tab = Tab()
    assert through(tab, "ani", "/tren").to == "/tren"
    viewer = sessions.who(tab.cookies["cermin_sesi"])
    assert (viewer.name, viewer.role, viewer.provinsi) == ("ani", "petugas", "64")
    assert not accounts.find("ani").has_password
    assert audit.rows(action="masuk")[0]["detail"] == {"cara": "oidc"}
    assert Tab().sign_in("ani", "").status == 401


def test_a_region_may_come_from_a_claim(person):
    person("bupati", groups="pemda", kode_wilayah="64.08")
    tab = Tab()
    through(tab, "bupati")
    assert sessions.who(tab.cookies["cermin_sesi"]).scope == "pemda:64.08"


def test_another_role_at_the_provider_is_another_role_here_and_ends_the_old_sessions(person):
    person("budi", groups=["cermin-petugas"])
    before, after = Tab(), Tab()
    through(before, "budi")
    person("budi", groups=["cermin-pimpinan"])
    through(after, "budi")
    assert sessions.who(after.cookies["cermin_sesi"]).role == "pimpinan"
    assert sessions.who(before.cookies["cermin_sesi"]) is None


@pytest.mark.parametrize("claims", [{}, {"groups": ["lain"]}, {"groups": ["pemda"]}])
def test_a_person_without_a_rule_or_a_region_is_refused_and_put_on_record(person, claims):
    person("orang-lain", **claims)
    tab = Tab()
    page = through(tab, "orang-lain")
    assert page.status == 403
    assert "cermin_sesi" not in tab.cookies
    assert accounts.find("orang-lain") is None
    assert audit.rows(action="masuk_gagal")


def test_a_person_who_lost_the_rule_loses_the_session(person):
    person("cici", groups=["cermin-pimpinan"])
    tab = Tab()
    through(tab, "cici")
    person("cici", groups=[])
    assert through(Tab(), "cici").status == 403
    assert tab.get("/akun").status == 303


def test_a_locked_person_is_refused(person):
    person("dodi", groups=["cermin-pimpinan"])
    through(Tab(), "dodi")
    accounts.lock("dodi", "uji")
    assert through(Tab(), "dodi").status == 403


def test_a_local_account_of_the_same_name_is_not_taken_over(person):
    accounts.add("kepala", "admin", password="kuda laut biru 77", by="uji")
    person("kepala", groups=["cermin-pimpinan"])
    tab = Tab()
    assert through(tab, "kepala").status == 403
    assert "cermin_sesi" not in tab.cookies


def test_an_answer_is_good_once_and_in_the_browser_that_asked(person):
    person("eko", groups=["cermin-pimpinan"])
    tab = Tab()
    there = tab.get("/masuk/oidc")
    back = urlsplit(httpx2.post(there.to, data={"sub": "eko"}).headers["location"])
    path = f"{back.path}?{back.query}"
    assert Tab().get(path).status == 403
    cookie = dict(tab.cookies)
    assert tab.get(path).status == 303
    assert Tab(cookie).get(path).status == 403


@pytest.mark.parametrize("query", ["code=a&state=b", "error=access_denied&state=x", "", "state=x"])
def test_a_made_up_answer_is_refused(person, query):
    tab = Tab()
    tab.get("/masuk/oidc")
    assert tab.get(f"/masuk/oidc/balik?{query}").status == 403
    assert "cermin_sesi" not in tab.cookies


def test_a_provider_that_is_away_is_said(person, state):
    path = state.parent / settings.FILE
    text = path.read_text(encoding="utf-8").replace("/.well-known", f":{1}/x")
    path.write_text(text.replace("http://127.0.0.1:", "http://127.0.0.1:1/"), encoding="utf-8")
    settings.forget()
    page = Tab().get("/masuk/oidc")
    assert page.status == 502
    assert "tidak dapat dihubungi" in page.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("client_id", "klien"), "klien"),
        (("peran =", "role ="), "aturan"),
        (("rahasia", "tidak-ada"), "client_secret_file"),
        (('nama = "SSO Uji"', "nama = 3"), "nama"),
    ],
)
def test_a_setting_that_cannot_be_is_named(person, state, change, words):
    path = state.parent / settings.FILE
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    settings.forget()
    with pytest.raises(UserError, match=words):
        oidc.provider()
