-- satu baris per dimensi, kelompok dan akhir triwulan di satu wilayah: perubahan masuk, ditutup, terbuka dan tanpa tanggal
with laporan_wilayah as (
    select
        *,
        case when is_ditutup_tanpa_tanggal then 0 else 1 end as pernah_terbuka,
    from laporan
    where is_laporan and kode_wilayah = $wilayah
),

kejadian as (
    select
        substansi,
        instansi_terlapor,
        tanggal_masuk as tanggal,
        1 as masuk,
        0 as ditutup,
        pernah_terbuka as terbuka,
        1 - pernah_terbuka as tanpa_tanggal,
    from laporan_wilayah
    union all
    select substansi, instansi_terlapor, tanggal_tutup, 0, 1, 0, 0 from laporan_wilayah
    where tanggal_tutup is not null
    union all
    select substansi, instansi_terlapor, greatest(tanggal_masuk, tanggal_tutup), 0, 0, -1, 0 from laporan_wilayah
    where tanggal_tutup is not null
),

per_triwulan as (
    select
        e.* exclude (tanggal),
        last_day(k.triwulan + interval 2 month) as per_tanggal,
    from kejadian as e
    inner join kalender as k on k.tanggal = e.tanggal
),

rincian as (
    select
        case when grouping(substansi) = 0 then 'substansi' else 'instansi' end as dimensi,
        case when grouping(substansi) = 0 then substansi else instansi_terlapor end as kelompok,
        per_tanggal,
        cast(sum(masuk) as bigint) as masuk,
        cast(sum(ditutup) as bigint) as ditutup,
        cast(sum(terbuka) as bigint) as terbuka,
        cast(sum(tanpa_tanggal) as bigint) as tanpa_tanggal,
    from per_triwulan
    group by grouping sets ((substansi, per_tanggal), (instansi_terlapor, per_tanggal))
)

select * from rincian
