-- satu baris per pernyataan tentang tindak lanjut sebuah produk (nomor, urut): statusnya sejak kapan; yang lama tetap di sini
with batch_produk as (
    select
        urutan_batch,
        per_tanggal,
    from muat_batch
    where kind = 'produk' and live
),

muat as (
    select
        m.*,
        m.urutan_batch * cast(4294967296 as bigint) + m.baris as urut,
        '|' || replace(coalesce(m.dikosongkan, ''), ' ', '') || '|' as dihapus,
        b.per_tanggal,
    from muat_produk as m
    left join batch_produk as b on b.urutan_batch = m.urutan_batch
),

pernyataan as (
    select
        *,
        sum(case when status_tindak_lanjut is not null or contains(dihapus, '|status_tindak_lanjut|') then 1 else 0 end)
            over (partition by nomor order by urut) as status_ke,
    from muat
    where status_tindak_lanjut is not null
        or tanggal_tindak_lanjut is not null
        or contains(dihapus, '|status_tindak_lanjut|')
        or contains(dihapus, '|tanggal_tindak_lanjut|')
),

-- Pernyataan yang hanya menyebut tanggal memakai status yang terakhir dinyatakan.
berstatus as (
    select
        nomor,
        urut,
        tanggal,
        tanggal_tindak_lanjut,
        per_tanggal,
        dihapus,
        max(status_tindak_lanjut) over (partition by nomor, status_ke) as status_tindak_lanjut,
    from pernyataan
),

beruntun as (
    select
        *,
        case
            when contains(dihapus, '|tanggal_tindak_lanjut|') then 1
            when status_tindak_lanjut is distinct from lag(status_tindak_lanjut) over (partition by nomor order by urut) then 1
            else 0
        end as is_awal,
    from berstatus
),

berputaran as (
    select
        *,
        sum(is_awal) over (partition by nomor order by urut) as putaran,
    from beruntun
),

-- Selama statusnya sama, tanggal yang pernah disebut tidak dihapus oleh sel kosong.
berpangkal as (
    select
        *,
        coalesce(
            tanggal_tindak_lanjut,
            max(tanggal_tindak_lanjut) over (partition by nomor, putaran order by urut)
        ) as tanggal_diketahui,
    from berputaran
),

-- Tanpa tanggal tindak lanjut sebuah status baru diketahui pada tanggal data pernyataannya.
bertanggal as (
    select
        s.nomor,
        s.urut,
        p.kode_wilayah,
        s.status_tindak_lanjut,
        s.tanggal_diketahui as tanggal_tindak_lanjut,
        coalesce(s.tanggal_diketahui, s.per_tanggal, s.tanggal) as sejak,
        s.per_tanggal,
    from berpangkal as s
    inner join produk as p on p.nomor = s.nomor
)

select * from bertanggal
