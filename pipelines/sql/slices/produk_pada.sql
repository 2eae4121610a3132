-- satu baris per produk pengawasan yang sudah terbit pada per_tanggal: status yang berlaku saat itu, dan keadaannya
with status_saat_itu as (
    select
        *,
        row_number() over (partition by nomor order by urut desc) as ke,
    from status_produk
    where sejak <= $per_tanggal
),

berstatus as (
    select
        p.*,
        s.status_tindak_lanjut,
        s.tanggal_tindak_lanjut,
        s.per_tanggal as per_tanggal_status,
        coalesce(p.batas_tindak_lanjut < $per_tanggal, false) as is_jatuh_tempo,
        coalesce(s.status_tindak_lanjut in ('dilaksanakan', 'tidak dilaksanakan'), false) as is_tuntas,
    from produk as p
    left join status_saat_itu as s on s.nomor = p.nomor and s.ke = 1
    where p.tanggal <= $per_tanggal
),

berkeadaan as (
    select
        *,
        case
            when is_tuntas then status_tindak_lanjut
            when batas_tindak_lanjut is null then 'tanpa batas waktu'
            when not is_jatuh_tempo then 'berjalan'
            when status_tindak_lanjut is null then 'tidak diketahui'
            else 'lewat'
        end as keadaan,
        case when not is_tuntas then batas_tindak_lanjut - cast($per_tanggal as date) end as hari_ke_batas,
        coalesce(status_tindak_lanjut = 'dilaksanakan' and tanggal_tindak_lanjut > batas_tindak_lanjut, false) as is_terlambat,
    from berstatus
)

select * from berkeadaan
