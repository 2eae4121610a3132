"""Titles that state what a figure found: an answer in, one Indonesian sentence out; pure.

An incomplete month enters no comparison, and what is not known is said, never counted as zero.
"""

import polars as pl

from portal import formats, hidden, texts

UNNAMED = "tidak disebut"
NOTHING = "tidak ada data"


def total(frame: pl.DataFrame, column: str) -> int | None:
    """The sum of a column; None when none of its figures is known."""
    known = frame[column].drop_nulls()
    return int(known.sum()) if len(known) else None


def flow(frame: pl.DataFrame, period: str) -> str:
    """`arus_bulanan` -> how many came in and were closed in the period, and what is open at its end."""
    masuk, ditutup = total(frame, "masuk"), total(frame, "ditutup")
    if masuk is None or ditutup is None:
        return f"Arus laporan: {NOTHING} pada {period}"
    still = frame.sort("bulan")["terbuka"].drop_nulls()
    rest = f"; {formats.number(still[-1])} masih terbuka" if len(still) else ""
    counts = f"{formats.number(masuk)} laporan masuk dan {formats.number(ditutup)} ditutup"
    return f"{counts}, {period}{rest}"


def clearance(frame: pl.DataFrame) -> str:
    """`arus_bulanan` -> in how many complete months as much was closed as came in."""
    whole = frame.filter(pl.col("lengkap").fill_null(False)).drop_nulls("rasio_penyelesaian")
    if whole.is_empty():
        return "Rasio penyelesaian: belum ada bulan lengkap yang dapat dihitung"
    kept = whole.filter(pl.col("rasio_penyelesaian") >= 1).height
    if kept == 0:
        return f"Tak satu pun dari {whole.height} bulan lengkap menutup sebanyak yang masuk"
    if kept == whole.height:
        return f"Pada semua {kept} bulan lengkap, yang ditutup sedikitnya sebanyak yang masuk"
    return f"Pada {kept} dari {whole.height} bulan lengkap, yang ditutup sedikitnya sebanyak yang masuk"


def cohort(row: dict) -> str:
    """A row of `ringkasan_wilayah` or `ringkasan_provinsi` -> the closed share of the cohort."""
    if row.get("persen_selesai") is None:
        return f"Persen selesai: {NOTHING} untuk rentang ini"
    share = formats.estimate(row["persen_selesai"], row["selesai_bawah"], row["selesai_atas"])
    return f"{share} laporan yang masuk pada rentang ini sudah ditutup"


def ages(frame: pl.DataFrame) -> str:
    """`umur_terbuka` -> how many of the open laporan are in the oldest band, and where most of them stand."""
    open_now = total(frame, "jumlah")
    if open_now is None:
        return f"Umur laporan terbuka: {NOTHING}"
    if open_now == 0:
        return "Nol laporan terbuka"
    band = frame.sort("urutan_umur")["umur"][-1]
    old = frame.filter(pl.col("umur") == band)
    count = total(old, "jumlah") or 0
    words = f"{band.removeprefix('>').strip()} hari kerja"
    start = (
        f"{formats.number(count)} dari {formats.number(open_now)} laporan terbuka berumur lebih dari {words}"
    )
    if count == 0:
        return start
    stages = (
        old.group_by("tahap").agg(pl.col("jumlah").sum()).sort("jumlah", "tahap", descending=[True, False])
    )
    return f"{start}, terbanyak pada tahap {stages['tahap'][0]}"


def leftovers(frame: pl.DataFrame) -> str:
    """`sisa_per_tahun` -> the oldest registration year of which something is still open."""
    known = frame.drop_nulls("terbuka")
    if known.is_empty():
        return f"Sisa per tahun registrasi: {NOTHING}"
    left = known.filter(pl.col("terbuka") > 0).sort("tahun")
    if left.is_empty():
        return "Tidak ada sisa: semua laporan dari setiap tahun registrasi sudah ditutup"
    year, rest, masuk = left.select("tahun", "terbuka", "masuk").row(0)
    share = f"{formats.number(rest)} dari {formats.number(masuk)} masih terbuka"
    return f"Sisa tertua dari registrasi {year}: {share}"


def groups(frame: pl.DataFrame, about: str, is_covered: bool = True) -> str:
    """`per_*` -> the group with most laporan and its share; `about` names the grouping ('Substansi')."""
    if not is_covered:
        return f"{about}: {NOTHING}"
    named = frame.filter(pl.col("kelompok") != UNNAMED, pl.col("masuk") > 0)
    if hidden.is_withheld(frame, "masuk"):
        return _partly(frame, named, about)
    if named.is_empty():
        return f"{about}: nol laporan bernama pada rentang ini"
    first = named.sort("masuk", "kelompok", descending=[True, False]).row(0, named=True)
    whole = f"{formats.number(first['masuk'])} dari {formats.number(first['penyebut'])} laporan"
    return f"{about} terbanyak: {first['kelompok']}, {whole} ({formats.percent(first['persen'], 0)})"


def _partly(frame: pl.DataFrame, named: pl.DataFrame, about: str) -> str:
    """The groups of an answer whose small counts are withheld: which may be told."""
    rest = frame.filter(pl.col("masuk").is_null()).height
    if named.is_empty():
        return f"{about}: jumlah {rest} kelompok disamarkan karena kecil"
    first = named.sort("masuk", "kelompok", descending=[True, False]).row(0, named=True)
    told = f"{first['kelompok']}, {formats.count(first['masuk'])}"
    return f"{about} terbanyak di antara yang boleh dibuka: {told}; {rest} kelompok lain disamarkan"


def endings(frame: pl.DataFrame, is_covered: bool = True) -> str:
    """`per_alasan_tutup` -> the share of the closings that were a resolution."""
    closed = total(frame, "jumlah")
    if not closed:
        return "Alasan penutupan: " + ("nol laporan ditutup" if is_covered else NOTHING)
    solved = total(frame.filter(pl.col("hasil") == "terselesaikan"), "jumlah") or 0
    share = formats.percent(100 * solved / closed, 0)
    return f"{formats.number(solved)} dari {formats.number(closed)} penutupan ({share}) berarti terselesaikan"


def contacts(frame: pl.DataFrame) -> str:
    """`akses_bulanan` -> all contacts, and how many of them are counted as laporan of which kind."""
    count = total(frame, "jumlah")
    if count is None:
        return f"Akses masyarakat: {NOTHING}"
    kinds = frame.group_by("tipe_laporan").agg(pl.col("jumlah").sum()).sort("jumlah", descending=True)
    parts = [f"{kind} {formats.number(many)}" for kind, many in kinds.iter_rows()]
    return f"{formats.number(count)} akses: {', '.join(parts)}"


def late(frame: pl.DataFrame) -> str:
    """`tenggat_berjalan` -> what is late by the verified clocks, and whose lateness it is."""
    verified = frame.filter(pl.col("angka_utama") == "ya")
    if hidden.is_withheld(verified, "lewat"):
        said = next(filter(None, (hidden.mark(row, "lewat") for row in verified.to_dicts())))
        owners = " dan ".join(verified["penanggung"].unique(maintain_order=True))
        return f"Lewat tenggat terverifikasi: {said}, tanggung jawab {owners}"
    counted = verified.drop_nulls("lewat")
    if counted.is_empty():
        return f"Lewat tenggat: {NOTHING}"
    many = int(counted["lewat"].sum())
    owners = " dan ".join(counted["penanggung"].unique(maintain_order=True))
    if many == 0:
        return f"Nol laporan lewat tenggat terverifikasi, tanggung jawab {owners}"
    return f"{formats.number(many)} laporan lewat tenggat terverifikasi, tanggung jawab {owners}"


def marks(frame: pl.DataFrame) -> str:
    """`celah_kerja_sama` -> how many regions lack a mark for sure, and of how many nothing is known."""
    lacking = frame.filter(pl.col("celah").is_not_null()).height
    unknown = frame.filter(pl.col("celah").is_null() & (pl.col("payung") == formats.UNKNOWN)).height
    lead = f"{lacking} dari {frame.height} wilayah dinyatakan memiliki celah kerja sama"
    return f"{lead}; payung {unknown} wilayah lain tidak diketahui" if unknown else lead


def states_of(frame: pl.DataFrame, tanda: str) -> str:
    """`celah_kerja_sama` -> how many regions stand in each state of one mark."""
    counts = (
        frame[tanda]
        .fill_null(formats.UNKNOWN)
        .value_counts(name="n")
        .sort("n", tanda, descending=[True, False])
    )
    return f"{tanda.capitalize()}: " + ", ".join(f"{n} {state}" for state, n in counts.iter_rows())


def classes(name: str, values: pl.DataFrame, legend: list) -> str:
    """What a map shows -> how many regions fall into each class of its legend that occurs."""
    many = dict(values["kelas"].value_counts(name="n").iter_rows())
    parts = [f"{many[item.kelas]} {item.label}" for item in legend if many.get(item.kelas)]
    return f"{name}: " + ", ".join(parts)


def spread(frame: pl.DataFrame, name: str, unit: str) -> str:
    """`indikator_wilayah` -> the range over the regions, never who is first; zero and unknown are said."""
    named = frame.drop_nulls("kode_wilayah")
    known = named.drop_nulls("nilai")["nilai"]
    withheld = named.filter(pl.col("status") == texts.HIDDEN).height if "status" in named.columns else 0
    if known.is_empty():
        return f"{name}: {f'{withheld} wilayah disamarkan' if withheld else f'{NOTHING} pada tanggal ini'}"
    decimals = 0 if (known == known.round(0)).all() else 1
    suffix = "%" if unit == "persen" else ""
    limits = formats.interval(known.min(), known.max(), decimals, suffix)
    middle = f"{formats.number(known.median(), decimals)}{suffix}"
    zero = int((known == 0).sum())
    if known.n_unique() == 1:
        parts = [f"{name} {middle} di {formats.count(len(known), 'wilayah')}"]
    else:
        parts = [f"{name} per wilayah {limits}, median {middle}"]
        parts += [f"{zero} wilayah nol"] if zero else []
    unknown = named.height - len(known) - withheld
    parts += [f"{withheld} wilayah disamarkan"] if withheld else []
    parts += [f"{unknown} wilayah tanpa angka"] if unknown else []
    return "; ".join(parts)
