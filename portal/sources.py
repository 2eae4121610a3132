"""What an answer rests on: the live batches of reports, or a register whose rows carry their addresses."""

from pipelines import questions
from portal import formats
from portal.ask import ask, scope

PRODUK = "register produk pengawasan; alamat sumber pada tiap baris"
REGISTERS = {
    "angka_publikasi": "register angka publikasi; alamat sumber pada tiap baris",
    "batch_data": "catatan batch pada gudang data",
    "cakupan_data": "catatan batch pada gudang data",
    "daftar_indikator": "data/reference/indikator.csv",
    "daftar_istilah": "daftar istilah pada data/reference",
    "daftar_sumber": "data/registers/sumber.csv",
    "daftar_wilayah": "data/reference/wilayah.csv",
    "kepatuhan_produk": PRODUK,
    "kegiatan_wilayah": "register kegiatan; alamat sumber pada tiap baris",
    "linimasa_kerja_sama": "register kerja sama; alamat sumber pada tiap baris",
    "narahubung_wilayah": "register narahubung; alamat sumber pada tiap baris",
    "penilaian_wilayah": "register penilaian; alamat sumber pada tiap baris",
    "peringatan_wilayah": "register kerja sama dan produk; alamat sumber pada tiap baris",
    "produk_wilayah": PRODUK,
    "riwayat_produk": PRODUK,
    "riwayat_kerja_sama": "register kerja sama; alamat sumber pada tiap baris",
    "simulasi": "data/reference/simulasi.csv, ditulis oleh make bench",
    "tanda_kerja_sama": "register kerja sama; alamat sumber pada tiap baris",
}
REGISTERS |= dict.fromkeys(
    (
        *("sp4n_bulanan", "sp4n_cakupan", "sp4n_wilayah"),
        *("sp4n_per_instansi", "sp4n_per_kategori", "sp4n_per_status"),
    ),
    "ekspor SP4N-LAPOR! yang dimuat petugas; bukan laporan Ombudsman",
)
MIXED = {
    "celah_kerja_sama": "register kerja sama (alamat pada tiap baris) dan {reports}",
    "perubahan": "register kerja sama dan {reports}",
    "sinyal": "register kerja sama dan produk, serta {reports}",
    "prioritas_celah": "register kerja sama dan penilaian (alamat pada tiap baris) dan {reports}",
    "rekonsiliasi": "register angka publikasi (alamat pada tiap baris) dan {reports}",
    "rekonsiliasi_publikasi": "register angka publikasi (alamat pada tiap baris) dan {reports}",
}


def of(question: str) -> str:
    """The source line of a question, below its figure and at the head of its file."""
    if question in REGISTERS:
        return REGISTERS[question]
    return MIXED.get(question, "{reports}").format(reports=reports())


def reports() -> str:
    """The live batches of reports: the batch itself when there is one, else how many and the newest."""
    if "batch_data" not in questions.catalogue(scope()):
        return "laporan masyarakat yang dicatat Ombudsman; jumlah kecil disamarkan"
    live = ask("batch_data").filter(kind="laporan", live=True).sort("per_tanggal", "batch")
    if live.is_empty():
        return "belum ada batch laporan"
    newest = live.row(-1, named=True)
    day = formats.date(newest["per_tanggal"])
    if live.height == 1:
        return f"batch {newest['batch']} ({'contoh, ' if newest['contoh'] else ''}per {day})"
    return f"{live.height} batch laporan, terbaru {newest['batch']} (per {day})"
