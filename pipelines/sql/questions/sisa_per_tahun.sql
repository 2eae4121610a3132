-- satu baris per tahun registrasi, dari tahun pertama cakupan atau laporan sampai tahun per_tanggal
with laporan_terpilih as (
    select * from laporan_dipilih($per_tanggal, null, $wilayah, $provinsi)
    where is_masuk
),

jumlah as (
    select
        cast(extract(year from tanggal_masuk) as integer) as tahun,
        count(*) as masuk,
        count(*) filter (where is_ditutup) as ditutup,
        count(*) filter (where is_ditutup_tanpa_tanggal) as ditutup_tanpa_tanggal,
        count(*) filter (where is_terbuka) as terbuka,
    from laporan_terpilih
    group by cast(extract(year from tanggal_masuk) as integer)
),

batas as (
    select least(
        (select min(tahun) from jumlah),
        (select cast(extract(year from min(sejak)) as integer) from cakupan)
    ) as tahun_pertama
),

tahun as (
    select distinct k.tahun
    from kalender as k
    inner join batas as b on k.tahun >= b.tahun_pertama
    where k.tanggal <= $per_tanggal
),

-- Nol bila suatu wilayah terpilih tercakup, null bila tidak ada.
tanpa_laporan as (
    select case when bool_or(is_tercakup) then 0 end as jumlah
    from wilayah_dipilih($per_tanggal, $wilayah, $provinsi)
),

sisa as (
    select
        t.tahun,
        coalesce(j.masuk, n.jumlah) as masuk,
        coalesce(j.ditutup, n.jumlah) as ditutup,
        coalesce(j.ditutup_tanpa_tanggal, n.jumlah) as ditutup_tanpa_tanggal,
        coalesce(j.terbuka, n.jumlah) as terbuka,
    from tahun as t
    cross join tanpa_laporan as n
    left join jumlah as j on j.tahun = t.tahun
)

select * from sisa
order by tahun
