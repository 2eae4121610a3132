-- satu baris per laporan SP4N-LAPOR! yang masuk dari sejak sampai per_tanggal di tempat yang dipilih, dengan statusnya saat itu
with status_saat_itu as (
    select
        *,
        row_number() over (partition by tracking_id order by urut desc) as ke,
    from status_sp4n
    where sejak <= $per_tanggal
),

dipilih as (
    select
        l.*,
        s.status,
    from sp4n as l
    left join status_saat_itu as s on s.tracking_id = l.tracking_id and s.ke = 1
    where l.tanggal_masuk between coalesce(cast($sejak as date), date '1900-01-01') and $per_tanggal
        and (cast($wilayah as varchar) is null or l.kode_wilayah = cast($wilayah as varchar))
        and (cast($provinsi as varchar) is null or l.provinsi = cast($provinsi as varchar))
)

select * from dipilih
