-- satu baris per pemeriksaan dan keadaan yang disimulasikan, menurut urutan tabelnya
with simulasi as (
    select * from muat_simulasi
)

select * from simulasi
order by baris
