-- satu baris per wilayah dan tanggal: perubahan jumlah laporan yang lewat tenggat hari itu
with kejadian as (
    select kode_wilayah, dari as tanggal, 1 as lewat from masa_lewat
    union all
    select kode_wilayah, sampai_sebelum as tanggal, -1 as lewat from masa_lewat
    where sampai_sebelum is not null
),

dijumlah as (
    select
        kode_wilayah,
        tanggal,
        cast(sum(lewat) as bigint) as lewat,
    from kejadian
    group by kode_wilayah, tanggal
)

select * from dijumlah
