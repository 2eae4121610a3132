-- satu baris per bulan dan wilayah yang dipilih: masuk dan ditutup dalam bulan itu, terbuka pada hari terakhirnya
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
)

select * from per_wilayah
