-- satu baris per provinsi dan masa cakupan ekspor SP4N-LAPOR!
with masa as (
    select
        c.provinsi as kode_provinsi,
        coalesce(w.nama_pendek, 'wilayah tidak disebut') as nama,
        c.sejak,
        c.sampai,
        count(distinct c.kode_wilayah) as jumlah_wilayah,
        bool_or(c.contoh) as contoh,
    from cakupan_sp4n as c
    left join wilayah as w on w.kode_wilayah = c.provinsi
    group by c.provinsi, w.nama_pendek, c.sejak, c.sampai
)

select * from masa
order by kode_provinsi nulls last, sejak, sampai
