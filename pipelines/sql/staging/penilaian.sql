-- satu baris per wilayah, tahun, skema, sumber dan versi: lipatan daftar yang dikirim dan batch yang berlaku
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_penilaian
),

lipatan as (
    select
        kode_wilayah,
        tahun,
        skema,
        sumber_alamat,
        versi,
        arg_max_null(status_lokus, urut) filter (where status_lokus is not null or contains(dihapus, '|status_lokus|')) as status_lokus,
        arg_max_null(nilai, urut) filter (where nilai is not null or contains(dihapus, '|nilai|')) as nilai,
        arg_max_null(zona, urut) filter (where zona is not null or contains(dihapus, '|zona|')) as zona,
        arg_max_null(kategori, urut) filter (where kategori is not null or contains(dihapus, '|kategori|')) as kategori,
        arg_max_null(opini, urut) filter (where opini is not null or contains(dihapus, '|opini|')) as opini,
        arg_max_null(keyakinan, urut) filter (where keyakinan is not null or contains(dihapus, '|keyakinan|')) as keyakinan,
        arg_max_null(catatan, urut) filter (where catatan is not null or contains(dihapus, '|catatan|')) as catatan,
    from muat
    group by kode_wilayah, tahun, skema, sumber_alamat, versi
)

select * from lipatan
