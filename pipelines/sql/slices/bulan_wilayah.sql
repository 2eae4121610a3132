-- satu baris per bulan dan wilayah yang dipilih: batas bulan itu dalam [sejak, per_tanggal], tercakup atau tidak, lengkap atau tidak
with batas as (
    select
        coalesce(max(cast($sejak as date)), min(sejak)) as dari,
        max(cast($per_tanggal as date)) as sampai,
    from cakupan
),

bulan as (
    select distinct
        k.bulan,
        k.akhir_bulan,
        greatest(k.bulan, b.dari) as dari,
        least(k.akhir_bulan, b.sampai) as sampai,
        k.akhir_bulan <= b.sampai and (cast($sejak as date) is null or k.bulan >= b.dari) as is_penuh,
    from kalender as k
    inner join batas as b on k.tanggal between b.dari and b.sampai
),

bulan_provinsi as (
    select
        b.bulan,
        c.kode_provinsi,
        max(case when b.akhir_bulan between c.sejak and c.sampai then 1 else 0 end) = 1 as is_akhir_tercakup,
    from bulan as b
    inner join cakupan as c on c.sejak <= b.sampai and c.sampai >= b.bulan
    group by b.bulan, c.kode_provinsi
),

bulan_tercakup as (
    select
        bulan,
        kode_provinsi,
        is_akhir_tercakup,
    from bulan_provinsi
    union all
    select
        bulan,
        null as kode_provinsi,
        max(case when is_akhir_tercakup then 1 else 0 end) = 1 as is_akhir_tercakup,
    from bulan_provinsi
    group by bulan
),

pernah_tercakup as (
    select distinct kode_provinsi
    from cakupan
),

per_wilayah as (
    select
        b.bulan,
        b.dari,
        b.sampai,
        w.kode_wilayah,
        w.provinsi,
        t.bulan is not null as is_tercakup,
        b.is_penuh and coalesce(t.is_akhir_tercakup, false) as is_lengkap,
        p.kode_provinsi is not null as is_pernah_tercakup,
    from bulan as b
    cross join wilayah_dipilih($per_tanggal, $wilayah, $provinsi) as w
    left join bulan_tercakup as t on t.bulan = b.bulan and t.kode_provinsi is not distinct from w.provinsi
    left join pernah_tercakup as p on p.kode_provinsi = w.provinsi
)

select * from per_wilayah
