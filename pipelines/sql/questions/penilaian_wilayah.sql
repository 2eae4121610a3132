-- satu baris per hasil penilaian yang ditemukan; tahun yang hilang tidak dikarang
with hasil as (
    select
        p.*,
        w.nama,
    from penilaian as p
    inner join wilayah as w on w.kode_wilayah = p.kode_wilayah
    where p.tahun <= extract(year from cast($per_tanggal as date))
        and (cast($wilayah as varchar) is null or p.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar))
)

select * from hasil
order by kode_wilayah, tahun, is_versi, sumber_alamat
