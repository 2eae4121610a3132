-- satu baris per kabupaten/kota dan pemerintah provinsi: laporan 12 bulan, peristiwa berbeda di antaranya, dan yang terbanyak dari satu peristiwa
with per_peristiwa as (
    select
        kode_wilayah,
        peristiwa,
        count(*) as laporan,
    from laporan
    where is_laporan
        and tanggal_masuk > cast($per_tanggal as date) - interval 12 month
        and tanggal_masuk <= $per_tanggal
    group by kode_wilayah, peristiwa
),

per_wilayah as (
    select
        kode_wilayah,
        sum(laporan) as laporan,
        count(peristiwa) + coalesce(sum(laporan) filter (where peristiwa is null), 0) as peristiwa,
        max(laporan) filter (where peristiwa is not null) as terbanyak,
    from per_peristiwa
    group by kode_wilayah
),

dipilih as (
    select
        d.kode_wilayah,
        d.nama,
        case when d.is_tercakup then cast(coalesce(p.laporan, 0) as bigint) end as laporan,
        case when d.is_tercakup then cast(coalesce(p.peristiwa, 0) as bigint) end as peristiwa,
        cast(p.terbanyak as bigint) as terbanyak,
        -- Penduduk provinsi adalah penduduk kabupaten/kotanya: bukan penyebut pemerintah provinsi.
        case when not w.is_provinsi then cast(w.penduduk as bigint) end as penduduk,
    from wilayah_dipilih($per_tanggal, null, $provinsi) as d
    inner join wilayah as w on w.kode_wilayah = d.kode_wilayah
    left join per_wilayah as p on p.kode_wilayah = d.kode_wilayah
)

select * from dipilih
order by kode_wilayah
