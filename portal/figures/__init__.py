"""Figures: a frame in, a Plotly Figure out; pure, made once and never changed afterwards.

Titles stand outside (the figure block). Show with `st.plotly_chart(figure, config=theme.PLOTLY_CONFIG)`.
"""

from portal.figures.agreements import linimasa, penilaian
from portal.figures.comparison import sebanding, selang
from portal.figures.over_time import akses, arus_bulanan, kohort, rasio
from portal.figures.stock import bars, sisa, umur

__all__ = [
    "akses",
    "arus_bulanan",
    "bars",
    "kohort",
    "linimasa",
    "penilaian",
    "rasio",
    "sebanding",
    "selang",
    "sisa",
    "umur",
]
