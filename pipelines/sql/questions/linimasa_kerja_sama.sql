-- satu baris per pernyataan bertanggal yang bukan versi lain, dengan tanggal pendahulunya
with pernyataan as (
    select * from kerja_sama
    where not is_versi and tanggal <= $per_tanggal
),

versi as (
    select versi_dari
    from kerja_sama
    where is_versi and tanggal <= $per_tanggal
),

linimasa as (
    select
        p.id,
        p.kode_wilayah,
        w.nama,
        w.provinsi,
        p.tanggal,
        p.instrumen,
        p.tanda,
        p.id_pendahulu,
        d.tanggal as tanggal_pendahulu,
        coalesce(p.id_peristiwa in (select versi_dari from versi), false)
            or p.id in (select versi_dari from versi) as konflik,
        p.sumber_judul,
        p.sumber_alamat,
    from pernyataan as p
    inner join wilayah as w on w.kode_wilayah = p.kode_wilayah
    left join pernyataan as d on d.id = p.id_pendahulu
    where cast($provinsi as varchar) is null or w.provinsi = cast($provinsi as varchar)
)

select * from linimasa
order by kode_wilayah, tanggal, id
