-- satu baris per wilayah, OPD dan tanggal komitmen: lipatan daftar yang dikirim dan batch yang berlaku
with muat as (
    select
        *,
        urutan_batch * cast(4294967296 as bigint) + baris as urut,
        '|' || replace(dikosongkan, ' ', '') || '|' as dihapus,
    from muat_narahubung
),

lipatan as (
    select
        kode_wilayah,
        opd,
        tanggal_komitmen,
        arg_max_null(jumlah_opd, urut) filter (where jumlah_opd is not null or contains(dihapus, '|jumlah_opd|')) as jumlah_opd,
        arg_max_null(sumber_alamat, urut) filter (where sumber_alamat is not null or contains(dihapus, '|sumber_alamat|')) as sumber_alamat,
        arg_max_null(catatan, urut) filter (where catatan is not null or contains(dihapus, '|catatan|')) as catatan,
    from muat
    group by kode_wilayah, opd, tanggal_komitmen
)

select * from lipatan
