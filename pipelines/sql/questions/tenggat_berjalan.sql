-- satu baris per tenggat: jam yang berjalan dan yang lewat pada per_tanggal; null bila jamnya tidak dapat dihitung
with tercakup as (
    select kode_wilayah
    from wilayah_dipilih($per_tanggal, $wilayah, $provinsi)
    where is_tercakup
),

jumlah as (
    select
        j.kode,
        sum(j.berjalan) as berjalan,
        sum(j.lewat) as lewat,
    from jam_harian as j
    inner join tercakup as t on t.kode_wilayah is not distinct from j.kode_wilayah
    where j.tanggal <= $per_tanggal
    group by j.kode
),

tanpa_jam as (
    select case when count(*) > 0 then 0 end as jumlah
    from tercakup
),

tenggat as (
    select
        t.kode,
        t.tahap,
        t.penanggung,
        t.jumlah as jumlah_hari,
        t.satuan,
        t.dasar_hukum,
        t.status_verifikasi,
        t.angka_utama,
        t.baris,
        case when t.jam_dari is not null then coalesce(j.berjalan, n.jumlah) end as berjalan,
        case when t.jam_dari is not null and t.jumlah is not null then coalesce(j.lewat, n.jumlah) end as lewat,
    from muat_tenggat as t
    cross join tanpa_jam as n
    left join jumlah as j on j.kode = t.kode
)

select * from tenggat
order by angka_utama desc, baris
