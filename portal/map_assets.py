"""What the map needs in the browser once: geometry, code and style, at an address that names their content.

`ROUTES` belong among the routes of app.py. A browser keeps these files for good (their address changes when
they change), so a rerun of a page sends only the classes and texts of the regions.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo import boundaries

FOLDER = Path(__file__).parent / "assets"
KINDS = {
    "peta.js": "text/javascript",
    "pola.js": "text/javascript",
    "label.js": "text/javascript",
    "peta.css": "text/css",
    "wilayah.js": "text/javascript",
    "unggah.js": "text/javascript",
    "unggah.css": "text/css",
}


@cache
def files() -> dict[str, bytes]:
    """The files by name; the boundaries are read and drawn at the first call (about a second)."""
    shipped = {name: (FOLDER / name).read_bytes() for name in KINDS if (FOLDER / name).is_file()}
    return shipped | {"wilayah.js": _geometry()}


@cache
def folder() -> str:
    """The address of the folder they lie in, from the root of the application: '/aset/3f0c9a61d2'."""
    content = b"".join(files()[name] for name in sorted(files()))
    return f"/aset/{hashlib.sha256(content).hexdigest()[:10]}"


def serve(request: Request) -> Response:
    """GET /aset/<version>/<name>: one of the files, never to be asked for again."""
    held = files().get(request.path_params["name"])
    if held is None or not request.url.path.endswith(f"{folder()}/{request.path_params['name']}"):
        return PlainTextResponse("Berkas tidak dikenal.", status_code=404)
    headers = {"cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff"}
    return Response(held, media_type=KINDS[request.path_params["name"]], headers=headers)


ROUTES = [Route("/aset/{version}/{name}", serve)]


def _geometry() -> bytes:
    atlas = boundaries.atlas()
    shapes = [
        {"kode": s.kode_wilayah, "nama": s.nama, "prov": s.provinsi, "d": s.path, "t": s.label, "b": s.box}
        for s in atlas.shapes.values()
    ]
    content = {
        "wilayah": shapes,
        "kotak": atlas.boxes,
        "batas": atlas.border,
        "kredit": boundaries.CREDIT,
    }
    return f"export default {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n".encode()
