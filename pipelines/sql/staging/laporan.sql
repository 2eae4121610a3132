-- satu baris per kasus: lipatan semua barisnya menurut (urutan_batch, baris); yang kosong tidak menghapus, (kosong) menghapus
with muat as (
    select * from muat_laporan
),

tautan as (
    select
        nomor_agenda,
        min(nomor_laporan) as nomor_laporan,
    from muat
    where nomor_agenda is not null and nomor_laporan is not null
    group by nomor_agenda
),

baris_kasus as (
    select
        muat.*,
        coalesce(muat.nomor_laporan, tautan.nomor_laporan) as nomor_tertaut,
        coalesce(muat.nomor_laporan, tautan.nomor_laporan, muat.nomor_agenda) as kasus,
        muat.urutan_batch * cast(4294967296 as bigint) + muat.baris as urut,
        '|' || replace(muat.dikosongkan, ' ', '') || '|' as dihapus,
    from muat
    left join tautan on muat.nomor_laporan is null and muat.nomor_agenda = tautan.nomor_agenda
),

kasus_berulang as (
    select kasus
    from baris_kasus
    group by kasus
    having count(*) > 1
),

-- Kebanyakan kasus hanya satu baris: tidak perlu dilipat. (arg_max_null adalah max_by di Spark.)
sekali as (
    select
        kasus,
        nomor_tertaut as nomor_laporan,
        nomor_agenda,
        coalesce(tipe_laporan, 'LM') as tipe_laporan,
        tanggal_masuk,
        wilayah_terlapor,
        wilayah_pelapor,
        kelompok_instansi,
        instansi_terlapor,
        substansi,
        maladministrasi,
        klasifikasi,
        cara_penyampaian,
        tahap,
        tanggal_verifikasi,
        tanggal_pleno,
        tanggal_lhp,
        tanggal_resmon,
        kesimpulan_lhp,
        tanggal_tutup,
        alasan_tutup,
        peristiwa,
        case when tahap is not null then urutan_batch end as urutan_batch_tahap,
    from baris_kasus
    where kasus not in (select kasus from kasus_berulang)
),

berulang as (
    select
        kasus,
        max(nomor_tertaut) as nomor_laporan,
        arg_max(nomor_agenda, urut) as nomor_agenda,
        coalesce(arg_max_null(tipe_laporan, urut) filter (where tipe_laporan is not null or contains(dihapus, '|tipe_laporan|')), 'LM') as tipe_laporan,
        arg_max_null(tanggal_masuk, urut) filter (where tanggal_masuk is not null or contains(dihapus, '|tanggal_masuk|')) as tanggal_masuk,
        arg_max_null(wilayah_terlapor, urut) filter (where wilayah_terlapor is not null or contains(dihapus, '|wilayah_terlapor|')) as wilayah_terlapor,
        arg_max_null(wilayah_pelapor, urut) filter (where wilayah_pelapor is not null or contains(dihapus, '|wilayah_pelapor|')) as wilayah_pelapor,
        arg_max_null(kelompok_instansi, urut) filter (where kelompok_instansi is not null or contains(dihapus, '|kelompok_instansi|')) as kelompok_instansi,
        arg_max_null(instansi_terlapor, urut) filter (where instansi_terlapor is not null or contains(dihapus, '|instansi_terlapor|')) as instansi_terlapor,
        arg_max_null(substansi, urut) filter (where substansi is not null or contains(dihapus, '|substansi|')) as substansi,
        arg_max_null(maladministrasi, urut) filter (where maladministrasi is not null or contains(dihapus, '|maladministrasi|')) as maladministrasi,
        arg_max_null(klasifikasi, urut) filter (where klasifikasi is not null or contains(dihapus, '|klasifikasi|')) as klasifikasi,
        arg_max_null(cara_penyampaian, urut) filter (where cara_penyampaian is not null or contains(dihapus, '|cara_penyampaian|')) as cara_penyampaian,
        arg_max_null(tahap, urut) filter (where tahap is not null or contains(dihapus, '|tahap|')) as tahap,
        arg_max_null(tanggal_verifikasi, urut) filter (where tanggal_verifikasi is not null or contains(dihapus, '|tanggal_verifikasi|')) as tanggal_verifikasi,
        arg_max_null(tanggal_pleno, urut) filter (where tanggal_pleno is not null or contains(dihapus, '|tanggal_pleno|')) as tanggal_pleno,
        arg_max_null(tanggal_lhp, urut) filter (where tanggal_lhp is not null or contains(dihapus, '|tanggal_lhp|')) as tanggal_lhp,
        arg_max_null(tanggal_resmon, urut) filter (where tanggal_resmon is not null or contains(dihapus, '|tanggal_resmon|')) as tanggal_resmon,
        arg_max_null(kesimpulan_lhp, urut) filter (where kesimpulan_lhp is not null or contains(dihapus, '|kesimpulan_lhp|')) as kesimpulan_lhp,
        arg_max_null(tanggal_tutup, urut) filter (where tanggal_tutup is not null or contains(dihapus, '|tanggal_tutup|')) as tanggal_tutup,
        arg_max_null(alasan_tutup, urut) filter (where alasan_tutup is not null or contains(dihapus, '|alasan_tutup|')) as alasan_tutup,
        arg_max_null(peristiwa, urut) filter (where peristiwa is not null or contains(dihapus, '|peristiwa|')) as peristiwa,
        max(urutan_batch) filter (where tahap is not null) as urutan_batch_tahap,
    from baris_kasus
    where kasus in (select kasus from kasus_berulang)
    group by kasus
),

lipatan as (
    select * from sekali
    union all
    select * from berulang
)

select * from lipatan
