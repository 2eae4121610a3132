-- satu baris per pita umur, menurut urutan
with pita as (
    select * from pita_umur
)

select * from pita
order by urutan_umur
