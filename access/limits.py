"""How often one may guess: a growing wait per account and per address, kept in the store across restarts.

An attempt counts as failed from its beginning, before any hashing, and is taken back when it succeeds: a
thousand attempts at once get no more guesses than a thousand in a row.

An account under attack stays usable for its owner: from an address where it signed in during the last 30
days it has a count of its own, which strangers elsewhere cannot raise. From a new address the owner waits as
long as the attacker has to. An address (IPv6: its /64) has more free attempts, because an office shares one.
"""

import hashlib
import ipaddress
import math
import sqlite3
from dataclasses import dataclass

from access import store

LONGEST_WAIT = 15 * 60.0
FAMILIAR_SECONDS, FAMILIAR_KEPT = 30 * 24 * 3600.0, 20
ROWS_KEPT = 20_000
_SQL = store.statements("limits")


@dataclass(frozen=True)
class Rule:
    """So many attempts are free; the count is forgotten so many seconds after the last one."""

    free: int
    memory: float


ACCOUNT = Rule(free=5, memory=24 * 3600.0)
ADDRESS = Rule(free=20, memory=3600.0)
_LONGEST_MEMORY = max(ACCOUNT.memory, ADDRESS.memory)


class TooMany(Exception):
    """Too many attempts: try again in `seconds` (whole, at least 1)."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(f"Terlalu banyak percobaan; coba lagi dalam {self.seconds} detik.")


def wait_after(failures: int, rule: Rule) -> float:
    """Seconds to wait after so many failures: none within the free ones, then 2, 4, 8 ... up to 15 min."""
    over = failures - rule.free
    return 0.0 if over < 0 else min(2.0 ** min(over + 1, 32), LONGEST_WAIT)


def admit(name_key: str, address: str) -> None:
    """Count a sign-in attempt in advance; TooMany when the account or the address still has to wait.

    A refused attempt counts for nothing: neither key's wait grows while it lasts.
    """
    with store.writing() as connection:
        _admit(connection, _sign_in_keys(connection, name_key, address))


def forgive(name_key: str, address: str) -> None:
    """The attempt was right: the account's count is forgotten, the address gets this one attempt back."""
    with store.writing() as connection:
        (account, _), (place, _) = _sign_in_keys(connection, name_key, address)
        connection.execute(_SQL["forget"], {"key": account})
        _take_back(connection, place)
        values = {"name_key": name_key, "address": place, "now": store.now(), "kept": FAMILIAR_KEPT}
        connection.execute(_SQL["know"], values)
        connection.execute(_SQL["keep_newest"], values)


def admit_for(purpose: str, account_id: int) -> None:
    """Count an attempt of a signed-in account (`kode`, `sandi`) in advance; TooMany when it has to wait."""
    with store.writing() as connection:
        _admit(connection, [(f"{purpose}:{account_id}", ACCOUNT)])


def forgive_for(purpose: str, account_id: int) -> None:
    """That attempt was right: its count is forgotten."""
    with store.writing() as connection:
        connection.execute(_SQL["forget"], {"key": f"{purpose}:{account_id}"})


def place_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 customer has to itself."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return _key("alamat", address)
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.version == 6:
        found = ipaddress.ip_network((found, 64), strict=False).network_address
    return f"alamat:{found}"


def _sign_in_keys(connection: sqlite3.Connection, name_key: str, address: str) -> list[tuple[str, Rule]]:
    place = place_of(address)
    since = store.now() - FAMILIAR_SECONDS
    values = {"name_key": name_key, "address": place, "since": since}
    is_familiar = connection.execute(_SQL["is_familiar"], values).fetchone() is not None
    # Hashed: unknown names are as long as people like, and now and then a password typed in the wrong field.
    return [(_key("akun", f"{name_key}\n{place if is_familiar else ''}"), ACCOUNT), (place, ADDRESS)]


def _key(kind: str, text: str) -> str:
    return f"{kind}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _admit(connection: sqlite3.Connection, keys: list[tuple[str, Rule]]) -> None:
    now = store.now()
    known = {key: _known(connection, key, rule, now) for key, rule in keys}
    blocked = max(until for _, until in known.values())
    if blocked > now:
        raise TooMany(min(blocked - now, LONGEST_WAIT))
    for key, rule in keys:
        failures = known[key][0] + 1
        _set(connection, key, failures, now, now + wait_after(failures, rule))
    _bound(connection, now)


def _known(connection: sqlite3.Connection, key: str, rule: Rule, now: float) -> tuple[int, float]:
    """Failures that still count, and until when the key is blocked."""
    row = connection.execute(_SQL["find"], {"key": key}).fetchone()
    if row is None or now - row["last_at"] > rule.memory:
        return 0, 0.0
    return row["failures"], row["blocked_until"]


def _take_back(connection: sqlite3.Connection, key: str) -> None:
    now = store.now()
    failures, _ = _known(connection, key, ADDRESS, now)
    if failures <= 1:
        connection.execute(_SQL["forget"], {"key": key})
    else:
        _set(connection, key, failures - 1, now, now)


def _set(connection: sqlite3.Connection, key: str, failures: int, now: float, until: float) -> None:
    values = {"key": key, "failures": failures, "last_at": now, "blocked_until": until}
    connection.execute(_SQL["set"], values)


def _bound(connection: sqlite3.Connection, now: float) -> None:
    connection.execute(_SQL["prune"], {"before": now - _LONGEST_MEMORY})
    surplus = connection.execute(_SQL["count"]).fetchone()[0] - ROWS_KEPT
    if surplus > 0:
        connection.execute(_SQL["bound"], {"surplus": surplus})
