-- satu baris per wilayah: laporan yang masuk dalam 12 bulan sampai per_tanggal, dan penduduk wilayah itu
with setahun as (
    select
        kode_wilayah,
        sum(masuk) as masuk,
    from harian
    where tanggal > cast($per_tanggal as date) - interval 12 month and tanggal <= $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then cast(coalesce(s.masuk, 0) as bigint) end as pembilang,
        cast(w.penduduk as bigint) as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join setahun as s on s.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
