-- satu baris per wilayah: laporan dengan jam angka utama yang berjalan lebih lama dari tenggatnya pada per_tanggal
with jumlah as (
    select
        kode_wilayah,
        sum(lewat) as lewat,
    from lewat_harian
    where tanggal <= $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(j.lewat, 0) as bigint) end as pembilang,
        cast(null as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join jumlah as j on j.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
