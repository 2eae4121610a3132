-- satu baris per bulan, dari sejak (atau awal cakupan) sampai bulan per_tanggal; null bila tak ada wilayah terpilih yang tercakup
with per_wilayah as (
    select * from arus_bulan_wilayah($per_tanggal, $sejak, $wilayah, $provinsi)
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
