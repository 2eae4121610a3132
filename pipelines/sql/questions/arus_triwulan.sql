-- satu baris per triwulan (hari terakhirnya, atau per_tanggal), dari sejak atau awal cakupan; null bila tak ada wilayah terpilih yang tercakup
with batas as (
    select
        coalesce(max(cast($sejak as date)), min(sejak)) as dari,
        max(cast($per_tanggal as date)) as sampai,
    from cakupan
),

triwulan as (
    select distinct
        k.triwulan as awal,
        last_day(k.triwulan + interval 2 month) as akhir,
        least(last_day(k.triwulan + interval 2 month), b.sampai) as sampai,
        case when cast($sejak as date) is null then k.triwulan else greatest(k.triwulan, b.dari) end as dari,
    from kalender as k
    inner join batas as b on k.tanggal between b.dari and b.sampai
),

per_wilayah as (
    select
        t.*,
        w.kode_wilayah,
        w.provinsi,
        exists (
            select 1
            from cakupan as c
            where (c.kode_provinsi = w.provinsi or w.provinsi is null) and t.sampai between c.sejak and c.sampai
        ) as is_tercakup,
        exists (select 1 from cakupan as c where c.kode_provinsi = w.provinsi) as is_pernah_tercakup,
    from triwulan as t
    cross join wilayah_dipilih($per_tanggal, $wilayah, $provinsi) as w
),

arus as (
    select
        w.kode_wilayah,
        w.sampai,
        sum(h.masuk) filter (where h.tanggal >= w.dari) as masuk,
        sum(h.ditutup) filter (where h.tanggal >= w.dari) as ditutup,
        sum(h.terbuka) as terbuka,
    from per_wilayah as w
    inner join harian as h on h.kode_wilayah is not distinct from w.kode_wilayah and h.tanggal <= w.sampai
    where w.is_tercakup
    group by w.kode_wilayah, w.sampai
),

per_triwulan as (
    select
        w.akhir as triwulan,
        sum(coalesce(a.masuk, 0)) filter (where w.is_tercakup) as masuk,
        sum(coalesce(a.ditutup, 0)) filter (where w.is_tercakup) as ditutup,
        sum(coalesce(a.terbuka, 0)) filter (where w.is_tercakup) as terbuka,
        cast(sum(a.ditutup) as double) / nullif(sum(a.masuk), 0) as rasio_penyelesaian,
        w.akhir = w.sampai and w.awal = w.dari
            and coalesce(bool_and(w.is_tercakup) filter (where w.is_pernah_tercakup), false) as lengkap,
    from per_wilayah as w
    left join arus as a on a.sampai = w.sampai and a.kode_wilayah is not distinct from w.kode_wilayah
    group by w.awal, w.akhir, w.dari, w.sampai
)

select * from per_triwulan
order by triwulan
