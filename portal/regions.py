"""Choosing one region: by its code in the address, by its name on the screen."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from portal import filters, rooms
from portal.ask import ask

NOBODY = ""


def known(provinces: Sequence[str] = ()) -> dict[str, str]:
    """Code -> display name, in the order of the filter strip; of some provinces only, when given."""
    listed = ask("daftar_wilayah").sort("provinsi", "kode_wilayah", descending=[True, False])
    if provinces:
        listed = listed.filter(pl.col("provinsi").is_in(list(provinces)))
    return dict(listed.select("kode_wilayah", "nama").iter_rows())


def choose(name: str, label: str, nobody: str, provinces: Sequence[str] = ()) -> str | None:
    """A list of regions whose choice stands in the address as `?name=code`; None: the entry `nobody`."""
    options = {NOBODY: nobody} | known(provinces)
    return filters.choose(name, label, options, default=NOBODY, kind="list") or None


def facts(kode: str) -> dict[str, Any]:
    """The row of `daftar_wilayah` of one region."""
    return ask("daftar_wilayah").row(by_predicate=pl.col("kode_wilayah") == kode, named=True)


def province_names(provinces: Sequence[str]) -> list[str]:
    """The names of provinces, in the order of the codes given."""
    named = dict(ask("daftar_wilayah").select("provinsi", "nama_provinsi").unique().iter_rows())
    return [named[code] for code in provinces]


def address(kode: str) -> str:
    """The address of the page of a region, for a link inside HTML (`filters.linked` adds the filters)."""
    return f"/wilayah?kode={kode}"


def link(kode: str, label: str) -> None:
    """A link to the page of a region; Streamlit carries the filters along."""
    page = rooms.file_of("wilayah")
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params={"kode": kode})
