"""What was stated about a region's cooperation, newest first: who with whom, by which source."""

from html import escape

import polars as pl

from portal import formats, table

NOTHING = "<p>Tidak ada pernyataan tercatat sampai tanggal ini.</p>"


def html(frame: pl.DataFrame) -> str:
    """The answer of `riwayat_kerja_sama` as a list; a second version of an event stands beside it, marked."""
    if frame.is_empty():
        return NOTHING
    ordered = frame.sort("tanggal", "id", descending=[True, False], nulls_last=True)
    return f'<ol class="cermin-riwayat">{"".join(_entry(row) for row in ordered.to_dicts())}</ol>'


def _entry(row: dict) -> str:
    day = formats.date(row["tanggal"], missing="tanpa tanggal")
    title = row["instrumen"] + (f" · {row['nomor']}" if row["nomor"] else "")
    lines = [line for line in (row["judul"], _parties(row), _dates(row), row["catatan"]) if line]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<li><time>{escape(day)}</time><div><p class="cermin-judul">{escape(title)}{_flags(row)}</p>'
        f'{told}<p class="cermin-sumber">{_source(row)}</p></div></li>'
    )


def _parties(row: dict) -> str:
    parties = " dengan ".join(side for side in (row["pihak_ombudsman"], row["pihak_daerah"]) if side)
    said = f"Dinyatakan oleh {row['dinyatakan_oleh']}" if row["dinyatakan_oleh"] else ""
    target = f"target {row['target_tahun']} (harapan, bukan jadwal)" if row["target_tahun"] else ""
    return " · ".join(part for part in (parties, said, target) if part)


def _dates(row: dict) -> str:
    parts = []
    if row["tanggal_seremoni"] and row["tanggal_seremoni"] != row["tanggal"]:
        parts.append(f"seremoni {formats.date(row['tanggal_seremoni'])}")
    if row["berakhir"]:
        parts.append(f"berakhir {formats.date(row['berakhir'])}")
    elif row.get("berakhir_tertulis"):
        parts.append(f"masa berlaku tertulis “{row['berakhir_tertulis']}” pada sumber")
    if row["tahap_proses"]:
        parts.append(f"tahap {row['tahap_proses']}")
    if row["id_pendahulu"]:
        parts.append(f"memperbarui {row['id_pendahulu']}")
    if row["sebutan_di_sumber"]:
        parts.append(f"disebut “{row['sebutan_di_sumber']}” pada sumber")
    return " · ".join(parts)


def _flags(row: dict) -> str:
    flags = []
    if row["konflik"]:
        flags.append("⚑ sumber bertentangan")
    if row["is_versi"]:
        flags.append("versi lain dari peristiwa yang sama, tidak dihitung")
    if row["keyakinan"] and row["keyakinan"] != "tinggi":
        flags.append(f"keyakinan {row['keyakinan']}")
    return "".join(f' <small class="cermin-bendera">{escape(flag)}</small>' for flag in flags)


def _source(row: dict) -> str:
    title = escape(row["sumber_judul"] or "sumber tanpa judul")
    if not row["sumber_alamat"]:
        return f"Sumber: {title} (alamat tidak tercatat)"
    return f"Sumber: {title} · {table.links(row['sumber_alamat'])}"
