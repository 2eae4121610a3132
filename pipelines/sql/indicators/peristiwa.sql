-- satu baris per wilayah: peristiwa berbeda di antara laporan yang masuk; laporan tanpa peristiwa dihitung sendiri
with jumlah as (
    select
        kode_wilayah,
        count(distinct peristiwa) + count(*) filter (where peristiwa is null) as peristiwa,
    from laporan
    where is_laporan and tanggal_masuk between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then coalesce(j.peristiwa, 0) end as pembilang,
        cast(null as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
