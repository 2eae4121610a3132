"""The front door: the portal with its routes and start-up work. Start it with `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from pipelines.places import ROOT
from portal import document, exports, map_assets
from portal.shell import tell
from portal.start import lifespan
from portal.static_gzip import StaticGzip

# The first is the outermost: a gate that checks who is asking belongs before all others.
MIDDLEWARE = [
    Middleware(StaticGzip),
    Middleware(document.Document),
]

app = st.App(
    ROOT / "portal" / "shell.py",
    routes=[*document.ROUTES, *exports.ROUTES, *map_assets.ROUTES],
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell,
)
