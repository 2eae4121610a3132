-- satu baris per wilayah, dan satu untuk wilayah tidak disebut (kode_wilayah null, kunci kosong)
with lingkup as (
    select
        kode_wilayah as kunci,
        kode_wilayah,
        nama,
        jenis,
        provinsi,
        penduduk,
    from wilayah
    union all
    select
        '' as kunci,
        null as kode_wilayah,
        'wilayah tidak disebut' as nama,
        null as jenis,
        null as provinsi,
        null as penduduk,
)

select * from lingkup
