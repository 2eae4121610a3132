-- satu baris per wilayah, OPD dan tanggal komitmen narahubung
with daftar as (
    select * from stg_narahubung
)

select * from daftar
