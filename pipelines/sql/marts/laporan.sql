-- satu baris per kasus, semua tipe; is_laporan = tipe yang dihitung sebagai laporan dan tanggal_masuk diketahui
with kasus_dilipat as (
    select * from stg_laporan
),

tipe as (
    select
        kode,
        dihitung_sebagai_laporan = 'ya' as is_dihitung,
    from muat_tipe_laporan
),

batch_bernomor as (
    select
        urutan_batch,
        per_tanggal,
    from muat_batch
    where kind = 'laporan' and live
),

lengkap as (
    select
        k.kasus,
        k.tipe_laporan,
        coalesce(t.is_dihitung, false) and k.tanggal_masuk is not null as is_laporan,
        k.wilayah_terlapor as kode_wilayah,
        w.provinsi as kode_provinsi,
        k.wilayah_pelapor,
        k.kelompok_instansi,
        k.instansi_terlapor,
        k.substansi,
        k.maladministrasi,
        k.klasifikasi,
        k.cara_penyampaian,
        k.tahap,
        b.per_tanggal as tahap_per_tanggal,
        k.tanggal_masuk,
        k.tanggal_verifikasi,
        k.tanggal_pleno,
        k.tanggal_lhp,
        k.tanggal_resmon,
        k.tanggal_tutup,
        coalesce(k.tahap = 'Ditutup', false) and k.tanggal_tutup is null as is_ditutup_tanpa_tanggal,
        k.kesimpulan_lhp,
        k.alasan_tutup,
        k.peristiwa,
    from kasus_dilipat as k
    left join tipe as t on t.kode = k.tipe_laporan
    left join wilayah as w on w.kode_wilayah = k.wilayah_terlapor
    left join batch_bernomor as b on b.urutan_batch = k.urutan_batch_tahap
)

select * from lengkap
