-- satu baris per indikator, menurut urutan
with daftar as (
    select * from muat_indikator
)

select * from daftar
order by urutan
