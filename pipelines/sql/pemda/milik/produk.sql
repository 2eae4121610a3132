-- satu baris per baris produk tentang wilayah pemilik akun; wilayah lain tidak ikut disalin
with milik as (
    select * from produk
    where kode_wilayah = $wilayah
)

select * from milik
