-- satu baris per pernyataan kerja sama (id): lipatan daftar yang dikirim dan batch yang berlaku
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_kerja_sama
),

lipatan as (
    select
        id,
        arg_max_null(kode_wilayah, urut) filter (where kode_wilayah is not null or contains(dihapus, '|kode_wilayah|')) as kode_wilayah,
        arg_max_null(instrumen, urut) filter (where instrumen is not null or contains(dihapus, '|instrumen|')) as instrumen,
        arg_max_null(tanda, urut) filter (where tanda is not null or contains(dihapus, '|tanda|')) as tanda,
        arg_max_null(sebutan_di_sumber, urut) filter (where sebutan_di_sumber is not null or contains(dihapus, '|sebutan_di_sumber|')) as sebutan_di_sumber,
        arg_max_null(nomor, urut) filter (where nomor is not null or contains(dihapus, '|nomor|')) as nomor,
        arg_max_null(judul, urut) filter (where judul is not null or contains(dihapus, '|judul|')) as judul,
        arg_max_null(tanggal_seremoni, urut) filter (where tanggal_seremoni is not null or contains(dihapus, '|tanggal_seremoni|')) as tanggal_seremoni,
        arg_max_null(tanggal_tanda_tangan, urut) filter (where tanggal_tanda_tangan is not null or contains(dihapus, '|tanggal_tanda_tangan|')) as tanggal_tanda_tangan,
        arg_max_null(tahun_tanda_tangan, urut) filter (where tahun_tanda_tangan is not null or contains(dihapus, '|tahun_tanda_tangan|')) as tahun_tanda_tangan,
        arg_max_null(mulai, urut) filter (where mulai is not null or contains(dihapus, '|mulai|')) as mulai,
        arg_max_null(berakhir, urut) filter (where berakhir is not null or contains(dihapus, '|berakhir|')) as berakhir,
        arg_max_null(berakhir_terbuka, urut) filter (where berakhir_terbuka is not null or contains(dihapus, '|berakhir_terbuka|')) as berakhir_terbuka,
        arg_max_null(berakhir_tertulis, urut) filter (where berakhir_tertulis is not null or contains(dihapus, '|berakhir_tertulis|')) as berakhir_tertulis,
        arg_max_null(jumlah_dokumen, urut) filter (where jumlah_dokumen is not null or contains(dihapus, '|jumlah_dokumen|')) as jumlah_dokumen,
        arg_max_null(pihak_ombudsman, urut) filter (where pihak_ombudsman is not null or contains(dihapus, '|pihak_ombudsman|')) as pihak_ombudsman,
        arg_max_null(pihak_daerah, urut) filter (where pihak_daerah is not null or contains(dihapus, '|pihak_daerah|')) as pihak_daerah,
        arg_max_null(mewakili, urut) filter (where mewakili is not null or contains(dihapus, '|mewakili|')) as mewakili,
        arg_max_null(dinyatakan_oleh, urut) filter (where dinyatakan_oleh is not null or contains(dihapus, '|dinyatakan_oleh|')) as dinyatakan_oleh,
        arg_max_null(tahap_proses, urut) filter (where tahap_proses is not null or contains(dihapus, '|tahap_proses|')) as tahap_proses,
        arg_max_null(ruang_lingkup, urut) filter (where ruang_lingkup is not null or contains(dihapus, '|ruang_lingkup|')) as ruang_lingkup,
        arg_max_null(id_peristiwa, urut) filter (where id_peristiwa is not null or contains(dihapus, '|id_peristiwa|')) as id_peristiwa,
        arg_max_null(id_pendahulu, urut) filter (where id_pendahulu is not null or contains(dihapus, '|id_pendahulu|')) as id_pendahulu,
        arg_max_null(id_induk, urut) filter (where id_induk is not null or contains(dihapus, '|id_induk|')) as id_induk,
        arg_max_null(versi_dari, urut) filter (where versi_dari is not null or contains(dihapus, '|versi_dari|')) as versi_dari,
        arg_max_null(target_tahun, urut) filter (where target_tahun is not null or contains(dihapus, '|target_tahun|')) as target_tahun,
        arg_max_null(per_tanggal, urut) filter (where per_tanggal is not null or contains(dihapus, '|per_tanggal|')) as per_tanggal,
        arg_max_null(sumber_judul, urut) filter (where sumber_judul is not null or contains(dihapus, '|sumber_judul|')) as sumber_judul,
        arg_max_null(sumber_alamat, urut) filter (where sumber_alamat is not null or contains(dihapus, '|sumber_alamat|')) as sumber_alamat,
        arg_max_null(keyakinan, urut) filter (where keyakinan is not null or contains(dihapus, '|keyakinan|')) as keyakinan,
        arg_max_null(catatan, urut) filter (where catatan is not null or contains(dihapus, '|catatan|')) as catatan,
    from muat
    group by id
)

select * from lipatan
