"""What an attacker would try, on a real server: every route as everybody, then the known ways around."""

import contextlib
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from access import accounts, audit, limits, rules, sessions, store
from access.roles import PAGES
from pipelines.regions import gazetteer
from tests.access.expected_routes import EXPECTED, WHO
from tests.access.serving import COOKIE, OTHER, OWN, PASSWORDS, Client, Server, serving, token_in

ROUTES = [(rule.name, role, number) for rule in rules.RULES for number, role in enumerate(WHO)]
PAGE_NAMES = [address for address in PAGES if address not in rules.SHEETS]


@pytest.fixture(scope="module")
def server(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the sample for all attacks that leave it as it was."""
    data = shutil.copytree(sample_folder, tmp_path_factory.mktemp("serangan") / "data")
    with serving(data) as running:
        yield running


@pytest.fixture(scope="module")
def script(server: Server) -> str:
    """The address of one of Streamlit's scripts, as its document names it."""
    return re.search(r"\./(static/js/index\.[\w-]+\.js)", server.client("admin").ask("/peta").text)[1]


def rerun(page: str, query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    return message.SerializeToString()


def heard(line, patience: float = 20) -> bytes:
    """Everything the portal sends until a run is over and half a second has passed in silence."""
    got, is_started = b"", False
    with contextlib.suppress(TimeoutError):
        while True:
            data = line.recv(timeout=patience)
            got += data
            kind = ForwardMsg.FromString(data).WhichOneof("type")
            is_started = is_started or kind == "new_session"
            patience = 0.5 if is_started and kind == "script_finished" else patience
    return got


def test_every_rule_has_an_expectation():
    assert set(EXPECTED) == set(rules.names())


@pytest.mark.parametrize(("name", "role", "number"), ROUTES, ids=lambda value: str(value))
def test_every_route_answers_everybody_as_expected(server, script, name, role, number):
    method, path, statuses = EXPECTED[name]
    client = server.client(role)
    if method == "WS":
        assert client.is_refused() is (statuses[number] == 403)
        return
    answer = client.ask(path.replace("{script}", f"/{script}"), method)
    assert answer.status == statuses[number]
    if answer.status != 200:
        assert not holds_figures(answer.text)


def holds_figures(text: str) -> bool:
    """Whether an answer names a region or an account: no refusal may."""
    names = {name.split(" ", 1)[1] for name in gazetteer().display.values()}
    return len(text) > 4000 or any(name in text for name in names) or "uji" in text


@pytest.mark.parametrize("path", ["/akun", "/sandi", "/metode"])
def test_a_page_of_one_viewer_names_no_other(server, path):
    text = server.client("pemda").ask(path).text
    assert not [role for role in ("petugas", "pimpinan") if f">{role}<" in text]


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/allowed-message-origins"),
        *("/oauth2callback.x", "/app/static/x.js", "/peta/_stcore/health", "/tidak/ada", "/index.html"),
        *("//peta", "/peta//", "/./peta", "/media/../peta", "/%70eta", "/peta%2f..", "/peta;x", "/PETA.x"),
        *(
            "/_STCORE/metrics",
            "/_stcore//metrics",
            "/_stcore/metrics/",
            "/_stcore/%6detrics",
            "/peta%00",
            "/\\peta",
        ),
        *("/static/../../app.py", "/static/js/..%2f..%2fapp.py", "/ekspor/../app.py", "/aset/x/..%2fpeta.js"),
    ],
)
@pytest.mark.parametrize("role", ["", "pemda", "admin"])
def test_a_path_without_a_rule_is_refused(server, path, role):
    answer = server.client(role).ask(path)
    assert answer.status == (404 if role else 401)
    assert not holds_figures(answer.text)


def test_a_slash_too_many_leads_to_the_page_without_it(server):
    assert server.client("admin").ask("/peta/?ukuran=masuk").headers["location"] == "/peta?ukuran=masuk"


def test_an_unknown_page_leads_a_viewer_home_and_a_stranger_to_the_sign_in(server):
    assert server.client("admin").ask("/tidak-ada").headers["location"] == "/?halaman=tidak-ada"
    assert server.client().ask("/tidak-ada").headers["location"] == "/masuk?ke=/tidak-ada"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_method_without_a_rule_is_refused(server, method):
    assert server.client().ask("/peta", method).status == 401
    assert server.client("admin").ask("/peta", method).status == 404


def test_a_stranger_learns_nothing_from_the_health_of_the_server(server):
    assert server.client().ask("/_stcore/health").text == "ok"


# Forged identity


@pytest.mark.parametrize("name", ["X-Cermin-Sesi", "x-cermin-sesi", "X-CERMIN-SESI", "X_Cermin_Sesi"])
def test_a_forged_header_names_nobody(server, name):
    with server.within():
        public = sessions.who(server.token("admin")).session
    stranger = server.client("", **{name: public})
    assert stranger.ask("/akun").status == 303
    assert stranger.is_refused(**{name: public})


def test_a_forged_header_beside_a_session_of_ones_own_changes_nothing(server):
    with server.within():
        public = sessions.who(server.token("admin")).session
    pemda = server.client("pemda")
    with pemda.listen(**{"X-Cermin-Sesi": public}) as line:
        line.send(rerun("tren"))
        assert b"Pengguna" not in heard(line)
    assert pemda.ask("/pengguna", headers={"X-Cermin-Sesi": public}).status == 403


@pytest.mark.parametrize("value", ["", "x", "' or 1=1 --", "a" * 5000, "0" * 32])
def test_a_made_up_cookie_is_nobody(server, value):
    assert Client(server.address, {COOKIE: value}).ask("/akun").status == 303


def test_the_public_id_of_a_session_is_no_token(server):
    with server.within():
        public = sessions.who(server.token("admin")).session
    assert Client(server.address, {COOKIE: public}).ask("/akun").status == 303


def test_the_cookies_of_streamlit_open_nothing(server):
    client = Client(server.address, {"_streamlit_user": "2|1:0|x", "_streamlit_xsrf": "x"})
    assert client.ask("/akun").status == 303
    assert client.is_refused()


# Sessions


def test_a_session_from_before_the_sign_in_is_not_the_one_after_it(server):
    client = Client(server.address, {COOKIE: "terpasang-oleh-orang-lain"})
    assert client.sign_in("admin").status == 303
    assert client.cookies[COOKIE] != "terpasang-oleh-orang-lain"
    assert Client(server.address, {COOKIE: "terpasang-oleh-orang-lain"}).ask("/akun").status == 303


def test_a_second_sign_in_ends_the_session_before_it(server):
    client = server.client("petugas")
    before = client.cookies[COOKIE]
    client.sign_in("petugas")
    assert client.ask("/akun").status == 200
    assert Client(server.address, {COOKIE: before}).ask("/akun").status == 303


def test_a_copied_cookie_is_worth_nothing_after_the_sign_out(server):
    client = server.client("pimpinan")
    copied = Client(server.address, dict(client.cookies))
    token = re.search(r'name="csrf" value="([^"]+)"', client.ask("/akun").text)[1]
    assert client.ask("/keluar", "POST", {"csrf": token}).headers["location"] == "/masuk"
    assert COOKIE not in client.cookies
    assert copied.ask("/akun").status == 303
    assert copied.is_refused()


def test_signing_out_needs_the_token_of_the_session(server):
    client, other = server.client("pimpinan"), server.client("pimpinan")
    foreign = re.search(r'name="csrf" value="([^"]+)"', other.ask("/akun").text)[1]
    for fields in ({}, {"csrf": ""}, {"csrf": foreign}):
        assert client.ask("/keluar", "POST", fields).status == 403
    assert client.ask("/akun").status == 200


def test_two_tabs_with_two_viewers_do_not_mix(server):
    one, two = server.client("admin"), server.client("pemda")
    assert ">admin<" in one.ask("/akun").text
    assert ">pemda<" in two.ask("/akun").text
    with one.listen() as first, two.listen() as second:
        first.send(rerun("metode"))
        second.send(rerun("metode"))
        assert b"jejak-audit" in heard(first)
        assert b"jejak-audit" not in heard(second)


def test_the_session_of_a_tab_cannot_be_taken_over_by_its_id(server):
    admin, pemda = server.client("admin"), server.client("pemda")
    with admin.listen() as line:
        line.send(rerun("metode"))
        session = re.search(rb"[0-9a-f]{8}-[0-9a-f-]{27}", heard(line))[0].decode()
    with pemda.listen(**{"Sec-WebSocket-Protocol": f"streamlit, x, {session}"}) as line:
        line.send(rerun("metode"))
        assert b"jejak-audit" not in heard(line)


def test_another_process_that_leaves_the_store_takes_no_lock_of_the_server_along(server):
    for _ in range(3):
        with server.within():
            store.close()
        assert server.client("pimpinan").ask("/akun").status == 200


# Websocket


ELSEWHERE = ["http://evil.test", "http://localhost:9", "null", "https://127.0.0.1.evil.test", "file://"]


@pytest.mark.parametrize("origin", [*ELSEWHERE, "http://127.0.0.1"])
def test_a_websocket_from_elsewhere_is_refused(server, origin):
    assert server.client("admin").is_refused(Origin=origin)


def test_a_browser_that_does_not_say_where_from_is_refused(server):
    assert server.client("admin").is_refused(**{"Origin": "", "Sec-Fetch-Mode": "websocket"})


def test_a_program_without_a_session_is_refused_whatever_it_says(server):
    assert server.client().is_refused(Origin="")
    assert server.client().is_refused()


@pytest.mark.parametrize("path", ["/_stcore/stream/", "/peta/_stcore/stream", "/_STCORE/stream", "/"])
def test_a_websocket_anywhere_else_is_refused(server, path):
    assert server.client("admin").is_refused(path=path)


def ended(server: Server, client: Client, end) -> float:
    """Seconds from `end` until the open websocket of a client is closed with 4401."""
    with client.listen() as line:
        line.send(rerun("metode"))
        heard(line)
        with server.within():
            end()
        start = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            while time.monotonic() < start + 10:
                line.recv(timeout=10)
        assert closed.value.rcvd.code == 4401
        return time.monotonic() - start


def test_an_open_websocket_ends_within_seconds_of_its_session(server):
    client = server.client("petugas")
    assert ended(server, client, lambda: sessions.end(client.cookies[COOKIE])) < 4


def test_an_open_websocket_ends_when_the_account_is_locked(server):
    with server.within():
        accounts.add("sementara", "petugas", password="sepeda kuning 12", by="uji")
    client = Client(server.address)
    client.sign_in("sementara", "sepeda kuning 12")
    assert ended(server, client, lambda: accounts.lock("sementara", "uji")) < 4
    assert client.sign_in("sementara", "sepeda kuning 12").status == 401


def test_an_open_websocket_ends_when_the_role_changes(server):
    with server.within():
        accounts.add("pindah", "petugas", password="sepeda kuning 12", by="uji")
    client = Client(server.address)
    client.sign_in("pindah", "sepeda kuning 12")
    assert ended(server, client, lambda: accounts.change("pindah", role="pimpinan", by="uji")) < 4


def test_a_message_after_the_end_of_the_session_runs_nothing(server):
    client = server.client("petugas")
    with client.listen() as line:
        line.send(rerun("metode"))
        heard(line)
        with server.within():
            sessions.end(client.cookies[COOKIE])
        line.send(rerun("tren"))
        with pytest.raises(ConnectionClosed):
            assert b"new_session" not in line.recv(timeout=5)


# Forms


@pytest.mark.parametrize(
    "ke", ["//evil.test", "/\\evil.test", "https://evil.test", "/%0d%0aX: y", "javascript:1"]
)
def test_the_sign_in_leads_nowhere_else(server, ke):
    answer = Client(server.address).sign_in("pimpinan", ke=ke)
    assert answer.status == 303
    assert answer.headers["location"] in ("/", "/%0d%0aX: y")
    assert "x" not in {name for name in answer.headers if len(name) == 1}


def test_a_shared_address_survives_the_sign_in(server):
    client = Client(server.address)
    there = client.ask("/wilayah?kode=64.08&rentang=12b").headers["location"]
    page = client.ask(there).text
    ke = re.search(r'name="ke" value="([^"]+)"', page)[1].replace("&amp;", "&")
    assert client.sign_in("pimpinan", ke=ke).headers["location"] == "/wilayah?kode=64.08&rentang=12b"


def test_a_form_sent_from_another_site_is_refused(server):
    client = Client(server.address)
    token = re.search(r'name="csrf" value="([^"]+)"', client.ask("/masuk").text)[1]
    fields = {"csrf": token, "nama": "admin", "sandi": PASSWORDS["admin"]}
    for told in ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.ask("/masuk", "POST", fields, told).status == 403
    assert client.ask("/masuk", "POST", fields | {"csrf": ""}).status == 403
    assert Client(server.address).ask("/masuk", "POST", fields).status == 403


def test_what_is_typed_comes_back_as_text(server):
    page = Client(server.address).form("/masuk", nama='"><script>alert(1)</script>', sandi="x").text
    assert "<script>alert" not in page


def test_a_body_beyond_its_limit_is_not_read(server):
    client = Client(server.address)
    assert client.ask("/masuk", "POST", headers={"Content-Length": f"{rules.FORM_BYTES + 1}"}).status == 413
    assert server.client("admin").ask("/akun", body=b"x").status == 413
    assert server.client("admin").ask("/akun", headers={"Content-Length": "9999999999"}).status == 413


def test_unknown_locked_and_wrong_are_told_apart_by_nobody(server):
    with server.within():
        accounts.add("terkunci", "pimpinan", password="sepeda kuning 12", by="uji")
        accounts.lock("terkunci", "uji")
    tries = [
        ("siapa-saja", "salah sekali 1"),
        ("terkunci", "sepeda kuning 12"),
        ("pimpinan", "salah sekali 1"),
    ]
    told = [Client(server.address, told={"X-Forwarded-For": "10.9.9.9"}).sign_in(*given) for given in tries]
    assert {answer.status for answer in told} == {401}
    assert all("Nama atau sandi tidak cocok." in answer.text for answer in told)


def test_a_thousand_wrong_passwords_are_mostly_not_even_looked_at(server):
    with server.within():
        accounts.add("sasaran", "pimpinan", password="sepeda kuning 12", by="uji")
    client = Client(server.address, told={"X-Forwarded-For": "10.7.7.7"})
    token = re.search(r'name="csrf" value="([^"]+)"', client.ask("/masuk").text)[1]
    fields = {"csrf": token, "nama": "sasaran"}
    answers = [client.ask("/masuk", "POST", fields | {"sandi": f"tebakan ke {n}"}) for n in range(1000)]
    statuses = [answer.status for answer in answers]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 12
    assert re.search(r"coba lagi dalam \d+ detik", answers[-1].text)
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_guessing_from_many_addresses_is_held_by_the_account(server):
    with server.within():
        accounts.add("incaran", "pimpinan", password="sepeda kuning 12", by="uji")
    statuses = []
    for number in range(60):
        client = Client(server.address, told={"X-Forwarded-For": f"10.8.{number}.1"})
        statuses.append(client.sign_in("incaran", f"tebakan ke {number}").status)
    assert statuses.count(401) <= limits.ACCOUNT.free + 3
    assert statuses[-1] == 429


def test_a_due_password_is_changed_before_anything_is_seen(server):
    with server.within():
        accounts.add("baru", "petugas", password=None, by="uji")
        once = accounts.reset("baru", "uji")
    client = Client(server.address)
    assert client.sign_in("baru", once, ke="/tren").headers["location"] == "/sandi?ke=/tren"
    assert client.ask("/tren").headers["location"] == "/sandi"
    assert client.is_refused()
    assert client.ask("/ekspor/daftar_wilayah.csv").status == 403
    before = client.cookies[COOKIE]
    told = {"lama": once, "sandi": "sungai mahakam 9", "ulang": "sungai mahakam 9", "ke": "/tren"}
    assert client.form("/sandi", **told).headers["location"] == "/tren"
    assert client.cookies[COOKIE] != before
    assert client.ask("/tren").status == 200


# Scope


@pytest.mark.parametrize("first", [name for name in PAGE_NAMES if "pemda" not in PAGES[name]])
def test_a_page_asked_first_on_a_fresh_server_shows_nothing(first, sample_folder, tmp_path):
    data = shutil.copytree(sample_folder, tmp_path / "data")
    with serving(data) as fresh:
        assert fresh.client().is_refused()
        with fresh.client("pemda").listen() as line:
            line.send(rerun(first))
            shown = heard(line)
    assert not [word for word in (b"Tren Penyelesaian", b"Unggah berkas") if word in shown]


@pytest.mark.parametrize("question", ["per_instansi", "per_substansi", "umur_terbuka", "tenggat_berjalan"])
def test_an_export_address_copied_to_another_government_gives_nothing(server, question):
    path = f"/ekspor/{question}.csv?wilayah={OTHER}"
    assert server.client("admin").ask(path).status == 200
    answer = server.client("pemda").ask(path)
    assert answer.status in (403, 404)
    assert not holds_figures(answer.text.replace(gazetteer().display[OWN].split(" ", 1)[1], ""))
    assert Client(server.address).ask(path).status == 401


def test_what_happened_is_on_record_and_the_chain_is_whole(server):
    client = Client(server.address, told={"X-Forwarded-For": "10.6.6.6"})
    client.sign_in("pimpinan", "salah sekali 1")
    client.sign_in("pimpinan")
    client.ask("/pengguna")
    client.ask("/keluar", "POST", {"csrf": token_in(client.ask("/akun").text)})
    with server.within():
        found = [(row["action"], row["name"]) for row in audit.rows(limit=4) if row["address"] == "10.6.6.6"]
        verdict = audit.verify()
    assert found == [(action, "pimpinan") for action in ("keluar", "ditolak", "masuk", "masuk_gagal")]
    assert verdict.ok
