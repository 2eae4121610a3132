-- satu baris per baris status_produk tentang wilayah pemilik akun; wilayah lain tidak ikut disalin
with milik as (
    select * from status_produk
    where kode_wilayah = $wilayah
)

select * from milik
