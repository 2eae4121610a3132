-- satu baris per wilayah: dari laporan dengan LHP bertanggal dari sejak sampai per_tanggal, berapa yang ditemukan Maladministrasi
with lhp as (
    select
        kode_wilayah,
        count(*) as lhp,
        count(*) filter (where kesimpulan_lhp = 'ditemukan Maladministrasi') as ditemukan,
    from laporan
    where is_laporan and tanggal_lhp between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah
),

hasil as (
    select
        w.kode_wilayah,
        case when w.is_tercakup then coalesce(l.ditemukan, 0) end as pembilang,
        case when w.is_tercakup then coalesce(l.lhp, 0) end as penyebut,
    from wilayah_tercakup($per_tanggal) as w
    left join lhp as l on l.kode_wilayah is not distinct from w.kode_wilayah
)

select * from hasil
