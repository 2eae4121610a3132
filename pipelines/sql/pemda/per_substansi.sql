-- satu baris per substansi di wilayah sendiri; 'tidak disebut' yang terakhir
with bagian as (
    select * from arus_rincian($per_tanggal, $sejak)
    where dimensi = 'substansi' and kode_wilayah = $wilayah
)

select * from bagian
order by is_tidak_disebut, masuk desc nulls last, terbuka desc nulls last, kelompok
