-- satu baris per laporan SP4N-LAPOR! dan perubahan statusnya; sejak = per_tanggal ekspor yang pertama menyebutnya
with batch_sp4n as (
    select
        urutan_batch,
        per_tanggal,
    from muat_batch
    where kind = 'sp4n' and live
),

pernyataan as (
    select
        m.tracking_id,
        m.status,
        b.per_tanggal as sejak,
        m.urutan_batch * cast(4294967296 as bigint) + m.baris as urut,
    from muat_sp4n as m
    inner join batch_sp4n as b on b.urutan_batch = m.urutan_batch
    where m.status is not null
        or contains('|' || replace(coalesce(m.dikosongkan, ''), ' ', '') || '|', '|status|')
),

beruntun as (
    select
        *,
        row_number() over (partition by tracking_id order by urut) as ke,
        lag(status) over (partition by tracking_id order by urut) as status_sebelum,
    from pernyataan
),

perubahan as (
    select
        tracking_id,
        status,
        sejak,
        urut,
    from beruntun
    where ke = 1 or status is distinct from status_sebelum
)

select * from perubahan
