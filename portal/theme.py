"""Colours and the frame of every figure: one place, the same in light and dark.

Marks use middle tones that keep at least 3:1 against both grounds of .streamlit/config.toml, in hues that
stay apart for the common kinds of colour blindness (after Okabe and Ito); no mark relies on colour alone.
Text and grid get their colour from Streamlit's theme in the browser, so one cached Figure serves light and
dark. Draw with `st.plotly_chart(figure, config=theme.PLOTLY_CONFIG)`.
"""

from babel import Locale

MASUK = "#2F7FB8"
DITUTUP = "#1B8F77"
TERBUKA = "#CC6A1B"
UNGU = "#9467A8"
NETRAL = "#7B8789"
AKSEN = "#1F8784"
INK = "#000037"  # Streamlit's browser code replaces this very value by the text colour of the mode
OVERLAY = "rgba(255,255,255,0.6)"
SERIES = (MASUK, TERBUKA, DITUTUP, UNGU, NETRAL)
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
GLYPHS = {"circle": "●", "diamond": "◆", "square": "■", "triangle-up": "▲", "cross": "✚"}

_LOCALE = Locale.parse("id")


def tint(colour: str, strength: float) -> str:
    """A colour at `strength` 0..1 over whatever ground lies below, so that it works in both modes."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def ramp(steps: int, colour: str = AKSEN) -> list[str]:
    """`steps` strengths of one hue, weakest first, for classes that have an order (ages, levels)."""
    return [tint(colour, round(0.22 + 0.78 * step / max(steps - 1, 1), 2)) for step in range(steps)]


def layout(height: int, **more) -> dict:
    """The frame of a figure: compact, transparent, Indonesian separators, no title and no legend of its own.

    height in pixels; `more` are Plotly layout properties that win over the defaults. The empty template
    keeps Plotly's own three kilobytes of defaults off the wire.
    """
    axis = {"fixedrange": True, "automargin": True, "tickfont": {"color": INK, "size": 12}}
    base = {
        "template": {},
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "font": {"color": INK},
        "legend": {"font": {"color": INK}},
        "hoverlabel": {"align": "left", "namelength": -1, "font": {"color": INK}},
    }
    merged = base | more
    merged["legend"] = base["legend"] | merged["legend"]
    for name in {"xaxis", "yaxis"} | {key for key in more if key.startswith(("xaxis", "yaxis"))}:
        own = merged.get(name, {})
        merged[name] = axis | own | {"tickfont": axis["tickfont"] | own.get("tickfont", {})}
    return merged


def _plotly_locale() -> dict:
    months, days = _LOCALE.months["format"], _LOCALE.days["format"]
    weekdays = [6, 0, 1, 2, 3, 4, 5]
    return {
        "dictionary": {},
        "format": {
            "days": [days["wide"][day] for day in weekdays],
            "shortDays": [days["abbreviated"][day] for day in weekdays],
            "months": [months["wide"][number] for number in range(1, 13)],
            "shortMonths": [months["abbreviated"][number] for number in range(1, 13)],
            "date": "%d/%m/%Y",
            "decimal": ",",
            "thousands": ".",
        },
    }


PLOTLY_CONFIG = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "locale": "id",
    "locales": {"id": _plotly_locale()},
}
