"""What is said and drawn about signals: titles, cards, the short list of a region, the history; pure."""

from html import escape
from typing import Any

import polars as pl

from pipelines.signals import sentences
from pipelines.signals.statements import CLOSED, NEW
from portal import formats, regions, table

URGENCY = {1: "Mendesak", 2: "Perlu dilihat", 3: "Perlu dipastikan"}
SIGNS = {"baru": "●", "ditangani": "◐", "ditunda": "◌", "ditutup": "✓"}
LOOKS = {"baru": "segera", "ditangani": "proses", "ditunda": "tak-tahu", "ditutup": "ada"}
CARDS, LINES = 40, 6
COLUMNS = (
    *("judul", "nama", "kalimat", "sejak", "nilai", "batas", "satuan", "keadaan", "oleh", "pada", "sampai"),
    *("catatan", "langkah", "tampak", "aturan", "pokok", "periode", "id"),
)


def headline(frame: pl.DataFrame, names: tuple[str, ...] = ()) -> str:
    """`sinyal` -> '7 sinyal baru di dua provinsi'; `names`: the provinces that are looked at."""
    new = frame.filter(keadaan=NEW)
    if new.is_empty():
        return "Tidak ada sinyal baru"
    provinces = new["kode_provinsi"].drop_nulls().n_unique()
    where = (
        f" di {names[0]}"
        if len(names) == 1
        else {0: "", 1: " di satu provinsi", 2: " di dua provinsi"}.get(
            provinces, f" di {provinces} provinsi"
        )
    )
    return f"{formats.number(new.height)} sinyal baru{where}"


def counted(frame: pl.DataFrame) -> str:
    """The signals that are shown -> '9 sinyal: 3 mendesak, 6 perlu dilihat'."""
    if frame.is_empty():
        return "Tidak ada sinyal untuk pilihan ini"
    held = [(word, frame.filter(urgensi=level).height) for level, word in URGENCY.items()]
    told = ", ".join(f"{formats.number(count)} {word.lower()}" for word, count in held if count)
    return f"{formats.count(frame.height, 'sinyal')}: {told}"


def cards(frame: pl.DataFrame) -> str:
    """The signals as cards, grouped by urgency; HTML."""
    shown = frame.head(CARDS)
    rest = frame.height - shown.height
    groups = []
    for level, word in URGENCY.items():
        rows = shown.filter(urgensi=level)
        if rows.height:
            whole = formats.number(frame.filter(urgensi=level).height)
            listed = "".join(f"<li>{_card(row)}</li>" for row in rows.iter_rows(named=True))
            groups.append(f'<h3>{word} ({whole})</h3><ol class="cermin-sinyal">{listed}</ol>')
    more = f"<p><small>{formats.number(rest)} sinyal lain ada pada tabel.</small></p>" if rest > 0 else ""
    return "".join(groups) + more


def _card(row: dict[str, Any]) -> str:
    facts = (
        ("Sejak", formats.long_date(row["sejak"])),
        ("Nilai", sentences.measured(row["nilai"], row["satuan"])),
        ("Batas", sentences.measured(row["batas"], row["satuan"])),
    )
    told = "".join(f"<span><b>{name}</b>{escape(value)}</span>" for name, value in facts)
    cases = f"<p><small>Laporan: {escape(row['kasus'])}</small></p>" if row["kasus"] else ""
    said = f"<p><small>{escape(remark(row))}</small></p>" if row["oleh"] else ""
    return (
        f'<p class="cermin-judul">{escape(row["judul"])} · {_place(row)} {chip(row["keadaan"])}</p>'
        f"<p>{escape(row['kalimat'])}</p><p><small>{escape(row['arti'])}</small></p>"
        f'<p class="cermin-fakta">{told}</p>{cases}'
        f"<p><b>Langkah:</b> {escape(row['langkah'])}</p>{said}"
    )


def _place(row: dict[str, Any]) -> str:
    name = escape(row["nama"] or "wilayah tidak disebut")
    if not row["kode_wilayah"]:
        return name
    return f'<a href="{escape(regions.address(row["kode_wilayah"]))}" target="_self">{name}</a>'


def chip(state: str) -> str:
    """The state of a signal: sign and word."""
    return (
        f'<span class="cermin-tanda cermin-{LOOKS[state]}"><b aria-hidden="true">{SIGNS[state]}</b>'
        f"<span>{escape(state)}</span></span>"
    )


def remark(row: dict[str, Any]) -> str:
    """Who said what last: 'Ditunda oleh rina pada 3 Nov 2026 sampai 1 Des 2026: ...'."""
    until = f" sampai {formats.date(row['sampai'])}" if row["keadaan"] == "ditunda" else ""
    told = f": {row['catatan']}" if row["catatan"] else ""
    state = "Catatan terakhir" if row["keadaan"] == NEW else row["keadaan"].capitalize()
    return f"{state} oleh {row['oleh']} pada {formats.date(row['pada'])}{until}{told}"


def region_title(frame: pl.DataFrame) -> str:
    """The signals of one region -> 'Deteksi Dini: 2 sinyal pada data terakhir'; closed ones do not count."""
    held = _still_open(frame).height
    return f"Deteksi Dini: {formats.count(held, 'sinyal') if held else 'tidak ada sinyal'} pada data terakhir"


def region_list(frame: pl.DataFrame, address: str) -> str:
    """The signals of one region in a few lines, from `sinyal` or `peringatan_wilayah`; HTML.

    `address`: where they are followed up, empty for a viewer without that page. Closed ones are left out.
    """
    held = _still_open(frame)
    lines = "".join(f"<li>{_line(row)}</li>" for row in held.head(LINES).iter_rows(named=True))
    rest = held.height - LINES
    more = (
        f"<p><small>{formats.number(rest)} sinyal lain tidak tampak di sini.</small></p>" if rest > 0 else ""
    )
    words = "Tindak lanjuti di Deteksi Dini" if held.height else "Buka Deteksi Dini"
    link = f'<p><a href="{escape(address)}" target="_self">{words}</a></p>' if address else ""
    listed = f'<ul class="cermin-sinyal-wilayah">{lines}</ul>' if lines else ""
    return listed + more + link


def _still_open(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("keadaan") != CLOSED) if "keadaan" in frame.columns else frame


def _line(row: dict[str, Any]) -> str:
    state = chip(row["keadaan"]) if "keadaan" in row else ""
    return f"{escape(row['kalimat'])} <small>Sejak {formats.date(row['sejak'])}</small> {state}"


def past(frame: pl.DataFrame) -> str:
    """`present.history` -> the table of what is over."""
    columns = ("judul", "nama", "kalimat", "sejak", "tampak", "keadaan", "hilang", "oleh", "pada", "catatan")
    return table.html(frame, columns, "Sinyal yang sudah ditutup atau tidak lagi berlaku, yang terbaru dulu")


def label(row: dict[str, Any]) -> str:
    """One line for a list: title, place, since when, state."""
    place = row["nama"] or "wilayah tidak disebut"
    return f"{row['judul']} · {place} · sejak {formats.date(row['sejak'])} · {row['keadaan']}"
