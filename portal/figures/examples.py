"""The drawn example beside each sentence on how to read a chart: small, invented, never the data; pure.

Every picture is an SVG of its own (a page's sanitizer takes inline SVG away), so it cannot take the colour of
the page: lines are the middle tones of portal/theme.py, and what is said about them stands outside as text.
Discs with 1, 2 and 3 point at what the first, second and third sentence speak of.
"""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from portal import theme

WIDTH, HEIGHT = 260, 132
DISC = "#17626A"  # white figures on it keep 6:1
Point = tuple[float, float]


def picture(chart: str) -> str:
    """The address of the example of a chart, as a `data:` picture; KeyError for a chart without one."""
    body = "".join(DRAWINGS[chart]())
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' fill='none' "
        f"font-family='sans-serif' font-size='12'>{body}</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=' =:/,;()-.')}"


def kurva() -> list[str]:
    """Share still open, falling in steps, with its band and the place where it meets one half."""
    steps = _steps([(22, 14), (48, 34), (74, 52), (104, 66), (140, 84), (186, 96), (246, 96)])
    upper = _steps([(22, 14), (48, 28), (74, 44), (104, 56), (140, 70), (186, 76), (246, 76)])
    lower = _steps([(22, 14), (48, 40), (74, 60), (104, 76), (140, 97), (186, 114), (246, 114)])
    return [
        *_axes(),
        _area([*upper, *reversed(lower)], theme.MASUK),
        _line(steps, theme.MASUK),
        _line([(22, 66), (104, 66), (104, 120)], theme.NETRAL, "4 3", 1.4),
        *_discs((44, 14), (104, 50), (226, 62)),
    ]


def kurva_hasil() -> list[str]:
    """Two shares that rise: resolved, and closed otherwise; above them what is still open."""
    resolved = _steps([(22, 120), (50, 100), (80, 84), (120, 66), (170, 54), (246, 50)])
    others = _steps([(22, 120), (60, 114), (110, 106), (170, 98), (246, 96)])
    return [
        *_axes(),
        _line(resolved, theme.DITUTUP),
        _line(others, theme.TERBUKA, "6 4"),
        *_discs((206, 36), (206, 112), (60, 30)),
    ]


def funnel() -> list[str]:
    """Regions between limits that narrow with their count; one lies beyond the outer ones."""
    spots = [(40, 40), (52, 92), (66, 52), (84, 76), (104, 58), (128, 70), (158, 60), (196, 68), (230, 63)]
    across = range(30, 251, 10)
    limits = [
        _line([(x, 64 + side * width * (34 / x) ** 0.5) for x in across], theme.NETRAL, dash, 1.4)
        for side in (-1, 1)
        for width, dash in ((30, "5 3"), (46, ""))
    ]
    return [
        *_axes(),
        *limits,
        _line([(24, 64), (250, 64)], theme.NETRAL, "", 1),
        *(_dot(spot, theme.MASUK) for spot in spots),
        _diamond((172, 26), theme.TERBUKA),
        *_discs((246, 82), (84, 100), (192, 18)),
    ]


def xmr() -> list[str]:
    """Months around their mean, between two limits, the last one beyond."""
    heights = [70, 58, 78, 64, 84, 60, 74, 66, 80, 62, 72, 20]
    points = [(32 + 19 * at, height) for at, height in enumerate(heights)]
    return [
        *_axes(),
        _line([(22, 70), (250, 70)], theme.NETRAL, "", 1),
        *(_line([(22, y), (250, y)], theme.NETRAL, "5 3", 1.4) for y in (36, 104)),
        _line(points, theme.MASUK, "", 1.6),
        *(_dot(point, theme.MASUK) for point in points[:-1]),
        _diamond(points[-1], theme.TERBUKA),
        *_discs((66, 90), (128, 36), (222, 18)),
    ]


def sinyal() -> list[str]:
    """A list of signals: a mark, what and where, and a value beside its limit."""
    found = []
    for at, y in enumerate((24, 66, 108)):
        found += [_diamond((20, y), theme.TERBUKA), _bar(40, y - 9, 96 - 16 * at, 6, theme.NETRAL)]
        found += [_bar(40, y + 3, 66, 5, theme.NETRAL, 0.45)]
        found += [_bar(154, y - 6, 62 - 10 * at, 10, theme.MASUK), _line([(190, y - 12), (190, y + 10)])]
    return [*found, *_discs((148, 24), (228, 66), (130, 108))]


def rekonsiliasi() -> list[str]:
    """A printed total above the sum of its printed parts: the two do not meet."""
    parts = [_bar(22, 66, 82, 24, theme.DITUTUP), _bar(106, 66, 54, 24, theme.DITUTUP, 0.65)]
    return [
        _bar(22, 22, 200, 24, theme.MASUK),
        *parts,
        _bar(162, 66, 36, 24, theme.DITUTUP, 0.4),
        _line([(222, 14), (222, 100)], theme.NETRAL, "4 3", 1.4),
        _line([(198, 56), (198, 100)], theme.NETRAL, "4 3", 1.4),
        *_discs((122, 34), (62, 78), (210, 112)),
    ]


def prioritas() -> list[str]:
    """A table in order: the first factor decides, a tie goes to the next one."""
    found = []
    for at, y in enumerate((34, 62, 90, 118)):
        found += [_bar(14, y - 8, 66, 12, theme.NETRAL, 0.45)]
        found += [_bar(104, y - 8, (56, 56, 34, 20)[at], 12, theme.MASUK)]
        found += [_bar(184, y - 8, (60, 36, 52, 14)[at], 12, theme.TERBUKA, 0.8)]
    return [*found, *_discs((132, 12), (212, 12), (46, 12))]


def peta() -> list[str]:
    """Four regions: darker is more, hatched is no data, a ring is the chosen one."""
    shapes = [[(20, 20), (110, 12), (96, 66), (30, 72)], [(110, 12), (200, 24), (180, 78), (96, 66)]]
    shapes += [[(30, 72), (96, 66), (112, 122), (40, 118)], [(96, 66), (180, 78), (168, 124), (112, 122)]]
    strengths = (0.85, 0.3, 0.5)
    filled = [_area(shape, theme.AKSEN, strength) for shape, strength in zip(shapes, strengths, strict=False)]
    stripes = [_line([(110 + 14 * at, 116), (122 + 14 * at, 80)], theme.NETRAL, "", 1.2) for at in range(4)]
    outlines = [_line([*shape, shape[0]], theme.NETRAL, "", 1.2) for shape in shapes]
    chosen = _line([*shapes[1], shapes[1][0]], theme.TERBUKA, "", 3)
    return [*filled, *stripes, *outlines, chosen, *_discs((62, 42), (196, 104), (150, 46))]


def arus() -> list[str]:
    """Two lines over the months; the month that is not over is broken."""
    masuk = [(26, 70), (62, 50), (98, 62), (134, 38), (170, 48), (206, 34)]
    ditutup = [(26, 84), (62, 78), (98, 70), (134, 74), (170, 62), (206, 66)]
    return [
        *_axes(),
        _line(masuk, theme.MASUK),
        _line(ditutup, theme.DITUTUP, "6 4"),
        _line([masuk[-1], (242, 96)], theme.MASUK, "2 4"),
        *_discs((134, 22), (98, 92), (246, 110)),
    ]


def kohort() -> list[str]:
    """Shares with their band; the latest months had no time yet."""
    points = [(40, 34, 12), (76, 44, 20), (112, 30, 14), (148, 48, 14), (184, 76, 18), (220, 102, 12)]
    band = [(x, y - half) for x, y, half in points] + [(x, y + half) for x, y, half in reversed(points)]
    middle = [(x, y) for x, y, _ in points]
    dots = [_dot(point, theme.DITUTUP) for point in middle]
    return [
        *_axes(),
        _area(band, theme.DITUTUP),
        _line(middle, theme.DITUTUP, "", 1.4),
        *dots,
        *_discs((112, 12), (76, 78), (238, 84)),
    ]


def umur() -> list[str]:
    """Bars of open reports split by age: the stronger the older."""
    found = []
    for y, parts in ((20, (40, 60, 50, 40)), (58, (30, 40, 24, 12)), (96, (20, 26, 16, 34))):
        x = 22
        for at, length in enumerate(parts):
            found.append(_bar(x, y, length, 20, theme.AKSEN, 0.25 + 0.25 * at))
            x += length
    return [*found, *_discs((232, 30), (34, 68), (112, 106))]


def sebanding() -> list[str]:
    """The range of similar regions with their median, and the own value beside."""
    found = []
    for y, own in ((30, 150), (72, 206), (110, 60)):
        found += [_bar(60, y - 5, 120, 10, theme.NETRAL, 0.4), _line([(112, y - 10), (112, y + 10)])]
        found += [_diamond((own, y), theme.TERBUKA)]
    return [*found, *_discs((76, 30), (112, 51), (226, 72))]


def penilaian() -> list[str]:
    """Scores of three schemes that share no line; a year without a value stays empty."""
    first, second = [(34, 84), (66, 70)], [(110, 60), (142, 44), (174, 36)]
    return [
        *_axes(),
        _line(first, theme.MASUK),
        _line(second, theme.MASUK),
        *(_dot(point, theme.MASUK) for point in (*first, *second)),
        _diamond((230, 50), theme.UNGU),
        *(_line([(x, 10), (x, 120)], theme.NETRAL, "4 3", 1.4) for x in (88, 204)),
        *_discs((142, 68), (88, 100), (230, 76)),
    ]


def linimasa() -> list[str]:
    """One row per region: signings, a renewal joined to what it renews, a ring where sources disagree."""
    rows = [_line([(20, y), (248, y)], theme.NETRAL, "", 0.8) for y in (30, 68, 106)]
    ring = f"<circle cx='206' cy='30' r='9' stroke='{theme.NETRAL}' stroke-width='1.6'/>"
    joined = _line([(80, 30), (206, 30)], theme.NETRAL, "", 2)
    dots = [_dot((80, 30), theme.MASUK), _dot((206, 30), theme.MASUK), _dot((120, 68), theme.MASUK)]
    cross = [_line([(144, 100), (156, 112)], "#C8483B"), _line([(156, 100), (144, 112)], "#C8483B")]
    return [*rows, joined, *dots, ring, *cross, *_discs((120, 49), (232, 16), (174, 106))]


DRAWINGS: dict[str, Callable[[], list[str]]] = {
    drawing.__name__: drawing
    for drawing in (
        kurva,
        kurva_hasil,
        funnel,
        xmr,
        sinyal,
        rekonsiliasi,
        prioritas,
        peta,
        arus,
        kohort,
        umur,
        sebanding,
        penilaian,
        linimasa,
    )
}


def _axes() -> list[str]:
    return [_line([(22, 8), (22, 120), (252, 120)], theme.NETRAL, "", 1)]


def _line(points: Iterable[Point], colour: str = theme.NETRAL, dash: str = "", width: float = 2.2) -> str:
    path = " ".join(f"{x:g},{y:.4g}" for x, y in points)
    broken = f" stroke-dasharray='{dash}'" if dash else ""
    return f"<polyline points='{path}' stroke='{colour}' stroke-width='{width:g}'{broken}/>"


def _area(points: Iterable[Point], colour: str, strength: float = 0.2) -> str:
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f"<polygon points='{path}' fill='{colour}' fill-opacity='{strength:g}'/>"


def _bar(x: float, y: float, width: float, height: float, colour: str, strength: float = 1) -> str:
    faint = f" fill-opacity='{strength:g}'" if strength < 1 else ""
    return f"<path d='M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z' fill='{colour}'{faint}/>"


def _dot(point: Point, colour: str) -> str:
    return f"<circle cx='{point[0]:g}' cy='{point[1]:g}' r='4' fill='{colour}'/>"


def _diamond(point: Point, colour: str) -> str:
    return f"<path d='M{point[0]:g} {point[1] - 7:g}l7 7-7 7-7-7z' fill='{colour}'/>"


def _steps(points: Sequence[Point]) -> list[Point]:
    """The corners of a line that changes only at each point: first across, then up or down."""
    corners = [points[0]]
    for x, y in points[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    return corners


def _discs(*places: Point) -> list[str]:
    """Discs 1, 2, 3 at the places that the first, second and third sentence speak of."""
    return [
        f"<circle cx='{x:g}' cy='{y:g}' r='9' fill='{DISC}'/>"
        f"<text x='{x:g}' y='{y + 4.2:g}' fill='#fff' text-anchor='middle'>{number}</text>"
        for number, (x, y) in enumerate(places, start=1)
    ]
