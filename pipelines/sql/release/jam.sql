-- satu baris per tenggat terverifikasi dan akhir triwulan di satu wilayah: perubahan jam yang berjalan dan yang lewat
with jam_wilayah as (
    select j.*
    from jam_harian as j
    inner join muat_tenggat as t on t.kode = j.kode
    where t.angka_utama = 'ya' and j.kode_wilayah = $wilayah
),

per_triwulan as (
    select
        j.kode,
        last_day(k.triwulan + interval 2 month) as per_tanggal,
        cast(sum(j.berjalan) as bigint) as berjalan,
        cast(sum(j.lewat) as bigint) as lewat,
    from jam_wilayah as j
    inner join kalender as k on k.tanggal = j.tanggal
    group by j.kode, last_day(k.triwulan + interval 2 month)
)

select * from per_triwulan
