-- satu baris per bulan: laporan lewat tenggat (angka utama) pada akhir bulan itu; null bila tak ada wilayah terpilih yang tercakup
with bulan_terpilih as (
    select * from bulan_wilayah($per_tanggal, $sejak, $wilayah, $provinsi)
),

perubahan as (
    select
        kode_wilayah,
        cast(date_trunc('month', tanggal) as date) as bulan,
        sum(lewat) as lewat,
    from lewat_harian
    where tanggal <= $per_tanggal
    group by kode_wilayah, cast(date_trunc('month', tanggal) as date)
),

saldo_awal as (
    select
        kode_wilayah,
        sum(lewat) as lewat,
    from perubahan
    where bulan < (select min(bulan) from bulan_terpilih)
    group by kode_wilayah
),

per_wilayah as (
    select
        b.*,
        coalesce(s.lewat, 0) + sum(coalesce(p.lewat, 0)) over (partition by b.kode_wilayah order by b.bulan) as lewat,
    from bulan_terpilih as b
    left join perubahan as p on p.bulan = b.bulan and p.kode_wilayah is not distinct from b.kode_wilayah
    left join saldo_awal as s on s.kode_wilayah is not distinct from b.kode_wilayah
),

per_bulan as (
    select
        bulan,
        sum(lewat) filter (where is_tercakup) as lewat_tenggat,
        coalesce(min(case when is_lengkap then 1 else 0 end) filter (where is_pernah_tercakup) = 1, false) as lengkap,
    from per_wilayah
    group by bulan
)

select * from per_bulan
order by bulan
