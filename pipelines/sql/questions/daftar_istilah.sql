-- satu baris per istilah baku; jenis = nama daftarnya
with daftar as (
    select * from istilah
    where cast($jenis as varchar) is null or jenis = cast($jenis as varchar)
)

select * from daftar
order by jenis, urutan, istilah
