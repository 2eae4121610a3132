-- satu baris per instansi_terlapor di antara laporan wilayah yang dipilih; 'tidak disebut' yang terakhir
with bagian as (
    select * from kelompok_laporan($per_tanggal, $sejak, $wilayah, $provinsi)
    where dimensi = 'instansi_terlapor'
)

select * from bagian
order by is_tidak_disebut, masuk desc, terbuka desc, kelompok
