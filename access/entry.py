"""What every way in shares: the new session after the first proof, waiting, and going on."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import Response

from access import accounts, answers, audit, forms, limits, sessions
from pipelines.errors import UserError

# Each check of a password takes 64 MiB for its time; more at once would only wait for the same cores.
_HASHING = anyio.CapacityLimiter(4)


def enter(
    request: Request, account: accounts.Account, ke: str | None, way: str, *, is_sure: bool = False
) -> Response:
    """A new session for an account whose first proof was right; `is_sure`: no code is asked for any more."""
    visit = forms.visit(request)
    awaits_code = account.has_totp and not is_sure
    if visit.token:
        sessions.end(visit.token)
    token = sessions.start(account.id, address=visit.address, agent=visit.agent, awaits_code=awaits_code)
    if awaits_code:
        return answers.signed_in(request, token, onward("/masuk/kode", ke))
    record = {"name": account.name, "role": account.role, "address": visit.address}
    audit.record("masuk", None, **record, detail={"cara": way})
    path = onward("/sandi", ke) if account.must_change else forms.local(ke)
    return answers.signed_in(request, token, path)


def onward(path: str, ke: str | None) -> str:
    """A step in between that still knows where the viewer wants to go."""
    way = forms.local(ke)
    return path if way == "/" else f"{path}?ke={quote(way, safe='/')}"


def same_twice(given: dict[str, str]) -> None:
    """Refuse a new password that was typed in two ways; UserError."""
    if given.get("sandi", "") != given.get("ulang", ""):
        raise UserError("Kedua sandi tidak sama. Ketik sandi baru dua kali dengan isi yang sama.")


def later(answer: Response, wait: limits.TooMany) -> Response:
    """The same answer, saying to programs as well how long to wait."""
    answer.headers["retry-after"] = str(wait.seconds)
    return answer


async def run(work: Callable[[], Any]) -> Any:
    """Do what waits for the disk in a thread of its own."""
    return await anyio.to_thread.run_sync(work)


async def hashing(work: Callable[[], Any]) -> Any:
    """As `run`, for work that hashes a password."""
    return await anyio.to_thread.run_sync(work, limiter=_HASHING)
