"""What is drawn in words on the page of one region: figures, clocks, marks and events as HTML; pure."""

from html import escape
from typing import Any

import polars as pl

from portal import formats, hidden, states, table
from portal.trend_marks import own_events

ABBREVIATIONS = ("lhp",)


def numbers(frame: pl.DataFrame) -> str:
    """The row of the region as a list of figures with what each is over."""
    row = frame.row(0, named=True)
    withheld = hidden.marks(row)
    share = formats.interval(row["selesai_bawah"], row["selesai_atas"], unit="%", missing="")
    rate = formats.interval(row["tingkat_bawah"], row["tingkat_atas"], missing="")
    items = (
        ("masuk", "Masuk", formats.number(row["masuk"]), _matters(row, withheld)),
        ("ditutup", "Ditutup", formats.number(row["ditutup"]), "pada rentang"),
        ("terbuka", "Terbuka", formats.number(row["terbuka"]), "pada tanggal ini"),
        ("lewat_tenggat", "Lewat tenggat", formats.number(row["lewat_tenggat"]), "jam terverifikasi"),
        (
            "persen_selesai",
            "Selesai",
            formats.percent(row["persen_selesai"]),
            share and f"interval 95% {share}",
        ),
        (
            "tingkat_100k",
            "Per 100.000",
            formats.number(row["tingkat_100k"], 1),
            rate and f"interval 95% {rate}",
        ),
    )
    shown = (_item(name, withheld.get(column, value), over) for column, name, value, over in items)
    return f'<dl class="cermin-angka">{"".join(shown)}</dl>'


def _matters(row: dict[str, Any], withheld: dict[str, str]) -> str:
    """The incidents behind the laporan of the period, unless they are withheld."""
    return "pada rentang" if "peristiwa" in withheld else f"{formats.number(row['peristiwa'])} peristiwa"


def _item(name: str, value: str, over: str) -> str:
    below = f"<small>{escape(over)}</small>" if over else ""
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}{below}</dd></div>"


def clocks(frame: pl.DataFrame) -> str:
    """`tenggat_berjalan` as lines grouped by whose lateness it is; the verified clocks first."""
    ordered = frame.sort(pl.col("angka_utama") != "ya", "penanggung", "kode", maintain_order=True)
    known = ordered.filter(pl.col("lewat").is_not_null() | _is_withheld(ordered))
    head = f"<thead><tr>{_CLOCK_HEAD}</tr></thead>"
    uncounted = frame.height - known.height
    rest = (
        f"<p><small>{uncounted} jam lain tidak dapat dihitung; lihat tabel.</small></p>" if uncounted else ""
    )
    body = "".join(_clock(row) for row in known.to_dicts())
    return f'<table class="cermin-tabel cermin-jam">{head}<tbody>{body}</tbody></table>{rest}'


_CLOCK_HEAD = "".join(
    f'<th scope="col"{side}>{name}</th>'
    for name, side in (
        ("Keterlambatan siapa", ""),
        ("Jam", ""),
        ("Berjalan", ' class="angka"'),
        ("Lewat", ' class="angka"'),
    )
)


def _spoken(kode: str) -> str:
    """The code of a clock as words: abbreviations of the rules stay in capitals."""
    words = (word.upper() if word in ABBREVIATIONS else word for word in kode.split("_"))
    return " ".join(words)


def _clock(row: dict[str, Any]) -> str:
    verified = row["status_verifikasi"] == "terverifikasi"
    mark = "" if verified else "<small> · belum dikonfirmasi</small>"
    words = f"{_spoken(row['kode'])}, {formats.number(row['jumlah_hari'])} {row['satuan'] or 'hari'}"
    strong = ("<b>", "</b>") if verified else ("", "")
    withheld = hidden.marks(row)
    running, late = (
        escape(withheld.get(name) or formats.number(row[name])) for name in ("berjalan", "lewat")
    )
    return (
        f"<tr><td>{strong[0]}{escape(row['penanggung'])}{strong[1]}</td><td>{escape(words)}{mark}</td>"
        f'<td class="angka">{running}</td>'
        f'<td class="angka">{strong[0]}{late}{strong[1]}</td></tr>'
    )


def _is_withheld(frame: pl.DataFrame) -> pl.Expr | pl.Series:
    """Which clocks have a count that is withheld."""
    if hidden.COLUMN not in frame.columns:
        return pl.lit(False)
    return pl.col(hidden.COLUMN).fill_null("").str.contains("lewat=")


def agreements(marks: pl.DataFrame, gaps: pl.DataFrame) -> str:
    """The marks of a region as lines, then its gap with target and planning deadline."""
    rows = {row["tanda"]: row for row in marks.to_dicts()}
    lines = "".join(_agreement(tanda, rows[tanda]) for tanda in states.TANDA if tanda in rows)
    gap = gaps.row(0, named=True) if gaps.height else {}
    return f'<div class="cermin-kartu"><dl class="cermin-baris">{lines}</dl>{_aim(gap)}</div>'


def _agreement(tanda: str, row: dict[str, Any]) -> str:
    who = f"dinyatakan {escape(row['dinyatakan_oleh'])}" if row["dinyatakan_oleh"] else ""
    source = table.links(row["sumber_alamat"]) if row["sumber_alamat"] else ""
    below = " · ".join(part for part in (who, source) if part)
    mark = states.chip(row["keadaan"], states.since(row), conflict=bool(row["konflik"]))
    return f"<dt>{tanda.capitalize()}</dt><dd>{mark}{f'<p>{below}</p>' if below else ''}</dd>"


def _aim(gap: dict[str, Any]) -> str:
    if not gap or not gap.get("celah"):
        return ""
    target = f"Target {gap['target_tahun']} (harapan, bukan jadwal). " if gap["target_tahun"] else ""
    days = gap["hari_ke_batas"]
    left = f"{formats.number(days)} hari lagi" if days >= 0 else f"sudah lewat {formats.number(-days)} hari"
    return f"<p>{target}Batas daftar rencana {formats.long_date(gap['batas_daftar'])}: {left}.</p>"


def events(frame: pl.DataFrame) -> str:
    """`kegiatan_wilayah` as a list, newest first."""
    own = own_events(frame)
    rows = own.sort("tanggal", descending=True, nulls_last=True).to_dicts()
    return f'<ol class="cermin-riwayat">{"".join(_event(row) for row in rows)}</ol>'


def _event(row: dict[str, Any]) -> str:
    link = table.links(row["sumber_alamat"]) if row["sumber_alamat"] else escape(row["sumber_judul"] or "")
    told = [row["pokok_bahasan"], row["tindak_lanjut"] and f"Tindak lanjut: {row['tindak_lanjut']}"]
    body = "".join(f"<p>{escape(one)}</p>" for one in told if one)
    title = escape(" · ".join(part for part in (row["jenis"].capitalize(), row["tempat"]) if part))
    day = formats.date(row["tanggal"], missing="tanpa tanggal")
    return (
        f'<li><time>{day}</time><div><p class="cermin-judul">{title}</p>{body}'
        f'<p class="cermin-sumber">Sumber: {link}</p></div></li>'
    )
