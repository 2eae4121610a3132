-- satu baris per provinsi yang diliput batch laporan: hari pertama dan hari terakhir yang diliput
with masa as (
    select
        kode_provinsi,
        min(sejak) as sejak,
        max(sampai) as sampai,
    from cakupan
    group by kode_provinsi
)

select * from masa
