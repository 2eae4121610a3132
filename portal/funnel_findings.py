"""What a funnel found, in sentences: its title, its signals, how its limits were made; pure.

A region is named because it lies beyond a limit, in the order of the codes; none is placed before another.
"""

from html import escape

import polars as pl

from pipelines.statistics.funnel import PER_POPULATION, limits_at
from portal import formats
from portal.figures.funnel import Measure, none
from portal.regions import address

NUMERALS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
MOST_NAMED = 3
SIDES = {"atas": "di atas", "bawah": "di bawah"}
ACCESS = "Apakah warga tahu cara melapor, dan apakah mudah bagi mereka?"


def numeral(count: int) -> str:
    """Small numbers as words: 2 -> 'dua', 12 -> '12'."""
    return NUMERALS[count] if count < len(NUMERALS) else formats.number(count)


def listed(names: list[str]) -> str:
    """Names as a list in a sentence: 'A, B, dan C'."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def named(frame: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The rows of a funnel that have a value, with `nama`, in the order of the codes."""
    names = regions.select("kode_wilayah", "nama")
    known = frame.drop_nulls("nilai").drop("nama", strict=False)
    return known.join(names, on="kode_wilayah").sort("kode_wilayah")


def title(frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure) -> str:
    """How many regions lie beyond the 99.8% limits, and which."""
    known = named(frame, regions)
    what = measure.noun
    if known.is_empty():
        return f"{_first_up(what)}: {none(frame, measure)}"
    if known.height == 1:
        return f"{_first_up(what)}: hanya satu wilayah yang dapat dihitung, jadi tidak ada perbandingan"
    if known["nilai"].n_unique() == 1:
        return f"{_first_up(what)}: {measure.text(known['nilai'][0])} di semua {known.height} wilayah"
    signals = known.drop_nulls("sinyal")
    if signals.is_empty():
        return f"Tidak ada wilayah di luar batas 99,8% untuk {what}"
    names = signals["nama"].to_list()
    shown = (
        names if len(names) <= MOST_NAMED + 1 else [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} lain"]
    )
    count = _first_up(numeral(len(names)))
    return f"{count} wilayah di luar batas 99,8% untuk {what}: {listed(shown)}"


def notes(frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure) -> str:
    """Below the picture, as HTML: every signal in a sentence, what it means, and how wide the limits are.

    Names of signals link to the page of the region; `filters.linked` adds the filters to the address.
    """
    known = named(frame, regions)
    if known.height < 2:
        return ""
    lines = [_signal(row, measure) for row in known.drop_nulls("sinyal").iter_rows(named=True)]
    if lines:
        lines.append(
            "Sinyal berarti bedanya dari angka gabungan sulit dijelaskan oleh kebetulan: sebabnya patut "
            "ditanyakan, dan itu belum tentu mutu pelayanan."
        )
    lines += [spread(known, measure)] if known["nilai"].n_unique() > 1 else []
    lines += _absent(frame, regions, measure)
    return f'<div class="cermin-catatan">{"".join(f"<p>{line}</p>" for line in lines)}</div>'


def spread(known: pl.DataFrame, measure: Measure) -> str:
    """Whether the limits were widened because the regions differ by more than chance explains."""
    tau = known["dispersi"][0]
    if tau is None:
        return (
            f"Batas dari kebetulan saja; dengan {known.height} wilayah belum dapat dinilai apakah sebaran "
            "antarwilayah melebihi kebetulan."
        )
    if tau == 0:
        return "Batas tidak dilebarkan: beda antarwilayah secara keseluruhan tidak melebihi kebetulan."
    return (
        f"Batas dilebarkan: sebaran antarwilayah melebihi kebetulan (simpangan baku "
        f"{measure.spread_text(tau)}), jadi hanya yang jauh di luar sebaran itu menjadi sinyal."
    )


def _signal(row: dict, measure: Measure) -> str:
    side = SIDES[row["sinyal"]]
    limit = measure.text(row["atas998"] if row["sinyal"] == "atas" else row["bawah998"])
    value = f"{measure.text(row['nilai'])} ({measure.counts(row)})"
    return f"{_link(row)} {side} batas: {escape(value)}; batas 99,8% {limit}."


def _link(row: dict) -> str:
    """The name of a region as a link to its page."""
    return f'<a href="{escape(address(row["kode_wilayah"]))}" target="_self">{escape(row["nama"])}</a>'


def _absent(frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure) -> list[str]:
    """Which regions are not in the picture, and why."""
    left = frame.filter(pl.col("nilai").is_null()).drop("nama", strict=False)
    left = left.join(regions.select("kode_wilayah", "nama"), on="kode_wilayah").sort("kode_wilayah")
    is_unknown, is_zero = pl.col("pembilang").is_null(), (pl.col("penyebut") == 0).fill_null(False)
    reasons = (
        (is_unknown, formats.MISSING),
        (~is_unknown & is_zero, f"tanpa {measure.over}"),
        (~is_unknown & ~is_zero, f"{measure.over}nya sudah terhitung di kabupaten/kota"),
    )
    groups = ((left.filter(chosen)["nama"].to_list(), why) for chosen, why in reasons)
    return [escape(f"Tidak digambar, {why}: {listed(names)}.") for names, why in groups if names]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def few(frame: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The regions with unusually few laporan for their population, by code, with the limit they lie below.

    A rate below its lower 95% limit; `is_signal`: below 99.8% as well. Where widening has brought the lower
    limit down to zero, nothing could lie below it: there the 99.8% limit of chance alone asks (`is_chance`).
    """
    known = named(frame, regions)
    if known.is_empty():
        return known.with_columns(is_signal=pl.lit(False), is_chance=pl.lit(False), batas=pl.col("bawah95"))
    size, target = known["penyebut"].to_numpy().astype(float), known["acuan"][0] / PER_POPULATION
    alone = PER_POPULATION * limits_at(size, target, 0.0, rate=True)["bawah998"]
    is_signal, is_chance = pl.col("nilai") < pl.col("bawah998"), pl.col("bawah95") == 0
    limit = pl.when(is_signal).then("bawah998").when(is_chance).then(pl.Series(alone)).otherwise("bawah95")
    judged = known.with_columns(is_signal=is_signal, is_chance=is_chance, batas=limit)
    return judged.filter(pl.col("nilai") < pl.col("batas"))


def few_title(frame: pl.DataFrame, regions: pl.DataFrame) -> str:
    """How many regions have unusually few laporan for their population: a question, never praise."""
    if named(frame, regions).height < 2:
        return f"Laporan yang sangat sedikit: {formats.MISSING} untuk membandingkan"
    found = few(frame, regions)
    if found.is_empty():
        return "Tidak ada wilayah dengan laporan di bawah batas bawah untuk penduduknya"
    count = _first_up(numeral(found.height))
    return f"{count} wilayah dengan laporan sangat sedikit untuk penduduknya: apakah warga tahu cara melapor?"


def few_list(frame: pl.DataFrame, regions: pl.DataFrame, measure: Measure) -> str:
    """These regions as a list with what is asked about each, as HTML; what zero or few may mean below it."""
    found = few(frame, regions)
    if named(frame, regions).height < 2:
        return ""
    items = "".join(f"<li>{_asked(row, measure)}</li>" for row in found.iter_rows(named=True))
    told = (
        "Sedikit laporan tidak berarti pelayanan baik. Yang ditanyakan akses: jarak, pengetahuan tentang "
        "Ombudsman, saluran yang tersedia, dan apakah laporan tersangkut di tempat lain."
        if items
        else "Di bawah batas bawah 95% barulah ditanyakan, di bawah 99,8% barulah disebut sinyal; saat ini "
        "tidak satu pun. Itu tidak berarti semua warga sudah mudah melapor."
    )
    shown = f'<ul class="cermin-tanya">{items}</ul>' if items else ""
    return f'{shown}<div class="cermin-catatan"><p>{told}</p></div>'


def _asked(row: dict, measure: Measure) -> str:
    name = "99,8%" if row["is_signal"] else "99,8% dari kebetulan saja" if row["is_chance"] else "95%"
    kind = "Sinyal." if row["is_signal"] else "Pertanyaan, belum sinyal."
    rate = f"{measure.text(row['nilai'])} per 100.000; batas bawah {name}: {measure.text(row['batas'])}"
    body = f"{measure.counts(row)} dalam 12 bulan, {rate}. {kind} {ACCESS}"
    return f"{_link(row)}: {escape(body)}"
