-- satu baris per pernyataan status sebuah produk satu wilayah, yang lama dulu
with riwayat as (
    select
        s.nomor,
        p.jenis,
        s.sejak,
        s.status_tindak_lanjut,
        s.tanggal_tindak_lanjut,
        s.per_tanggal as per_tanggal_status,
        s.urut,
    from status_produk as s
    inner join produk as p on p.nomor = s.nomor
    where p.kode_wilayah = $wilayah and s.sejak <= $per_tanggal
)

select * from riwayat
order by nomor, urut
