-- satu baris per wilayah, dengan atau tanpa celah; yang bercelah lebih dulu, menurut urutan kebutuhan
with celah as (
    select *
    from celah_pada($per_tanggal)
    where cast($provinsi as varchar) is null or provinsi = cast($provinsi as varchar)
)

select * from celah
order by
    celah is null,
    case when celah is not null then hari_ke_batas end nulls last,
    case when celah is not null then terbuka end desc nulls last,
    kode_wilayah
