-- satu baris per wilayah
with daftar as (
    select * from wilayah
)

select * from daftar
order by kode_wilayah
