-- satu baris per kegiatan (id): lipatan daftar yang dikirim dan batch yang berlaku
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_kegiatan
),

lipatan as (
    select
        id,
        arg_max_null(tanggal, urut) filter (where tanggal is not null or contains(dihapus, '|tanggal|')) as tanggal,
        arg_max_null(jenis, urut) filter (where jenis is not null or contains(dihapus, '|jenis|')) as jenis,
        arg_max_null(kode_wilayah, urut) filter (where kode_wilayah is not null or contains(dihapus, '|kode_wilayah|')) as kode_wilayah,
        arg_max_null(tempat, urut) filter (where tempat is not null or contains(dihapus, '|tempat|')) as tempat,
        arg_max_null(pihak_ombudsman, urut) filter (where pihak_ombudsman is not null or contains(dihapus, '|pihak_ombudsman|')) as pihak_ombudsman,
        arg_max_null(pihak_daerah, urut) filter (where pihak_daerah is not null or contains(dihapus, '|pihak_daerah|')) as pihak_daerah,
        arg_max_null(opd_hadir, urut) filter (where opd_hadir is not null or contains(dihapus, '|opd_hadir|')) as opd_hadir,
        arg_max_null(pokok_bahasan, urut) filter (where pokok_bahasan is not null or contains(dihapus, '|pokok_bahasan|')) as pokok_bahasan,
        arg_max_null(tindak_lanjut, urut) filter (where tindak_lanjut is not null or contains(dihapus, '|tindak_lanjut|')) as tindak_lanjut,
        arg_max_null(sumber_judul, urut) filter (where sumber_judul is not null or contains(dihapus, '|sumber_judul|')) as sumber_judul,
        arg_max_null(sumber_alamat, urut) filter (where sumber_alamat is not null or contains(dihapus, '|sumber_alamat|')) as sumber_alamat,
        arg_max_null(bagian_dari, urut) filter (where bagian_dari is not null or contains(dihapus, '|bagian_dari|')) as bagian_dari,
        arg_max_null(versi_dari, urut) filter (where versi_dari is not null or contains(dihapus, '|versi_dari|')) as versi_dari,
        arg_max_null(catatan, urut) filter (where catatan is not null or contains(dihapus, '|catatan|')) as catatan,
    from muat
    group by id
)

select * from lipatan
