-- satu baris per batch laporan yang berlaku dan wilayah yang diliputnya; wilayah tidak disebut (kunci kosong) ikut setiap batch
with masa as (
    select * from cakupan
),

wilayah_diliput as (
    select distinct
        l.kunci,
        m.sejak,
        m.sampai,
    from masa as m
    inner join lingkup as l on l.provinsi = m.kode_provinsi or l.kunci = ''
)

select * from wilayah_diliput
