"""The front door: the portal with its routes and start-up work. Start it with `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from access import gate, oidc, web, web_account, web_admin
from pipelines.places import ROOT
from portal import document, exports, handout, map_assets, penerimaan
from portal.shell import tell
from portal.start import lifespan
from portal.static_gzip import StaticGzip

# The first is the outermost: nothing is reached around the gate.
MIDDLEWARE = [
    Middleware(gate.Gate),
    Middleware(StaticGzip),
    Middleware(document.Document),
]
ROUTES = [
    *(route for room in (web, oidc, web_account, web_admin) for route in room.ROUTES),
    *(route for room in (document, exports, handout, map_assets, penerimaan) for route in room.ROUTES),
]

app = st.App(
    ROOT / "portal" / "shell.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell,
)
