-- satu baris per wilayah: terbuka dan lewat tenggat pada per_tanggal; tanda samaran kosong: di sini semua tampil
with stok as (
    select
        t.kode_wilayah,
        t.pembilang as terbuka,
        cast(null as varchar) as tanda_terbuka,
        l.pembilang as lewat_tenggat,
        cast(null as varchar) as tanda_lewat_tenggat,
    from ind_terbuka($per_tanggal) as t
    inner join ind_lewat_tenggat($per_tanggal) as l on l.kode_wilayah = t.kode_wilayah
)

select * from stok
