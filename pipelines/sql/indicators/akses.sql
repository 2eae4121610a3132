-- satu baris per wilayah: semua akses (laporan, konsultasi, tembusan) yang masuk dari sejak sampai per_tanggal
with jumlah as (
    select
        kode_wilayah,
        sum(jumlah) as jumlah,
    from akses_harian
    where tanggal between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(j.jumlah, 0) as bigint) end as pembilang,
        cast(null as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
