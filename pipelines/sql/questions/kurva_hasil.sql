-- satu baris per kelompok dan lama: laporan yang ditutup menurut hasil dan yang masih terbuka; kurvanya dihitung sesudahnya
with lama as (
    select
        kelompok,
        hari,
        disensor,
        terselesaikan,
        ditutup - terselesaikan - tanpa_alasan as lainnya,
        tanpa_alasan as "alasan tidak disebut",
    from lama_kelompok($per_tanggal, $sejak, $wilayah, $provinsi, $kelompok)
)

select * from lama
order by kelompok, hari
