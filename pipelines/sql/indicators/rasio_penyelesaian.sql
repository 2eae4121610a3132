-- satu baris per wilayah: laporan ditutup dibanding laporan masuk, dari sejak sampai per_tanggal
with jumlah as (
    select
        kode_wilayah,
        sum(masuk) as masuk,
        sum(ditutup) as ditutup,
    from harian
    where tanggal between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(j.ditutup, 0) as bigint) end as pembilang,
        case when w.is_tercakup then cast(coalesce(j.masuk, 0) as bigint) end as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
