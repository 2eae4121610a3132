"""Our own pages, in the test's own process: sign-in, first admin, own account, Pengguna, audit trail."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode, urlsplit

import pyotp
import pytest
from starlette.applications import Starlette

from access import accounts, audit, gate, oidc, second_factor, sessions, setup, web, web_account, web_admin
from tests.access.conftest import PASSWORD

ROOMS = (web, oidc, web_account, web_admin)
HERE = "127.0.0.1:8501"


@dataclass
class Tab:
    """A browser's tab on our routes behind the gate; keeps cookies and follows nothing."""

    cookies: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    client: str = "127.0.0.1"

    def get(self, address: str) -> "Page":
        return self._ask("GET", address, b"")

    def post(self, address: str, **fields: str) -> "Page":
        return self._ask("POST", address, urlencode(fields).encode())

    def form(self, address: str, **fields: str) -> "Page":
        return self.post(address, **({"csrf": csrf(self.get(address).text)} | fields))

    def sign_in(self, name: str, password: str = PASSWORD, ke: str = "/") -> "Page":
        return self.form("/masuk", nama=name, sandi=password, ke=ke)

    def _ask(self, method: str, address: str, body: bytes) -> "Page":
        parts = urlsplit(address)
        given = {"host": HERE, "content-length": str(len(body))} | self.told
        given |= {"content-type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
            "client": (self.client, 1),
            "root_path": "",
        }
        page = asyncio.run(_answered(scope, body))
        for line in page.cookies:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value.strip('"')
            if not value.strip('"'):
                del self.cookies[name]
        return page


@dataclass(frozen=True)
class Page:
    """An answer: status, headers in lower case, cookies as they were set, text."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


async def _answered(scope: dict, body: bytes) -> Page:
    app = gate.Gate(Starlette(routes=[route for room in ROOMS for route in room.ROUTES]))
    sent: list[dict] = []

    coming = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict:
        return coming.pop() if coming else await asyncio.Event().wait()

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    pairs = [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]
    cookies = [value for name, value in pairs if name == "set-cookie"]
    text = b"".join(part.get("body", b"") for part in sent[1:]).decode()
    return Page(sent[0]["status"], dict(pairs), cookies, text)


def csrf(text: str) -> str:
    found = re.findall(r'name="csrf" value="([^"]+)"', text)
    return found[0] if found else ""


@pytest.fixture
def tab(admin) -> Tab:
    """A tab in which the admin of the tests is signed in."""
    opened = Tab()
    assert opened.sign_in("kepala").to == "/"
    return opened


# First run


def test_an_empty_store_says_where_the_first_admin_is_made(state):
    page = Tab().get("/masuk")
    assert page.status == 200
    assert "belum punya akun" in page.text


def test_the_one_time_address_makes_the_first_admin_once(state):
    address = urlsplit(setup.address("http://" + HERE)).path
    tab = Tab()
    given = {"nama": "kepala", "sandi": PASSWORD, "ulang": PASSWORD}
    assert tab.form(address, **given).to == "/"
    assert "kepala" in tab.get("/akun").text
    assert Tab().get(address).status == 404


def test_the_one_time_address_says_what_to_mend_and_stays_valid(state):
    address = urlsplit(setup.address("http://" + HERE)).path
    tab = Tab()
    assert "tidak sama" in tab.form(address, nama="kepala", sandi=PASSWORD, ulang="lain sekali 123").text
    assert "terlalu pendek" in tab.form(address, nama="kepala", sandi="pendek", ulang="pendek").text
    assert tab.form(address, nama="kepala", sandi=PASSWORD, ulang=PASSWORD).status == 303


@pytest.mark.parametrize("told", [{"host": "cermin.test"}, {"x-forwarded-for": "10.0.0.9"}])
def test_the_one_time_address_works_on_this_machine_only(state, told):
    address = urlsplit(setup.address("http://" + HERE)).path
    assert Tab(told=told).get(address).status == 404
    assert Tab(client="10.0.0.9").get(address).status == 404


# Sign-in


def test_a_cookie_of_a_session_is_kept_from_scripts_and_other_sites(admin):
    line = next(line for line in Tab().sign_in("kepala").cookies if line.startswith("cermin_sesi="))
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(line.split("; "))
    assert "Max-Age" not in line


def test_on_https_the_cookie_goes_over_https_only(admin, state):
    (state.parent / "pengaturan.toml").write_text("[server]\nhttps = true\n", encoding="utf-8")
    from access import settings

    settings.forget()
    tab = Tab()
    page = tab.sign_in("kepala")
    line = next(line for line in page.cookies if line.startswith("__Host-cermin_sesi="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(line.split("; "))
    assert page.headers["strict-transport-security"].startswith("max-age=")
    assert tab.get("/akun").status == 200


def test_the_second_factor_stands_between_the_password_and_everything(admin):
    secret = accounts.start_totp(admin.id)
    accounts.confirm_totp(admin.id, pyotp.TOTP(secret).now())
    tab = Tab()
    assert tab.sign_in("kepala", ke="/tren").to == "/masuk/kode?ke=/tren"
    half = tab.cookies["cermin_sesi"]
    assert tab.get("/akun").to.startswith("/masuk")
    assert tab.get("/sesi").status == 401
    assert tab.form("/masuk/kode", kode="000000", ke="/tren").status == 401
    later = pyotp.TOTP(secret).at(int(time.time()) + second_factor.STEP_SECONDS)
    assert tab.form("/masuk/kode", kode=later, ke="/tren").to == "/tren"
    assert tab.cookies["cermin_sesi"] != half
    assert tab.get("/akun").status == 200
    assert sessions.who(half) is None
    assert "masuk" in {row["action"] for row in audit.rows()}


def test_a_code_cannot_be_guessed_for_long(admin):
    secret = accounts.start_totp(admin.id)
    accounts.confirm_totp(admin.id, pyotp.TOTP(secret).now())
    tab = Tab()
    tab.sign_in("kepala")
    statuses = [tab.form("/masuk/kode", kode=f"{number:06}").status for number in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_a_failed_sign_in_is_on_record_without_what_was_typed(admin):
    Tab().sign_in("kepala", "salah sekali 1")
    Tab().sign_in("sandi-di-kolom-nama", "x")
    rows = audit.rows(action="masuk_gagal")
    assert [row["name"] for row in rows] == [None, "kepala"]
    assert "sandi-di-kolom-nama" not in str(rows)


# Own account


def test_a_new_password_ends_the_other_sessions_and_renews_this_one(tab):
    other, before = Tab(), tab.cookies["cermin_sesi"]
    other.sign_in("kepala")
    changed = {"lama": PASSWORD, "sandi": "sungai mahakam 9", "ulang": "sungai mahakam 9"}
    assert tab.form("/sandi", **changed).to == "/akun"
    assert tab.cookies["cermin_sesi"] != before
    assert tab.get("/akun").status == 200
    assert other.get("/akun").status == 303
    assert Tab().sign_in("kepala", "sungai mahakam 9").status == 303


@pytest.mark.parametrize(
    ("lama", "sandi", "ulang", "words"),
    [
        ("salah sekali 1", "sungai mahakam 9", "sungai mahakam 9", "Sandi lama tidak cocok"),
        (PASSWORD, "sungai mahakam 9", "sungai mahakam 8", "tidak sama"),
        (PASSWORD, "pendek", "pendek", "terlalu pendek"),
    ],
)
def test_a_refused_password_says_why(tab, lama, sandi, ulang, words):
    page = tab.form("/sandi", lama=lama, sandi=sandi, ulang=ulang)
    assert page.status == 422
    assert words in page.text
    assert 'role="alert"' in page.text


def test_a_second_factor_is_set_up_with_a_picture_and_taken_off_with_the_password(tab, admin):
    assert tab.form("/akun/kode", tindakan="mulai").to == "/akun/kode"
    page = tab.get("/akun/kode").text
    secret = re.search(r'class="rahasia">([A-Z2-7]+)<', page)[1]
    assert "<svg" in page
    assert tab.form("/akun/kode", tindakan="pasang", kode="000000").status == 422
    assert tab.form("/akun/kode", tindakan="pasang", kode=pyotp.TOTP(secret).now()).to == "/akun"
    assert accounts.find_by_id(admin.id).has_totp
    assert secret not in tab.get("/akun/kode").text
    assert tab.form("/akun/kode", tindakan="lepas", sandi="salah sekali 1").status == 422
    assert tab.form("/akun/kode", tindakan="lepas", sandi=PASSWORD).to == "/akun"
    assert not accounts.find_by_id(admin.id).has_totp


def test_a_session_elsewhere_is_ended_and_then_all(tab, admin):
    other = Tab()
    other.sign_in("kepala")
    public = sessions.who(other.cookies["cermin_sesi"]).session
    token = csrf(tab.get("/akun").text)
    assert tab.post("/akun/sesi", csrf=token, sesi=public).to == "/akun"
    assert other.get("/akun").status == 303
    assert tab.post("/akun/sesi", csrf=token, semua="1").to == "/masuk"
    assert tab.get("/akun").status == 303
    assert sessions.listed(admin.id) == []


def test_the_session_of_another_account_cannot_be_ended(tab, petugas):
    other = Tab()
    other.sign_in("rina")
    public = sessions.who(other.cookies["cermin_sesi"]).session
    tab.post("/akun/sesi", csrf=csrf(tab.get("/akun").text), sesi=public)
    assert other.get("/akun").status == 200


# Pengguna


def test_a_new_account_gets_a_password_that_is_shown_once_and_has_to_be_changed(tab):
    given = {"tindakan": "tambah", "nama": "bupati", "peran": "pemda", "wilayah": "64.08"}
    assert tab.form("/pengguna", **given).to == "/pengguna"
    page = tab.get("/pengguna").text
    once = re.search(r'class="rahasia">([^<]+)<', page)[1]
    assert once not in tab.get("/pengguna").text
    new = Tab()
    assert new.sign_in("bupati", once).to == "/sandi"
    assert new.get("/pengguna").to == "/sandi"


@pytest.mark.parametrize(
    "given",
    [
        {"nama": "x", "peran": "petugas"},
        {"nama": "kepala", "peran": "petugas"},
        {"nama": "bupati", "peran": "pemda"},
        {"nama": "rina", "peran": "raja"},
        {"nama": "rina", "peran": "pimpinan", "wilayah": "64.08"},
    ],
)
def test_an_account_that_cannot_be_is_refused_with_a_sentence(tab, given):
    page = tab.form("/pengguna", tindakan="tambah", **given)
    assert page.status == 422
    assert 'role="alert"' in page.text
    assert len(accounts.listed()) == 1


def test_lock_unlock_reset_and_change_take_effect_at_once(tab, petugas):
    other = Tab()
    other.sign_in("rina")
    tab.form("/pengguna", tindakan="kunci", nama="rina")
    assert other.get("/akun").status == 303
    assert other.sign_in("rina").status == 401
    tab.form("/pengguna", tindakan="buka", nama="rina")
    assert other.sign_in("rina").status == 303
    tab.form("/pengguna", tindakan="ubah", nama="rina", peran="pimpinan")
    assert other.get("/akun").status == 303
    tab.form("/pengguna", tindakan="reset", nama="rina")
    assert other.sign_in("rina").status == 401
    found = [row["action"] for row in audit.rows()]
    assert {"akun_dikunci", "akun_dibuka", "akun_diubah", "sandi_direset"} <= set(found)


def test_the_last_admin_stays(tab):
    assert tab.form("/pengguna", tindakan="kunci", nama="kepala").status == 422
    assert tab.form("/pengguna", tindakan="ubah", nama="kepala", peran="petugas").status == 422
    assert tab.form("/pengguna", tindakan="reset", nama="kepala").status == 422
    assert tab.get("/akun").status == 200


def test_a_change_needs_the_token_of_the_session(tab, petugas):
    assert tab.post("/pengguna", tindakan="kunci", nama="rina", csrf="salah").status == 403
    assert not accounts.find("rina").is_locked


def test_only_an_admin_changes_accounts(petugas, admin):
    tab = Tab()
    tab.sign_in("rina")
    token = csrf(tab.get("/akun").text)
    assert tab.post("/pengguna", csrf=token, tindakan="kunci", nama="kepala").status == 403
    assert audit.rows(action="ditolak")[0]["name"] == "rina"


# Jejak audit


def test_the_trail_is_filtered_paged_and_checked(tab, petugas):
    for number in range(130):
        audit.record("lihat", None, name="rina", detail={"halaman": f"/{number}"})
    page = tab.get("/jejak-audit?tindakan=lihat&nama=rina")
    assert "130 baris" in page.text
    assert "halaman 1 dari 2" in page.text
    assert "Rantai utuh" in page.text
    assert tab.get("/jejak-audit?tindakan=lihat&nama=rina&hal=2").text.count("halaman: /") == 30
    assert tab.get("/jejak-audit?tindakan=lihat&nama=rina&hal=99").text.count("halaman: /") == 30
    assert "0 baris" in tab.get("/jejak-audit?sejak=2040-01-01").text


@pytest.mark.parametrize("query", ["sejak=kemarin", "tindakan=apa", "sampai=2026-13-01"])
def test_a_filter_that_cannot_be_read_is_said(tab, query):
    page = tab.get(f"/jejak-audit?{query}")
    assert page.status == 422
    assert 'role="alert"' in page.text


def test_the_file_of_the_trail_holds_every_row_and_no_formula(tab):
    audit.record("lihat", None, name="=HYPERLINK(1)", detail={"halaman": "/peta"})
    whole = audit.count()
    page = tab.get("/jejak-audit.csv")
    lines = page.text.lstrip("\ufeff").splitlines()
    assert len(lines) == 1 + whole
    assert "'=HYPERLINK(1)" in page.text
    assert page.headers["content-disposition"].startswith("attachment")
    assert audit.rows(action="ekspor")[0]["name"] == "kepala"


def test_texts_of_strangers_stay_texts(tab):
    audit.record("lihat", None, name="<script>alert(1)</script>", detail={"halaman": "<img src=x onerror=y>"})
    page = tab.get("/jejak-audit").text
    assert "<script>" not in page
    assert "<img" not in page
