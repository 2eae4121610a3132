"""The Streamlit main script: menu, banner, filter strip, then the page that was asked for.

It lives in a folder without a pages/ beside it, so that no page can be reached around it.
"""

from collections.abc import Callable

import streamlit as st

from pipelines import errors
from pipelines.places import ROOT
from portal import filters, formats, texts
from portal.ask import pin, row
from portal.rooms import ROOMS

LOGO = ROOT / "portal" / "assets" / "cermin.svg"
ICON = str(ROOT / "portal" / "assets" / "ikon.svg")


def shell() -> None:
    """One run: the frame that all pages share, and the page inside it."""
    st.set_page_config(page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large")
    page = st.navigation(
        [
            st.Page(
                room.file,
                title=room.title,
                icon=room.icon,
                url_path=room.address,
                help=room.shows,
                default=not room.address,
            )
            for room in ROOMS
        ],
        position="top",
    )
    guarded(pin)
    guarded(frame)
    guarded(page.run)


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


def frame() -> None:
    """Banner, filter strip, and what in the address could not be followed."""
    known = row("tanggal_data")
    if known["contoh"]:
        st.markdown(f":orange-badge[:material/science: Contoh] {texts.SAMPLE_BANNER}")
    if st.query_params.get("halaman"):
        filters.complain(texts.UNKNOWN_PAGE)
    chosen = filters.strip()
    latest = known["per_tanggal_terakhir"]
    if chosen.per_tanggal > latest:
        st.info(texts.BEYOND_DATA.format(latest=formats.date(latest)), icon=":material/event_busy:")


if __name__ == "__main__":
    shell()
