"""How each column of an answer is written: its Indonesian heading and its kind."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A heading, and a kind: how its cells are written (see `table.text`)."""

    heading: str
    kind: str = "text"


_HEADINGS = {
    "text": {
        "aktif": "Kegiatan",
        "alasan_celah": "Alasan celah",
        "alasan_tutup": "Alasan tutup",
        "arah": "Arah baik",
        "bagian_dari": "Bagian dari",
        "batch": "Batch",
        "by": "Oleh",
        "cakupan": "Cakupan",
        "cara_membaca": "Cara membaca",
        "catatan": "Catatan",
        "dasar_hukum": "Dasar hukum",
        "definisi": "Definisi",
        "dinyatakan_oleh": "Dinyatakan oleh",
        "file": "Berkas",
        "hasil": "Hasil",
        "keadaan": "Keadaan",
        "kelompok": "Kelompok",
        "kode_wilayah": "Kode",
        "live": "Berlaku",
        "nama": "Nama",
        "nama_provinsi": "Provinsi",
        "opd": "OPD",
        "opd_hadir": "OPD hadir",
        "penanggung": "Penanggung",
        "provinsi": "Kode provinsi",
        "status_verifikasi": "Verifikasi",
        "sumber_judul": "Sumber",
        "tanda": "Tanda",
        "umur": "Umur (hari kerja)",
        "when": "Waktu",
        "zona_terakhir": "Zona terakhir",
    },
    "count": {
        "accepted": "Diterima",
        "berjalan": "Berjalan",
        "ditemukan": "Ditemukan maladministrasi",
        "ditutup": "Ditutup",
        "ditutup_tanpa_tanggal": "Ditutup tanpa tanggal",
        "hari_ke_batas": "Hari ke batas",
        "hari_ke_berakhir": "Hari ke akhir",
        "hitungan_kita": "Hitungan Cermin",
        "jatuh_tempo": "Jatuh tempo (penyebut)",
        "jumlah": "Jumlah",
        "jumlah_hari": "Jumlah hari",
        "jumlah_opd": "Jumlah OPD",
        "jumlah_wilayah": "Jumlah wilayah",
        "kohort": "Masuk (penyebut)",
        "kohort_selesai": "Di antaranya selesai",
        "lewat": "Lewat",
        "lewat_tenggat": "Lewat tenggat",
        "lhp": "Laporan ber-LHP",
        "masuk": "Masuk",
        "pembilang": "Pembilang",
        "penduduk": "Penduduk",
        "penyebut": "Penyebut",
        "peristiwa": "Peristiwa",
        "rejected": "Ditolak",
        "rows": "Baris",
        "sebelumnya": "Sebelumnya",
        "sekarang": "Sekarang",
        "selesai": "Selesai",
        "terbuka": "Terbuka",
    },
    "decimal": {
        "median": "Median",
        "terendah": "Terendah",
        "tertinggi": "Tertinggi",
        "tingkat_100k": "Tingkat per 100.000",
        "tingkat_atas": "Tingkat, batas atas 95%",
        "tingkat_bawah": "Tingkat, batas bawah 95%",
    },
    "percent": {
        "atas": "Batas atas 95%",
        "bawah": "Batas bawah 95%",
        "persen": "Persen",
        "persen_patuh": "Persen patuh",
        "persen_selesai": "Persen selesai",
        "persen_terbukti": "Persen terbukti",
        "selesai_atas": "Selesai, batas atas 95%",
        "selesai_bawah": "Selesai, batas bawah 95%",
    },
    "value": {"nilai": "Nilai"},
    "signed": {"selisih": "Selisih"},
    "ratio": {"rasio_penyelesaian": "Rasio penyelesaian"},
    "year": {
        "penduduk_tahun": "Tahun penduduk",
        "tahun": "Tahun",
        "tahun_tanda_tangan": "Tahun tanda tangan",
        "target_tahun": "Target tahun",
    },
    "date": {
        "batas_daftar": "Batas daftar rencana",
        "batas_tindak_lanjut": "Batas tindak lanjut",
        "triwulan": "Akhir triwulan",
        "berakhir": "Berakhir",
        "payung_berakhir": "Payung berakhir",
        "payung_sejak": "Payung sejak",
        "per_tanggal": "Per tanggal",
        "per_tanggal_status": "Status per tanggal",
        "per_tanggal_sumber": "Per tanggal sumber",
        "periode_akhir": "Periode sampai",
        "periode_mulai": "Periode dari",
        "sampai": "Sampai",
        "sejak": "Sejak",
        "tanggal": "Tanggal",
        "tanggal_komitmen": "Tanggal komitmen",
        "tanggal_tindak_lanjut": "Tanggal tindak lanjut",
        "tanggal_pendahulu": "Tanggal pendahulu",
        "tanggal_seremoni": "Tanggal seremoni",
        "tanggal_tanda_tangan": "Tanggal tanda tangan",
    },
    "month": {"bulan": "Bulan"},
    "code": {
        "indikator": "Indikator",
        "jenis_batas": "Jenis batas",
        "kind": "Jenis",
        "kode": "Kode",
        "rincian": "Rincian",
        "ukuran": "Ukuran",
    },
    "link": {"sumber_alamat": "Alamat sumber"},
    "flag": {
        "angka_utama": "Angka utama",
        "contoh": "Contoh",
        "is_versi": "Versi lain",
        "is_terlambat": "Sesudah batas",
        "konflik": "Sumber bertentangan",
        "lengkap": "Bulan lengkap",
    },
}
COLUMNS = {
    name: Column(heading, kind) for kind, named in _HEADINGS.items() for name, heading in named.items()
}


def column(name: str) -> Column:
    """The heading and kind of a column; a name without an entry becomes its own heading."""
    return COLUMNS.get(name) or Column(name.replace("_", " ").capitalize())
