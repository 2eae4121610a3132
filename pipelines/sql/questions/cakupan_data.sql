-- satu baris per provinsi dan masa cakupan suatu batch laporan
with masa as (
    select distinct
        c.kode_provinsi,
        w.nama_pendek as nama,
        c.sejak,
        c.sampai,
    from cakupan as c
    left join wilayah as w on w.kode_wilayah = c.kode_provinsi
)

select * from masa
order by kode_provinsi, sejak, sampai
