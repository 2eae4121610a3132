"""What every answer tells the browser, and that Streamlit's own document still fits the policy."""

import re
from pathlib import Path

import pytest
import streamlit

from access import headers

START = {"type": "http.response.start", "status": 200}


def dressed(kind: str = "text/html", **others) -> dict[str, str]:
    given = {"is_sheet": False, "is_https": False} | others
    message = START | {"headers": [(b"content-type", kind.encode()), (b"cache-control", b"public")]}
    return {name.decode(): value.decode() for name, value in headers.dressed(message, **given)["headers"]}


@pytest.mark.parametrize("kind", ["text/html", "text/csv", "image/svg+xml", "application/json"])
@pytest.mark.parametrize("is_sheet", [True, False])
def test_every_answer_is_closed_to_frames_guesses_and_other_sites(kind, is_sheet):
    found = dressed(kind, is_sheet=is_sheet)
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in found["permissions-policy"]
    policy = found["content-security-policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri"):
        assert part in policy
    assert not re.search(r"https?:|\*|unsafe-eval", policy)


def test_our_own_pages_run_no_script_at_all():
    policy = dressed(is_sheet=True)["content-security-policy"]
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy


def test_documents_are_not_kept_and_other_files_keep_their_own_rule():
    assert dressed("text/html")["cache-control"] == "no-store"
    assert dressed("text/css")["cache-control"] == "public"


def test_only_https_promises_https():
    assert "strict-transport-security" not in dressed()
    assert dressed(is_https=True)["strict-transport-security"] == "max-age=31536000"


def test_on_https_every_cookie_goes_over_https_only():
    message = START | {"headers": [(b"Set-Cookie", b"a=b; Path=/"), (b"set-cookie", b"c=d; Secure; Path=/")]}
    found = headers.dressed(message, is_sheet=False, is_https=True)["headers"]
    cookies = [value for name, value in found if name.lower() == b"set-cookie"]
    assert cookies == [b"a=b; Path=/; Secure", b"c=d; Secure; Path=/"]


def test_a_header_of_the_inner_server_does_not_stand_beside_ours():
    message = START | {"headers": [(b"Access-Control-Allow-Origin", b"*"), (b"X-Frame-Options", b"ALLOW")]}
    found = headers.dressed(message, is_sheet=False, is_https=False)["headers"]
    names = [name.lower() for name, _ in found]
    assert b"access-control-allow-origin" not in names
    assert names.count(b"x-frame-options") == 1


def test_the_one_script_in_the_document_of_streamlit_is_the_one_we_allow():
    document = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    inline = re.findall(rb"<script>(.*?)</script>", document, re.DOTALL)
    assert inline == [headers.INLINE]
    assert b" style=" not in document
    assert not re.findall(rb"""(?:src|href)=["']https?:""", document)
