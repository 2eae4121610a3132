-- satu baris per bulan, dari sejak (atau awal cakupan) sampai bulan per_tanggal; null bila tak ada wilayah terpilih yang tercakup
with bulan_terpilih as (
    select * from bulan_wilayah($per_tanggal, $sejak, $wilayah, $provinsi)
),

arus as (
    select
        kode_wilayah,
        cast(date_trunc('month', tanggal) as date) as bulan,
        sum(masuk) filter (where tanggal >= coalesce(cast($sejak as date), date '1900-01-01')) as masuk,
        sum(ditutup) filter (where tanggal >= coalesce(cast($sejak as date), date '1900-01-01')) as ditutup,
        sum(terbuka) as terbuka,
    from harian
    where tanggal <= $per_tanggal
    group by kode_wilayah, cast(date_trunc('month', tanggal) as date)
),

saldo_awal as (
    select
        kode_wilayah,
        sum(terbuka) as terbuka,
    from arus
    where bulan < (select min(bulan) from bulan_terpilih)
    group by kode_wilayah
),

per_wilayah as (
    select
        b.*,
        coalesce(a.masuk, 0) as masuk,
        coalesce(a.ditutup, 0) as ditutup,
        coalesce(s.terbuka, 0)
            + sum(coalesce(a.terbuka, 0)) over (partition by b.kode_wilayah order by b.bulan) as terbuka,
    from bulan_terpilih as b
    left join arus as a on a.bulan = b.bulan and a.kode_wilayah is not distinct from b.kode_wilayah
    left join saldo_awal as s on s.kode_wilayah is not distinct from b.kode_wilayah
),

per_bulan as (
    select
        bulan,
        sum(masuk) filter (where is_tercakup) as masuk,
        sum(ditutup) filter (where is_tercakup) as ditutup,
        sum(terbuka) filter (where is_tercakup) as terbuka,
        cast(sum(ditutup) filter (where is_tercakup) as double) / nullif(sum(masuk) filter (where is_tercakup), 0)
            as rasio_penyelesaian,
        coalesce(min(case when is_lengkap then 1 else 0 end) filter (where is_pernah_tercakup) = 1, false) as lengkap,
    from per_wilayah
    group by bulan
)

select * from per_bulan
order by bulan
