-- satu baris per kelompok dan lama: laporan yang ditutup dan yang masih terbuka; kurvanya dihitung sesudahnya
with lama as (
    select
        kelompok,
        hari,
        ditutup,
        disensor,
    from lama_kelompok($per_tanggal, $sejak, $wilayah, $provinsi, $kelompok)
)

select * from lama
order by kelompok, hari
