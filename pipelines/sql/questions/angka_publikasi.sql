-- satu baris per angka yang dipublikasikan; tidak pernah dijumlahkan
with angka as (
    select
        a.*,
    from angka_publikasi_bersumber as a
    left join wilayah as w on w.kode_wilayah = a.kode_wilayah
    where cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar)
)

select * from angka
order by kode_wilayah, periode_mulai, indikator, id
