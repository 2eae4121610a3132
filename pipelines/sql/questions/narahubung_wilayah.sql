-- satu baris per wilayah, OPD dan tanggal komitmen
with daftar as (
    select
        n.*,
        w.nama,
    from narahubung as n
    inner join wilayah as w on w.kode_wilayah = n.kode_wilayah
    where (n.tanggal_komitmen is null or n.tanggal_komitmen <= $per_tanggal)
        and (cast($wilayah as varchar) is null or n.kode_wilayah = cast($wilayah as varchar))
)

select * from daftar
order by kode_wilayah, tanggal_komitmen desc nulls last, opd
