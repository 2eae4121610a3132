-- satu baris per cara_penyampaian di antara laporan wilayah yang dipilih; 'tidak disebut' yang terakhir
with bagian as (
    select * from kelompok_laporan($per_tanggal, $sejak, $wilayah, $provinsi)
    where dimensi = 'cara_penyampaian'
)

select * from bagian
order by is_tidak_disebut, masuk desc, terbuka desc, kelompok
