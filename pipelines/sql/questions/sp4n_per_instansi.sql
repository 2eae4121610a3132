-- satu baris per instansi laporan SP4N-LAPOR! di tempat yang dipilih; 'tidak disebut' yang terakhir
with jumlah as (
    select
        instansi as kelompok,
        count(*) as jumlah,
    from sp4n_pada($per_tanggal, $sejak, $wilayah, $provinsi)
    group by instansi
),

bagian as (
    select
        coalesce(kelompok, 'tidak disebut') as kelompok,
        kelompok is null as is_tidak_disebut,
        jumlah,
        sum(jumlah) over () as penyebut,
        100.0 * jumlah / nullif(sum(jumlah) over (), 0) as persen,
    from jumlah
)

select * from bagian
order by is_tidak_disebut, jumlah desc, kelompok
