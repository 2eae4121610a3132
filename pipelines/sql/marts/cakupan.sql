-- satu baris per batch laporan yang berlaku dan provinsi yang diliputnya; batch tanpa sejak tidak meliput apa pun
with batch_laporan as (
    select * from muat_batch
    where kind = 'laporan' and live and sejak is not null and cakupan <> ''
),

per_provinsi as (
    select
        trim(unnest(string_split(cakupan, '|'))) as kode_provinsi,
        sejak,
        per_tanggal as sampai,
        batch,
    from batch_laporan
)

select * from per_provinsi
