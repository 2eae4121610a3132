-- satu baris per produk pengawasan (nomor): lipatan daftar yang dikirim dan batch yang berlaku
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_produk
),

lipatan as (
    select
        nomor,
        arg_max_null(jenis, urut) filter (where jenis is not null or contains(dihapus, '|jenis|')) as jenis,
        arg_max_null(tanggal, urut) filter (where tanggal is not null or contains(dihapus, '|tanggal|')) as tanggal,
        arg_max_null(kode_wilayah, urut) filter (where kode_wilayah is not null or contains(dihapus, '|kode_wilayah|')) as kode_wilayah,
        arg_max_null(penerima, urut) filter (where penerima is not null or contains(dihapus, '|penerima|')) as penerima,
        arg_max_null(pokok, urut) filter (where pokok is not null or contains(dihapus, '|pokok|')) as pokok,
        arg_max_null(batas_tindak_lanjut, urut) filter (where batas_tindak_lanjut is not null or contains(dihapus, '|batas_tindak_lanjut|')) as batas_tindak_lanjut,
        arg_max_null(status_tindak_lanjut, urut) filter (where status_tindak_lanjut is not null or contains(dihapus, '|status_tindak_lanjut|')) as status_tindak_lanjut,
        arg_max_null(tanggal_tindak_lanjut, urut) filter (where tanggal_tindak_lanjut is not null or contains(dihapus, '|tanggal_tindak_lanjut|')) as tanggal_tindak_lanjut,
        arg_max_null(sumber_alamat, urut) filter (where sumber_alamat is not null or contains(dihapus, '|sumber_alamat|')) as sumber_alamat,
    from muat
    group by nomor
)

select * from lipatan
