-- satu baris per wilayah, tanggal masuk dan tipe: semua akses, yang bukan laporan juga
with akses as (
    select * from laporan
    where tanggal_masuk is not null
),

dijumlah as (
    select
        kode_wilayah,
        tanggal_masuk as tanggal,
        tipe_laporan,
        count(*) as jumlah,
    from akses
    group by kode_wilayah, tanggal_masuk, tipe_laporan
)

select * from dijumlah
