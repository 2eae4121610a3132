-- satu baris per istilah baku tiap daftar
with semua as (
    select 'tipe_laporan' as jenis, kode, istilah, arti_singkat as keterangan, null as status_verifikasi, baris as urutan
    from muat_tipe_laporan
    union all
    select 'tahap', cast(urutan as varchar), istilah, istilah_lama, null, baris from muat_tahap
    union all
    select 'substansi', null, istilah, asal, null, baris from muat_substansi
    union all
    select 'maladministrasi', null, istilah, concat_ws('; ', kelompok, varian), null, baris from muat_maladministrasi
    union all
    select 'cara_penyampaian', null, istilah, asal, status_verifikasi, baris from muat_cara_penyampaian
    union all
    select 'kelompok_terlapor', null, istilah, asal, status_verifikasi, baris from muat_kelompok_terlapor
    union all
    select 'alasan_tutup', cast(kode as varchar), istilah, hasil, status_verifikasi, baris from muat_alasan_tutup
    union all
    select 'instrumen', null, istilah, arti_singkat, status_verifikasi, baris from muat_instrumen
    union all
    select 'tahap_kerja_sama', cast(urutan as varchar), istilah, concat_ws('; ', tanda_jadi, dasar), null, baris
    from muat_tahap_kerja_sama
    union all
    select 'jenis_produk', null, istilah, concat_ws('; ', arti_singkat, sumber), status_verifikasi, baris from muat_jenis_produk
)

select * from semua
