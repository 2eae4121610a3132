-- satu baris per dimensi dan kelompok di antara laporan wilayah yang dipilih
with laporan_terpilih as (
    select * from laporan_dipilih($per_tanggal, $sejak, $wilayah, $provinsi)
    where is_masuk or is_ditutup or is_terbuka
),

anggota as (
    select 'substansi' as dimensi, substansi as kelompok, is_masuk, is_ditutup, is_terbuka from laporan_terpilih
    union all
    select 'instansi_terlapor', instansi_terlapor, is_masuk, is_ditutup, is_terbuka from laporan_terpilih
    union all
    select 'kelompok_instansi', kelompok_instansi, is_masuk, is_ditutup, is_terbuka from laporan_terpilih
    union all
    select 'cara_penyampaian', cara_penyampaian, is_masuk, is_ditutup, is_terbuka from laporan_terpilih
    union all
    select 'klasifikasi', klasifikasi, is_masuk, is_ditutup, is_terbuka from laporan_terpilih
),

jumlah as (
    select
        dimensi,
        kelompok,
        count(*) filter (where is_masuk) as masuk,
        count(*) filter (where is_ditutup) as ditutup,
        count(*) filter (where is_terbuka) as terbuka,
    from anggota
    group by dimensi, kelompok
),

bagian as (
    select
        dimensi,
        coalesce(kelompok, 'tidak disebut') as kelompok,
        kelompok is null as is_tidak_disebut,
        masuk,
        ditutup,
        terbuka,
        sum(masuk) over (partition by dimensi) as penyebut,
        100.0 * masuk / nullif(sum(masuk) over (partition by dimensi), 0) as persen,
    from jumlah
)

select * from bagian
