-- satu baris per jenis maladministrasi; satu laporan bisa berjenis lebih dari satu, penyebut = laporan masuk yang jenisnya disebut
with laporan_terpilih as (
    select * from laporan_dipilih($per_tanggal, $sejak, $wilayah, $provinsi)
    where is_masuk or is_ditutup or is_terbuka
),

per_gabungan as (
    select
        maladministrasi,
        count(*) filter (where is_masuk) as masuk,
        count(*) filter (where is_ditutup) as ditutup,
        count(*) filter (where is_terbuka) as terbuka,
    from laporan_terpilih
    group by maladministrasi
),

penyebut as (
    select sum(masuk) as penyebut
    from per_gabungan
    where maladministrasi is not null
),

berjenis as (
    select distinct
        maladministrasi,
        trim(unnest(string_split(maladministrasi, '|'))) as jenis,
    from per_gabungan
),

jumlah as (
    select
        b.jenis,
        sum(g.masuk) as masuk,
        sum(g.ditutup) as ditutup,
        sum(g.terbuka) as terbuka,
    from per_gabungan as g
    left join berjenis as b on b.maladministrasi = g.maladministrasi
    group by b.jenis
),

bagian as (
    select
        coalesce(j.jenis, 'tidak disebut') as kelompok,
        j.jenis is null as is_tidak_disebut,
        j.masuk,
        j.ditutup,
        j.terbuka,
        coalesce(p.penyebut, 0) as penyebut,
        case when j.jenis is not null then 100.0 * j.masuk / nullif(p.penyebut, 0) end as persen,
    from jumlah as j
    cross join penyebut as p
)

select * from bagian
order by is_tidak_disebut, masuk desc, terbuka desc, kelompok
