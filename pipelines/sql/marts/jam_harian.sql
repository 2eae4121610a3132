-- satu baris per tenggat, wilayah dan tanggal: perubahan jumlah jam yang berjalan dan yang lewat
with jam_laporan as (
    select * from jam
    where selesai is null or selesai > mulai
),

kejadian as (
    select kode, kode_wilayah, mulai as tanggal, 1 as berjalan, 0 as lewat from jam_laporan
    union all
    select kode, kode_wilayah, selesai as tanggal, -1 as berjalan, 0 as lewat from jam_laporan
    where selesai is not null
    union all
    select kode, kode_wilayah, lewat_pada as tanggal, 0 as berjalan, 1 as lewat from jam_laporan
    where lewat_pada is not null and (selesai is null or selesai > lewat_pada)
    union all
    select kode, kode_wilayah, selesai as tanggal, 0 as berjalan, -1 as lewat from jam_laporan
    where selesai > lewat_pada
),

dijumlah as (
    select
        kode,
        kode_wilayah,
        tanggal,
        cast(sum(berjalan) as bigint) as berjalan,
        cast(sum(lewat) as bigint) as lewat,
    from kejadian
    group by kode, kode_wilayah, tanggal
)

select * from dijumlah
