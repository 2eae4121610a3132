-- satu baris per wilayah, instansi, substansi, dan bagian masa (jendela 14 hari atau riwayat sebelumnya) yang ada laporannya
with acuan as (
    select
        l.kode_wilayah,
        l.nama,
        max(c.sampai) as pada,
    from lingkup as l
    inner join cakupan_lingkup as c on c.kunci = l.kunci
    where l.provinsi = $provinsi
    group by l.kode_wilayah, l.nama
),

laporan_bersel as (
    select
        a.kode_wilayah,
        a.nama,
        l.instansi_terlapor,
        l.substansi,
        l.tanggal_masuk,
        l.tanggal_masuk > a.pada - cast($jendela as integer) as is_jendela,
    from laporan as l
    inner join acuan as a on a.kode_wilayah = l.kode_wilayah
    where l.is_laporan
        and l.instansi_terlapor is not null
        and l.substansi is not null
        and l.tanggal_masuk <= a.pada
        and l.tanggal_masuk > a.pada - cast($jendela as integer) - cast($riwayat as integer)
),

dijumlah as (
    select
        kode_wilayah,
        nama,
        instansi_terlapor,
        substansi,
        is_jendela,
        max(tanggal_masuk) as tanggal_masuk,
        min(tanggal_masuk) as pertama,
        count(*) as jumlah,
    from laporan_bersel
    group by kode_wilayah, nama, instansi_terlapor, substansi, is_jendela
)

select * from dijumlah
order by kode_wilayah, instansi_terlapor, substansi, is_jendela
