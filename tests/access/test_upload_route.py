"""Attacks on the way in for files, on a real server."""

from collections.abc import Iterator

import pytest

from tests.access.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server with one account per role."""
    with serving(tmp_path_factory.mktemp("unggahan") / "data") as running:
        yield running


@pytest.mark.parametrize("role", ["admin", "petugas", "pimpinan", "pemda"])
def test_nobody_reaches_the_upload_of_streamlit(server, role):
    client = server.client(role)
    for method in ("PUT", "POST", "DELETE"):
        assert client.ask("/_stcore/upload_file/abc/def", method, body=b"x").status == 404


@pytest.mark.parametrize("role", ["pimpinan", "pemda"])
def test_only_those_who_may_upload_send_a_file(server, role):
    answer = server.client(role).ask(f"/unggahan/{'a' * 32}", "PUT", body=b"x")
    assert answer.status == 403 and "peran" in answer.text


def test_another_site_cannot_send_a_file_in_the_name_of_somebody_signed_in(server):
    told = {"X-Cermin-Nama": "a.csv", "X-Cermin-Jenis": "laporan"}
    for foreign in ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = server.client("admin").ask(f"/unggahan/{'b' * 32}", "PUT", headers=told | foreign, body=b"x")
        assert answer.status == 403
    assert not list((server.data / "state").glob("unggahan/*/*"))


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(server):
    told = {"X-Cermin-Nama": "a.csv", "X-Cermin-Jenis": "laporan", "Content-Length": str(2 * 1024**3 + 1)}
    assert server.client("admin").ask(f"/unggahan/{'c' * 32}", "PUT", headers=told).status == 413
