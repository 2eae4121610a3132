-- satu baris per ukuran dan wilayah: yang disandingkan antarwilayah; tanda samaran kosong: di sini semua tampil
with nilai as (
    select 'persen_selesai' as ukuran, 1 as urutan, kode_wilayah, cast(null as varchar) as tanda, 100.0 * pembilang / nullif(penyebut, 0) as nilai
    from ind_persen_selesai($per_tanggal, $sejak)
    union all
    select 'tingkat_100k', 2, kode_wilayah, null, 100000.0 * pembilang / penyebut from ind_tingkat_100k($per_tanggal)
    union all
    select 'lewat_tenggat', 3, kode_wilayah, null, cast(pembilang as double) from ind_lewat_tenggat($per_tanggal)
    union all
    select 'terbuka', 4, kode_wilayah, null, cast(pembilang as double) from ind_terbuka($per_tanggal)
)

select * from nilai
