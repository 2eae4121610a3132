"""How far the statistical rules can be trusted at our counts, in words, from the table of the simulation."""

from functools import partial
from html import escape

import polars as pl

from pipelines.statistics import promises
from pipelines.statistics.promises import Promise
from portal import formats
from portal.ask import about, derive
from portal.block import figure_block

ALARMS = "sinyal palsu XmR per tahun"
DOUBLED = "penggandaan terlihat pada {} (%)"


def draw() -> None:
    """The block of the methods page."""
    asked = about("simulasi")
    figure_block(
        derive(title, asked),
        asked,
        derive(html, asked),
        key="simulasi",
        unit="persen, sinyal setahun, atau laporan, seperti tertulis pada tiap baris",
        how_to_read="Data buatan yang jawabannya diketahui dijalankan ribuan kali lewat hitungan yang sama "
        "dengan halaman, pada jumlah laporan seperti yang nyata. Cakupan 95% berarti: dari 100 interval, "
        "sekitar 95 memuat nilai yang sebenarnya. Ketelitian: kesalahan simulasinya sendiri. Catatan "
        "selengkapnya pada docs/simulasi.md.",
        level=3,
    )


def title(frame: pl.DataFrame) -> str:
    """'3 dari 4 janji ketelitian terpenuhi sepenuhnya pada jumlah laporan yang nyata'."""
    held = promises.held(frame)
    kept = sum(one.is_kept for one in held)
    return f"{kept} dari {len(held)} janji ketelitian terpenuhi sepenuhnya pada jumlah laporan yang nyata"


def html(frame: pl.DataFrame) -> str:
    """What the table of the simulation says, as a list of sentences; HTML."""
    sentences = [*map(promised, promises.held(frame)), *false_signals(frame), power(frame)]
    return f'<ul class="cermin-janji">{"".join(f"<li>{escape(one)}</li>" for one in sentences)}</ul>'


def promised(promise: Promise) -> str:
    """One promise, what was found, and whether it is kept."""
    low, high = formats.number(promise.lowest, 1), formats.number(promise.highest, 1)
    found = f"{low}%" if low == high else f"{low}–{high}%"
    is_cautious = promise.least is not None and promise.lowest >= promise.least
    missed = f"tidak sepenuhnya terpenuhi{' (lebih hati-hati daripada janji)' * is_cautious}"
    state = "terpenuhi" if promise.is_kept else missed
    return f"{promise.words}: {found}, janji {bounds(promise)}: {state}."


def bounds(promise: Promise) -> str:
    """'93–97%', or the one side that is bounded."""
    least, most = (None if one is None else formats.number(one) for one in (promise.least, promise.most))
    if least is None:
        return f"paling tinggi {most}%"
    return f"paling rendah {least}%" if most is None else f"{least}–{most}%"


def false_signals(frame: pl.DataFrame) -> list[str]:
    """How many signals come from nothing: of XmR charts in a year, of funnels of equal regions."""
    alarms = partial(promises.value, frame, ALARMS)
    fitted, monthly = (
        formats.number(alarms(f"23 wilayah tidak sama besar, {grain}"), 1)
        for grain in ("butir yang sesuai", "semua per bulan")
    )
    funnels = [
        " dan ".join(
            f"{formats.number(promises.value(frame, f'corong {kind} dengan tanda palsu (%)', beyond), 1)}%"
            for kind in ("persen", "tingkat")
        )
        for beyond in ("di luar batas 95%", "di luar batas 99,8%")
    ]
    return [
        f"Pada 23 wilayah yang tidak berubah, peta XmR menimbulkan {fitted} sinyal palsu setahun per ukuran "
        f"bila tiap wilayah dibaca pada butir yang sesuai, dan {monthly} bila semuanya dibaca per bulan.",
        f"Corong 23 wilayah yang tidak berbeda menandai sedikitnya satu wilayah pada {funnels[0]} percobaan "
        f"(persen dan tingkat) dengan batas 95%, dan pada {funnels[1]} dengan batas 99,8%; karena itu hanya "
        "yang di luar batas 99,8% disebut sinyal.",
    ]


def power(frame: pl.DataFrame) -> str:
    """How often a doubling is seen."""
    chart, funnel = (DOUBLED.format(kind) for kind in ("XmR", "corong"))
    soon, late, large, small = (
        formats.number(promises.value(frame, check, state), 1)
        for check, state in (
            (chart, "dari 5 sebulan, 3 bulan"),
            (chart, "dari 5 sebulan, 12 bulan"),
            (funnel, "wilayah dengan 83 laporan setahun"),
            (funnel, "wilayah dengan 4 laporan setahun"),
        )
    )
    return (
        f"Penggandaan dari 5 laporan sebulan terlihat pada peta XmR dalam 3 bulan pada {soon}% percobaan, "
        f"dalam 12 bulan pada {late}%. Pada corong setahun penggandaan terlihat pada {large}% percobaan di "
        f"wilayah dengan 83 laporan setahun, tetapi hanya {small}% di wilayah dengan 4 laporan: tidak ada "
        "sinyal bukan berarti tidak ada perubahan."
    )
