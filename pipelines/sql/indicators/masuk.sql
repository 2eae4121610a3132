-- satu baris per wilayah: laporan dengan tanggal_masuk dari sejak sampai per_tanggal
with jumlah as (
    select
        kode_wilayah,
        sum(masuk) as masuk,
    from harian
    where tanggal between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(j.masuk, 0) as bigint) end as pembilang,
        cast(null as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
