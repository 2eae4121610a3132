"""PUT /unggahan/<token>: a file comes in and goes straight to the disk; memory stays flat whatever its size.

The token is made by the browser and means something only below the account that sent it. Name and kind come
as headers, percent-encoded; a form of another site can send neither, nor this method.
"""

from collections.abc import AsyncIterator
from typing import BinaryIO
from urllib.parse import unquote

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from access.gate import TooLarge
from access.roles import Viewer
from pipelines import contracts, errors, titipan
from pipelines.errors import UserError
from portal import giliran, texts

NAME, KIND = "x-cermin-nama", "x-cermin-jenis"
PORTION = 1 << 20
ROOM_EVERY = 64  # portions


async def receive(request: Request) -> Response:
    """201 once the file lies there whole; else one sentence (403, 422, 507) and nothing of it is left."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    kind, token = request.headers.get(KIND, ""), request.path_params["token"]
    if viewer is None or not viewer.may("unggah"):
        return PlainTextResponse(texts.NOT_YOURS, status_code=403)
    if kind not in contracts.KINDS:
        return PlainTextResponse("Jenis berkas ini tidak dikenal. Muat ulang halaman.", status_code=422)
    length = request.headers.get("content-length", "0")
    try:
        part = titipan.begin(viewer.account, token, int(length) if length.isdigit() else 0)
    except FileExistsError:
        return PlainTextResponse("Berkas ini sedang dikirim. Tunggu sampai selesai.", status_code=409)
    except UserError as refusal:
        return PlainTextResponse(str(refusal), status_code=422)
    except OSError as fault:
        return _not_written(fault)
    try:
        with part:
            await _write(request.stream(), part)
        name, busy = unquote(request.headers.get(NAME, "")), giliran.busy()
        await anyio.to_thread.run_sync(titipan.keep, viewer.account, token, name, kind, busy)
    except BaseException as fault:
        titipan.remove(viewer.account, token)
        return _refused(fault)
    return PlainTextResponse("Berkas diterima.", status_code=201)


async def _write(stream: AsyncIterator[bytes], part: BinaryIO) -> None:
    """What comes, in portions of a megabyte, written by a thread: the others are not kept waiting."""
    held, portions = bytearray(), 0
    async for chunk in stream:
        held += chunk
        if len(held) >= PORTION:
            if portions % ROOM_EVERY == 0:
                titipan.demand_room()
            await anyio.to_thread.run_sync(part.write, bytes(held))
            held.clear()
            portions += 1
    await anyio.to_thread.run_sync(part.write, bytes(held))


def _refused(fault: BaseException) -> Response:
    """The sentence for what went wrong on the way; what is the gate's or the server's goes on to them."""
    if isinstance(fault, ClientDisconnect):
        return Response(status_code=400)  # nobody reads it: the browser cancelled or went away
    if isinstance(fault, UserError):
        return PlainTextResponse(str(fault), status_code=507)
    if isinstance(fault, OSError):
        return _not_written(fault)
    if isinstance(fault, TooLarge) or not isinstance(fault, Exception):
        raise fault
    return PlainTextResponse(texts.FAULT.format(id=errors.report(fault)), status_code=500)


def _not_written(fault: OSError) -> Response:
    said = f"Berkas tidak dapat disimpan sementara ({fault.strerror}). Hubungi pengelola, lalu coba lagi."
    return PlainTextResponse(said, status_code=507)


ROUTES = [Route("/unggahan/{token}", receive, methods=["PUT"])]
