"""The drop area for files of any size: an own component, since Streamlit's own holds them in memory twice.

The files go to `penerimaan` by themselves; what the page hears is only that one has come in, which makes it
run again and find it among the account's files.
"""

import streamlit as st

from pipelines import titipan
from portal import map_assets

HTML = '<div class="unggah">Menyiapkan tempat unggah …</div>'
WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")
TYPES = ("csv", "txt", "tsv", *WORKBOOKS)
LIMITS = "CSV sampai 2 GB; XLSX, XLS, XLSB, atau ODS sampai 200 MB."
_component = st.components.v2.component(
    "unggah_berkas",
    html=HTML,
    js=(map_assets.FOLDER / "pasang_unggah.js").read_text(encoding="utf-8"),
)


def draw(kind: str, noun: str) -> None:
    """The drop area; files that are dropped now are of this kind."""
    _component(
        key="unggahan_masuk",
        data={
            "aset": map_assets.folder(),
            "dasar": st.get_option("server.baseUrlPath"),
            "jenis": kind,
            "nama": noun,
            "tipe": list(TYPES),
            "batas": titipan.LARGEST,
            "petunjuk": LIMITS,
        },
        on_masuk_change=lambda: None,
    )
