-- satu baris per akhir triwulan sampai per_tanggal; yang pertama sebelum laporan dan cakupan pertama
with awal as (
    select least(min(tanggal), (select min(sejak) from cakupan)) as tanggal
    from harian
),

akhir as (
    select distinct last_day(triwulan + interval 2 month) as per_tanggal
    from kalender
),

triwulan as (
    select a.per_tanggal
    from akhir as a
    cross join awal as w
    where a.per_tanggal <= $per_tanggal
        and a.per_tanggal >= coalesce(w.tanggal, cast($per_tanggal as date)) - interval 3 month - interval 1 day
)

select * from triwulan
order by per_tanggal
