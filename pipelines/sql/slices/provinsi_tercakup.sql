-- satu baris per provinsi yang diliput suatu batch laporan pada per_tanggal
with tercakup as (
    select distinct kode_provinsi
    from cakupan
    where sejak <= $per_tanggal and sampai >= $per_tanggal
)

select * from tercakup
