"""The four roles, what each may do, and which pages each may open: the one table of who sees what."""

from dataclasses import dataclass

ROLES = ("admin", "petugas", "pimpinan", "pemda")
# Roles for which a second factor can be set up: those who change data or accounts.
WITH_CODE = ("admin", "petugas")

ACTIONS: dict[str, frozenset[str]] = {
    "admin": frozenset(
        ("lihat_semua", "lihat_wilayah", "unggah", "batalkan_semua", "kelola_akun", "baca_jejak", "ekspor")
    ),
    "petugas": frozenset(("lihat_semua", "lihat_wilayah", "unggah", "batalkan_sendiri", "ekspor")),
    "pimpinan": frozenset(("lihat_semua", "lihat_wilayah", "ekspor")),
    "pemda": frozenset(("lihat_wilayah", "ekspor")),
}

_EVERYONE = frozenset(ROLES)
_CASES = frozenset(role for role in ROLES if "lihat_semua" in ACTIONS[role])

# Addresses without their first slash; the empty one is the front page.
PAGES: dict[str, frozenset[str]] = {
    "": _CASES,
    "peta": _EVERYONE,
    "kerja-sama": _EVERYONE,
    "tren": _CASES,
    "deteksi-dini": _CASES,
    "perbandingan": _CASES,
    "wilayah": _EVERYONE,
    "unggah": frozenset(role for role in ROLES if "unggah" in ACTIONS[role]),
    "register": frozenset(role for role in ROLES if "unggah" in ACTIONS[role]),
    "metode": _EVERYONE,
    "akun": _EVERYONE,
    "pengguna": frozenset(role for role in ROLES if "kelola_akun" in ACTIONS[role]),
    "jejak-audit": frozenset(role for role in ROLES if "baca_jejak" in ACTIONS[role]),
}


@dataclass(frozen=True)
class Viewer:
    """Who is asking, as the store knows it at this moment.

    `wilayah` is the region of a pemda account (a provincial government: its province), `provinsi` the one
    province of a limited petugas. `session` is the public id of the session, never its token.
    """

    account: int
    name: str
    role: str
    wilayah: str | None
    provinsi: str | None
    session: str
    csrf: str
    must_change: bool
    has_totp: bool
    awaits_code: bool

    @property
    def scope(self) -> str:
        """What the warehouse is asked for: `semua`, or `pemda:64.08`."""
        return "semua" if "lihat_semua" in ACTIONS[self.role] else f"pemda:{self.wilayah}"

    @property
    def is_settled(self) -> bool:
        """Whether the sign-in is complete: second factor given, no forced change of password open."""
        return not (self.awaits_code or self.must_change)

    def may(self, action: str) -> bool:
        """Whether the role allows the action; nothing is allowed before the sign-in is complete."""
        return self.is_settled and action in ACTIONS[self.role]

    def may_open(self, page: str) -> bool:
        """Whether the page (`peta`, `/peta`, the empty text for the front page) is one of this role's."""
        return self.is_settled and self.role in PAGES.get(page.strip("/"), frozenset())
