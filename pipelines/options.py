"""What a person states about a file, each option checked before a byte of the file is read."""

from collections.abc import Mapping
from datetime import date

from pipelines import contracts, dates, mapping, mendings, reference
from pipelines.accept import Stated
from pipelines.errors import UserError


class WrongUse(UserError):
    """A wrong kind, path or option: nothing was looked at."""


def stated(
    kind: str,
    per_tanggal: date | None = None,
    sejak: date | None = None,
    cakupan: tuple[str, ...] | list[str] | None = None,
    date_order: str | None = None,
    hanya_provinsi: str | None = None,
    padanan: Mapping[tuple[str, str], str] | None = None,
    kolom: Mapping[str, str] | None = None,
) -> Stated:
    """The options as they are used; WrongUse with a sentence for one that cannot be."""
    if kind not in contracts.KINDS:
        raise WrongUse(f"Jenis data '{kind}' tidak dikenal. Pilih salah satu: {', '.join(contracts.KINDS)}.")
    if date_order not in (None, dates.DAY_FIRST, dates.MONTH_FIRST):
        raise WrongUse(
            f"Urutan tanggal '{date_order}' tidak dikenal. Pilih dmy (hari/bulan) atau mdy (bulan/hari)."
        )
    if per_tanggal and per_tanggal > dates.today():
        raise WrongUse(
            f"Tanggal data {per_tanggal} belum terjadi. Nyatakan --per-tanggal paling lambat {dates.today()}."
        )
    if sejak and sejak > (per_tanggal or dates.today()):
        raise WrongUse(f"Awal masa {sejak} sesudah tanggal datanya. Nyatakan --sejak yang lebih awal.")
    provinces = reference.read("wilayah")["kode_provinsi"].unique().sort().to_list()
    if unknown := [code for code in cakupan or () if code not in provinces]:
        raise WrongUse(
            f"Cakupan {', '.join(unknown)} tidak dikenal. Pilih dari kode provinsi {', '.join(provinces)}."
        )
    demand_own(cakupan, hanya_provinsi)
    chosen = tuple(sorted(set(cakupan))) if cakupan else None
    contract = contracts.load(kind)
    mended, mapped = mendings.settled(padanan, contract), mapping.settled(kolom, contract)
    return Stated(per_tanggal, sejak, chosen, date_order, hanya_provinsi, mended, mapped)


def demand_own(cakupan: tuple[str, ...] | list[str] | None, hanya_provinsi: str | None) -> None:
    """WrongUse when a coverage is stated that names another province than the only one of the account."""
    if hanya_provinsi and any(code != hanya_provinsi for code in cakupan or ()):
        raise WrongUse(f"Akun ini hanya untuk provinsi {hanya_provinsi}. Nyatakan cakupan {hanya_provinsi}.")
