"""The parameters of a question: read, checked and typed, or a sentence that says what fits."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines import calendar_id, dates, reference, regions
from pipelines.errors import UserError
from pipelines.terms import Verdict

EXAMPLE: dict[str, Any] = {
    "per_tanggal": date(2026, 1, 31),
    "sejak": date(2025, 1, 1),
    "per_tanggal_sebelum": date(2024, 12, 31),
    "sejak_sebelum": date(2024, 1, 1),
    "wilayah": "-",
    "provinsi": "-",
    "indikator": "-",
    "jenis": "-",
    "kelompok": "-",
    "ukuran": "-",
}


def check(
    question: str,
    known: dict[str, bool],
    values: Mapping[str, Any],
    default_date: Callable[[], date | None],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The values of all `known` parameters (name -> required), typed; a missing optional one is None.

    `per_tanggal` left out means `default_date()`; one that has `choices` is the first of them when left out.
    UserError for an unknown, missing or unfit parameter.
    """
    choices = choices or {}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "tanpa parameter"
            raise UserError(
                f"Pertanyaan `{question}` tidak mengenal parameter `{name}`. Yang dikenal: {listed}."
            )
    given = {name: _blank_to_none(values.get(name)) for name in known}
    for name, required in known.items():
        if required and given[name] is None:
            raise UserError(f"Pertanyaan `{question}` memerlukan parameter `{name}`{_hint(name, choices)}.")
    checked = {
        name: _chosen(name, value, choices[name]) if name in choices else _typed(name, value)
        for name, value in given.items()
    }
    if "per_tanggal" in checked and checked["per_tanggal"] is None:
        checked["per_tanggal"] = default_date()
    _check_together(checked)
    return checked


def _hint(name: str, choices: Mapping[str, Sequence[str]]) -> str:
    """What follows the name of a parameter that is missing: an example, or all that it may be."""
    return f": {', '.join(choices[name])}" if name in choices else f", misalnya {name}=... "


def _typed(name: str, value: Any) -> Any:
    return None if value is None else CHECKS[name](value)


def _chosen(name: str, value: Any, choices: Sequence[str]) -> str:
    """One of the choices, the first when nothing is said; UserError names them all."""
    if value is not None and value not in choices:
        raise UserError(f"{name}={value} tidak ada. Yang ada: {', '.join(choices)}.")
    return choices[0] if value is None else str(value)


def _check_together(checked: dict[str, Any]) -> None:
    since, until = checked.get("sejak"), checked.get("per_tanggal")
    if since and until and since > until:
        raise UserError(f"sejak={since} sesudah per_tanggal={until}: pilih sejak yang sama atau lebih awal.")
    region, province = checked.get("wilayah"), checked.get("provinsi")
    known = regions.gazetteer()
    if region and province and known.province[region] != province:
        raise UserError(
            f"wilayah={region} ({known.display[region]}) tidak berada di provinsi={province}"
            f" ({known.display[province]}): pilih salah satu, atau yang cocok."
        )


def _date(name: str) -> Callable[[Any], date]:
    def read(value: Any) -> date:
        """The date that a value names; UserError when it is none, or lies outside the calendar."""
        verdict = dates.judge(str(value))
        if verdict.value is None:
            raise UserError(f"{name}={value}: {_reason(verdict)}.")
        if not calendar_id.FIRST <= verdict.value <= calendar_id.LAST:
            years = f"{calendar_id.FIRST.year} sampai {calendar_id.LAST.year}"
            raise UserError(f"{name}={value}: tanggal di luar kalender data ini; pilih tahun {years}.")
        return verdict.value

    return read


def _dates(name: str) -> Callable[[Any], tuple[date, ...]]:
    read = _date(name)

    def read_all(value: Any) -> tuple[date, ...]:
        """The dates of a list with commas, in order and each once; UserError when one is none."""
        return tuple(sorted({read(part.strip()) for part in str(value).split(",") if part.strip()}))

    return read_all


def _region(value: Any) -> str:
    known = regions.gazetteer()
    if str(value) in known.display:
        return str(value)
    verdict = regions.judge(str(value))
    if verdict.value is None:
        raise UserError(f"wilayah={value}: {_reason(verdict)}. {_listed(list(known.display))}")
    return verdict.value


def _province(value: Any) -> str:
    known = regions.gazetteer()
    provinces = [code for code in known.display if known.province[code] == code]
    code = regions.judge(str(value)).value
    if code not in provinces:
        raise UserError(f"provinsi={value} tidak dikenal. {_listed(provinces)}")
    return code


def _reason(verdict: Verdict) -> str:
    return "; ".join(part for part in (verdict.reason, verdict.fix) if part)


def _listed(codes: list[str]) -> str:
    known = regions.gazetteer()
    return "Yang dikenal: " + ", ".join(f"{code} {known.display[code]}" for code in sorted(codes)) + "."


def _indicator(value: Any) -> str:
    codes = reference.read("indikator").sort("urutan")["kode"].to_list()
    if value not in codes:
        raise UserError(f"indikator={value} tidak ada. Yang ada: {', '.join(codes)}.")
    return str(value)


def _blank_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


CHECKS: dict[str, Callable[[Any], Any]] = {
    "per_tanggal": _date("per_tanggal"),
    "sejak": _date("sejak"),
    "per_tanggal_sebelum": _date("per_tanggal_sebelum"),
    "sejak_sebelum": _date("sejak_sebelum"),
    "wilayah": _region,
    "provinsi": _province,
    "indikator": _indicator,
    "jenis": str,
    "langkah": _dates("langkah"),
}
