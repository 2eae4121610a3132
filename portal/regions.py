"""Choosing one region: by its code in the address, by its name on the screen."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from portal import filters, rooms
from portal.ask import about, derive, row

NOBODY = ""


def known(provinces: Sequence[str] = ()) -> dict[str, str]:
    """Code -> display name, in the order of the filter strip; of some provinces only, when given."""
    return derive(_names, about("daftar_wilayah"), provinces=tuple(provinces))


def _names(listed: pl.DataFrame, provinces: tuple[str, ...]) -> dict[str, str]:
    if provinces:
        listed = listed.filter(pl.col("provinsi").is_in(provinces))
    ordered = listed.sort("provinsi", "kode_wilayah", descending=[True, False])
    return dict(ordered.select("kode_wilayah", "nama").iter_rows())


def choose(name: str, label: str, nobody: str, provinces: Sequence[str] = ()) -> str | None:
    """A list of regions whose choice stands in the address as `?name=code`; None: the entry `nobody`."""
    options = {NOBODY: nobody} | known(provinces)
    return filters.choose(name, label, options, default=NOBODY, kind="list") or None


def facts(kode: str) -> dict[str, Any]:
    """The row of `daftar_wilayah` of one region."""
    return row(about("daftar_wilayah", only={"kode_wilayah": kode}))


def province_names(provinces: Sequence[str]) -> list[str]:
    """The names of provinces, in the order of the codes given."""
    named = all_provinces()
    return [named[code] for code in provinces]


def all_provinces() -> dict[str, str]:
    """Code -> name of every province."""
    return derive(_provinces, about("daftar_wilayah"))


def _provinces(listed: pl.DataFrame) -> dict[str, str]:
    return dict(listed.select("provinsi", "nama_provinsi").unique().iter_rows())


def address(kode: str) -> str:
    """The address of the page of a region, for a link inside HTML (`filters.linked` adds the filters)."""
    return f"/wilayah?kode={kode}"


def link(kode: str, label: str) -> None:
    """A link to the page of a region; Streamlit carries the filters along."""
    page = rooms.file_of("wilayah")
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params={"kode": kode})
