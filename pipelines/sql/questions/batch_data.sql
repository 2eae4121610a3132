-- satu baris per batch, menurut urutan unggah; yang dibatalkan live = false
with daftar as (
    select * from batch
)

select * from daftar
order by urutan_unggah
