-- satu baris per ukuran: nilai wilayah itu di samping median dan rentang wilayah lain yang sejenis (kota atau kabupaten)
with nilai as (
    select * from nilai_sebanding($per_tanggal, $sejak)
),

sendiri as (
    select
        n.ukuran,
        n.urutan,
        n.tanda,
        n.nilai,
        w.jenis,
    from nilai as n
    inner join wilayah as w on w.kode_wilayah = n.kode_wilayah
    where w.kode_wilayah = $wilayah
),

lain as (
    select
        n.ukuran,
        n.nilai,
        row_number() over (partition by n.ukuran order by n.nilai, n.kode_wilayah) as ke,
        count(*) over (partition by n.ukuran) as jumlah,
    from nilai as n
    inner join wilayah as w on w.kode_wilayah = n.kode_wilayah
    inner join sendiri as s on s.ukuran = n.ukuran and s.jenis = w.jenis
    where w.kode_wilayah <> $wilayah and n.nilai is not null
),

-- Median = rata-rata satu atau dua nilai di tengah.
ringkas as (
    select
        ukuran,
        avg(nilai) filter (where 2 * ke between jumlah and jumlah + 2) as median,
        min(nilai) as terendah,
        max(nilai) as tertinggi,
        count(*) as jumlah_wilayah,
    from lain
    group by ukuran
),

minimum as (
    select cast(nilai as integer) as jumlah
    from muat_ambang
    where kode = 'kelompok_sebanding_minimum'
),

sebanding as (
    select
        s.ukuran,
        s.urutan,
        s.nilai,
        case when r.jumlah_wilayah >= m.jumlah then r.median end as median,
        case when r.jumlah_wilayah >= m.jumlah then r.terendah end as terendah,
        case when r.jumlah_wilayah >= m.jumlah then r.tertinggi end as tertinggi,
        coalesce(r.jumlah_wilayah, 0) as jumlah_wilayah,
        lower(s.jenis) as kelompok,
        'nilai=' || s.tanda as samar,
    from sendiri as s
    cross join minimum as m
    left join ringkas as r on r.ukuran = s.ukuran
)

select * from sebanding
order by urutan
