"""The headers of every answer: what the browser may load, from where, and who may frame or keep it."""

import base64
import hashlib

from starlette.types import Message

# Streamlit's document holds one script of its own in its text; it is named by what it says.
INLINE = b"\n      window.prerenderReady = false\n    "


def digest(script: bytes) -> str:
    """The word by which a policy allows exactly this script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


# Streamlit writes styles into the document (emotion, plotly), loads a component's script from a blob that it
# made itself, and pictures of charts come as data and blobs.
PORTAL = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' blob: {digest(INLINE)}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)
SHEET = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), serial=()",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000")
DROPPED = frozenset({b"server", b"access-control-allow-origin", *(name for name, _ in ALWAYS)})


def _secure(pair: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A cookie of the inner server goes over https only, too."""
    name, value = pair
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure") if is_open else pair


def dressed(start: Message, *, is_sheet: bool, is_https: bool) -> Message:
    """The start of an answer with our headers. `is_sheet`: one of our plain pages, which hold no script."""
    kept = [pair for pair in start.get("headers", ()) if pair[0].lower() not in DROPPED]
    names = {name.lower() for name, _ in kept}
    is_document = any(name == b"content-type" and value.startswith(b"text/html") for name, value in kept)
    policy = PORTAL if is_document and not is_sheet else SHEET
    added = [*ALWAYS, (b"content-security-policy", policy.encode())]
    if is_document or b"cache-control" not in names:
        kept = [pair for pair in kept if pair[0].lower() != b"cache-control"]
        added.append((b"cache-control", b"no-store"))
    if is_https:
        added.append(HSTS)
        kept = [_secure(pair) for pair in kept]
    return start | {"headers": [*kept, *added]}
