"""Who is looking: the viewer of this run, from the session that the gate vouches for, fresh from the store.

Every run of the main script and of a page begins here: it decides which scope of the data the run may ask.
A page that is reached in any other way finds no viewer and shows nothing.
"""

import threading
from collections.abc import Callable
from html import escape

import streamlit as st

from access import audit, roles, sessions
from access.roles import Viewer
from pipelines.errors import UserError
from portal import ask, texts

SESSION = "sesi"  # the name in st.user of the public id of the session; see server.trustedUserHeaders
_run = threading.local()


class Stranger(UserError):
    """Nobody is signed in, or the session has ended."""


def enter() -> Viewer:
    """Find the viewer of this run and open the data of their scope; Stranger when there is none."""
    ask.leave()
    _run.viewer = None
    session = st.user.to_dict().get(SESSION)
    viewer = sessions.find(str(session)) if session else None
    if viewer is None or viewer.awaits_code or viewer.must_change:
        raise Stranger(texts.STRANGER)
    _run.viewer = viewer
    ask.enter(viewer.scope)
    return viewer


def current() -> Viewer:
    """The viewer whom `enter` found in this run."""
    viewer = getattr(_run, "viewer", None)
    if viewer is None:
        raise Stranger(texts.STRANGER)
    return viewer


def admit(address: str, page: Callable[[], object]) -> None:
    """Run a page for a viewer whose role has it; UserError otherwise, and nothing of the page is run."""
    viewer = enter()
    if viewer.role not in roles.PAGES[address]:
        raise UserError(texts.NOT_YOURS)
    note(viewer, address)
    page()


def note(viewer: Viewer, address: str) -> None:
    """Put into the audit trail that a page, or a region's, was opened; once until another one is."""
    region = st.query_params.get("kode") or st.query_params.get("wilayah") or ""
    seen = (viewer.session, address, region)
    if st.session_state.get("_dilihat") != seen:
        st.session_state["_dilihat"] = seen
        audit.record("lihat", viewer, address=whence(), detail=_seen(viewer, address, region))


def whence() -> str:
    """The network address that this run was asked from, empty where there is none (this machine)."""
    found = st.context.ip_address
    return found if isinstance(found, str) else ""


def _seen(viewer: Viewer, address: str, region: str) -> dict[str, str]:
    """What was opened; of an account of one region always that region."""
    region = (viewer.wilayah or "") if address == "wilayah" and viewer.wilayah else region
    return {"halaman": f"/{address}"} | ({"wilayah": region[:20]} if region else {})


def bar(viewer: Viewer) -> str:
    """Name, role, own pages and the way out, as HTML; signing out is a form of its own."""
    links = [("/akun", "Akun")]
    links += [("/pengguna", "Pengguna")] if viewer.may("kelola_akun") else []
    links += [("/jejak-audit", "Jejak audit")] if viewer.may("baca_jejak") else []
    listed = "".join(f'<a href="{address}" target="_self">{name}</a>' for address, name in links)
    out = (
        '<form method="post" action="/keluar"><input type="hidden" name="csrf" '
        f'value="{escape(viewer.csrf)}"><button type="submit">Keluar</button></form>'
    )
    who = f"<span>{escape(viewer.name)} · {escape(viewer.role)}</span>"
    return f'<div class="cermin-siapa">{who}<nav aria-label="Akun">{listed}</nav>{out}</div>'
