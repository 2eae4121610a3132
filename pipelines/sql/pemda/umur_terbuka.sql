-- satu baris per pita umur (hari kerja) di wilayah sendiri, semua tahap bersama; null bila tidak tercakup
with kisi as (
    select
        'semua tahap' as tahap,
        cast(null as integer) as urutan_tahap,
        p.umur,
        p.urutan_umur,
        case when w.is_tercakup then u.jumlah end as jumlah,
        case when w.is_tercakup then 'jumlah=' || u.tanda end as samar,
    from wilayah_tercakup($per_tanggal) as w
    cross join pita_umur as p
    left join umur_rilis as u
        on u.kode_wilayah = w.kode_wilayah and u.umur = p.umur and u.per_tanggal = cast($per_tanggal as date)
    where w.kode_wilayah = $wilayah
)

select * from kisi
order by urutan_umur
