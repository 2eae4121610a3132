"""Files that leave by an own address: the CSV of an answer, and the template of a kind of extract.

A file is meant for a spreadsheet in Indonesia: UTF-8 with BOM, `;` between cells, decimal comma. Cells of
text that a spreadsheet would take for a formula are defused. Every parameter of the address is checked by
the question itself, and the answer is that of the viewer who asks now, whoever made the address.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access import audit
from access.roles import Viewer
from pipelines import errors, places, questions
from portal import formats, hidden, sources, table, texts
from portal.ask import Question, about, ask, entered
from portal.columns import column

COLUMNS, ONLY = "kolom", "hanya"  # the two words of an address that are no parameter of a question
DECIMALS = {"percent": 1, "decimal": 1, "ratio": 2}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def address(asked: Question, columns: Sequence[str] = ()) -> str:
    """The address of the file of an answer, with exactly these columns."""
    pairs = list(asked.parameters)
    pairs += [(ONLY, f"{name}:{value}") for name, value in asked.only]
    pairs += [(COLUMNS, ",".join(columns))] if columns else []
    return f"/ekspor/{quote(asked.name)}.csv" + (f"?{urlencode(pairs)}" if pairs else "")


def export(request: Request) -> Response:
    """GET /ekspor/<question>.csv: the answer as a file, or one Indonesian sentence (401, 403, 404, 422)."""
    name = request.path_params["question"]
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None:
        return PlainTextResponse(texts.STRANGER, status_code=401)
    if name not in questions.CATALOGUE:
        return PlainTextResponse(f"Pertanyaan “{name}” tidak dikenal.", status_code=404)
    if not viewer.may("ekspor") or name not in questions.catalogue(viewer.scope):
        return PlainTextResponse(f"Berkas “{name}” tidak tersedia untuk akun Anda.", status_code=403)
    try:
        with entered(viewer.scope):
            asked, columns = _asked(name, request.query_params.multi_items())
            content = document(asked, columns)
        audit.record("ekspor", viewer, address=_client(request), detail=_noted(asked))
        return _file(content, f"cermin-{name}.csv")
    except errors.NotYours as refusal:
        return PlainTextResponse(str(refusal), status_code=403)
    except errors.UserError as refusal:
        return PlainTextResponse(str(refusal), status_code=422)
    except Exception as fault:
        return PlainTextResponse(texts.FAULT.format(id=errors.report(fault)), status_code=500)


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _noted(asked: Question) -> dict[str, str]:
    """What the audit trail keeps of an export: the question and what was chosen."""
    chosen = ", ".join(f"{name}={value}" for name, value in (*asked.parameters, *asked.only))
    return {"pertanyaan": asked.name} | ({"pilihan": chosen[:300]} if chosen else {})


def template(request: Request) -> Response:
    """GET /templat/<kind>.csv: an example file of one kind of extract, accepted as it stands."""
    path = places.TEMPLATES / f"{request.path_params['kind']}.csv"
    if path.parent != places.TEMPLATES or not path.is_file():
        return PlainTextResponse("Templat tidak dikenal.", status_code=404)
    return _file(path.read_bytes(), f"templat-{path.name}")


ROUTES = [Route("/ekspor/{question}.csv", export), Route("/templat/{kind}.csv", template)]


def document(asked: Question, columns: Sequence[str] = ()) -> bytes:
    """An answer as the bytes of a CSV file: head lines, a blank line, headings, rows."""
    frame = ask(asked)
    unknown = [name for name in columns if name not in frame.columns]
    if unknown:
        raise errors.UserError(
            f"Kolom “{unknown[0]}” tidak ada pada {asked.name}; yang ada: {', '.join(frame.columns)}."
        )
    chosen = list(columns) or hidden.columns(frame)
    kinds = {name: table.kind(frame, name) for name in chosen}
    lines = [*_head(asked), [], [column(name).heading for name in chosen]]
    for record in frame.iter_rows(named=True):
        withheld = hidden.marks(record)
        lines.append([withheld.get(name) or cell(record[name], kinds[name]) for name in chosen])
    return written(lines)


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of cells as bytes: BOM, semicolons, CRLF."""
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(lines)
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8")


def cell(value: Any, kind: str = "text") -> str:
    """One cell: decimals as in the table with a comma, dates ISO, missing empty, text defused."""
    if formats.is_missing(value):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        places = table.decimals(value) if kind == "value" else DECIMALS.get(kind, 0)
        return f"{value:.{places}f}".replace(".", ",")
    text = table.text(value, kind) if kind == "code" else str(value)
    return "'" + text if isinstance(value, str) and text.startswith(RISKY) else text


def _asked(name: str, pairs: list[tuple[str, str]]) -> tuple[Question, list[str]]:
    parameters = {key: value for key, value in pairs if key not in (COLUMNS, ONLY)}
    only = dict(value.split(":", 1) for key, value in pairs if key == ONLY and ":" in value)
    columns = [part for key, value in pairs if key == COLUMNS for part in value.split(",") if part]
    known = set(ask(about(name, **parameters)).columns)
    for stray in only.keys() - known:
        raise errors.UserError(
            f"Kolom “{stray}” tidak ada pada {name}; yang ada: {', '.join(sorted(known))}."
        )
    return about(name, only=only, **parameters), columns


def _head(asked: Question) -> list[list[str]]:
    told = [f"{name} = {value}" for name, value in (*asked.parameters, *asked.only)]
    note = f"; {texts.HIDDEN_NOTE}" if hidden.any_in(ask(asked)) else ""
    return [
        [texts.PRODUCT, asked.name],
        ["Per tanggal", asked.parameter("per_tanggal") or "terakhir"],
        ["Saringan", cell(", ".join(told) or "tanpa saringan")],
        ["Sumber", cell(sources.of(asked.name))],
        ["Catatan", f"sel kosong berarti tidak ada data, bukan nol{note}"],
    ]


def _file(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
