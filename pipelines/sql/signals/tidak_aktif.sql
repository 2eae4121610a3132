-- satu baris per wilayah dan tanda yang berlaku tanpa kegiatan tercatat, bila catatan kegiatannya dinyatakan lengkap
with ambang as (
    select cast(nilai as integer) as bulan
    from muat_ambang
    where kode = 'tidak_aktif'
),

awal_masa as (
    select
        cast(cast($per_tanggal as date) - bulan * interval 1 month as date) as sejak,
        bulan,
    from ambang
),

terakhir as (
    select
        kode_wilayah,
        max(tanggal) as tanggal,
    from kegiatan
    where not is_versi and tanggal <= $per_tanggal
    group by kode_wilayah
),

tercatat_lengkap as (
    select distinct l.kode_wilayah
    from muat_kegiatan_lengkap as l
    cross join awal_masa as a
    where l.sejak <= a.sejak + 1 and (l.sampai is null or l.sampai >= $per_tanggal)
),

diam as (
    select
        t.*,
        a.bulan,
        greatest(t.sejak, k.tanggal) as kegiatan_terakhir,
    from tanda_pada($per_tanggal) as t
    cross join awal_masa as a
    inner join tercatat_lengkap as l on l.kode_wilayah = t.kode_wilayah
    left join terakhir as k on k.kode_wilayah = t.kode_wilayah
    where t.is_berlaku and t.sejak <= a.sejak and (k.tanggal is null or k.tanggal <= a.sejak)
),

sinyal as (
    select
        'tidak_aktif' as aturan,
        kode_wilayah || ':' || tanda as pokok,
        cast(kegiatan_terakhir as varchar) as periode,
        cast(kegiatan_terakhir + bulan * interval 1 month as date) as sejak,
        cast($per_tanggal as date) - kegiatan_terakhir as nilai,
        cast(kegiatan_terakhir + bulan * interval 1 month as date) - kegiatan_terakhir as batas,
        kode_wilayah,
        provinsi as kode_provinsi,
        nama,
        tanda as hal,
        kegiatan_terakhir as pada,
    from diam
)

select * from sinyal
