-- satu baris per pita umur, triwulan masuk dan akhir triwulan di satu wilayah: laporan terbuka hari itu
with laporan_wilayah as (
    select
        l.tanggal_masuk,
        l.tanggal_tutup,
        k.hari_kerja_ke,
        last_day(k.triwulan + interval 2 month) as triwulan_masuk,
    from laporan as l
    inner join kalender as k on k.tanggal = l.tanggal_masuk
    where l.is_laporan and not l.is_ditutup_tanpa_tanggal and l.kode_wilayah = $wilayah
),

akhir as (
    select distinct
        last_day(triwulan + interval 2 month) as per_tanggal,
    from kalender
    where tanggal between $sejak and $per_tanggal
),

terbuka as (
    select
        a.per_tanggal,
        l.triwulan_masuk,
        kini.hari_kerja_ke - l.hari_kerja_ke as hari_kerja,
    from akhir as a
    inner join kalender as kini on kini.tanggal = a.per_tanggal
    inner join laporan_wilayah as l
        on l.tanggal_masuk <= a.per_tanggal and (l.tanggal_tutup is null or l.tanggal_tutup > a.per_tanggal)
),

umur as (
    select
        p.umur,
        t.per_tanggal,
        t.triwulan_masuk,
        count(*) as jumlah,
    from terbuka as t
    inner join pita_umur as p on t.hari_kerja between p.dari and p.sampai
    group by p.umur, t.per_tanggal, t.triwulan_masuk
)

select * from umur
