"""What the browser fetches while the app still starts: the drawing library, on pages that draw with it."""

import json
from functools import cache
from pathlib import Path

import streamlit

STATIC = Path(streamlit.__file__).parent / "static"
DRAWING = "components/elements/PlotlyChart/PlotlyChart.tsx"
ADDRESSES = ("tren", "wilayah")


def links(address: str) -> bytes:
    """Lines for the head of the document at an address (without slashes); empty where nothing is drawn."""
    return _drawing() if address in ADDRESSES else b""


@cache
def _drawing() -> bytes:
    """The name of the file carries a hash; Streamlit's own manifest tells it."""
    manifest = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    files = [entry["file"] for source, entry in manifest.items() if source.endswith(DRAWING)]
    return "".join(f'<link rel="modulepreload" crossorigin href="./{file}">' for file in files).encode()
