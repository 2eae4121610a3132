-- satu baris per pita umur laporan terbuka, dalam hari kerja
with pita as (
    select * from (
        values
        (1, '0-14', 0, 14), (2, '15-30', 15, 30), (3, '31-60', 31, 60),
        (4, '61-90', 61, 90), (5, '91-180', 91, 180), (6, '>180', 181, 1000000)
    ) as v (urutan_umur, umur, dari, sampai)
)

select * from pita
