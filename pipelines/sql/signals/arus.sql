-- satu baris per wilayah dan bulan yang lengkap menurut cakupan provinsinya: laporan masuk dan ditutup
with bulan_lengkap as (
    select
        b.kode_wilayah,
        b.provinsi as kode_provinsi,
        b.bulan,
    from bulan_wilayah($per_tanggal, null, null, null) as b
    inner join masa_cakupan() as a on a.kode_provinsi = b.provinsi and b.bulan >= a.sejak
    where b.is_tercakup and b.is_lengkap
),

per_bulan as (
    select
        kode_wilayah,
        cast(date_trunc('month', tanggal) as date) as bulan,
        sum(masuk) as masuk,
        sum(ditutup) as ditutup,
    from harian
    group by kode_wilayah, date_trunc('month', tanggal)
),

arus as (
    select
        b.kode_wilayah,
        b.kode_provinsi,
        w.nama,
        b.bulan,
        cast(coalesce(p.masuk, 0) as bigint) as masuk,
        cast(coalesce(p.ditutup, 0) as bigint) as ditutup,
    from bulan_lengkap as b
    inner join wilayah as w on w.kode_wilayah = b.kode_wilayah
    left join per_bulan as p on p.kode_wilayah = b.kode_wilayah and p.bulan = b.bulan
)

select * from arus
order by kode_wilayah, bulan
