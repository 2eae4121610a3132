-- satu baris per laporan di wilayah yang dipilih dan tercakup: masuk dan ditutup dari sejak sampai per_tanggal, terbuka saat itu
with wilayah_terpilih as (
    select * from wilayah_dipilih($per_tanggal, $wilayah, $provinsi)
    where is_tercakup
),

laporan_terpilih as (
    select
        l.*,
        l.tanggal_masuk between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal as is_masuk,
        coalesce(
            l.tanggal_tutup between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal, false
        ) as is_ditutup,
        l.tanggal_masuk <= $per_tanggal
            and not l.is_ditutup_tanpa_tanggal
            and (l.tanggal_tutup is null or l.tanggal_tutup > $per_tanggal) as is_terbuka,
    from laporan as l
    inner join wilayah_terpilih as w on l.kode_wilayah is not distinct from w.kode_wilayah
    where l.is_laporan and (l.tanggal_masuk <= $per_tanggal or l.tanggal_tutup <= $per_tanggal)
)

select * from laporan_terpilih
