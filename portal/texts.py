"""Indonesian sentences that several rooms share; words of a single page stay in its file."""

PRODUCT = "Cermin"
SAMPLE_BANNER = (
    "**Data laporan contoh (sintetis).** Angka laporan dibuat untuk peragaan, bukan laporan nyata; "
    "register kerja sama, penilaian, dan kegiatan nyata dan bersumber."
)
PROVINCE = "Provinsi"
AS_OF = "Per tanggal"
PERIOD = "Rentang"
BOTH = "Keduanya"
CLEAR_ALL = "Hapus semua"
CHOOSE = "Pilih"
NO_DATA = "Tidak ada data untuk pilihan ini."
HOW_TO_READ = "Cara membaca"
TABLE = "Tabel"
DOWNLOAD = "Unduh CSV"
UNKNOWN_CHOICE = "{name} “{value}” pada alamat tidak dikenal; yang ditampilkan {shown}."
UNKNOWN_PAGE = "Halaman pada alamat tidak dikenal; yang ditampilkan Ringkasan."
BEYOND_DATA = "Data laporan baru sampai {latest}; sesudah tanggal itu angka laporan kosong, bukan nol."
FAULT = "Terjadi galat pada sistem kami dan sudah dicatat. Sebutkan kode {id} kepada pengelola bila berulang."
NOT_A_RANKING = (
    "Banyaknya laporan tidak membuktikan pelayanan buruk, sedikitnya laporan tidak membuktikan pelayanan "
    "baik; wilayah tidak diperingkat."
)
SAMPLE_NOTE = "Selama data contoh berlaku, selisihnya hanya peragaan."
STRANGER = "Sesi ini tidak dikenal atau sudah berakhir. Masuk lagi di alamat /masuk."
NOT_YOURS = "Halaman ini tidak tersedia untuk peran Anda. Pilih halaman lain pada menu."
NOT_YOUR_REGION = "Akun ini hanya untuk {own}; halaman wilayah lain tidak tersedia, yang ditampilkan {own}."
DEMO_BANNER = "**Salinan peragaan.** Semua yang diubah di sini hilang begitu peragaan dihentikan."
QUARTER_ENDS = "Akhir triwulan"
HIDDEN = "disamarkan"
HIDDEN_NOTE = (
    "“<5”: satu sampai empat. “Disamarkan”: ditahan agar jumlah sekecil itu tidak dapat dihitung balik; "
    "ini bukan nol dan bukan ketiadaan data."
)
