-- satu baris per wilayah dan akhir triwulan: perubahan masuk, ditutup, terbuka, tanpa tanggal dan lewat tenggat selama triwulan itu
with kejadian as (
    select
        kode_wilayah,
        tanggal,
        masuk,
        ditutup,
        terbuka,
        ditutup_tanpa_tanggal as tanpa_tanggal,
        0 as lewat,
    from harian
    union all
    select kode_wilayah, tanggal, 0, 0, 0, 0, lewat from lewat_harian
),

arus as (
    select
        w.kode_wilayah,
        last_day(k.triwulan + interval 2 month) as per_tanggal,
        cast(sum(e.masuk) as bigint) as masuk,
        cast(sum(e.ditutup) as bigint) as ditutup,
        cast(sum(e.terbuka) as bigint) as terbuka,
        cast(sum(e.tanpa_tanggal) as bigint) as tanpa_tanggal,
        cast(sum(e.lewat) as bigint) as lewat,
    from kejadian as e
    inner join wilayah as w on w.kode_wilayah = e.kode_wilayah
    inner join kalender as k on k.tanggal = e.tanggal
    group by w.kode_wilayah, last_day(k.triwulan + interval 2 month)
)

select * from arus
