-- satu baris per wilayah dan tanggal: laporan masuk, ditutup, dan perubahan laporan terbuka hari itu
with laporan_dihitung as (
    select * from laporan
    where is_laporan
),

kejadian as (
    select
        kode_wilayah,
        tanggal_masuk as tanggal,
        1 as masuk,
        0 as ditutup,
        case when is_ditutup_tanpa_tanggal then 0 else 1 end as terbuka,
        case when is_ditutup_tanpa_tanggal then 1 else 0 end as ditutup_tanpa_tanggal,
    from laporan_dihitung
    union all
    select
        kode_wilayah,
        tanggal_tutup as tanggal,
        0 as masuk,
        1 as ditutup,
        case when tanggal_tutup >= tanggal_masuk then -1 else 0 end as terbuka,
        0 as ditutup_tanpa_tanggal,
    from laporan_dihitung
    where tanggal_tutup is not null
    union all
    -- Ditutup sebelum masuk (dua batch bertentangan): tidak pernah terbuka.
    select
        kode_wilayah,
        tanggal_masuk as tanggal,
        0 as masuk,
        0 as ditutup,
        -1 as terbuka,
        0 as ditutup_tanpa_tanggal,
    from laporan_dihitung
    where tanggal_tutup < tanggal_masuk
),

dijumlah as (
    select
        kode_wilayah,
        tanggal,
        cast(sum(masuk) as bigint) as masuk,
        cast(sum(ditutup) as bigint) as ditutup,
        cast(sum(terbuka) as bigint) as terbuka,
        cast(sum(ditutup_tanpa_tanggal) as bigint) as ditutup_tanpa_tanggal,
    from kejadian
    group by kode_wilayah, tanggal
)

select * from dijumlah
