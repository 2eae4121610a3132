-- satu baris per wilayah: laporan masuk yang statusnya ditutup tanpa tanggal penutupan
with jumlah as (
    select
        kode_wilayah,
        sum(ditutup_tanpa_tanggal) as ditutup_tanpa_tanggal,
    from harian
    where tanggal <= $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(j.ditutup_tanpa_tanggal, 0) as bigint) end as pembilang,
        cast(null as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
