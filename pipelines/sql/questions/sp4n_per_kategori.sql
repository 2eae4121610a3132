-- satu baris per kategori laporan SP4N-LAPOR! di tempat yang dipilih; 'tidak disebut' yang terakhir
with bagian as (
    select * from sp4n_kelompok($per_tanggal, $sejak, $wilayah, $provinsi)
    where dimensi = 'kategori'
)

select * from bagian
order by is_tidak_disebut, jumlah desc, kelompok
