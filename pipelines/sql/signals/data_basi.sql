-- satu baris per sumber yang pernah dimuat (laporan per provinsi, ekspor dan register per jenis): sejak kapan ia basi bila tidak ada yang baru
with ambang as (
    select
        cast(max(case when kode = 'data_basi_laporan' then nilai end) as integer) as laporan,
        cast(max(case when kode = 'data_basi_lain' then nilai end) as integer) as lain,
    from muat_ambang
    where kode in ('data_basi_laporan', 'data_basi_lain')
),

sumber as (
    select
        'laporan:' || c.kode_provinsi as pokok,
        w.kode_wilayah as kode_provinsi,
        w.nama_pendek as nama,
        'laporan ' || w.nama_pendek as hal,
        max(c.sampai) as pada,
        max(a.laporan) as batas,
    from cakupan as c
    inner join wilayah as w on w.kode_wilayah = c.kode_provinsi
    cross join ambang as a
    group by c.kode_provinsi, w.kode_wilayah, w.nama_pendek
    union all
    select
        b.kind as pokok,
        null as kode_provinsi,
        'semua wilayah' as nama,
        replace(b.kind, '_', ' ') as hal,
        max(b.per_tanggal) as pada,
        max(a.lain) as batas,
    from batch as b
    cross join ambang as a
    where b.live and b.kind <> 'laporan'
    group by b.kind
),

sinyal as (
    select
        'data_basi' as aturan,
        pokok,
        cast(pada as varchar) as periode,
        pada + batas + 1 as sejak,
        cast(null as integer) as nilai,
        batas,
        cast(null as varchar) as kode_wilayah,
        kode_provinsi,
        nama,
        hal,
        pada,
    from sumber
)

select * from sinyal
