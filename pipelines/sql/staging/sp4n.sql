-- satu baris per laporan SP4N-LAPOR! (tracking_id): lipatan ekspor yang berlaku, yang terbaru menang per kolom
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_sp4n
),

lipatan as (
    select
        tracking_id,
        arg_max_null(tanggal_masuk, urut) filter (where tanggal_masuk is not null or contains(dihapus, '|tanggal_masuk|')) as tanggal_masuk,
        arg_max_null(klasifikasi_lapor, urut) filter (where klasifikasi_lapor is not null or contains(dihapus, '|klasifikasi_lapor|')) as klasifikasi_lapor,
        arg_max_null(kategori, urut) filter (where kategori is not null or contains(dihapus, '|kategori|')) as kategori,
        arg_max_null(sumber_laporan, urut) filter (where sumber_laporan is not null or contains(dihapus, '|sumber_laporan|')) as sumber_laporan,
        arg_max_null(instansi_induk, urut) filter (where instansi_induk is not null or contains(dihapus, '|instansi_induk|')) as instansi_induk,
        arg_max_null(instansi_terlapor, urut) filter (where instansi_terlapor is not null or contains(dihapus, '|instansi_terlapor|')) as instansi_terlapor,
        arg_max_null(status, urut) filter (where status is not null or contains(dihapus, '|status|')) as status,
        arg_max_null(provinsi, urut) filter (where provinsi is not null or contains(dihapus, '|provinsi|')) as provinsi,
        arg_max_null(kabupaten_kota, urut) filter (where kabupaten_kota is not null or contains(dihapus, '|kabupaten_kota|')) as kabupaten_kota,
    from muat
    group by tracking_id
)

select * from lipatan
