-- satu baris per kegiatan; yang tanpa tanggal terakhir
with daftar as (
    select
        k.*,
        w.nama,
    from kegiatan as k
    inner join wilayah as w on w.kode_wilayah = k.kode_wilayah
    where (k.tanggal is null or k.tanggal <= $per_tanggal)
        and (cast($sejak as date) is null or k.tanggal is null or k.tanggal >= cast($sejak as date))
        and (cast($wilayah as varchar) is null or k.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar))
)

select * from daftar
order by tanggal desc nulls last, id
