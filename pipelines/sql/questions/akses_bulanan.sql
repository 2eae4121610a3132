-- satu baris per bulan dan tipe akses, yang bukan laporan juga
with bulan_terpilih as (
    select * from bulan_wilayah($per_tanggal, $sejak, $wilayah, $provinsi)
),

tipe as (
    select
        kode as tipe_laporan,
        baris as urutan,
    from muat_tipe_laporan
),

akses as (
    select
        kode_wilayah,
        tipe_laporan,
        cast(date_trunc('month', tanggal) as date) as bulan,
        sum(jumlah) as jumlah,
    from akses_harian
    where tanggal between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
    group by kode_wilayah, tipe_laporan, cast(date_trunc('month', tanggal) as date)
),

per_bulan as (
    select
        b.bulan,
        t.tipe_laporan,
        t.urutan,
        sum(coalesce(a.jumlah, 0)) filter (where b.is_tercakup) as jumlah,
    from bulan_terpilih as b
    cross join tipe as t
    left join akses as a
        on a.bulan = b.bulan and a.tipe_laporan = t.tipe_laporan and a.kode_wilayah is not distinct from b.kode_wilayah
    group by b.bulan, t.tipe_laporan, t.urutan
)

select * from per_bulan
order by bulan, urutan
