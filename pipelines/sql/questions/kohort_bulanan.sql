-- satu baris per bulan masuk: kohortnya dan yang ditutup sampai per_tanggal; null bila tak ada wilayah terpilih yang tercakup
with bulan_terpilih as (
    select * from bulan_wilayah($per_tanggal, $sejak, $wilayah, $provinsi)
),

kohort as (
    select
        kode_wilayah,
        cast(date_trunc('month', tanggal_masuk) as date) as bulan,
        count(*) as kohort,
        count(*) filter (where tanggal_tutup <= $per_tanggal) as selesai,
    from laporan
    where is_laporan and tanggal_masuk between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah, cast(date_trunc('month', tanggal_masuk) as date)
),

per_bulan as (
    select
        b.bulan,
        sum(coalesce(k.kohort, 0)) filter (where b.is_tercakup) as kohort,
        sum(coalesce(k.selesai, 0)) filter (where b.is_tercakup) as selesai,
        coalesce(min(case when b.is_lengkap then 1 else 0 end) filter (where b.is_pernah_tercakup) = 1, false) as lengkap,
    from bulan_terpilih as b
    left join kohort as k on k.bulan = b.bulan and k.kode_wilayah is not distinct from b.kode_wilayah
    group by b.bulan
),

berpersen as (
    select
        *,
        100.0 * selesai / nullif(kohort, 0) as persen_selesai,
    from per_bulan
)

select * from berpersen
order by bulan
