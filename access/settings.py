"""The operator's settings: defaults in code, CERMIN_DATA/pengaturan.toml over them; read once per start."""

import ipaddress
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import places
from pipelines.errors import UserError

FILE = "pengaturan.toml"


@dataclass(frozen=True)
class Settings:
    """Durations in seconds; `https` when a proxy in front speaks it; `proxies` whose headers are believed."""

    idle: float = 60 * 60.0
    absolute: float = 12 * 60 * 60.0
    https: bool = False
    proxies: tuple[str, ...] = ()


def read() -> Settings:
    """The settings of this CERMIN_DATA; UserError naming the key that is unknown or has a bad value."""
    return _read(os.environ.get("CERMIN_DATA", ""))


def table(name: str) -> dict[str, Any]:
    """One table of the file as it stands there, for the module that owns its keys; empty when absent."""
    return dict(_file(os.environ.get("CERMIN_DATA", "")).get(name, {}))


def path() -> Path:
    """Where the settings file may lie."""
    return places.state().parent / FILE


def forget() -> None:
    """Read the file again at the next question."""
    _read.cache_clear()
    _file.cache_clear()


def _minutes(value: Any) -> float:
    return _whole(value, 1, 24 * 60) * 60.0


def _hours(value: Any) -> float:
    return _whole(value, 1, 24 * 7) * 3600.0


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"bilangan bulat {least} sampai {most}")
    return value


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError("true atau false")
    return value


def _networks(value: Any) -> tuple[str, ...]:
    try:
        if type(value) is not list or not all(type(entry) is str for entry in value):
            raise ValueError
        return tuple(str(ipaddress.ip_network(entry)) for entry in value)
    except ValueError:
        raise ValueError('daftar alamat atau jaringan, misalnya ["127.0.0.1", "10.0.0.0/8"]') from None


KEYS: dict[str, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "sesi": {"idle_menit": ("idle", _minutes), "absolut_jam": ("absolute", _hours)},
    "server": {"https": ("https", _yes_or_no), "proksi_tepercaya": ("proxies", _networks)},
}
ELSEWHERE = ("oidc",)


@cache
def _read(_of: str) -> Settings:
    given = {}
    for name, entries in _file(_of).items():
        for key, value in entries.items() if name not in ELSEWHERE else ():
            if key not in KEYS[name]:
                raise UserError(
                    f"{path()}: kunci '{key}' di [{name}] tidak dikenal; "
                    f"yang dikenal: {', '.join(KEYS[name])}."
                )
            field, judge = KEYS[name][key]
            try:
                given[field] = judge(value)
            except ValueError as expected:
                raise UserError(
                    f"{path()}: '{key}' di [{name}] berisi {value!r}; seharusnya {expected}."
                ) from None
    return replace(Settings(), **given)


@cache
def _file(_of: str) -> dict[str, dict[str, Any]]:
    try:
        content = tomllib.loads(path().read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as fault:
        raise UserError(
            f"{path()}: pengaturan tidak dapat dibaca ({fault}); perbaiki berkas TOML itu."
        ) from fault
    known = (*KEYS, *ELSEWHERE)
    for name, entries in content.items():
        if name not in known or not isinstance(entries, dict):
            raise UserError(
                f"{path()}: bagian '{name}' tidak dikenal; "
                f"yang dikenal: {', '.join(f'[{one}]' for one in known)}."
            )
    return content
