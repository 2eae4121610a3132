"""Figures: a frame in, a picture out; pure, made once and never changed afterwards.

What runs over months, or needs exact reading under the pointer, is a Plotly Figure: show it with
`st.plotly_chart(figure, config=theme.PLOTLY_CONFIG)`. Rows of bars and the time line (bars, umur, sisa,
linimasa) are HTML: show them with `st.html`. Titles stand outside (the figure block).
"""

from portal.figures.assessment import penilaian
from portal.figures.comparison import sebanding, selang
from portal.figures.over_time import akses, arus_bulanan, kohort, rasio
from portal.figures.stock import bars, sisa, umur
from portal.figures.timeline import linimasa

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
