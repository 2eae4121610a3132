-- satu baris per ukuran: nilai wilayah sendiri di samping median dan rentang angka wilayah sejenis yang dirilis
with angka as (
    select * from angka_wilayah($per_tanggal, $sejak)
),

nilai as (
    select 'persen_selesai' as ukuran, 1 as urutan, kode_wilayah, tanda, 100.0 * pembilang / nullif(penyebut, 0) as nilai
    from angka
    where indikator = 'persen_selesai'
    union all
    select 'tingkat_100k', 2, kode_wilayah, tanda, 100000.0 * pembilang / penyebut from angka
    where indikator = 'tingkat_100k'
    union all
    select 'lewat_tenggat', 3, kode_wilayah, tanda, cast(pembilang as double) from angka
    where indikator = 'lewat_tenggat'
    union all
    select 'terbuka', 4, kode_wilayah, tanda, cast(pembilang as double) from angka
    where indikator = 'terbuka'
),

sendiri as (
    select
        n.ukuran,
        n.urutan,
        n.nilai,
        n.tanda,
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
