-- satu baris per bulan sejak awal cakupan (atau sejak) sampai bulan per_tanggal; null di luar cakupan ekspor
with masa as (
    select
        sejak,
        sampai,
    from cakupan_sp4n
    where (cast($wilayah as varchar) is null or kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or provinsi = cast($provinsi as varchar))
),

batas as (
    select
        coalesce(max(cast($sejak as date)), min(sejak)) as dari,
        max(cast($per_tanggal as date)) as sampai,
    from masa
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

diliput as (
    select
        b.bulan,
        max(case when b.akhir_bulan between m.sejak and m.sampai then 1 else 0 end) = 1 as is_akhir_diliput,
    from bulan as b
    inner join masa as m on m.sejak <= b.sampai and m.sampai >= b.dari
    group by b.bulan
),

masuk as (
    select
        cast(date_trunc('month', tanggal_masuk) as date) as bulan,
        count(*) as jumlah,
    from sp4n_pada($per_tanggal, $sejak, $wilayah, $provinsi)
    group by cast(date_trunc('month', tanggal_masuk) as date)
),

per_bulan as (
    select
        b.bulan,
        case when d.bulan is not null then coalesce(m.jumlah, 0) end as jumlah,
        coalesce(d.is_akhir_diliput, false) and b.is_penuh as lengkap,
    from bulan as b
    left join diliput as d on d.bulan = b.bulan
    left join masuk as m on m.bulan = b.bulan
)

select * from per_bulan
order by bulan
