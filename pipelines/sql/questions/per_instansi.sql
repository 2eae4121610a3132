-- satu baris per instansi_terlapor di antara laporan wilayah yang dipilih; 'tidak disebut' yang terakhir
with laporan_terpilih as (
    select * from laporan_dipilih($per_tanggal, $sejak, $wilayah, $provinsi)
),

jumlah as (
    select
        instansi_terlapor as kelompok,
        count(*) filter (where is_masuk) as masuk,
        count(*) filter (where is_ditutup) as ditutup,
        count(*) filter (where is_terbuka) as terbuka,
    from laporan_terpilih
    where is_masuk or is_ditutup or is_terbuka
    group by instansi_terlapor
),

bagian as (
    select
        coalesce(kelompok, 'tidak disebut') as kelompok,
        kelompok is null as is_tidak_disebut,
        masuk,
        ditutup,
        terbuka,
        sum(masuk) over () as penyebut,
        100.0 * masuk / nullif(sum(masuk) over (), 0) as persen,
    from jumlah
)

select * from bagian
order by is_tidak_disebut, masuk desc, terbuka desc, kelompok
