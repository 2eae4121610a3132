"""The Streamlit main script: menu, banner, filter strip, then the page that was asked for.

It lives in a folder without a pages/ beside it, so that no page can be reached around it.
"""

import os
from collections.abc import Callable

import streamlit as st

from access.roles import Viewer
from pipelines import errors
from pipelines.places import ROOT
from portal import filters, formats, texts, viewer
from portal.ask import pin, row
from portal.rooms import file_of, home, open_to
from portal.texts import PRODUCT

LOGO = ROOT / "portal" / "assets" / "cermin.svg"
ICON = str(ROOT / "portal" / "assets" / "ikon.svg")


def shell() -> None:
    """One run: the frame that all pages share, and the page inside it; nothing for a stranger."""
    st.set_page_config(page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large")
    try:
        seen_by = viewer.enter()
    except viewer.Stranger as refusal:
        tell(refusal)
        return
    page = st.navigation(menu(seen_by), position="top")
    guarded(pin)
    guarded(lambda: frame(seen_by))
    guarded(page.run)


def menu(seen_by: Viewer) -> list[st.Page]:
    """The pages of the viewer's role; a role without the summary is led from `/` to the page it begins at."""
    pages = [
        st.Page(
            room.file,
            title=room.title,
            icon=room.icon,
            url_path=room.address,
            help=room.shows,
            default=not room.address,
        )
        for room in open_to(seen_by.role)
    ]
    start = home(seen_by.role)
    if start:
        options = {"title": PRODUCT, "url_path": "awal", "default": True, "visibility": "hidden"}
        pages.append(st.Page(lambda: st.switch_page(file_of(start)), **options))
    return pages


def guarded(run: Callable[[], object]) -> None:
    """Run a part of the page; what the viewer can mend is said, a fault of ours shows its id only."""
    try:
        run()
    except Exception as fault:
        tell(fault)


def tell(fault: Exception) -> bool:
    """Say what the viewer can mend; log a fault of ours and show its id. True: nothing else is shown."""
    if isinstance(fault, errors.UserError):
        st.error(str(fault), icon=":material/error:")
        return True
    st.error(texts.FAULT.format(id=errors.report(fault)), icon=":material/error:")
    return True


def frame(seen_by: Viewer) -> None:
    """Who is signed in, banner, filter strip, and what in the address could not be followed."""
    st.html(viewer.bar(seen_by))
    if os.environ.get("CERMIN_DEMO"):
        st.markdown(f":violet-badge[:material/theater_comedy: Demo] {texts.DEMO_BANNER}")
    known = row("tanggal_data")
    if known["contoh"]:
        st.markdown(f":orange-badge[:material/science: Contoh] {texts.SAMPLE_BANNER}")
    if st.query_params.get("halaman"):
        filters.complain(texts.UNKNOWN_PAGE)
    chosen = filters.strip(seen_by)
    latest = known["per_tanggal_terakhir"]
    if chosen.per_tanggal > latest:
        st.info(texts.BEYOND_DATA.format(latest=formats.date(latest)), icon=":material/event_busy:")


if __name__ == "__main__":
    shell()
