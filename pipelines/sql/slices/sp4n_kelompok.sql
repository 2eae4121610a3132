-- satu baris per dimensi dan kelompok laporan SP4N-LAPOR! di tempat yang dipilih
with laporan_terpilih as (
    select * from sp4n_pada($per_tanggal, $sejak, $wilayah, $provinsi)
),

anggota as (
    select 'instansi' as dimensi, instansi as kelompok from laporan_terpilih
    union all
    select 'kategori', kategori from laporan_terpilih
    union all
    select 'status', status from laporan_terpilih
),

jumlah as (
    select
        dimensi,
        kelompok,
        count(*) as jumlah,
    from anggota
    group by dimensi, kelompok
),

bagian as (
    select
        dimensi,
        coalesce(kelompok, 'tidak disebut') as kelompok,
        kelompok is null as is_tidak_disebut,
        jumlah,
        sum(jumlah) over (partition by dimensi) as penyebut,
        100.0 * jumlah / nullif(sum(jumlah) over (partition by dimensi), 0) as persen,
    from jumlah
)

select * from bagian
