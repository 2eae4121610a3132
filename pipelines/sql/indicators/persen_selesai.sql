-- satu baris per wilayah: dari laporan yang masuk dari sejak sampai per_tanggal, berapa yang ditutup sampai per_tanggal
with kohort as (
    select
        kode_wilayah,
        count(*) as masuk,
        count(*) filter (where tanggal_tutup <= $per_tanggal) as selesai,
    from laporan
    where is_laporan and tanggal_masuk between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then coalesce(k.selesai, 0) end as pembilang,
        case when w.is_tercakup then coalesce(k.masuk, 0) end as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join kohort as k on k.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
