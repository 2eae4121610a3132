-- satu baris per wilayah dan tanda (payung, pelaksanaan, jejaring)
with tanda as (
    select * from tanda_pada($per_tanggal)
),

setahun as (
    select cast(cast($per_tanggal as date) - (
        select cast(nilai as integer) from muat_ambang where kode = 'tidak_aktif'
    ) * interval 1 month as date) as sejak
),

kegiatan_setahun as (
    select distinct k.kode_wilayah
    from kegiatan as k
    cross join setahun as s
    where not k.is_versi and k.tanggal > s.sejak and k.tanggal <= $per_tanggal
),

tercatat_lengkap as (
    select distinct l.kode_wilayah
    from muat_kegiatan_lengkap as l
    cross join setahun as s
    where l.sejak <= s.sejak + 1 and (l.sampai is null or l.sampai >= $per_tanggal)
),

berdaftar as (
    select
        t.kode_wilayah,
        t.nama,
        t.provinsi,
        t.tanda,
        t.urutan_tanda,
        t.keadaan,
        t.sejak,
        t.berakhir,
        t.berakhir - cast($per_tanggal as date) as hari_ke_berakhir,
        s.instrumen,
        case when t.tanda = 'jejaring' and t.keadaan = 'ada' then o.jumlah_opd end as jumlah_opd,
        c.celah,
        c.alasan as alasan_celah,
        case
            when not t.is_berlaku then null
            when k.kode_wilayah is not null or t.sejak > (select sejak from setahun) then 'aktif'
            when l.kode_wilayah is not null then 'tidak aktif'
            else 'kegiatan tidak tercatat lengkap'
        end as aktif,
        t.konflik,
        s.dinyatakan_oleh,
        s.target_tahun,
        s.per_tanggal as per_tanggal_sumber,
        s.sumber_judul,
        s.sumber_alamat,
        s.catatan,
    from tanda as t
    left join kerja_sama as s on s.id = t.id
    left join muat_celah as c on c.tanda = t.tanda and c.keadaan = t.keadaan
    left join jumlah_opd_pada($per_tanggal) as o on o.kode_wilayah = t.kode_wilayah
    left join kegiatan_setahun as k on k.kode_wilayah = t.kode_wilayah
    left join tercatat_lengkap as l on l.kode_wilayah = t.kode_wilayah
    where cast($provinsi as varchar) is null or t.provinsi = cast($provinsi as varchar)
)

select * from berdaftar
order by kode_wilayah, urutan_tanda
