-- satu baris per ukuran dan wilayah: yang disandingkan antarwilayah, sejauh dirilis, dan tanda samarannya
with angka as (
    select * from angka_wilayah($per_tanggal, $sejak)
),

nilai as (
    select 'persen_selesai' as ukuran, 1 as urutan, kode_wilayah, tanda, 100.0 * pembilang / nullif(penyebut, 0) as nilai
    from angka
    where indikator = 'persen_selesai'
    union all
    select 'tingkat_100k', 2, kode_wilayah, tanda, 100000.0 * pembilang / penyebut from angka
    where indikator = 'tingkat_100k'
    union all
    select 'lewat_tenggat', 3, kode_wilayah, tanda, cast(pembilang as double) from angka
    where indikator = 'lewat_tenggat'
    union all
    select 'terbuka', 4, kode_wilayah, tanda, cast(pembilang as double) from angka
    where indikator = 'terbuka'
)

select * from nilai
