-- satu baris per produk pengawasan (nomor), menurut pernyataan terakhirnya
with daftar as (
    select * from stg_produk
),

berwilayah as (
    select
        p.nomor,
        p.jenis,
        p.tanggal,
        p.kode_wilayah,
        p.penerima,
        p.pokok,
        p.batas_tindak_lanjut,
        p.sumber_alamat,
    from daftar as p
    inner join wilayah as w on w.kode_wilayah = p.kode_wilayah
)

select * from berwilayah
