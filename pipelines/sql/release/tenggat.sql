-- satu baris per tenggat terverifikasi, menurut urutan
with tenggat as (
    select * from muat_tenggat
    where angka_utama = 'ya' and jam_dari is not null
)

select * from tenggat
order by baris
